import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import { visibleEntries } from '../entries/store.ts'
import type { Campaign, CampaignId, HouseProgress } from './model.ts'

interface CampaignTable {
  id: string
  organisation_id: string
  title: string
  why: string
  starts: string
  due: string
  created_at: Date
  ended_at: Date | null
}

interface CampaignHouseTable {
  campaign_id: string
  organisation_id: string
  complete_at: Date | null
  note: string
  reminded_at: Date | null
  reminders: number
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_campaign: CampaignTable
    catalogue_campaign_house: CampaignHouseTable
  }
}

/** Keeps a new campaign with its houses. */
export async function insertCampaign(
  db: Db,
  campaign: CampaignTable,
  houses: readonly string[],
): Promise<void> {
  await db.insertInto('catalogue_campaign').values(campaign).execute()
  const rows = houses.map((house) => ({
    campaign_id: campaign.id,
    organisation_id: house,
    complete_at: null,
    note: '',
    reminded_at: null,
    reminders: 0,
  }))
  await db.insertInto('catalogue_campaign_house').values(rows).execute()
}

const columns = ['id', 'organisation_id', 'title', 'why', 'starts', 'due', 'ended_at'] as const

type CampaignRow = Pick<CampaignTable, (typeof columns)[number]>

function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id as CampaignId,
    organisationId: row.organisation_id,
    title: row.title,
    why: row.why,
    starts: row.starts,
    due: row.due,
    endedAt: row.ended_at,
  }
}

/** One campaign. */
export async function findCampaign(db: Db, id: string): Promise<Campaign | undefined> {
  const row = await db
    .selectFrom('catalogue_campaign')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toCampaign(row)
}

/** Campaigns, the newest first; `running` leaves out those that were ended. */
export async function listCampaignRows(db: Db, running: boolean): Promise<Campaign[]> {
  const rows = await db
    .selectFrom('catalogue_campaign')
    .select(columns)
    .$if(running, (query) => query.where('ended_at', 'is', null))
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(toCampaign)
}

/** The houses of a campaign with how much they have listed, as far as the reader may know of it (`visibleEntries`). */
export async function listHouseRows(
  ctx: Pick<Ctx, 'db' | 'actor'>,
  campaign: Campaign,
): Promise<Omit<HouseProgress, 'name'>[]> {
  const { rows } = await sql<{
    organisation_id: string
    complete_at: Date | null
    note: string
    entries: string
    added: string
    decided: string
  }>`
    select h.organisation_id, h.complete_at, h.note,
      count(e.id) as entries,
      count(e.id) filter (where e.created_at >= ${campaign.starts}::date) as added,
      count(e.id) filter (where e.record->'inventory'->>'openDecision' is not null or e.access = 'open') as decided
    from catalogue_campaign_house h
    left join ${visibleEntries(ctx).as('e')} on e.organisation_id = h.organisation_id and e.source_id is null and e.state = 'live'
    where h.campaign_id = ${campaign.id}
    group by h.organisation_id, h.complete_at, h.note`.execute(ctx.db)
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    entries: Number(row.entries),
    added: Number(row.added),
    decided: Number(row.decided),
    completeAt: row.complete_at,
    note: row.note,
  }))
}

/** A house's word that it is complete (a moment) or not after all (null). Gives false if it is not part of the campaign. */
export async function saveWord(
  db: Db,
  of: { campaignId: string; organisationId: string; completeAt: Date | null; note: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_campaign_house')
    .set({ complete_at: of.completeAt, note: of.note })
    .where('campaign_id', '=', of.campaignId)
    .where('organisation_id', '=', of.organisationId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends a campaign; false if it had ended before. */
export async function endCampaignRow(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_campaign')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** When the houses of a campaign were last reminded. */
export function listReminders(db: Db, campaignId: string) {
  return db.selectFrom('catalogue_campaign_house').selectAll().where('campaign_id', '=', campaignId).execute()
}

/** Notes that a house was reminded. */
export async function saveReminder(
  db: Db,
  of: { campaignId: string; organisationId: string; at: Date },
): Promise<void> {
  await db
    .updateTable('catalogue_campaign_house')
    .set({ reminded_at: of.at, reminders: sql<number>`reminders + 1` })
    .where('campaign_id', '=', of.campaignId)
    .where('organisation_id', '=', of.organisationId)
    .execute()
}

/** Running campaigns in which one of these houses has not said that it is complete. */
export async function listOpenFor(db: Db, organisationIds: readonly string[]) {
  if (organisationIds.length === 0) return []
  return db
    .selectFrom('catalogue_campaign_house as h')
    .innerJoin('catalogue_campaign as c', 'c.id', 'h.campaign_id')
    .select(['c.id', 'c.title', 'c.due', 'h.organisation_id'])
    .where('h.organisation_id', 'in', [...organisationIds])
    .where('h.complete_at', 'is', null)
    .where('c.ended_at', 'is', null)
    .orderBy('c.due')
    .limit(20)
    .execute()
}
