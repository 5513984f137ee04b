import { z } from 'zod'
import { actorId } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'

import { loadRoom } from '../access/service.ts'
import { showBench } from '../bench/pages.tsx'
import { crumbsOf } from '../queries/pages.tsx'
import { getQuery, renameQuery, runQuery } from '../queries/service.ts'
import { SqlCode } from '../queries/views.tsx'
import { changeSavedSchema, saveQuerySchema } from '../notebooks/schema.ts'
import { renameQuerySchema } from '../schema.ts'
import { messages } from './messages.ts'
import { changeSaved, getSaved, removeSaved, saveQuery } from './service.ts'
import { SavedPage } from './views.tsx'

const saveForm = saveQuerySchema
  .omit({ workspaceId: true, form: true })
  .extend({ sql: saveQuerySchema.shape.sql.optional(), queryId: z.uuid().optional() })
const none = z.object({})

/** Kept questions and names of questions. */
export function savedPages(app: App): void {
  app.post('/sandbox/workspaces/:id/saved', keep)
  app.get('/sandbox/saved/:id', (c) => savedPage(c))
  app.post('/sandbox/saved/:id', (c) =>
    submit(c, changeSavedSchema.omit({ savedId: true }), {
      act: async (ctx, input) => {
        const { id } = await changeSaved(ctx, { ...input, savedId: c.req.param('id') })
        return `/sandbox/saved/${id}`
      },
      invalid: (form) => savedPage(c, form, 422),
    }),
  )
  app.post('/sandbox/saved/:id/run', (c) =>
    submit(c, none, {
      slow: true,
      act: async (ctx) => {
        const { saved } = await getSaved(ctx, c.req.param('id'))
        const { workspaceId, title, sql, form } = saved
        const query = await runQuery(ctx, { workspaceId, title, sql, ...(form ? { form } : {}) })
        return `/sandbox/queries/${query.id}#antwort`
      },
      invalid: () => savedPage(c, undefined, 422),
    }),
  )
  app.post('/sandbox/saved/:id/remove', (c) =>
    submit(c, none, {
      act: async (ctx) => `/sandbox/workspaces/${(await removeSaved(ctx, c.req.param('id'))).workspace.id}`,
      invalid: () => savedPage(c, undefined, 422),
    }),
  )
  app.post('/sandbox/queries/:id/title', (c) =>
    submit(c, renameQuerySchema, {
      act: async (ctx, { title }) =>
        `/sandbox/queries/${(await renameQuery(ctx, { queryId: c.req.param('id'), title })).id}`,
      invalid: async () => {
        const { query, room } = await getQuery(c.get('ctx'), c.req.param('id'))
        return showBench(c, room, { query, status: 422 })
      },
    }),
  )
}

/** Keeps the SQL that is sent along, or that of an earlier question with its form. */
function keep(c: Call): Promise<Response> {
  const workspaceId = c.req.param('id') ?? ''
  return submit(c, saveForm, {
    act: async (ctx, { queryId, title, shared, sql }) => {
      const asked = queryId ? (await getQuery(ctx, queryId)).query : undefined
      const form = asked?.form
      const text = asked?.sql ?? sql ?? ''
      const saved = await saveQuery(ctx, { workspaceId, title, shared, sql: text, ...(form ? { form } : {}) })
      return `/sandbox/saved/${saved.id}`
    },
    invalid: async (form) =>
      showBench(c, await loadRoom(c.get('ctx'), workspaceId), { saveForm: form, status: 422 }),
  })
}

async function savedPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const { saved, room } = await getSaved(ctx, c.req.param('id') ?? '')
  const mine = saved.savedBy === null || saved.savedBy === actorId(ctx.actor)
  return page(
    c,
    {
      title: t.changeTitle({ title: saved.title }),
      room: 'sandbox',
      heading: 'x-large',
      crumbs: crumbsOf(c, room, saved.title),
      robots: 'noindex',
    },
    <div class="al-stack">
      <SqlCode view={view} sql={saved.sql} />
      <SavedPage view={view} saved={saved} mine={mine} form={form} />
    </div>,
    status,
  )
}
