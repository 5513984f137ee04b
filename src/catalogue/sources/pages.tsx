import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { Ctx } from '../../platform/context.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import { listOrganisations } from '../../identity/service.ts'
import { page } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { policy } from '../policy.ts'
import type { Source } from '../runs/model.ts'
import { isFinished } from '../runs/model.ts'
import { confirmRemoval, getRun, listFindings } from '../runs/service.ts'
import { listDuplicates } from '../duplicates/service.ts'
import { countWaiting } from '../gone/service.ts'
import { listSetAside } from '../quarantine/service.ts'
import { fileInput, sourceInput, sourceSettings } from '../schema.ts'
import { messages } from './messages.ts'
import { confirmDcat, draftDcat, getDraft } from './drafts.ts'
import type { SourcePreview } from './probe.ts'
import { changeSource, getSource, harvestSource, harvestUrl, listSources, previewSource } from './service.ts'
import { RunView } from './run-views.tsx'
import { SourceView } from './source-views.tsx'
import { PreviewView, SourceList } from './views.tsx'

/** Sources, previews and runs. */
export function sourcePages(app: App): void {
  app.get('/catalogue/sources', (c) => sourcesPage(c))
  app.post('/catalogue/sources', (c) =>
    submit(c, sourceInput, {
      slow: true,
      act: async (ctx, input) => {
        const preview = await previewSource(ctx, input).catch((error: unknown) => unreached(c, error, input))
        if (preview instanceof Response) return preview
        const fields = { ...textOf(input), ...(preview.format ? { format: preview.format } : {}) }
        return previewPage(c, preview, { action: '/catalogue/sources/add', fields })
      },
      invalid: (form) => sourcesPage(c, { form, failed: 'url' }),
    }),
  )
  app.post('/catalogue/sources/add', (c) =>
    submit(c, sourceInput, {
      act: async (ctx, input) => `/catalogue/runs/${(await harvestUrl(ctx, input)).id}`,
      invalid: (form) => sourcesPage(c, { form, failed: 'url' }),
    }),
  )
  app.post('/catalogue/sources/harvest', (c) =>
    submit(c, z.object({ sourceId: z.string(), only: z.literal('changes').optional() }), {
      act: async (ctx, input) => `/catalogue/runs/${(await harvestSource(ctx, input)).id}`,
      invalid: () => sourcesPage(c),
    }),
  )
  app.post('/catalogue/sources/file', (c) =>
    submit(c, fileInput, {
      slow: true,
      act: async (ctx, input) => `/catalogue/sources/drafts/${await draftDcat(ctx, input)}`,
      invalid: (form) => sourcesPage(c, { form, failed: 'file' }),
    }),
  )
  app.get('/catalogue/sources/drafts/:id', async (c) => {
    const draft = await getDraft(c.get('ctx'), c.req.param('id'), 'dcat')
    const action = `/catalogue/sources/drafts/${draft.id}`
    return previewPage(c, draft.payload['preview'] as SourcePreview, { action, fields: {} })
  })
  app.post('/catalogue/sources/drafts/:id', (c) =>
    submit(c, z.object({}), {
      act: async (ctx) => `/catalogue/runs/${(await confirmDcat(ctx, c.req.param('id'))).id}`,
      invalid: () => sourcesPage(c),
    }),
  )
  app.get('/catalogue/sources/:id', (c) => sourcePage(c))
  app.post('/catalogue/sources/:id', (c) =>
    submit(c, sourceSettings, {
      act: async (ctx, input) => `/catalogue/sources/${(await changeSource(ctx, input)).id}?did=saved`,
      invalid: (form) => sourcePage(c, form),
    }),
  )
  app.get('/catalogue/runs/:id', (c) => runPage(c))
  app.post('/catalogue/runs/:id/confirm', (c) =>
    submit(c, z.object({}), {
      act: async (ctx) => `/catalogue/runs/${(await confirmRemoval(ctx, c.req.param('id'))).id}`,
      invalid: () => runPage(c),
    }),
  )
}

function crumbs(c: Call, label: string, of?: Source) {
  const view = c.get('view')
  return [
    { label: words[view.locale].room, href: '/catalogue' },
    { label: messages[view.locale].title, href: '/catalogue/sources' },
    ...(of ? [{ label: of.name, href: `/catalogue/sources/${of.id}` }] : []),
    { label },
  ]
}

// An address that gives no catalogue is a slip of the pen: the form comes back as it was filled in, with the reason.
function unreached(c: Call, error: unknown, input: z.output<typeof sourceInput>): Promise<Response> {
  if (!isProblem(error) || ![422, 502, 503, 504].includes(error.spec.status)) throw error
  const { title, detail } = error.spec[c.get('view').locale]
  const form = { values: textOf(input), errors: { url: `${title}. ${detail}` } }
  return sourcesPage(c, { form, failed: 'url' })
}

async function sourcesPage(
  c: Call,
  shown: { form: FormState; failed?: 'url' | 'file' } = { form: emptyForm() },
): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const sources = await listSources(ctx)
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
      lead: text.lead,
      heading: 'x-large',
    },
    <SourceList
      view={view}
      sources={sources}
      houses={await listOrganisations(ctx)}
      form={shown.form}
      failed={shown.failed}
      aside={(await listSetAside(ctx, {})).open}
      gone={await countWaiting(ctx)}
      doubles={await countDoubles(ctx)}
    />,
    shown.failed ? 422 : 200,
  )
}

async function countDoubles(ctx: Ctx): Promise<number | undefined> {
  if (!may(ctx.actor, policy, 'decideDuplicates')) return undefined
  return (await listDuplicates(ctx, { state: 'open' })).counts.open
}

// Fields of a form are texts; what was not said is left out.
function textOf(input: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

async function sourcePage(c: Call, form: FormState = emptyForm()): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const { source, runs, entries } = await getSource(ctx, c.req.param('id') ?? '')
  const { open } = await listSetAside(ctx, { sourceId: source.id })
  return page(
    c,
    {
      title: source.name,
      room: 'catalogue',
      crumbs: crumbs(c, source.name),
      heading: 'x-large',
      robots: 'noindex',
      islands: ['enhance'],
    },
    <SourceView
      view={view}
      source={source}
      runs={runs}
      entries={entries}
      aside={open}
      form={form}
      saved={c.req.query('did') === 'saved'}
    />,
    Object.keys(form.errors).length > 0 ? 422 : 200,
  )
}

function previewPage(
  c: Call,
  preview: SourcePreview,
  take: { action: string; fields: Record<string, string> },
): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  return page(
    c,
    {
      title: text.previewTitle,
      room: 'catalogue',
      crumbs: crumbs(c, text.previewTitle),
      lead: text.previewLead({ n: view.number(preview.total), more: preview.more }),
      heading: 'x-large',
      robots: 'noindex',
    },
    <PreviewView view={view} preview={preview} {...take} />,
  )
}

async function runPage(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const { run, source } = await getRun(ctx, c.req.param('id') ?? '')
  const { findings, next } = await listFindings(ctx, run.id, c.req.query('cursor'))
  const mayManage = may(ctx.actor, policy, 'manageSources')
  return page(
    c,
    {
      title: text.run,
      room: 'catalogue',
      crumbs: mayManage ? crumbs(c, text.run, source) : crumbs(c, text.run),
      lead: text.runLead[run.kind]({ name: view.quote(source.name) }),
      heading: 'x-large',
      robots: 'noindex',
      islands: ['enhance'],
      ...(isFinished(run.state) ? {} : { refresh: 3 }),
    },
    <RunView
      view={view}
      run={run}
      findings={findings}
      next={next}
      mayConfirm={may(ctx.actor, policy, 'confirmRemoval')}
      mayManage={mayManage}
    />,
  )
}
