import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { RdfFormat } from '../../rdf/formats.ts'
import { serialise } from '../../rdf/serialise.ts'
import type { Quad } from '../../rdf/terms.ts'
import type { CatalogueInfo, Page } from '../dcat/catalogue.ts'
import { writeDcatCatalogue, writeDcatDataset } from '../dcat/write.ts'
import type { DatasetRecord } from '../model.ts'
import { policy } from '../policy.ts'
import { whyNotHere } from '../gone/tombstone.ts'
import { qualityQuads } from './quality.ts'
import type { FeedKind, FeedRow } from './store.ts'
import { readAddresses, readFeed, readPublic } from './store.ts'

/** Datasets per page of a feed, as CKAN-style harvesters expect. */
const PAGE_SIZE = 100

/** One dataset as DCAT-AP.de 3.0: the public face of a public entry, or why it is not here (404, 410). */
export async function datasetRdf(ctx: Ctx, id: string, format: RdfFormat): Promise<string> {
  requirePermission(ctx, policy, 'read')
  const found = isUuid(id) ? await readPublic(ctx, id) : undefined
  if (!found) throw await whyNotHere(ctx, id)
  const quads = writeDcatDataset(outgoing(found), { uri: addressOf(ctx, id), prefix: 'd' })
  return serialise([...quads, ...measurements(ctx, [found])], format)
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

/** A page of the catalogue as DCAT-AP.de 3.0 with Hydra links; page numbers start at 1, too high ones give an empty page. */
export async function catalogueRdf(
  ctx: Ctx,
  wanted: {
    kind: FeedKind
    format: RdfFormat
    page: number
    modifiedSince?: Date | undefined
    base: string
    query: string
  },
): Promise<string> {
  requirePermission(ctx, policy, 'read')
  const filter = { kind: wanted.kind, modifiedSince: wanted.modifiedSince }
  const { rows, total } = await readFeed(ctx, filter, {
    offset: (wanted.page - 1) * PAGE_SIZE,
    size: PAGE_SIZE,
  })
  const records = rows.map((row) => ({ record: outgoing(row), uri: addressOf(ctx, row.id) }))
  const quads = writeDcatCatalogue(infoOf(ctx, wanted.kind), records, { page: pageOf(wanted, total) })
  return serialise([...quads, ...measurements(ctx, rows)], wanted.format)
}

function pageOf(wanted: { page: number; base: string; query: string }, total: number): Page {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE))
  const at = (page: number) => `${wanted.base}?page=${page}${wanted.query}`
  return {
    self: at(wanted.page),
    first: at(1),
    previous: wanted.page > 1 ? at(Math.min(wanted.page - 1, last)) : null,
    next: wanted.page < last ? at(wanted.page + 1) : null,
    last: at(last),
    total,
    size: PAGE_SIZE,
  }
}

function infoOf(ctx: Ctx, kind: FeedKind): CatalogueInfo {
  const town = ctx.config.town
  const texts = {
    open: {
      title: { de: `Offene Daten ${town}`, en: `Open data ${town}` },
      description: {
        de: `Offene Datensätze der Häuser in ${town}.`,
        en: `Open datasets of the houses in ${town}.`,
      },
    },
    protected: {
      title: { de: `Geschützte Daten ${town}`, en: `Protected data ${town}` },
      description: {
        de: `Datensätze, die es in ${town} gibt und die nicht offen sind, mit dem Weg zu Antworten.`,
        en: `Datasets that exist in ${town} and are not open, with the way to answers.`,
      },
    },
  }[kind]
  const path = kind === 'open' ? '/catalog' : '/catalog/protected'
  return {
    uri: `${ctx.config.url}${path}`,
    ...texts,
    publisher: {
      id: `${ctx.config.url}/#operator`,
      name: { de: `Allmende ${town}` },
      type: null,
      url: ctx.config.url,
      email: null,
    },
    homepage: `${ctx.config.url}/catalogue`,
    issued: null,
    modified: null,
  }
}
