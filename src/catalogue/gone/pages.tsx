import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { address } from '../../web/pagination.tsx'
import { words } from '../messages.ts'
import { messages as sources } from '../sources/messages.ts'
import type { Did } from './messages.ts'
import { messages } from './messages.ts'
import { goneForInput, keepInput, oneGone } from './schema.ts'
import { adoptGone, foresee, keepGone, listGone, removeGone, restoreGone } from './service.ts'
import { ConfirmView, GoneList } from './views.tsx'

const PATH = '/catalogue/gone'
const formFor = goneForInput.extend({ sure: z.literal('yes').optional() })

/** Entries gone at their source: list, keep, carry on, remove one or many, bring back. */
export function gonePages(app: App): void {
  app.get(PATH, (c) => listPage(c))
  app.post(`${PATH}/keep`, (c) =>
    submit(c, keepInput, {
      act: async (ctx, input) => {
        await keepGone(ctx, input)
        return address(PATH, { did: input.keep ? 'kept' : 'let-go' })
      },
      invalid: () => listPage(c),
    }),
  )
  app.post(`${PATH}/adopt`, (c) =>
    submit(c, oneGone, {
      act: async (ctx, { id }) => `/catalogue/datasets/${(await adoptGone(ctx, id)).id}`,
      invalid: () => listPage(c),
    }),
  )
  app.post(`${PATH}/remove`, (c) =>
    submit(c, oneGone, {
      act: async (ctx, { id }) => {
        await removeGone(ctx, { ids: [id] })
        return address(PATH, { did: 'removed' })
      },
      invalid: () => listPage(c),
    }),
  )
  app.post(`${PATH}/restore`, (c) =>
    submit(c, oneGone, {
      act: async (ctx, { id }) => {
        await restoreGone(ctx, id)
        return address(PATH, { did: 'restored' })
      },
      invalid: () => listPage(c),
    }),
  )
  // The first post shows how many it would be, the second with a yes removes them.
  app.post(`${PATH}/many`, (c) =>
    submit(c, formFor, {
      slow: true,
      act: async (ctx, { sure, ...wanted }) => {
        if (!sure) return confirmPage(c, wanted)
        await removeGone(ctx, wanted)
        return address(PATH, { did: 'removed', source: wanted.source })
      },
      invalid: (form) => listPage(c, form),
    }),
  )
}

const isDid = (value: string | undefined): value is Did => value !== undefined && value in messages.de.did

function crumbs(c: Call, ...more: string[]) {
  const view = c.get('view')
  return [
    { label: words[view.locale].room, href: '/catalogue' },
    { label: sources[view.locale].title, href: '/catalogue/sources' },
    ...(more.length > 0 ? [{ label: messages[view.locale].title, href: PATH }] : []),
    { label: more[0] ?? messages[view.locale].title },
  ]
}

async function listPage(c: Call, form: FormState = emptyForm()): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const removed = c.req.query('show') === 'removed'
  const sourceId = c.req.query('source')
  const list = await listGone(c.get('ctx'), { sourceId, removed, after: c.req.query('cursor') })
  const did = c.req.query('did')
  return page(
    c,
    {
      title: removed ? text.removedTitle : text.title,
      room: 'catalogue',
      crumbs: removed ? crumbs(c, text.removedTitle) : crumbs(c),
      lead: removed ? text.removedLead : text.lead,
      heading: 'x-large',
      robots: 'noindex',
    },
    <GoneList
      view={view}
      {...list}
      removed={removed}
      sourceId={sourceId}
      form={form}
      did={isDid(did) ? did : undefined}
    />,
    Object.keys(form.errors).length > 0 ? 422 : 200,
  )
}

async function confirmPage(c: Call, wanted: z.output<typeof goneForInput>): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const seen = await foresee(c.get('ctx'), wanted)
  return page(
    c,
    {
      title: text.confirmTitle,
      room: 'catalogue',
      crumbs: crumbs(c, text.confirmTitle),
      lead: text.confirmLead({ n: view.number(seen.total), days: view.number(wanted.days) }),
      heading: 'x-large',
      robots: 'noindex',
    },
    <ConfirmView view={view} {...seen} days={wanted.days} sourceId={wanted.source} />,
  )
}
