import { z } from 'zod'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { ActionForm } from '../../web/forms.tsx'
import { page } from '../../web/layout.tsx'
import { ButtonLink } from '../../web/parts.tsx'
import { words } from '../messages.ts'
import { valueNames } from '../search/value-names.ts'
import { policy } from '../policy.ts'
import { signLink } from './links.ts'
import { messages } from './messages.ts'
import type { KeptQuery } from './model.ts'
import { readQuery, saveInput } from './schema.ts'
import * as service from './service.ts'
import { SavedList, SaveForm } from './views.tsx'

const nothing = z.object({})
const refuse = () => {
  throw general.invalid({ where: 'Formular / form' })
}

/** Saved searches: the list, keeping one, changing, removing and bringing back; ending mails by link. */
export function savedPages(app: App): void {
  app.get('/catalogue/saved', showList)
  app.get('/catalogue/saved/new', (c) => {
    requirePermission(c.get('ctx'), policy, 'saveSearch')
    return showForm(c, emptyForm(), new URL(c.req.url).search.slice(1))
  })
  app.post('/catalogue/saved', (c) =>
    submit(c, saveInput, {
      act: async (ctx, input) => {
        await service.saveSearch(ctx, input)
        return '/catalogue/saved'
      },
      invalid: (form) => showForm(c, form, textOf(form, 'query')),
    }),
  )
  stopPages(app)
  ownPages(app)
}

const textOf = (form: FormState, name: string) => [form.values[name] ?? ''].flat()[0] ?? ''

function ownPages(app: App): void {
  const idOf = (c: Call) => {
    const id = c.req.param('id') ?? ''
    if (!isUuid(id)) throw general.notFound()
    return id
  }
  app.post('/catalogue/saved/:id', (c) =>
    submit(c, saveInput.omit({ query: true }), {
      act: async (ctx, input) => {
        await service.changeSearch(ctx, { ...input, id: idOf(c) })
        return '/catalogue/saved'
      },
      invalid: refuse,
    }),
  )
  app.post('/catalogue/saved/:id/remove', (c) =>
    submit(c, nothing, {
      act: async (ctx) => {
        await service.removeSearch(ctx, idOf(c))
        return `/catalogue/saved?removed=${idOf(c)}`
      },
      invalid: refuse,
    }),
  )
  app.post('/catalogue/saved/:id/restore', (c) =>
    submit(c, nothing, {
      act: async (ctx) => {
        await service.restoreSearch(ctx, idOf(c))
        return '/catalogue/saved'
      },
      invalid: refuse,
    }),
  )
}

function headOf(c: Call, title: string) {
  const text = messages[c.get('view').locale]
  return {
    title,
    room: 'catalogue',
    robots: 'noindex',
    crumbs: [
      { label: words[c.get('view').locale].room, href: '/catalogue' },
      ...(title === text.title ? [] : [{ label: text.title, href: '/catalogue/saved' }]),
      { label: title },
    ],
  }
}

async function showList(c: Call): Promise<Response> {
  const [ctx, view] = [c.get('ctx'), c.get('view')]
  const text = messages[view.locale]
  const searches = await service.listSavedSearches(ctx)
  const removed = c.req.query('removed')
  return page(
    c,
    { ...headOf(c, text.title), lead: text.lead },
    <SavedList
      view={view}
      searches={searches}
      names={await namesIn(
        c,
        searches.map((search) => search.query),
      )}
      removed={
        removed && isUuid(removed) && !searches.some((each) => each.id === removed) ? removed : undefined
      }
      feedOf={({ id }) => view.href(`/catalogue/saved/feed/${signLink(ctx.config.secret, 'feed', id)}`)}
    />,
  )
}

function namesIn(c: Call, queries: readonly KeptQuery[]) {
  const chosen = (facet: string) => queries.flatMap((query) => query[facet] ?? [])
  return valueNames(c.get('ctx'), { facets: [] }, { region: chosen('region'), source: chosen('source') })
}

async function showForm(c: Call, form: FormState, query: string): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const kept = JSON.parse(JSON.stringify(readQuery(query.slice(0, 2000)))) as KeptQuery
  const named = { ...form, values: { name: String(kept['q'] ?? ''), ...form.values } }
  const failed = Object.keys(form.errors).length > 0
  return page(
    c,
    { ...headOf(c, text.newTitle), lead: text.newLead },
    <SaveForm
      view={view}
      form={named}
      query={query.slice(0, 2000)}
      kept={kept}
      names={await namesIn(c, [kept])}
    />,
    failed ? 422 : 200,
  )
}

/** A GET never changes anything: the link in a mail leads to a page with one button. */
function stopPages(app: App): void {
  app.get('/catalogue/saved/stop/:token', async (c) => {
    const view = c.get('view')
    const text = messages[view.locale]
    const token = c.req.param('token')
    const { search } = await service.readStopLink(c.get('ctx'), token)
    return page(
      c,
      {
        ...headOf(c, text.stopTitle),
        lead: search ? text.stopOne({ name: search.name }) : text.stopAll,
      },
      <ActionForm
        view={view}
        action={`/catalogue/saved/stop/${token}`}
        label={text.stopButton}
        variant="primary"
      />,
    )
  })
  app.post('/catalogue/saved/stop/:token', (c) =>
    submit(c, nothing, {
      act: async (ctx) => {
        await service.stopByLink(ctx, c.req.param('token'))
        return '/catalogue/saved/stopped'
      },
      invalid: refuse,
    }),
  )
  app.get('/catalogue/saved/stopped', (c) => {
    const view = c.get('view')
    const text = messages[view.locale]
    return page(
      c,
      { ...headOf(c, text.stoppedTitle), lead: text.stoppedText },
      <ButtonLink href={view.href('/catalogue/saved')}>{text.title}</ButtonLink>,
    )
  })
}
