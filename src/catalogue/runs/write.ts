import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { EntryKey } from '../duplicates/keys.ts'
import type { Change } from '../entries/model.ts'

/** A new or changed record on its way into the catalogue: the JSON of its columns, and its name at the source. */
export type Row = {
  readonly remoteId: string
  readonly rawHash: string
  readonly hash: string
  readonly id: string
  readonly row: string
  readonly keys: readonly EntryKey[]
}

/** Where rows belong: source, house, the run's number and page. */
export type Place = {
  readonly sourceId: string
  readonly organisationId: string
  readonly runNo: number
  readonly page: string
  readonly now: Date
}

const array = (rows: readonly string[]) => `[${rows.join(',')}]`

/** Adds entries with their first version in one statement for all of them. */
export async function insertRows(db: Db, at: Place, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = columnsOf(rows[0]!)
  await sql`
    with r as (
      select t.*, m.remote_id as m_remote, m.raw_hash as m_raw
      from jsonb_populate_recordset(null::catalogue_entry, ${array(rows.map((each) => each.row))}::jsonb) with ordinality t
      join unnest(${rows.map((each) => each.remoteId)}::text[], ${rows.map((each) => each.rawHash)}::text[])
        with ordinality m (remote_id, raw_hash, ordinality) using (ordinality)
    ), e as (
      insert into catalogue_entry (${sql.raw(columns.join(', '))}, organisation_id, source_id, remote_id, visibility, created_at)
      select ${sql.raw(columns.join(', '))}, ${at.organisationId}, ${at.sourceId}::uuid, m_remote, 'public', ${at.now}::timestamptz from r
    ), v as (
      insert into catalogue_entry_version (id, entry_id, version, at, organisation_id, way, changes)
      select gen_random_uuid(), id, 1, ${at.now}::timestamptz, ${at.organisationId}, 'dcat', '[]'::jsonb from r
    )
    insert into catalogue_harvested (source_id, remote_id, entry_id, raw_hash, hash, page, run_no)
    select ${at.sourceId}::uuid, m_remote, id, m_raw, hash, ${at.page}, ${at.runNo}::int from r
    on conflict (source_id, remote_id) do update set entry_id = excluded.entry_id, raw_hash = excluded.raw_hash,
      hash = excluded.hash, page = excluded.page, run_no = excluded.run_no, missing_since = null`.execute(db)
  await insertKeys(
    db,
    rows.flatMap((each) => each.keys.map((key) => ({ ...key, id: each.id }))),
  )
}

type Id = { readonly id: string }

// The row's own id would overwrite that of an entry that exists.
const columnsOf = (row: Row) => Object.keys(JSON.parse(row.row) as object)

/** A changed record with the entry it changes and what changed. */
export type ChangedRow = Row & { readonly entryId: string; readonly changes: readonly Change[] }

/** Brings changed entries up to date, each with a new version. */
export async function updateRows(db: Db, at: Place, rows: readonly ChangedRow[]): Promise<void> {
  if (rows.length === 0) return
  const columns = columnsOf(rows[0]!).filter((name) => name !== 'id')
  const set = columns.map((name) => `${name} = r.${name}`).join(', ')
  const changes = JSON.stringify(rows.map((each) => ({ id: each.entryId, changes: each.changes })))
  await sql`
    with r as (
      select t.*, m.entry_id as m_entry
      from jsonb_populate_recordset(null::catalogue_entry, ${array(rows.map((each) => each.row))}::jsonb) with ordinality t
      join unnest(${rows.map((each) => each.entryId)}::uuid[]) with ordinality m (entry_id, ordinality) using (ordinality)
    ), e as (
      update catalogue_entry e set ${sql.raw(set)}, version = e.version + 1, gone_at = null, removed_at = null,
        state = case when e.state = 'gone' then 'live' else e.state end
      from r where e.id = r.m_entry returning e.id, e.version
    )
    insert into catalogue_entry_version (id, entry_id, version, at, organisation_id, way, changes)
    select gen_random_uuid(), e.id, e.version, ${at.now}::timestamptz, ${at.organisationId}, 'dcat', c.changes
    from e join jsonb_to_recordset(${changes}::jsonb) c (id uuid, changes jsonb) on c.id = e.id`.execute(db)
  await saveHashes(db, at, rows)
  await sql`delete from catalogue_entry_key where entry_id = any(${rows.map((each) => each.entryId)}::uuid[])`.execute(
    db,
  )
  await insertKeys(
    db,
    rows.flatMap((each) => each.keys.map((key) => ({ ...key, id: each.entryId }))),
  )
}

/** Keeps the hashes of records that were read anew. */
export async function saveHashes(
  db: Db,
  at: Place,
  rows: readonly Pick<Row, 'remoteId' | 'rawHash' | 'hash'>[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update catalogue_harvested h set raw_hash = m.raw_hash, hash = m.hash, page = ${at.page}, run_no = ${at.runNo}, missing_since = null
    from unnest(${rows.map((each) => each.remoteId)}::text[], ${rows.map((each) => each.rawHash)}::text[],
      ${rows.map((each) => each.hash)}::text[]) m (remote_id, raw_hash, hash)
    where h.source_id = ${at.sourceId} and h.remote_id = m.remote_id`.execute(db)
}

/** A record that says the same as before but for its stamp of change. */
export type Touched = {
  readonly entryId: string
  readonly modified: string | null
  readonly currentTo: string | null
}

/** Keeps new stamps of change without making a version of them. */
export async function touchRows(db: Db, rows: readonly Touched[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update catalogue_entry e set current_to = m.current_to,
      record = jsonb_set(e.record, '{modified}', coalesce(to_jsonb(m.modified), 'null'::jsonb)),
      partner = jsonb_set(e.partner, '{modified}', coalesce(to_jsonb(m.modified), 'null'::jsonb)),
      holder = jsonb_set(e.holder, '{modified}', coalesce(to_jsonb(m.modified), 'null'::jsonb))
    from unnest(${rows.map((each) => each.entryId)}::uuid[], ${rows.map((each) => each.modified)}::text[],
      ${rows.map((each) => each.currentTo)}::date[]) m (id, modified, current_to)
    where e.id = m.id`.execute(db)
}

async function insertKeys(db: Db, keys: readonly (EntryKey & Id)[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    insert into catalogue_entry_key (entry_id, kind, key)
    select * from unnest(${keys.map((each) => each.id)}::uuid[], ${keys.map((each) => each.kind)}::text[],
      ${keys.map((each) => each.key)}::text[])
    on conflict do nothing`.execute(db)
}
