import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { route } from '../releases/api.ts'
import { startNotebookSchema, writeNotebookSchema } from './schema.ts'
import { getNotebook, listNotebooks, removeNotebook, startNotebook, writeNotebook } from './service.ts'
import type { Notebook } from './store.ts'

const notebookAnswer = z
  .object({
    id: z.uuid(),
    workspaceId: z.uuid(),
    title: z.string(),
    shared: z.boolean(),
    changedAt: z.iso.datetime(),
    /** Empty in lists. */
    steps: z.array(
      z.object({
        text: z.string(),
        queryId: z.uuid().nullable(),
        shownAs: z.enum(['table', 'bars', 'line', 'map']),
      }),
    ),
  })
  .meta({ ref: 'Notebook' })

const notebookJson = ({ id, workspaceId, title, shared, changedAt, steps }: Notebook) => ({
  id,
  workspaceId,
  title,
  shared,
  steps,
  changedAt: changedAt.toISOString(),
})

/** Pages of steps for programs: texts and the questions whose answers stand below them. */
export function notebookApi(app: App): void {
  const path = '/api/v1/sandbox/workspaces/:id/notebooks'
  const one = '/api/v1/sandbox/notebooks/:id'
  app.get(path, route('Pages of steps in a workspace', z.array(notebookAnswer)), async (c) =>
    c.json((await listNotebooks(c.get('ctx'), c.req.param('id'))).map(notebookJson)),
  )
  app.post(
    path,
    route('Begin a page of steps', notebookAnswer),
    valid('json', startNotebookSchema.omit({ workspaceId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), workspaceId: c.req.param('id') }
      return c.json(notebookJson(await startNotebook(c.get('ctx'), input)))
    },
  )
  app.get(one, route('One page of steps', notebookAnswer), async (c) =>
    c.json(notebookJson((await getNotebook(c.get('ctx'), c.req.param('id'))).notebook)),
  )
  app.put(
    one,
    route('Write a page of steps anew', notebookAnswer),
    valid('json', writeNotebookSchema.omit({ notebookId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), notebookId: c.req.param('id') }
      return c.json(notebookJson(await writeNotebook(c.get('ctx'), input)))
    },
  )
  app.delete(one, route('Throw a page of steps away', z.object({})), async (c) => {
    await removeNotebook(c.get('ctx'), c.req.param('id'))
    return c.json({})
  })
}
