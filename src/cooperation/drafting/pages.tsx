import { entriesOfQuestion } from '../../catalogue/service.ts'
import { listOrganisations } from '../../identity/service.ts'
import type { Ctx } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { getQuestion } from '../../questions/service.ts'
import { page } from '../../web/layout.tsx'
import { Empty } from '../../web/parts.tsx'
import { compareTexts } from '../charter/compare.ts'
import { keptPlaceholders, readClauses, wordingOf } from '../charter/text.ts'
import { ClauseView, DiffLegend } from '../charter/views.tsx'
import { messages } from '../messages.ts'
import { drafting } from './messages.ts'
import { clauseKeys, isInForce, type Agreement, type ClauseKey } from '../model.ts'
import { policy } from '../policy.ts'
import { changeClause, draftAgreement, getAgreement, listVersions, whose } from '../service.ts'
import { valueFields } from './fields.ts'
import { editClauseForm, newAgreementForm, type EditClauseForm, type NewAgreementForm } from './schema.ts'
import { ChooseClause, CompareForm, EditClause, NewAgreement, type Choices } from './views.tsx'

const at = (id: string) => `/cooperation/agreements/${id}`

/** Drafting, changing a clause and comparing versions. */
export function draftingPages(app: App): void {
  app.get('/cooperation/agreements/new', async (c) => {
    requirePermission(c.get('ctx'), policy, 'openForm')
    return showNew(c, c.req.query('question') ?? '')
  })
  app.post('/cooperation/agreements', (c) =>
    submit(c, newAgreementForm, {
      act: async (ctx, input) => at((await draftAgreement(ctx, await proposalOf(ctx, input))).id),
      invalid: (form) => showNew(c, String(form.values['questionId'] ?? ''), form),
    }),
  )
  app.get('/cooperation/agreements/:id/edit', async (c) => showEdit(c, c.req.query('clause') ?? ''))
  app.post('/cooperation/agreements/:id/edit', (c) =>
    submit(c, editClauseForm, {
      act: async (ctx, input) => {
        await changeClause(ctx, { agreementId: c.req.param('id'), ...changeOf(input) })
        return `${at(c.req.param('id'))}#klausel-${input.clause}`
      },
      invalid: (form) => showEdit(c, String(form.values['clause'] ?? ''), form),
    }),
  )
  app.get('/cooperation/agreements/:id/diff', showDiff)
}

async function showNew(c: Call, questionId: string, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const question = await getQuestion(ctx, questionId)
  const choices = await choicesFor(ctx, question)
  const crumbs = [{ label: t.room, href: '/cooperation' }, { label: t.newAgreement }]
  return page(
    c,
    { title: t.newAgreement, room: 'cooperation', crumbs, eyebrow: question.title, lead: t.newLead },
    <NewAgreement view={view} choices={choices} {...(form ? { form } : {})} />,
    form ? 422 : 200,
  )
}

async function choicesFor(ctx: Ctx, question: Choices['question']): Promise<Choices> {
  const entries = await entriesOfQuestion(ctx, question.id)
  const organisations = await listOrganisations(ctx)
  return {
    question,
    entries: entries.map(({ id, title, holderName }) => ({ id, title, holder: holderName })),
    organisations: organisations.map(({ id, name }) => ({ id, name })),
  }
}

// Holders are not chosen: they follow from the data.
async function proposalOf(ctx: Ctx, input: NewAgreementForm): Promise<Parameters<typeof draftAgreement>[1]> {
  const { analysts, askers, entryIds, ...rest } = input
  const entries = await entriesOfQuestion(ctx, input.questionId)
  const chosen = entries.filter((entry) => entryIds.includes(entry.id))
  const holders = [...new Set(chosen.map((entry) => entry.organisationId))]
  return {
    ...rest,
    entryIds: chosen.map((entry) => entry.id),
    parties: [
      ...holders.map((organisationId) => ({ organisationId, part: 'holder' as const })),
      ...analysts.map((organisationId) => ({ organisationId, part: 'analyst' as const })),
      ...askers.map((organisationId) => ({ organisationId, part: 'asker' as const })),
    ],
  }
}

function changeOf(input: EditClauseForm): Omit<Parameters<typeof changeClause>[1], 'agreementId'> {
  const { clause, plain, legal, plainEn, legalEn, reason, ...values } = input
  const own = Object.fromEntries(
    Object.entries(values).filter(([name]) => valueFields[clause].some((field) => field === name)),
  )
  return { clause, plain, legal, plainEn, legalEn, reason, values: own }
}

async function showEdit(c: Call, wanted: string, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const agreement = await getAgreement(ctx, c.req.param('id') ?? '')
  requirePermission(ctx, policy, 'change', whose(agreement))
  const clauses = readClauses(agreement, view.locale)
  const key = clauseKeys.find((one) => one === wanted)
  const crumbs = [
    { label: t.room, href: '/cooperation' },
    { label: agreement.title, href: at(agreement.id) },
  ]
  const clause = clauses.find((one) => one.key === key)
  if (!key || !clause) {
    const title = t.proposeChange
    return page(
      c,
      { title, room: 'cooperation', crumbs: [...crumbs, { label: title }], lead: t.editLead },
      <ChooseClause view={view} agreement={agreement} clauses={clauses} />,
    )
  }
  const title = t.editTitle({ number: clause.number, title: clause.title })
  return page(
    c,
    { title, room: 'cooperation', crumbs: [...crumbs, { label: title }], lead: t.editLead },
    <EditClause view={view} edit={editOf(ctx, agreement, key)} {...(form ? { form } : {})} />,
    form ? 422 : 200,
  )
}

function editOf(ctx: Ctx, agreement: Agreement, key: ClauseKey) {
  const own = readClauses(agreement, ctx.locale).find((one) => one.key === key)
  const standard = readClauses({ ...agreement, overrides: {} }, ctx.locale).find((one) => one.key === key)
  if (!own || !standard) throw new Error(`no clause ${key}`)
  const wording = wordingOf(agreement.charter, agreement.overrides, key)
  return {
    agreement,
    clause: own,
    standard,
    wording,
    keeps: keptPlaceholders(agreement.charter, key),
    stops: isInForce(agreement, ctx.now),
  }
}

async function showDiff(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const agreement = await getAgreement(ctx, c.req.param('id') ?? '')
  const versions = await listVersions(ctx, agreement.id)
  const latest = agreement.version > 1 ? String(agreement.version - 1) : 'charter'
  const { clauses, before, from } = compareTexts(
    agreement,
    versions,
    c.req.query('from') ?? latest,
    view.locale,
  )
  const older = versions.map((one) => one.version).filter((n) => n !== agreement.version)
  const changed = clauses
    .map((clause, index) => ({ clause, before: before?.[index] }))
    .filter(
      (pair) =>
        pair.before && (pair.before.plain !== pair.clause.plain || pair.before.legal !== pair.clause.legal),
    )
  const crumbs = [
    { label: t.room, href: '/cooperation' },
    { label: agreement.title, href: at(agreement.id) },
    { label: t.diffTitle },
  ]
  return page(
    c,
    { title: t.diffTitle, room: 'cooperation', crumbs, lead: t.diffLead },
    <div class="al-stack">
      <CompareForm
        view={view}
        agreement={agreement}
        versions={older}
        from={from ? String(from.version) : 'charter'}
      />
      {changed.length === 0 ? <Empty title={t.noDifference} /> : <DiffLegend view={view} />}
      <h2 class="kern-sr-only">{t.terms}</h2>
      <div>
        {changed.map((pair) => (
          <ClauseView view={view} clause={pair.clause} before={pair.before} />
        ))}
      </div>
    </div>,
  )
}
