import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { renameQuery } from '../queries/service.ts'
import { route } from '../releases/api.ts'
import { changeSavedSchema, saveQuerySchema } from '../notebooks/schema.ts'
import { renameQuerySchema } from '../schema.ts'
import { changeSaved, listSaved, removeSaved, saveQuery } from './service.ts'
import type { SavedQuery } from './store.ts'

const savedAnswer = z
  .object({
    id: z.uuid(),
    workspaceId: z.uuid(),
    title: z.string(),
    sql: z.string(),
    shared: z.boolean(),
    savedAt: z.iso.datetime(),
  })
  .meta({ ref: 'SavedQuery' })

const savedJson = ({ id, workspaceId, title, sql, shared, savedAt }: SavedQuery) => ({
  id,
  workspaceId,
  title,
  sql,
  shared,
  savedAt: savedAt.toISOString(),
})

/** Kept questions and names of questions for programs. */
export function savedApi(app: App): void {
  const path = '/api/v1/sandbox/workspaces/:id/saved'
  app.get(path, route('Questions kept in a workspace', z.array(savedAnswer)), async (c) =>
    c.json((await listSaved(c.get('ctx'), c.req.param('id'))).map(savedJson)),
  )
  app.post(
    path,
    route('Keep a question under a name', savedAnswer),
    valid('json', saveQuerySchema.omit({ workspaceId: true })),
    async (c) =>
      c.json(
        savedJson(await saveQuery(c.get('ctx'), { ...c.req.valid('json'), workspaceId: c.req.param('id') })),
      ),
  )
  app.put(
    '/api/v1/sandbox/saved/:id',
    route('Rename or share a kept question', savedAnswer),
    valid('json', changeSavedSchema.omit({ savedId: true })),
    async (c) =>
      c.json(
        savedJson(await changeSaved(c.get('ctx'), { ...c.req.valid('json'), savedId: c.req.param('id') })),
      ),
  )
  app.delete('/api/v1/sandbox/saved/:id', route('Throw a kept question away', z.object({})), async (c) => {
    await removeSaved(c.get('ctx'), c.req.param('id'))
    return c.json({})
  })
  app.put(
    '/api/v1/sandbox/queries/:id/title',
    route('Name a question', z.object({ id: z.uuid() })),
    valid('json', renameQuerySchema),
    async (c) =>
      c.json(await renameQuery(c.get('ctx'), { ...c.req.valid('json'), queryId: c.req.param('id') })),
  )
}
