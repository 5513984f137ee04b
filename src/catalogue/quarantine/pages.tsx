import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { messages as sources } from '../sources/messages.ts'
import { messages } from './messages.ts'
import { dismissSetAside, getSetAside, listSetAside, retrySetAside } from './service.ts'
import type { Quarantined } from './store.ts'
import { SetAsideList, SetAsideView } from './views.tsx'

const PATH = '/catalogue/quarantine'
/** As much as the page puts into its field, with room for what is added. */
const retryInput = z.object({ raw: z.string().max(100_000).default('') })

/** Records set aside: list, one, its raw input, reading again, leaving out. */
export function quarantinePages(app: App): void {
  app.get(PATH, (c) => listPage(c))
  app.get(`${PATH}/:id`, (c) => recordPage(c))
  app.get(`${PATH}/:id/raw`, async (c) => {
    const { record, raw } = await getSetAside(c.get('ctx'), c.req.param('id'))
    c.header('content-type', 'text/plain; charset=utf-8')
    c.header('content-disposition', `attachment; filename="record-${record.id.slice(0, 8)}.txt"`)
    return c.body(raw)
  })
  app.post(`${PATH}/:id/dismiss`, (c) =>
    submit(c, z.object({}), {
      act: async (ctx) => `${PATH}/${(await dismissSetAside(ctx, c.req.param('id'))).id}`,
      invalid: () => recordPage(c),
    }),
  )
  app.post(`${PATH}/:id/retry`, (c) =>
    submit(c, retryInput, {
      slow: true,
      act: async (ctx, input) => {
        const result = await retrySetAside(ctx, { id: c.req.param('id'), raw: input.raw })
        if (result.entryId !== null) return `/catalogue/datasets/${result.entryId}`
        const form: FormState = { values: { raw: input.raw }, errors: {} }
        return recordPage(c, { form, why: result.why?.[c.get('view').locale] })
      },
      invalid: (form) => recordPage(c, { form }),
    }),
  )
}

function crumbs(c: Call, label: string) {
  const view = c.get('view')
  return [
    { label: words[view.locale].room, href: '/catalogue' },
    { label: sources[view.locale].title, href: '/catalogue/sources' },
    ...(label === messages[view.locale].title ? [] : [{ label: messages[view.locale].title, href: PATH }]),
    { label },
  ]
}

const isState = (value: string | undefined): value is Quarantined['state'] =>
  value === 'open' || value === 'dismissed' || value === 'resolved'

async function listPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const wanted = c.req.query('state')
  const state = isState(wanted) ? wanted : 'open'
  const sourceId = c.req.query('source')
  const { records, next } = await listSetAside(c.get('ctx'), {
    state,
    sourceId,
    before: c.req.query('cursor'),
  })
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: crumbs(c, text.title),
      lead: text.lead,
      heading: 'x-large',
      robots: 'noindex',
    },
    <SetAsideList view={view} records={records} state={state} sourceId={sourceId} next={next} />,
  )
}

async function recordPage(
  c: Call,
  shown: { form?: FormState; why?: string | undefined } = {},
): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const { record, raw } = await getSetAside(c.get('ctx'), c.req.param('id') ?? '')
  const title = record.title ?? record.remoteId ?? text.nameless
  return page(
    c,
    {
      title,
      room: 'catalogue',
      crumbs: crumbs(c, title.slice(0, 60)),
      heading: 'x-large',
      robots: 'noindex',
      islands: ['enhance'],
    },
    <SetAsideView view={view} record={record} raw={raw} form={shown.form ?? emptyForm()} why={shown.why} />,
    shown.why ? 422 : 200,
  )
}
