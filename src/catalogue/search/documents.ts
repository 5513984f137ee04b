import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import { plain } from '../entries/model.ts'
import type { Column, DatasetRecord, Place } from '../model.ts'
import type { FacetField, SearchDocument } from '../engine/segment.ts'
import { dayNumber } from '../engine/count.ts'

/** What an entry is indexed from: its columns, and parts of its public face. */
export type DocumentRow = {
  readonly id: string
  readonly organisation_id: string
  readonly holder_name: string
  readonly source: string | null
  readonly visibility: SearchDocument['visibility']
  readonly access: string
  readonly kind: string
  readonly title: string
  readonly summary: string
  readonly topics: string[]
  readonly formats: string[]
  readonly places: string[]
  readonly starts: string | null
  readonly ends: string | null
  readonly licence: string | null
  readonly quality: number
  readonly modified_at: Date
  readonly partners: string[] | null
  readonly titles: DatasetRecord['title'] | null
  readonly keywords: DatasetRecord['keywords'] | null
  readonly columns: readonly Column[] | null
  readonly spots: readonly Place[] | null
  readonly ags: string | null
}

/** Live entries in the form the index takes, of the given ids or the next after an id. Only the public face is read. */
export async function readDocuments(
  db: Db,
  which: { readonly ids: readonly string[] } | { readonly after: string; readonly limit: number },
): Promise<SearchDocument[]> {
  if ('ids' in which && which.ids.length === 0) return []
  const condition =
    'ids' in which
      ? sql`e.id = any(${[...which.ids]}::uuid[])`
      : sql`e.id > ${which.after}::uuid order by e.id limit ${which.limit}`
  const { rows } = await sql<DocumentRow>`
    select e.id, e.organisation_id, e.holder_name, s.name as source, e.visibility, e.access, e.kind, e.title, e.summary, e.topics,
      e.formats, e.places, e.starts, e.ends, e.licence, e.quality, e.modified_at, r.title as titles, r.keywords, r.columns,
      r.places as spots, r.ags,
      case when e.visibility = 'partners'
        then array(select distinct p.organisation_id from catalogue_partner p where p.entry_id = e.id) end as partners
    from catalogue_entry e
    left join catalogue_source s on s.id = e.source_id
    cross join lateral jsonb_to_record(e.record) as r(title jsonb, keywords jsonb, columns jsonb, places jsonb, ags text)
    where e.state = 'live' and ${condition}`.execute(db)
  return rows.map(documentOf)
}

/** How many entries there are to be indexed, counted up to a limit. */
export async function countEntries(db: Db, upTo: number): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) n from (select 1 from catalogue_entry where state = 'live' limit ${upTo}) few`.execute(db)
  return Number(rows[0]!.n)
}

/** An entry as the index takes it. */
export function documentOf(row: DocumentRow): SearchDocument {
  const keywords = (row.keywords ?? []).map((keyword) => keyword.text)
  const columns = (row.columns ?? []).flatMap((column) => [column.name, column.meaning])
  const others = Object.values(row.titles ?? {}).filter((title) => title !== row.title)
  const starts = row.starts ?? row.ends
  return {
    id: row.id,
    title: row.title,
    keywords: [...others, ...keywords],
    holder: row.holder_name,
    text: [plain(row.summary), ...columns, ...row.places].join(' . '),
    facets: facetsOf(row, keywords),
    visibility: row.visibility,
    starts: starts === null ? null : dayNumber(starts),
    ends: row.ends === null ? null : dayNumber(row.ends),
    quality: row.quality,
    modified: row.modified_at.getTime(),
    bbox: boxAround(row.spots ?? []),
  }
}

function facetsOf(row: DocumentRow, keywords: readonly string[]): Record<FacetField, readonly string[]> {
  return {
    access: [row.access],
    kind: [row.kind],
    topic: row.topics,
    holder: [row.holder_name],
    format: row.formats,
    licence: row.licence ? [row.licence] : [],
    place: row.places,
    region: regionsOf(row.ags),
    source: [row.source ?? 'own'],
    tag: keywords,
    organisation: [row.organisation_id],
    partner: row.partners ?? [],
  }
}

/** A municipality key with those of its district and state, so that each of them finds the entry. */
function regionsOf(ags: string | null): string[] {
  if (!ags || !/^\d{2,8}$/.test(ags)) return []
  const state = ags.slice(0, 2)
  const district = ags.length >= 5 && ags.slice(2, 5) !== '000' ? [ags.slice(0, 5)] : []
  const town = ags.length === 8 && ags.slice(5) !== '000' ? [ags] : []
  return [state, ...district, ...town]
}

/** One box around all places that have one. */
function boxAround(places: readonly Place[]): SearchDocument['bbox'] {
  const boxes = places.flatMap((place) => (place.bbox ? [place.bbox] : []))
  if (boxes.length === 0) return null
  const side = (at: number, pick: (...values: number[]) => number) => pick(...boxes.map((box) => box[at]!))
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)]
}
