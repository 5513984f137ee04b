import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { addMapSchema, takeOutlinesSchema } from '../notebooks/schema.ts'
import { route } from '../releases/api.ts'
import { getWorkspace } from '../workspaces/service.ts'
import { takeOutlines } from './catalogue-service.ts'
import { addMap, listMaps, removeMap } from './service.ts'
import type { RoomMap } from './store.ts'

const mapAnswer = z
  .object({ id: z.uuid(), title: z.string(), areas: z.int(), addedAt: z.iso.datetime() })
  .meta({ ref: 'RoomMap' })

const mapJson = ({ id, title, geo, addedAt }: RoomMap) => ({
  id,
  title,
  areas: geo.features.length,
  addedAt: addedAt.toISOString(),
})

/** Outlines for programs: from a GeoJSON text or from an open dataset of the catalogue. */
export function mapApi(app: App): void {
  const path = '/api/v1/sandbox/workspaces/:id/maps'
  app.get(path, route('Outlines on which results are drawn', z.array(mapAnswer)), async (c) => {
    const room = await getWorkspace(c.get('ctx'), c.req.param('id'))
    return c.json((await listMaps(c.get('ctx'), room)).map(mapJson))
  })
  app.post(
    path,
    route('Add outlines: GeoJSON as text, or a file of an open dataset', mapAnswer),
    valid(
      'json',
      z.union([addMapSchema.omit({ workspaceId: true }), takeOutlinesSchema.omit({ workspaceId: true })]),
    ),
    async (c) => {
      const [input, workspaceId] = [c.req.valid('json'), c.req.param('id')]
      const map =
        'geojson' in input
          ? await addMap(c.get('ctx'), { ...input, workspaceId })
          : await takeOutlines(c.get('ctx'), { ...input, workspaceId })
      return c.json(mapJson(map))
    },
  )
  app.delete(`${path}/:map`, route('Put outlines away', z.object({})), async (c) => {
    const { id, map } = c.req.param()
    await removeMap(c.get('ctx'), id, map)
    return c.json({})
  })
}
