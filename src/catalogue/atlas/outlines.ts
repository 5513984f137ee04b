import { sql } from 'kysely'
import type { SqlBool } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { asFeatures } from '../../web/geo.ts'
import type { Box } from '../engine/clusters.ts'
import { visibleEntries } from '../entries/store.ts'
import { policy } from '../policy.ts'

/** Areas of an open dataset, drawn under a map so that one sees where things are: rings in degrees, and whose they are. */
export type Outlines = {
  readonly id: string
  readonly title: string
  readonly holder: string
  readonly rings: readonly (readonly (readonly [number, number])[])[]
}

/** Areas of this kind are looked for first; beyond so many points a drawing says no more. */
const DISTRICTS = 'stadtteil|ortsteil|stadtbezirk|bezirk|quartier|gemeinde|ortschaft|kreis|grenzen'
const MAX_POINTS = 4000
const CANDIDATES = 6

/** The outlines to draw in a window: of the open area dataset that shows most districts in it; undefined where there is none. */
export async function outlinesIn(ctx: Ctx, window: Box): Promise<Outlines | undefined> {
  requirePermission(ctx, policy, 'read')
  const candidates = await readAreas(ctx)
  return candidates
    .map((each) => ({ ...each, rings: each.rings.filter((ring) => touches(ring, window)) }))
    .find((each) => each.rings.length > 0)
}

async function readAreas(ctx: Ctx): Promise<Outlines[]> {
  const drawn = sql<SqlBool>`preview_face = 'public' and access = 'open' and jsonb_path_exists(preview,
    '$.geo.features[*].geometry.type ? (@ == "Polygon" || @ == "MultiPolygon")')`
  const rows = await ctx.db
    .selectFrom(visibleEntries({ ...ctx, actor: { kind: 'anonymous' } }).as('v'))
    .select(['v.id', 'v.title', 'v.holder_name', sql<unknown>`v.preview->'geo'`.as('geo')])
    .where('v.id', 'in', (db) =>
      db.selectFrom('catalogue_entry').select('id').where(drawn).orderBy('modified_at', 'desc').limit(50),
    )
    .where('v.state', '=', 'live')
    .orderBy(sql`v.title ~* ${DISTRICTS}`, 'desc')
    .orderBy('v.title')
    .limit(CANDIDATES)
    .execute()
  return rows.map(({ id, title, holder_name, geo }) => ({
    id,
    title,
    holder: holder_name,
    rings: ringsOf(geo),
  }))
}

/** Outer rings of all areas, as many as may be drawn. */
function ringsOf(geo: unknown): Outlines['rings'] {
  const rings: (readonly (readonly [number, number])[])[] = []
  let points = 0
  for (const { geometry } of asFeatures(geo)?.features ?? []) {
    const areas =
      geometry?.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry?.type === 'MultiPolygon'
          ? geometry.coordinates
          : []
    for (const area of Array.isArray(areas) ? areas : []) {
      const ring = ringOf(Array.isArray(area) ? area[0] : undefined)
      points += ring.length
      if (points > MAX_POINTS) return rings
      if (ring.length > 2) rings.push(ring)
    }
  }
  return rings
}

function ringOf(value: unknown): [number, number][] {
  if (!Array.isArray(value)) return []
  return value.flatMap((point: unknown) =>
    Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'number'
      ? [[point[0], point[1]] as [number, number]]
      : [],
  )
}

function touches(ring: Outlines['rings'][number], [west, south, east, north]: Box): boolean {
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  return (
    Math.min(...xs) < east && Math.max(...xs) > west && Math.min(...ys) < north && Math.max(...ys) > south
  )
}
