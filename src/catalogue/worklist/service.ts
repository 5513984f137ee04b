import type { Ctx } from '../../platform/context.ts'
import { hasRole, organisationsOf, transact } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { sendMail } from '../../platform/mail.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { emailsOf, getOrganisation, listOrganisations, membersOf, wishesOf } from '../../identity/service.ts'
import { countLinks } from '../links/store.ts'
import { policy } from '../policy.ts'
import { stalenessOn } from '../quality/score.ts'
import type { Staleness } from '../quality/score.ts'
import { findLastDay, listCourse } from './days.ts'
import type { LinkCounts } from './days.ts'
import { composeDigest } from './digest.ts'
import type { HouseQuality, QualitySum, WorkRow } from './store.ts'
import * as store from './store.ts'

/** The state of the whole catalogue, as everyone may see it. */
export type QualityOverview = {
  readonly own: QualitySum
  readonly all: QualitySum
  /** When the sums were reckoned; null before the first time. */
  readonly reckonedAt: Date | null
  /** Mean score of own entries by day, newest first. */
  readonly days: readonly { readonly day: string; readonly mqa: number }[]
  readonly houses: readonly (HouseQuality & { readonly name: string; readonly mayOpen: boolean })[]
  readonly fixes: readonly { readonly id: string; readonly entries: number; readonly gain: number }[]
  readonly links: LinkCounts
}

/** A year of weekdays and weekends for the line. */
const DAYS = 365

/**
 * How good the descriptions are, of the town's own entries and of all; public, as sums. Nothing is counted here: however
 * large the catalogue is, the sums are those of `reckonedAt`.
 */
export async function getQuality(ctx: Ctx): Promise<QualityOverview> {
  requirePermission(ctx, policy, 'read')
  const names = new Map((await listOrganisations(ctx)).map((each) => [each.id as string, each.name]))
  const last = await findLastDay(ctx.db)
  // Reckoned by an earlier version of this program: until the next time, within the hour, counted here.
  const houses = last ? (last.houses ?? (await store.listHouses(ctx.db, dayOf(ctx.now)))) : []
  return {
    own: last?.own ?? store.addSlices([]),
    all: last?.everything ?? store.addSlices([]),
    reckonedAt: last?.reckoned_at ?? null,
    days: await listCourse(ctx.db, DAYS),
    houses: houses.map((house) => ({
      ...house,
      name: names.get(house.organisationId) ?? '–',
      mayOpen: may(ctx.actor, policy, 'readWorklist', { organisationIds: [house.organisationId] }),
    })),
    fixes: last?.fixes ?? [],
    links: last?.links ?? (await countLinks(ctx.db)),
  }
}

/** One line of a house's work list. */
export type WorkItem = WorkRow & { readonly staleness: Staleness }

/** A house's work list: what is late first, then what brings most. */
export type Worklist = {
  readonly house: { readonly id: string; readonly name: string }
  readonly sum: QualitySum
  readonly items: readonly WorkItem[]
  readonly fixes: readonly { readonly id: string; readonly entries: number; readonly gain: number }[]
  /** Where the next page begins; undefined at the end. */
  readonly next: number | undefined
}

const PAGE = 25

/** The work list of a house, for its holders and stewards. `offset` counts entries. */
export async function getWorklist(
  ctx: Ctx,
  input: { organisationId: string; offset?: number; limit?: number },
): Promise<Worklist> {
  requirePermission(ctx, policy, 'readWorklist', { organisationIds: [input.organisationId] })
  const { organisationId, offset = 0, limit = PAGE } = input
  const house = await getOrganisation(ctx, organisationId)
  const day = dayOf(ctx.now)
  const rows = await store.listWork(ctx.db, { organisationId, today: day, limit: limit + 1, offset })
  return {
    house: { id: organisationId, name: house.name },
    sum: store.addSlices([await store.sumSlice(ctx.db, { today: day, organisationId, own: true })]),
    items: rows.slice(0, limit).map((row) => ({ ...row, staleness: stalenessOn(row, day) })),
    fixes: (await store.listCommonFixes(ctx.db, { organisationId })).slice(0, 12),
    next: rows.length > limit ? offset + limit : undefined,
  }
}

/** The first lines of the work lists of the houses the actor holds data for. */
export async function ownWork(ctx: Ctx): Promise<readonly Worklist[]> {
  const houses = organisationsOf(ctx.actor, 'holder')
  const lists: Worklist[] = []
  for (const organisationId of houses.slice(0, 3))
    lists.push(await getWorklist(ctx, { organisationId, limit: 4 }))
  return lists
}

/** The score of an entry the reader may see; undefined while it has not been reckoned. Details only for its house and stewards. */
export async function scoreOf(
  ctx: Ctx,
  entry: { readonly id: string; readonly organisationId: string; readonly version: number },
) {
  requirePermission(ctx, policy, 'read')
  const row = await store.findScore(ctx.db, entry.id)
  if (!row) return undefined
  const { mqa, inventory, due_on: dueOn, late_on: lateOn } = row
  const inside =
    hasRole(ctx.actor, 'steward') ||
    may(ctx.actor, policy, 'edit', { organisationIds: [entry.organisationId] })
  return {
    mqa,
    inventory,
    staleness: stalenessOn({ dueOn, lateOn }, dayOf(ctx.now)),
    dueOn,
    fixes: row.fixes,
    inside,
  }
}

/**
 * Once a week, a house's holders hear what is late and what would bring most, unless they want no mail. Nothing to do, no
 * mail. Only for the job.
 */
export async function sendWorklistDigest(ctx: Ctx, organisationId: string): Promise<number> {
  const list = await getWorklist(ctx, { organisationId, limit: 5 })
  const worth = list.items.filter((item) => item.gain >= 20 || item.staleness === 'overdue')
  if (worth.length === 0) return 0
  return transact(ctx, async (ctx) => {
    const members = await membersOf(ctx, { organisationId, roles: ['holder'] })
    const ids = members.map((member) => member.personId)
    const wishes = await wishesOf(ctx, ids)
    const emails = await emailsOf(ctx, ids)
    let sent = 0
    for (const id of ids) {
      const to = emails.get(id)
      if (!to || wishes.get(id)?.digest === 'never' || wishes.get(id)?.tasks === false) continue
      await sendMail(ctx, { to: to.email, ...composeDigest(ctx, { ...list, items: worth }, to.locale) })
      sent++
    }
    return sent
  })
}

/** The houses that keep entries here. Only for the job. */
export async function housesWithWork(ctx: Ctx): Promise<readonly string[]> {
  return (await store.listHouses(ctx.db, dayOf(ctx.now))).map((house) => house.organisationId)
}
