import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { RdfFormat } from '../../rdf/formats.ts'
import { serialise } from '../../rdf/serialise.ts'
import type { Quad } from '../../rdf/terms.ts'
import type { Page } from '../dcat/catalogue.ts'
import { writeDcatCatalogue, writeDcatDataset } from '../dcat/write.ts'
import type { DatasetRecord } from '../model.ts'
import { policy } from '../policy.ts'
import { whyNotHere } from '../gone/tombstone.ts'
import type { FeedAsked } from './asked.ts'
import { furtherQuery } from './asked.ts'
import { conditionOfQuery } from './condition.ts'
import { infoOf } from './info.ts'
import { qualityQuads } from './quality.ts'
import { servingQuads } from './serving.ts'
import type { FeedRow } from './store.ts'
import { readAddresses, readFeed, readPublic } from './store.ts'

/** Datasets per page of a feed, as CKAN-style harvesters expect. */
const PAGE_SIZE = 100

/** One dataset as DCAT-AP.de 3.0: the public face of a public entry, or why it is not here (404, 410). */
export async function datasetRdf(ctx: Ctx, id: string, format: RdfFormat): Promise<string> {
  requirePermission(ctx, policy, 'read')
  const found = isUuid(id) ? await readPublic(ctx, id) : undefined
  if (!found) throw await whyNotHere(ctx, id)
  const entry = { id, record: outgoing(found), uri: addressOf(ctx, id) }
  const quads = writeDcatDataset(entry.record, { uri: entry.uri, prefix: 'd' })
  return serialise([...quads, ...(await servingQuads(ctx, [entry])), ...measurements(ctx, [found])], format)
}

function measurements(ctx: Ctx, rows: readonly FeedRow[]): Quad[] {
  const entries = rows.map(({ id, record, measured }) => {
    const address = addressOf(ctx, id)
    const uri = record.uri ?? address
    // A dataset without a name of its own can not be spoken of here.
    return { uri, address, measured: uri.startsWith('_:') ? null : measured }
  })
  return qualityQuads(entries, `${ctx.config.url}/catalogue/quality`)
}

function addressOf(ctx: Ctx, id: string): string {
  return `${ctx.config.url}/catalogue/datasets/${id}`
}

// Receivers compare by `modified`; where a record says nothing, our own last change is the honest date.
function outgoing(row: { record: DatasetRecord; modifiedAt: Date }): DatasetRecord {
  return { ...row.record, modified: row.record.modified ?? dayOf(row.modifiedAt) }
}

/** Ids of visible live entries with their last change, in a lasting order, and how many there are: for lists of addresses. */
export async function listAddresses(ctx: Ctx, page: { offset: number; limit: number }) {
  requirePermission(ctx, policy, 'read')
  return readAddresses(ctx, page)
}

/**
 * A page of the catalogue as DCAT-AP.de 3.0 with Hydra links; page numbers start at 1, too high ones give an empty page.
 * The partner feed shows what others opened to the reader's houses, with the partner face; it asks to sign in.
 */
export async function catalogueRdf(
  ctx: Ctx,
  asked: FeedAsked,
  out: { readonly format: RdfFormat; readonly base: string },
): Promise<string> {
  requirePermission(ctx, policy, asked.kind === 'partner' ? 'readPartnerFeed' : 'read')
  const where = await conditionOfQuery(ctx, asked)
  const { rows, total } = await readFeed(
    ctx,
    { kind: asked.kind, modifiedSince: asked.modifiedSince, where },
    { offset: (asked.page - 1) * PAGE_SIZE, size: PAGE_SIZE },
  )
  const records = rows.map((row) => ({ id: row.id, record: outgoing(row), uri: addressOf(ctx, row.id) }))
  const page = pageOf(asked, out.base, total)
  const quads = writeDcatCatalogue(infoOf(ctx, asked.kind), records, { page })
  const serving = await servingQuads(ctx, records)
  return serialise([...quads, ...serving, ...measurements(ctx, rows)], out.format)
}

function pageOf(asked: FeedAsked, base: string, total: number): Page {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE))
  const further = furtherQuery(asked)
  const at = (page: number) => `${base}?page=${page}${further}`
  return {
    self: at(asked.page),
    first: at(1),
    previous: asked.page > 1 ? at(Math.min(asked.page - 1, last)) : null,
    next: asked.page < last ? at(asked.page + 1) : null,
    last: at(last),
    total,
    size: PAGE_SIZE,
  }
}
