import { sql } from 'kysely'
import { listMunicipalities } from '../../identity/service.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Collection } from '../engine/collection.ts'
import type { Found } from './model.ts'
import { regionLevel, stateNames } from './regions.ts'
import { indexOf } from './service.ts'

/** Names by municipality keys or the beginning of one; keys nobody has named are left out. */
export type RegionNames = ReadonlyMap<string, string>

const kept = new WeakMap<Collection, Map<string, string>>()
/** Entries of a place that are asked for its name. */
const ASKED = 50

/** The names of the regions a search offers or has chosen: states, the hub's towns, and what public entries call a place. */
export async function regionNames(
  ctx: Ctx,
  found: Pick<Found, 'facets'>,
  chosen: readonly string[],
): Promise<RegionNames> {
  const keys = found.facets.filter(({ facet }) => facet === 'region').map(({ value }) => value)
  const wanted = [...new Set([...regionLevel(keys), ...chosen])].filter((key) => /^\d{5}(\d{3})?$/.test(key))
  if (wanted.length === 0) return stateNames
  const index = await indexOf(ctx)
  const known = (index && kept.get(index)) ?? new Map<string, string>()
  if (index) kept.set(index, known)
  const missing = wanted.filter((key) => !known.has(key))
  for (const [key, name] of await namesOf(ctx, missing)) known.set(key, name)
  return new Map([...stateNames, ...known])
}

async function namesOf(ctx: Ctx, keys: readonly string[]): Promise<[string, string][]> {
  if (keys.length === 0) return []
  const towns = new Map((await listMunicipalities(ctx)).map(({ ags, name }) => [ags, name]))
  const stated = await statedNames(
    ctx,
    keys.filter((key) => !towns.has(key)),
  )
  return keys.flatMap((key) => {
    const name = towns.get(key) ?? stated.get(key)
    return name === undefined ? [] : [[key, name]]
  })
}

/** What most public entries of a place call it; the label of the key itself counts before other labels. */
async function statedNames(ctx: Ctx, keys: readonly string[]): Promise<Map<string, string>> {
  const wanted = keys.map((key) => ({ key, ags: key.padEnd(8, '0') }))
  const { rows } = await sql<{ key: string; name: string | null }>`
    select w.key, (
      select coalesce(
        mode() within group (order by own.label->>'de'), mode() within group (order by own.label->>''),
        mode() within group (order by e.places[1]))
      from (select places, record from catalogue_entry
        where record->>'ags' = w.ags and visibility = 'public' and state = 'live' limit ${ASKED}) e
      left join lateral (select p->'label' label from jsonb_array_elements(e.record->'places') p
        where p->>'id' ~ ('/' || w.key || '(000)?$') limit 1) own on true) as name
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(key text, ags text)`.execute(ctx.db)
  return new Map(rows.flatMap(({ key, name }) => (name ? [[key, name]] : [])))
}
