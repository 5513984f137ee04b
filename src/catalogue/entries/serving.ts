import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { nameOf, type DatasetRecord } from '../model.ts'
import type { Entry } from './model.ts'
import { visibleEntries } from './store.ts'

/** An entry to be pointed to. */
export type Pointed = { readonly id: string; readonly title: string }

/** As many as help on a page. */
const SHOWN = 20

/** What a record is called, in the form in which services name their data. */
export function namesOf({ uri, identifier, otherIdentifiers }: DatasetRecord): string[] {
  const named = uri?.startsWith('_:') ? null : uri
  return [named, identifier, ...otherIdentifiers].flatMap((name) => (name ? [nameOf(name)] : []))
}

/** The live services the actor may know of that work on data of these names. */
export function listServing(ctx: Pick<Ctx, 'db' | 'actor'>, names: readonly string[], limit = SHOWN) {
  return ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(['v.id', 'v.title', 'v.serves', sql<string | null>`v.record->>'uri'`.as('uri')])
    .where('v.state', '=', 'live')
    .where(sql<boolean>`v.kind = 'service'`)
    .where(sql<boolean>`v.serves && ${[...names]}::text[]`)
    .orderBy('v.id')
    .limit(limit)
    .execute()
}

/** The live data a service works on, as far as they stand here: by identifier, or by their name at the same source. */
export async function listServed(ctx: Pick<Ctx, 'db' | 'actor'>, entry: Entry): Promise<Pointed[]> {
  const serves = entry.record.service?.serves ?? []
  if (serves.length === 0) return []
  return ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(['v.id', 'v.title'])
    .where('v.state', '=', 'live')
    .where('v.kind', '=', 'dataset')
    .where(
      sql<boolean>`v.id in (
        select entry_id from catalogue_entry_key
          where kind in ('identifier', 'other-identifier') and key = any(${serves.map(nameOf)}::text[])
        union select id from catalogue_entry
          where source_id = ${entry.sourceId}::uuid and remote_id = any(${serves}::text[]))`,
    )
    .orderBy('v.title')
    .limit(SHOWN)
    .execute()
}

/** The other side of an entry: for a service its data, for data the services that give access to them. */
export async function otherSide(ctx: Pick<Ctx, 'db' | 'actor'>, entry: Entry): Promise<readonly Pointed[]> {
  return entry.record.service ? listServed(ctx, entry) : listServing(ctx, namesOf(entry.record))
}
