import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { Municipality } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import * as schema from '../schema.ts'
import * as store from './store.ts'

/** Refuses a municipality nobody entered. The hub's own town comes from its configuration when it is first needed. */
export async function requireMunicipality(ctx: Ctx, ags: string): Promise<void> {
  if (await store.findMunicipality(ctx.db, ags)) return
  if (ags !== ctx.config.ags) throw problems.unknownTown({ ags })
  await store.upsertMunicipality(ctx.db, homeTown(ctx))
}

function homeTown(ctx: Ctx): Municipality {
  return {
    ags: ctx.config.ags,
    name: ctx.config.town,
    claim: null,
    operator: null,
    contact: null,
    hostnames: [],
  }
}

/** Enters a municipality this hub serves, or changes it. */
export async function saveMunicipality(ctx: Ctx, input: schema.SaveMunicipality): Promise<Municipality> {
  requirePermission(ctx, policy, 'saveMunicipality')
  const { claim, operator, contact, ...rest } = schema.municipalitySchema.parse(input)
  const town = { ...rest, claim: claim || null, operator: operator || null, contact: contact || null }
  await transact(ctx, (ctx) => store.upsertMunicipality(ctx.db, town))
  // Inside the transaction `ctx.db` is another object than the one pages are served from: forget all that is kept.
  towns = new WeakMap()
  return town
}

/** The municipalities this hub serves; at least the one of its configuration. Public. */
export async function listMunicipalities(ctx: Ctx): Promise<readonly Municipality[]> {
  requirePermission(ctx, policy, 'read')
  const known = await store.selectMunicipalities(ctx.db)
  return known.some((town) => town.ags === ctx.config.ags) ? known : [homeTown(ctx), ...known]
}

/** Which municipality a page speaks for: the one with this host name, else the hub's own. Kept for some seconds. */
export async function resolveTown(
  db: Db,
  config: { readonly ags: string; readonly town: string },
  host: string,
): Promise<{ ags: string; name: string; operator?: string; claim?: string; contact?: string }> {
  const towns = await townsOf(db)
  const town =
    towns.find((each) => each.hostnames.includes(host)) ?? towns.find((each) => each.ags === config.ags)
  if (!town) return { ags: config.ags, name: config.town }
  return {
    ags: town.ags,
    name: town.name,
    ...(town.operator ? { operator: town.operator } : {}),
    ...(town.claim ? { claim: town.claim } : {}),
    ...(town.contact ? { contact: town.contact } : {}),
  }
}

const TOWNS_KEPT_MS = 10_000
let towns = new WeakMap<Db, { until: number; list: readonly Municipality[] }>()

async function townsOf(db: Db): Promise<readonly Municipality[]> {
  const kept = towns.get(db)
  if (kept && kept.until > Date.now()) return kept.list
  const list = await store.selectMunicipalities(db)
  towns.set(db, { until: Date.now() + TOWNS_KEPT_MS, list })
  return list
}
