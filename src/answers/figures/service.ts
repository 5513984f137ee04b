import { findEntries, listFiles, searchEntries } from '../../catalogue/service.ts'
import { getAgreement } from '../../cooperation/service.ts'
import type { Agreement } from '../../cooperation/model.ts'
import type { Ctx } from '../../platform/context.ts'
import { isProblem } from '../../platform/problem.ts'
import { getRelease } from '../../sandbox/service.ts'
import {
  isFigure,
  joinKey,
  nameKeyOf,
  readTable,
  type AnswerDraft,
  type AnswerTable,
  type ChartSpec,
  type GeoCollection,
  type MapAreas,
  type Source,
} from '../model.ts'
import { problems } from '../problems.ts'

const GEO_LIMIT = 5 * 1024 * 1024 // a town's districts are well below; more would not draw well as SVG either

/** The released tables with the agreements they rest on. */
export type Evidence = { tables: AnswerTable[]; agreements: Agreement[] }

/** Loads released tables of one question. Refuses anything not approved by all holders, and tables of other questions. */
export async function loadEvidence(
  ctx: Ctx,
  questionId: string,
  releaseIds: readonly string[],
): Promise<Evidence> {
  const tables: AnswerTable[] = []
  const agreements = new Map<string, Agreement>()
  for (const id of new Set(releaseIds)) {
    const release = await findRelease(ctx, id)
    if (!release || release.state !== 'approved') throw problems.notReleased()
    if (release.questionId !== questionId) throw problems.otherQuestion()
    const agreement = agreements.get(release.agreementId) ?? (await getAgreement(ctx, release.agreementId))
    agreements.set(agreement.id, agreement)
    tables.push(toTable(release, agreement))
  }
  return { tables, agreements: [...agreements.values()] }
}

type Release = Awaited<ReturnType<typeof getRelease>>

async function findRelease(ctx: Ctx, id: string): Promise<Release | undefined> {
  try {
    return await getRelease(ctx, id)
  } catch (error) {
    // Unknown and not visible look the same to the author: it is not released for this.
    if (isProblem(error)) return undefined
    throw error
  }
}

function toTable(release: Release, agreement: Agreement): AnswerTable {
  const nameOf = (id: string) => agreement.parties.find((party) => party.organisationId === id)?.name
  const approved = release.decisions
    .filter((one) => one.decision === 'approve')
    .flatMap((one) => nameOf(one.organisationId) ?? [])
  return {
    releaseId: release.id,
    agreementId: release.agreementId,
    columns: release.columns.map(({ name, kind, label, unit, band }) => ({
      name,
      kind,
      label: label ?? name,
      unit: unit ?? null,
      band: band ?? null,
    })),
    rows: release.rows.map((row) => [...row]),
    sql: release.sql,
    resultSha256: release.resultSha256,
    policyVersion: release.policyVersion,
    releasedBy: [...new Set(approved)],
    releasedAt: release.decidedAt?.toISOString() ?? null,
  }
}

/** Refuses a chart or map whose columns are not a naming and a figure column of one of the tables. */
export function checkFigures(
  draft: Pick<AnswerDraft, 'chart' | 'map'>,
  tables: readonly AnswerTable[],
): void {
  for (const spec of [draft.chart, draft.map]) {
    if (spec) checkSpec(spec, tables)
  }
}

function checkSpec(spec: ChartSpec, tables: readonly AnswerTable[]): void {
  const columns = tables.find((table) => table.releaseId === spec.releaseId)?.columns ?? []
  const label = columns.find((column) => column.name === spec.label)
  const value = columns.find((column) => column.name === spec.value)
  if (!label || !value || isFigure(label) || !isFigure(value)) throw problems.unknownColumn()
}

/** The areas for a draft's map, joined to its table by the property that fits most rows. Refuses when less than half fit. */
export async function loadAreas(
  ctx: Ctx,
  draft: Pick<AnswerDraft, 'map'>,
  tables: readonly AnswerTable[],
): Promise<MapAreas | null> {
  const { map } = draft
  const table = tables.find((one) => one.releaseId === map?.releaseId)
  if (!map || !table) return null
  const collection = await readGeo(ctx, map.entryId)
  if (!collection) throw problems.noMap()
  const labels = readTable(table, map.label, map.value).map((one) => one.label)
  const { idKey, share } = joinKey(collection, labels)
  if (share < 0.5) throw problems.mapDoesNotFit()
  const river = await readRiver(ctx, map.entryId)
  return { collection, idKey, nameKey: nameKeyOf(collection, idKey), ...(river ? { river } : {}) }
}

async function readGeo(ctx: Ctx, entryId: string): Promise<GeoCollection | undefined> {
  const [entry] = await findEntries(ctx, [entryId])
  if (!entry || entry.access !== 'open') return undefined
  const [file] = await listGeoFiles(ctx, entryId)
  return file ? readGeoFile(ctx, file) : asCollection(entry.preview?.geo)
}

/** A further file of the dataset that holds nothing but lines: drawn over the areas for orientation. */
async function readRiver(ctx: Ctx, entryId: string): Promise<GeoCollection | undefined> {
  const [, ...others] = await listGeoFiles(ctx, entryId)
  for (const file of others.slice(0, 5)) {
    const found = await readGeoFile(ctx, file)
    if (found?.features.length && found.features.every((one) => one.geometry?.type.endsWith('LineString')))
      return found
  }
  return undefined
}

async function listGeoFiles(ctx: Ctx, entryId: string) {
  return (await listFiles(ctx, entryId)).filter(
    (one) => one.mediaType.endsWith('geo+json') || /\.(geo)?json$/i.test(one.name),
  )
}

async function readGeoFile(
  ctx: Ctx,
  file: { sha256: string; size: number },
): Promise<GeoCollection | undefined> {
  if (file.size > GEO_LIMIT) return undefined
  try {
    return asCollection(JSON.parse((await ctx.blobs.read(file.sha256)).toString('utf8')))
  } catch {
    return undefined
  }
}

function asCollection(value: unknown): GeoCollection | undefined {
  const looks =
    typeof value === 'object' && value !== null && 'features' in value && Array.isArray(value.features)
  return looks ? (value as GeoCollection) : undefined
}

/** Open entries that bring areas for a map: those with a GeoJSON file. */
export async function listMaps(ctx: Ctx): Promise<{ id: string; title: string }[]> {
  const { hits } = await searchEntries(ctx, { access: ['open'], limit: 100, sort: 'title' })
  return hits
    .filter((hit) => hit.formats.some((format) => /geo.?json/i.test(format)))
    .map(({ id, title }) => ({ id, title }))
}

/** What the answer rests on: every covered dataset of the agreements, and the dataset of the map. */
export async function listSources(
  ctx: Ctx,
  draft: Pick<AnswerDraft, 'map'>,
  agreements: readonly Agreement[],
): Promise<Source[]> {
  const covered = agreements.flatMap((agreement) =>
    agreement.terms.entries.map((entry) => ({
      entryId: entry.entryId,
      title: entry.title,
      holder: agreement.parties.find((party) => party.organisationId === entry.organisationId)?.name ?? '',
      agreementId: agreement.id,
    })),
  )
  const areas = draft.map ? await findEntries(ctx, [draft.map.entryId]) : []
  const all = [
    ...covered,
    ...areas.map((entry) => ({
      entryId: entry.id,
      title: entry.title,
      holder: entry.holderName,
      agreementId: null,
    })),
  ]
  return all.filter((one, index) => all.findIndex((other) => other.entryId === one.entryId) === index)
}
