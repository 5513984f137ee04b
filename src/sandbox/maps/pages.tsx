import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { LinkArrow } from '../../web/parts.tsx'
import { loadRoom } from '../access/service.ts'
import { policy } from '../policy.ts'
import { crumbsOf } from '../queries/pages.tsx'
import { addMapSchema, takeOutlinesSchema } from '../notebooks/schema.ts'
import { listTables } from '../tables/service.ts'
import { findOutlines, takeOutlines } from './catalogue-service.ts'
import { messages } from './messages.ts'
import { addMap, listMaps, maxMapBytes, removeMap } from './service.ts'
import { CatalogueOutlines, MapList, OwnOutlines } from './views.tsx'

const upload = addMapSchema.pick({ title: true }).extend({ file: z.instanceof(File) })

/** Outlines of a workspace: add, see, put away. */
export function mapPages(app: App): void {
  app.get('/sandbox/workspaces/:id/maps', (c) => mapsPage(c))
  app.post('/sandbox/workspaces/:id/maps', (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, upload, {
      slow: true,
      act: async (ctx, { title, file }) => {
        const geojson = file.size > maxMapBytes ? '{}' : await file.text()
        await addMap(ctx, { workspaceId, title, geojson })
        return `/sandbox/workspaces/${workspaceId}/maps`
      },
      invalid: (form) => mapsPage(c, form, 422),
    })
  })
  app.post('/sandbox/workspaces/:id/maps/take', (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, takeOutlinesSchema.omit({ workspaceId: true }), {
      slow: true,
      act: async (ctx, file) => {
        await takeOutlines(ctx, { ...file, workspaceId })
        return `/sandbox/workspaces/${workspaceId}/maps`
      },
      invalid: () => mapsPage(c),
    })
  })
  app.post('/sandbox/workspaces/:id/maps/:map/remove', (c) => {
    const { id, map } = c.req.param()
    return submit(c, z.object({}), {
      act: async (ctx) => {
        await removeMap(ctx, id, map)
        return `/sandbox/workspaces/${id}/maps`
      },
      invalid: () => mapsPage(c),
    })
  })
}

async function mapsPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const room = await loadRoom(ctx, c.req.param('id') ?? '')
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  const back = `/sandbox/workspaces/${room.workspace.id}`
  const action = `${back}/maps`
  const typed = c.req.query('q') ?? ''
  const tables = (await listTables(ctx, room)).flatMap((table) => table.spec ?? [])
  return page(
    c,
    {
      title: t.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.lead,
      crumbs: crumbsOf(c, room, t.title),
      robots: 'noindex',
    },
    <div class="al-stack--l">
      <MapList {...{ view, action, tables }} maps={await listMaps(ctx, room)} />
      <CatalogueOutlines {...{ view, action, typed }} found={await findOutlines(ctx, room, typed)} />
      <OwnOutlines {...{ view, action, form }} />
      <LinkArrow href={view.href(back)}>{t.back}</LinkArrow>
    </div>,
    status,
  )
}
