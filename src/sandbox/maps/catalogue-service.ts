import type { Distribution } from '../../catalogue/model.ts'
import { getEntry, listFiles, searchEntries } from '../../catalogue/service.ts'
import type { Ctx } from '../../platform/context.ts'
import { safeFetch } from '../../platform/fetch.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { loadRoom, type Room } from '../access/service.ts'
import type { TakeOutlines } from '../notebooks/schema.ts'
import { takeOutlinesSchema } from '../notebooks/schema.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { addMap, maxMapBytes } from './service.ts'
import type { RoomMap } from './store.ts'

/** A file of shapes that the catalogue knows: the dataset, its holder and which of its files. */
export type OutlineFile = {
  readonly entryId: string
  readonly position: number
  readonly title: string
  readonly holder: string
  readonly file: string
}

/** Where nothing was typed: what area datasets of towns are called. */
const usualWords = 'Stadtteile Stadtbezirke Ortsteile Baublöcke Grenzen'
/** More datasets than this are found by better words. */
const maxEntries = 8

/** Open datasets of the catalogue with GeoJSON, best match first; for those who analyse in this room. */
export async function findOutlines(ctx: Ctx, room: Room, typed: string): Promise<OutlineFile[]> {
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  const { hits } = await searchEntries(ctx, {
    q: typed.trim().slice(0, 200) || usualWords,
    match: 'some',
    format: ['GEOJSON'],
    access: ['open'],
    limit: maxEntries,
  })
  const entries = await Promise.all(hits.map((hit) => getEntry(ctx, hit.id)))
  return entries.flatMap(({ id, title, holderName, record }) =>
    record.distributions.flatMap((distribution, position) =>
      isGeoJson(distribution)
        ? [{ entryId: id, position, title, holder: holderName, file: fileName(distribution) }]
        : [],
    ),
  )
}

const isGeoJson = ({ format, downloadUrl, accessUrl }: Distribution) =>
  format?.toUpperCase() === 'GEOJSON' && Boolean(downloadUrl ?? accessUrl)

function fileName({ title, downloadUrl, accessUrl }: Distribution): string {
  const named = title['de'] ?? Object.values(title)[0]
  return named || ((downloadUrl ?? accessUrl ?? '').split('/').at(-1) ?? '')
}

/**
 * Takes the shapes of an open dataset into a room: the hub's own file, or the one at its holder's address. Refuses what is not
 * there, too large or no GeoJSON of areas. Not in a transaction.
 */
export async function takeOutlines(ctx: Ctx, input: TakeOutlines): Promise<RoomMap> {
  const { workspaceId, entryId, position } = takeOutlinesSchema.parse(input)
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  const entry = await getEntry(ctx, entryId)
  const distribution = entry.record.distributions[position]
  if (entry.access !== 'open' || !distribution || !isGeoJson(distribution)) throw general.notFound()
  const geojson = await textOf(ctx, { entryId, workspaceId, distribution })
  const title = `${entry.title}, ${fileName(distribution)} (${entry.holderName})`
  return addMap(ctx, { workspaceId, title: title.slice(0, 120), geojson })
}

type Wanted = { entryId: string; workspaceId: string; distribution: Distribution }

async function textOf(ctx: Ctx, { entryId, workspaceId, distribution }: Wanted): Promise<string> {
  const own = (await listFiles(ctx, entryId)).find((f) => f.sha256 === distribution.checksum?.value)
  if (own && own.size > maxMapBytes) throw problems.noAreas({ workspaceId })
  if (own) return (await ctx.blobs.read(own.sha256)).toString('utf8')
  const url = distribution.downloadUrl ?? distribution.accessUrl ?? ''
  const answer = await safeFetch(ctx.config, url, { maxBytes: maxMapBytes, timeoutMs: 15_000 })
  if (answer.status >= 400) throw problems.outlinesAway({ workspaceId, status: answer.status })
  return Buffer.from(answer.body).toString('utf8')
}
