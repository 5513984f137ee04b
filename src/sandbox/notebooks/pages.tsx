import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { ConfirmButton } from '../../web/forms.tsx'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { ButtonLink } from '../../web/parts.tsx'
import { loadRoom } from '../access/service.ts'
import { showBench } from '../bench/pages.tsx'
import { listMaps } from '../maps/service.ts'
import { crumbsOf } from '../queries/pages.tsx'
import { getQuery, listQueries } from '../queries/service.ts'
import { notebookFormSchema, startNotebookSchema, toPageSchema } from './schema.ts'
import { messages } from './messages.ts'
import { addStep, getNotebook, removeNotebook, startNotebook, writeNotebook } from './service.ts'
import { NotebookForm, NotebookText } from './views.tsx'

const hrefOf = (id: string) => `/sandbox/notebooks/${id}`

/** Pages of steps: begin, read, write, throw away, set a result on one. */
export function notebookPages(app: App): void {
  app.post('/sandbox/workspaces/:id/notebooks', (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, startNotebookSchema.pick({ title: true }), {
      act: async (ctx, { title }) => `${hrefOf((await startNotebook(ctx, { workspaceId, title })).id)}/edit`,
      invalid: async () => showBench(c, await loadRoom(c.get('ctx'), workspaceId), { status: 422 }),
    })
  })
  app.post('/sandbox/queries/:id/notebook', toPage)
  app.get('/sandbox/notebooks/:id', readPage)
  app.get('/sandbox/notebooks/:id/edit', (c) => editPage(c))
  app.post('/sandbox/notebooks/:id', (c) => {
    const notebookId = c.req.param('id')
    return submit(c, notebookFormSchema, {
      act: async (ctx, input) => hrefOf((await writeNotebook(ctx, { ...input, notebookId })).id),
      invalid: (form) => editPage(c, form, 422),
    })
  })
  app.post('/sandbox/notebooks/:id/remove', (c) =>
    submit(c, z.object({}), {
      act: async (ctx) =>
        `/sandbox/workspaces/${(await removeNotebook(ctx, c.req.param('id'))).workspace.id}`,
      invalid: () => readPage(c),
    }),
  )
}

function toPage(c: Call): Promise<Response> {
  const queryId = c.req.param('id') ?? ''
  return submit(c, toPageSchema, {
    act: async (ctx, { notebookId, title }) => {
      if (notebookId) return hrefOf((await addStep(ctx, { notebookId, queryId })).id)
      const { room } = await getQuery(ctx, queryId)
      return hrefOf((await startNotebook(ctx, { workspaceId: room.workspace.id, title, queryId })).id)
    },
    invalid: async (form) => {
      const { query, room } = await getQuery(c.get('ctx'), queryId)
      return showBench(c, room, { query, pageForm: form, status: 422 })
    },
  })
}

async function readPage(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const shown = await getNotebook(ctx, c.req.param('id') ?? '')
  const { notebook, room } = shown
  return page(
    c,
    {
      title: notebook.title,
      room: 'sandbox',
      heading: 'x-large',
      crumbs: crumbsOf(c, room, notebook.title),
      lead: `${notebook.shared ? t.sharedWord : t.own}, ${t.changed({ when: view.date(notebook.changedAt) })}`,
      robots: 'noindex',
      actions: <ButtonLink href={view.href(`${hrefOf(notebook.id)}/edit`)}>{t.edit}</ButtonLink>,
    },
    <div class="al-stack--l">
      <NotebookText view={view} shown={shown} maps={await listMaps(ctx, room)} />
      <div class="al-stack al-noprint">
        <p class="al-small al-muted">{t.print}</p>
        <ConfirmButton
          view={view}
          action={`${hrefOf(notebook.id)}/remove`}
          label={t.remove}
          question={t.removeQuestion}
          confirm={t.remove}
        />
      </div>
    </div>,
  )
}

async function editPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const { notebook, room } = await getNotebook(ctx, c.req.param('id') ?? '')
  const asked = await listQueries(ctx, { workspaceId: room.workspace.id, limit: 100 })
  const queries = asked.filter((query) => query.state === 'answered')
  return page(
    c,
    {
      title: t.editTitle({ title: notebook.title }),
      room: 'sandbox',
      heading: 'x-large',
      crumbs: crumbsOf(c, room, notebook.title),
      robots: 'noindex',
    },
    <NotebookForm view={view} notebook={notebook} queries={queries} form={form} />,
    status,
  )
}
