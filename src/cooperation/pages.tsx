import { displayNames, listOrganisations } from '../identity/service.ts'
import { organisationsOf, type Ctx } from '../platform/context.ts'
import type { FormState } from '../platform/form.ts'
import type { App, Call } from '../platform/http.ts'
import { submit } from '../platform/http.ts'
import { may, requirePermission } from '../platform/permission.ts'
import { findQuestionLine } from './overview/service.ts'
import { page } from '../web/layout.tsx'
import { AgreementAside } from './aside/views.tsx'
import { currentCharter } from './charter/clauses.ts'
import { compareTexts } from './charter/compare.ts'
import { readClauses } from './charter/text.ts'
import { CharterView } from './charter/views.tsx'
import { draftingPages } from './drafting/pages.tsx'
import { messages } from './messages.ts'
import type { Agreement, Party } from './model.ts'
import { isOver, nextState, openParties } from './model.ts'
import { writePolicy } from './odrl/write.ts'
import { AgreementList, CharterCard } from './overview/views.tsx'
import { writePdf } from './pdf/write.ts'
import { policy } from './policy.ts'
import { discussClauseSchema, endSchema, listSchema, signSchema, withdrawSchema } from './schema.ts'
import * as service from './service.ts'
import { ReasonForm, SignForm } from './signing/views.tsx'
import { AgreementMain, StateChip, type AgreementPage, type Remark, type Rights } from './views.tsx'

const at = (id: string) => `/cooperation/agreements/${id}`

/** The HTML pages of the room and the files of an agreement. */
export function pages(app: App): void {
  app.get('/cooperation', showList)
  app.get('/cooperation/charter', showCharter)
  draftingPages(app)
  files(app)
  app.get('/cooperation/agreements/:id', async (c) => showAgreement(c))
  app.post('/cooperation/agreements/:id/propose', (c) =>
    submit(c, withdrawSchema.pick({ agreementId: true }).partial(), {
      act: async (ctx) => at((await service.submitAgreement(ctx, { agreementId: idOf(c) })).id),
      invalid: () => showAgreement(c),
    }),
  )
  app.post('/cooperation/agreements/:id/comments', (c) =>
    submit(c, discussClauseSchema.omit({ agreementId: true }), {
      act: async (ctx, input) => {
        await service.discussClause(ctx, { ...input, agreementId: idOf(c) })
        return `${at(idOf(c))}#gespraech`
      },
      invalid: (form) => showAgreement(c, form),
    }),
  )
  signing(app)
  endings(app)
}

function idOf(c: Call): string {
  return c.req.param('id') ?? ''
}

async function showList(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const query = listSchema.parse({ state: c.req.query('state'), cursor: c.req.query('cursor') || undefined })
  const { agreements, next } = await service.listAgreements(ctx, query)
  return page(
    c,
    {
      title: t.room,
      room: 'cooperation',
      crumbs: [{ label: t.room }],
      lead: t.listLead,
      aside: <CharterCard view={view} />,
      asideLabel: t.charter,
    },
    <AgreementList
      view={view}
      agreements={agreements}
      state={query.state}
      next={next}
      first={!query.cursor}
      now={ctx.now}
    />,
  )
}

async function showCharter(c: Call): Promise<Response> {
  const view = c.get('view')
  const t = messages[view.locale]
  const crumbs = [{ label: t.room, href: '/cooperation' }, { label: t.charter }]
  return page(
    c,
    { title: t.charter, room: 'cooperation', crumbs, lead: t.charterLead },
    <CharterView view={view} charter={currentCharter()} />,
  )
}

async function showAgreement(c: Call, said?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const agreement = await service.getAgreement(ctx, idOf(c))
  const data = { ...(await agreementPage(ctx, agreement)), said }
  const names = [...new Set(agreement.parties.map((party) => party.name))]
  const version = data.versions.at(-1)
  const eyebrow = (
    <span class="al-row">
      <StateChip view={view} agreement={agreement} now={ctx.now} />
      <span class="al-muted">
        {t.version({ n: agreement.version, date: view.date(version?.createdAt ?? agreement.createdAt) })}
      </span>
    </span>
  )
  return page(
    c,
    {
      title: t.pageTitle({ title: agreement.title }),
      heading: 'x-large',
      room: 'cooperation',
      crumbs: [{ label: t.room, href: '/cooperation' }, { label: agreement.title }],
      eyebrow,
      lead: t.pageLead({ parties: view.list(names) }),
      aside: <AgreementAside view={view} data={data} />,
      asideLabel: t.signatures,
    },
    <AgreementMain view={view} data={data} />,
    said ? 422 : 200,
  )
}

async function agreementPage(ctx: Ctx, agreement: Agreement): Promise<AgreementPage> {
  const versions = await service.listVersions(ctx, agreement.id)
  const { clauses, before } = compareTexts(
    agreement,
    versions,
    agreement.version > 1 ? String(agreement.version - 1) : 'charter',
    ctx.locale,
  )
  const remarks = await readRemarks(ctx, agreement)
  const question = await findQuestionLine(ctx, agreement.questionId)
  return {
    agreement,
    clauses,
    before,
    versions,
    remarks,
    rights: rightsOf(ctx, agreement),
    question,
    now: ctx.now,
  }
}

async function readRemarks(ctx: Ctx, agreement: Agreement): Promise<Remark[]> {
  const comments = await service.listComments(ctx, agreement.id)
  if (comments.length === 0) return []
  const names = await displayNames(
    ctx,
    comments.flatMap((one) => one.person_id ?? []),
  )
  const houses = new Map((await listOrganisations(ctx)).map((one) => [one.id, one.shortName || one.name]))
  return comments.map((one) => ({
    clause: one.clause,
    who: one.person_id ? (names.get(one.person_id) ?? '') : '',
    organisation: one.organisation_id ? (houses.get(one.organisation_id) ?? '') : '',
    at: one.created_at,
    text: one.text,
  }))
}

function rightsOf(ctx: Ctx, agreement: Agreement): Rights {
  const whose = service.whose(agreement)
  const live = !isOver(agreement.state)
  const can = (verb: keyof typeof policy) => live && may(ctx.actor, policy, verb, whose)
  return {
    inside: service.isInside(ctx, agreement),
    change: can('change'),
    discuss: can('discuss'),
    sign: signable(ctx, agreement).length > 0,
    submit: agreement.state === 'draft' && can('propose'),
    withdraw: nextState(agreement.state, 'withdraw') !== undefined && can('withdraw'),
    end: agreement.state === 'draft' ? can('propose') : can('end'),
  }
}

/** The open parties for which the reader may sign. */
function signable(ctx: Ctx, agreement: Agreement): Party[] {
  if (agreement.state !== 'proposed') return []
  const mine = organisationsOf(ctx.actor)
  const open = openParties(agreement).filter((party) => {
    const verb = party.part === 'asker' ? 'signAsAsker' : 'sign'
    return (
      mine.includes(party.organisationId) &&
      may(ctx.actor, policy, verb, { organisationIds: [party.organisationId] })
    )
  })
  return open.filter(
    (party, index) => open.findIndex((one) => one.organisationId === party.organisationId) === index,
  )
}

function signing(app: App): void {
  app.get('/cooperation/agreements/:id/sign', async (c) => {
    const ctx = c.get('ctx')
    requirePermission(ctx, policy, 'openForm')
    return showSign(c, await service.getAgreement(ctx, idOf(c)))
  })
  app.post('/cooperation/agreements/:id/sign', (c) =>
    submit(c, signSchema.omit({ agreementId: true }), {
      act: async (ctx, input) => {
        await service.signAgreement(ctx, { ...input, agreementId: idOf(c) })
        return `${at(idOf(c))}#unterschriften`
      },
      invalid: async () => showSign(c, await service.getAgreement(c.get('ctx'), idOf(c)), 422),
    }),
  )
}

function showSign(c: Call, agreement: Agreement, status: 200 | 422 = 200) {
  const view = c.get('view')
  const t = messages[view.locale]
  const parties = signable(c.get('ctx'), agreement)
  return page(
    c,
    stepOptions(t.signTitle, t.signLead, t.room, agreement),
    <SignForm view={view} agreement={agreement} parties={parties} />,
    status,
  )
}

function stepOptions(title: string, lead: string, room: string, agreement: Agreement) {
  const crumbs = [
    { label: room, href: '/cooperation' },
    { label: agreement.title, href: at(agreement.id) },
    { label: title },
  ]
  return { title, lead, room: 'cooperation', crumbs }
}

function endings(app: App): void {
  for (const kind of ['withdraw', 'end'] as const) {
    const schema = kind === 'withdraw' ? withdrawSchema : endSchema
    const act = kind === 'withdraw' ? service.withdrawAgreement : service.endAgreement
    const show = async (c: Call, form?: Parameters<typeof ReasonForm>[0]['form']) => {
      const view = c.get('view')
      const t = messages[view.locale]
      const agreement = await service.getAgreement(c.get('ctx'), idOf(c))
      const options = stepOptions(
        kind === 'withdraw' ? t.withdrawTitle : t.endTitle,
        agreement.title,
        t.room,
        agreement,
      )
      return page(
        c,
        options,
        <ReasonForm view={view} agreement={agreement} kind={kind} {...(form ? { form } : {})} />,
        form ? 422 : 200,
      )
    }
    app.get(`/cooperation/agreements/:id/${kind}`, async (c) => {
      requirePermission(c.get('ctx'), policy, 'openForm')
      return show(c)
    })
    app.post(`/cooperation/agreements/:id/${kind}`, (c) =>
      submit(c, schema.omit({ agreementId: true }), {
        act: async (ctx, input) => {
          await act(ctx, { ...input, agreementId: idOf(c) })
          return at(idOf(c))
        },
        invalid: (form) => show(c, form),
      }),
    )
  }
}

function files(app: App): void {
  app.get('/cooperation/agreements/:file{[^/]+\\.pdf}', async (c) => {
    const ctx = c.get('ctx')
    const agreement = await service.getAgreement(ctx, c.req.param('file').slice(0, -'.pdf'.length))
    const bytes = await writePdf({ agreement, clauses: readClauses(agreement, 'de'), url: ctx.config.url })
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="vereinbarung-${agreement.id}.pdf"`,
    })
  })
  app.get('/cooperation/agreements/:file{[^/]+\\.odrl\\.jsonld}', async (c) => {
    const ctx = c.get('ctx')
    const agreement = await service.getAgreement(ctx, c.req.param('file').slice(0, -'.odrl.jsonld'.length))
    return c.body(JSON.stringify(writePolicy(agreement, ctx.config.url), null, 2), 200, {
      'content-type': 'application/ld+json',
    })
  })
  app.get('/cooperation/agreements/:file{[^/]+\\.text\\.json}', async (c) => {
    const text = await service.getSignedText(c.get('ctx'), c.req.param('file').slice(0, -'.text.json'.length))
    return c.body(text, 200, { 'content-type': 'application/json' })
  })
}
