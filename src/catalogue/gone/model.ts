/** Days in which a removal can be taken back; after that only what is in use stays in the tables. */
export const UNDO_DAYS = 30

/** The longest a source's rule may wait: ten years. */
export const MOST_DAYS = 3650

const DAY = 86_400_000

/** The moment so many days before another. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY)
}

/** Until when a removal can be taken back; entries in use can be brought back for good. */
export function undoUntil(removedAt: Date): Date {
  return new Date(removedAt.getTime() + UNDO_DAYS * DAY)
}

/** What refers to an entry, and where that is: a need of a question, an agreement, or an answer. */
export type EntryUse = {
  readonly entryId: string
  readonly kind: 'need' | 'agreement' | 'answer'
  readonly href: string
}

/** An entry its source no longer lists. `keptAt`: pinned by a steward; `removedAt`: taken out, its address says so. */
export type GoneEntry = {
  readonly id: string
  readonly title: string
  readonly identifier: string | null
  readonly holderName: string
  readonly organisationId: string
  readonly sourceId: string
  readonly sourceName: string
  readonly goneAt: Date
  readonly keptAt: Date | null
  readonly removedAt: Date | null
}

/** How many entries are gone and wait, are pinned, or are removed. */
export type GoneCounts = { readonly gone: number; readonly kept: number; readonly removed: number }

/** What is left of an entry that was removed. */
export type Tombstone = {
  readonly title: string
  readonly identifier: string | null
  readonly goneAt: Date
  readonly removedAt: Date
  /** The entry under which the same record of the same source is listed again. */
  readonly again: string | null
}
