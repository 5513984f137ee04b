import { daysUntil } from '../../platform/days.ts'
import type { Brand } from '../../platform/ids.ts'

/** A campaign's lasting id. */
export type CampaignId = Brand<'catalogue_campaign'>

/** A campaign: houses list what data they keep, from one calendar day to another (Dateninventur). */
export type Campaign = {
  readonly id: CampaignId
  readonly organisationId: string
  readonly title: string
  readonly why: string
  readonly starts: string
  readonly due: string
  readonly endedAt: Date | null
}

/** How far one house is: entries it has, entries since the start, decided ones, and whether it says its list is complete. */
export type HouseProgress = {
  readonly organisationId: string
  readonly name: string
  readonly entries: number
  readonly added: number
  /** Entries whose holder decided about opening (yes, no, with limits). */
  readonly decided: number
  readonly completeAt: Date | null
  readonly note: string
}

/** Where a house stands in a campaign. */
export type HouseState = 'complete' | 'begun' | 'waiting'

/** Where a house stands: complete by its own word, begun once it listed something since the start, else waiting. */
export function stateOf(house: Pick<HouseProgress, 'completeAt' | 'added'>): HouseState {
  if (house.completeAt) return 'complete'
  return house.added > 0 ? 'begun' : 'waiting'
}

const DAY = 24 * 60 * 60 * 1000

/**
 * True if a house should hear of the campaign today: a week before the day, on the day before, and every week after it, at
 * most once in six days and five times in all, so that nobody learns to ignore the mails.
 */
export function isReminderDue(
  house: { completeAt: Date | null; remindedAt: Date | null; reminders: number },
  due: string,
  now: Date,
): boolean {
  if (house.completeAt || house.reminders >= 5) return false
  if (house.remindedAt && now.getTime() - house.remindedAt.getTime() < 6 * DAY) return false
  return daysUntil(due, now) <= 7
}
