import type { Ctx } from '../../platform/context.ts'
import { organisationsOf } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { listOrganisations } from '../../identity/service.ts'
import { page } from '../../web/layout.tsx'
import { LinkArrow } from '../../web/parts.tsx'
import type { Entry } from '../entries/model.ts'
import { crumbsTo } from '../entries/pages.tsx'
import { getEntry, listPartnersOf } from '../entries/service.ts'
import { words } from '../messages.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { decideProposalInput, entryForm, proposeInput } from '../schema.ts'
import { messages } from './messages.ts'
import { entryValues } from './form.ts'
import { createFromForm, decideProposal, listProposals, proposeChange, saveForm } from './service.ts'
import { EntryFormView, NoHouse, ProposalList } from './views.tsx'
import type { FormUse } from './views.tsx'

/** The houses for which the actor may add data, and all others. */
export async function housesOf(ctx: Ctx) {
  const mine = organisationsOf(ctx.actor, 'holder', 'steward')
  const all = await listOrganisations(ctx)
  return {
    houses: all.filter((each) => mine.includes(each.id)),
    others: all.filter((each) => !mine.includes(each.id)),
  }
}

/** New entries, edits, proposals. */
export function editingPages(app: App): void {
  app.get('/catalogue/new', (c) => {
    const presets = { access: 'open', visibility: 'public', ...c.req.query() }
    return newPage(c, emptyForm(presets), 200)
  })
  app.post('/catalogue/new', (c) =>
    submit(c, entryForm, {
      act: async (ctx, form) => `/catalogue/datasets/${(await createFromForm(ctx, form)).id}`,
      invalid: (form) => newPage(c, form, 422),
    }),
  )

  app.get('/catalogue/datasets/:id/edit', async (c) => {
    const { entry, mode } = await editable(c)
    const partners = mode === 'edit' ? await listPartnersOf(c.get('ctx'), entry.id) : []
    return editPage(c, entry, { form: emptyForm(entryValues(entry, partners)), mode, status: 200 })
  })
  app.post('/catalogue/datasets/:id/edit', async (c) => {
    const { entry, mode } = await editable(c)
    const invalid = (form: FormState) => editPage(c, entry, { form, mode, status: 422 })
    if (mode === 'edit') {
      return submit(c, entryForm, {
        act: async (ctx, form) => `/catalogue/datasets/${(await saveForm(ctx, entry.id, form)).id}`,
        invalid,
      })
    }
    return submit(c, proposeInput, {
      act: async (ctx, { reasonWhy, ...form }) => {
        await proposeChange(ctx, { id: entry.id, form, note: reasonWhy })
        return `/catalogue/datasets/${entry.id}/proposals`
      },
      invalid,
    })
  })

  app.get('/catalogue/datasets/:id/proposals', (c) => proposalsPage(c, emptyForm(), 200))
  app.post('/catalogue/datasets/:id/proposals', (c) =>
    submit(c, decideProposalInput, {
      act: async (ctx, input) => `/catalogue/datasets/${(await decideProposal(ctx, input)).id}`,
      invalid: (form) => proposalsPage(c, form, 422),
    }),
  )
}

async function newPage(c: Call, form: FormState, status: 200 | 422): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  if (ctx.actor.kind === 'anonymous') throw general.signIn()
  const use = {
    mode: 'new',
    action: '/catalogue/new',
    back: '/catalogue',
    ...(await housesOf(ctx)),
  } satisfies FormUse
  return page(
    c,
    {
      title: text.newTitle,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.newTitle }],
      lead: text.newLead,
      heading: 'x-large',
      actions: (
        <>
          <LinkArrow href={view.href('/catalogue/drop')}>{text.fasterDrop}</LinkArrow>
          <LinkArrow href={view.href('/catalogue/inventory')}>{text.fasterList}</LinkArrow>
        </>
      ),
    },
    use.houses.length === 0 ? <NoHouse view={view} /> : <EntryFormView view={view} form={form} use={use} />,
    status,
  )
}

async function editable(c: Call): Promise<{ entry: Entry; mode: 'edit' | 'propose' }> {
  const ctx = c.get('ctx')
  const entry = await getEntry(ctx, c.req.param('id') ?? '')
  const mine = may(ctx.actor, policy, 'edit', { organisationIds: [entry.organisationId] })
  if (!mine) requirePermission(ctx, policy, 'propose')
  if (entry.sourceId) throw problems.fromSource({ id: entry.id })
  return { entry, mode: mine ? 'edit' : 'propose' }
}

async function editPage(
  c: Call,
  entry: Entry,
  shown: { form: FormState; mode: 'edit' | 'propose'; status: 200 | 422 },
): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const all = await listOrganisations(ctx)
  const use: FormUse = {
    mode: shown.mode,
    action: `/catalogue/datasets/${entry.id}/edit`,
    back: `/catalogue/datasets/${entry.id}`,
    houses: all.filter((each) => each.id === entry.organisationId),
    others: shown.mode === 'edit' ? all.filter((each) => each.id !== entry.organisationId) : [],
  }
  const title = shown.mode === 'edit' ? text.editTitle : text.proposeTitle
  const about = { title: view.quote(entry.title) }
  return page(
    c,
    {
      title,
      room: 'catalogue',
      crumbs: [...crumbsTo(c, entry), { label: title }],
      lead: shown.mode === 'edit' ? text.editLead(about) : text.proposeLead(about),
      heading: 'x-large',
    },
    <EntryFormView view={view} form={shown.form} use={use} />,
    shown.status,
  )
}

async function proposalsPage(c: Call, form: FormState, status: 200 | 422): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const { entry, proposals, mayDecide } = await listProposals(c.get('ctx'), c.req.param('id') ?? '')
  const failed = form.values['proposalId']
  return page(
    c,
    {
      title: text.proposals,
      room: 'catalogue',
      crumbs: [...crumbsTo(c, entry), { label: text.proposals }],
      lead: text.proposalsLead({ title: view.quote(entry.title) }),
      heading: 'x-large',
    },
    <ProposalList
      view={view}
      entry={entry}
      proposals={proposals}
      mayDecide={mayDecide}
      form={form}
      {...(typeof failed === 'string' ? { failed } : {})}
    />,
    status,
  )
}
