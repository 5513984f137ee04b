import { sql } from 'kysely'
import type { Generated, GeneratedAlways, Insertable, RawBuilder, SqlBool, Updateable } from 'kysely'
import type { Actor, Ctx, Role } from '../../platform/context.ts'
import { hasRole, organisationsOf } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import type { AccessType, DatasetRecord, Face } from '../model.ts'
import type {
  Change,
  Entry,
  EntryFile,
  EntryKind,
  EntrySummary,
  EntryVersion,
  Preview,
  Visibility,
} from './model.ts'

interface EntryTable {
  id: string
  organisation_id: string
  source_id: string | null
  remote_id: string | null
  holder_name: string
  kind: Generated<EntryKind>
  serves: Generated<string[]>
  visibility: Visibility
  access: AccessType
  record: DatasetRecord
  partner: DatasetRecord | null
  holder: DatasetRecord | null
  preview: Preview | null
  preview_face: 'public' | 'holder'
  title: string
  summary: string
  words: string
  folded: string
  topics: string[]
  formats: string[]
  places: string[]
  starts: string | null
  ends: string | null
  grain: string | null
  frequency: string | null
  current_to: string | null
  licence: string | null
  quality: Generated<number>
  hash: string
  version: Generated<number>
  state: Generated<'live' | 'duplicate' | 'gone'>
  gone_at: Date | null
  kept_at: Generated<Date | null>
  removed_at: Generated<Date | null>
  created_at: Date
  modified_at: Date
  search: GeneratedAlways<string>
}

interface VersionTable {
  id: string
  entry_id: string
  version: number
  at: Date
  organisation_id: string | null
  way: string
  changes: readonly Change[]
}

interface PartnerTable {
  id: string
  entry_id: string
  organisation_id: string
  agreement_id: string | null
  since: Date
}

interface FileTable {
  id: string
  entry_id: string
  position: number
  name: string
  media_type: string
  sha256: string
  size: string | number
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_entry: EntryTable
    catalogue_entry_version: VersionTable
    catalogue_partner: PartnerTable
    catalogue_file: FileTable
  }
}

/** The roles that stand for working in a house; being a citizen or sitting on the council opens no face. */
const houseRoles: readonly Role[] = ['holder', 'steward', 'analyst', 'reviewer', 'operator']

type Reader = { readonly all: boolean; readonly steward: boolean; readonly houses: readonly string[] }

/** Whose eyes the search index is read with: the same rule as `visibleEntries`, in terms of houses. */
export function sightOf(actor: Actor): { readonly all: boolean; readonly houses: readonly string[] } {
  const reader = readerOf(actor)
  return { all: reader.all || reader.steward, houses: reader.houses }
}

function readerOf(actor: Actor): Reader {
  return {
    all: actor.kind === 'system',
    steward: hasRole(actor, 'steward'),
    houses: organisationsOf(actor, ...houseRoles),
  }
}

/**
 * The one visibility policy: entries the actor may know of, each with the face she may read. Public entries are for all,
 * partner entries and fields for the houses listed or bound by an agreement, the holder's face for its own house; stewards
 * know of every entry. Every surface selects from here; the columns of the other faces are not even reachable.
 */
export function visibleEntries(ctx: Pick<Ctx, 'db' | 'actor'>) {
  const reader = readerOf(ctx.actor)
  const mine = reader.all ? sql<SqlBool>`true` : isOneOf(sql`e.organisation_id`, reader.houses)
  const partner = reader.houses.length === 0 ? sql<SqlBool>`false` : isPartner(reader.houses)
  const face = sql<Face>`case when ${mine} then 'holder' when ${partner} then 'partner' else 'public' end`
  return ctx.db
    .selectFrom('catalogue_entry as e')
    .where(
      reader.all || reader.steward
        ? sql<SqlBool>`true`
        : sql<SqlBool>`(e.visibility = 'public' or ${mine} or (e.visibility = 'partners' and ${partner}))`,
    )
    .select(searchColumns)
    .select([
      face.as('face'),
      sql<DatasetRecord>`case ${face} when 'holder' then coalesce(e.holder, e.record) when 'partner' then coalesce(e.partner, e.record) else e.record end`.as(
        'record',
      ),
      sql<Preview | null>`case when e.preview_face = 'public' or ${mine} then e.preview end`.as('preview'),
    ])
}

const searchColumns = [
  'e.id',
  'e.organisation_id',
  'e.source_id',
  'e.remote_id',
  'e.holder_name',
  'e.kind',
  'e.serves',
  'e.visibility',
  'e.access',
  'e.title',
  'e.summary',
  'e.words',
  'e.folded',
  'e.topics',
  'e.formats',
  'e.places',
  'e.starts',
  'e.ends',
  'e.grain',
  'e.frequency',
  'e.current_to',
  'e.licence',
  'e.quality',
  'e.version',
  'e.state',
  'e.removed_at',
  'e.created_at',
  'e.modified_at',
  'e.search',
] as const

function isOneOf(column: RawBuilder<unknown>, ids: readonly string[]): RawBuilder<SqlBool> {
  return ids.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${column} in (${sql.join(ids)})`
}

function isPartner(houses: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from catalogue_partner p where p.entry_id = e.id and p.organisation_id in (${sql.join(houses)}))`
}

/** A row of `visibleEntries`. */
export type VisibleRow = Awaited<ReturnType<ReturnType<typeof visibleEntries>['executeTakeFirstOrThrow']>>

/** The columns of the short form. */
export const summaryColumns = [
  'id',
  'title',
  'summary',
  'words',
  'organisation_id',
  'holder_name',
  'kind',
  'access',
  'visibility',
  'face',
  'topics',
  'formats',
  'places',
  'starts',
  'ends',
  'grain',
  'frequency',
  'current_to',
  'licence',
  'quality',
  'version',
  'modified_at',
] as const

/** A visible row in its short form. */
export function toSummary(row: Pick<VisibleRow, (typeof summaryColumns)[number]>): EntrySummary {
  return {
    id: row.id as EntrySummary['id'],
    kind: row.kind,
    title: row.title,
    summary: row.summary,
    words: row.words,
    organisationId: row.organisation_id,
    holderName: row.holder_name,
    access: row.access,
    visibility: row.visibility,
    face: row.face,
    topics: row.topics,
    formats: row.formats,
    places: row.places,
    starts: row.starts,
    ends: row.ends,
    grain: row.grain as EntrySummary['grain'],
    frequency: row.frequency,
    currentTo: row.current_to,
    licence: row.licence,
    quality: row.quality,
    version: row.version,
    modifiedAt: row.modified_at,
  }
}

/** A visible row as an entry. */
export function toEntry(row: VisibleRow): Entry {
  return {
    ...toSummary(row),
    sourceId: row.source_id,
    remoteId: row.remote_id,
    record: row.record,
    preview: row.preview,
    state: row.state,
    removedAt: row.removed_at,
    createdAt: row.created_at,
  }
}

/** The entries of these ids that the actor may see. */
export async function findVisible(ctx: Pick<Ctx, 'db' | 'actor'>, ids: readonly string[]): Promise<Entry[]> {
  if (ids.length === 0) return []
  return (
    await visibleEntries(ctx)
      .where('e.id', 'in', [...ids])
      .execute()
  ).map(toEntry)
}

/** The whole record for an edit by its holder. */
export function findFull(db: Db, id: string) {
  return db.selectFrom('catalogue_entry').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** The titles of a house's own entries. */
export async function listTitles(db: Db, organisationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('catalogue_entry')
    .select('title')
    .where('organisation_id', '=', organisationId)
    .where('source_id', 'is', null)
    .execute()
  return rows.map((row) => row.title)
}

/** Adds an entry. */
export async function insertEntry(db: Db, row: Insertable<EntryTable>): Promise<void> {
  await db.insertInto('catalogue_entry').values(row).execute()
}

/** Changes an entry's columns. */
export async function updateEntryRow(db: Db, id: string, row: Updateable<EntryTable>): Promise<void> {
  await db.updateTable('catalogue_entry').set(row).where('id', '=', id).execute()
}

/** Keeps what changed with a version. */
export async function insertVersion(
  db: Db,
  row: Omit<VersionTable, 'changes'> & { changes: readonly Change[] },
): Promise<void> {
  await db
    .insertInto('catalogue_entry_version')
    .values({ ...row, changes: JSON.stringify(row.changes) as unknown as Change[] })
    .execute()
}

/** Versions of an entry, newest first. */
export async function listVersionRows(db: Db, entryId: string): Promise<EntryVersion[]> {
  const rows = await db
    .selectFrom('catalogue_entry_version')
    .select(['version', 'at', 'organisation_id', 'way', 'changes'])
    .where('entry_id', '=', entryId)
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ organisation_id, ...row }) => ({ ...row, organisationId: organisation_id }))
}

/** Gives houses the partner face; an agreement's share is kept apart from what the holder listed. */
export async function insertPartners(db: Db, rows: readonly Insertable<PartnerTable>[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('catalogue_partner')
      .values([...rows])
      .execute()
}

/** Replaces the list of partners the holder named. */
export async function deleteListedPartners(db: Db, entryId: string): Promise<void> {
  await db
    .deleteFrom('catalogue_partner')
    .where('entry_id', '=', entryId)
    .where('agreement_id', 'is', null)
    .execute()
}

/** Takes back what an agreement had shared; answers with how many shares ended. */
export async function deleteAgreementPartners(db: Db, agreementId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('catalogue_partner')
    .where('agreement_id', '=', agreementId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The houses the holder named as partners. */
export async function listListedPartners(db: Db, entryId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('catalogue_partner')
    .select('organisation_id')
    .where('entry_id', '=', entryId)
    .where('agreement_id', 'is', null)
    .execute()
  return rows.map((row) => row.organisation_id)
}

/** Adds the files published with an entry. */
export async function insertFiles(db: Db, rows: readonly Insertable<FileTable>[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('catalogue_file')
      .values([...rows])
      .execute()
}

/** The files of an entry in their order. */
export async function listFileRows(db: Db, entryId: string): Promise<EntryFile[]> {
  const rows = await db
    .selectFrom('catalogue_file')
    .selectAll()
    .where('entry_id', '=', entryId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    mediaType: row.media_type,
    sha256: row.sha256,
    size: Number(row.size),
  }))
}
