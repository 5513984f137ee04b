import type { Brand } from '../../platform/ids.ts'
import type { Localised } from '../../platform/i18n.ts'
import type { FormatName, PageRequest } from '../formats/format.ts'

/** The id of a run. */
export type RunId = Brand<'catalogue_run'>

/** The id of a source. */
export type SourceId = Brand<'catalogue_source'>

/** Where entries come from that are kept elsewhere: an uploaded file (by its name) or an address. */
export type Source = {
  readonly id: SourceId
  readonly organisationId: string
  readonly name: string
  readonly kind: 'upload' | 'url'
  readonly url: string | null
  readonly lastRunAt: Date | null
  /** How it is read; null until its first answer has shown it. */
  readonly format: FormatName | null
  readonly schedule: Schedule
  readonly nextRunAt: Date | null
  /** 0 to 100: decides between two sources that list the same data of the same day. */
  readonly priority: number
  /** Milliseconds between two requests. */
  readonly pace: number
  /** When its last complete reading of everything began. */
  readonly fullAt: Date | null
  /** Days after which its gone entries are removed; null keeps them. */
  readonly removeAfter: number | null
}

/** What sources are asked for at once; they may give fewer. Two pages are in memory at a time, a thousand entries take 30 MB. */
export const PAGE_SIZE = 250

/** How often a source is read on its own. */
export const schedules = ['manual', 'daily', 'weekly', 'monthly'] as const

/** One of them. */
export type Schedule = (typeof schedules)[number]

/** The states of a run; the last three are final. */
export type RunState = 'waiting' | 'fetching' | 'reading' | 'complete' | 'incomplete' | 'failed'

/** One document of a run: a page of a feed or an uploaded file (by its hash). */
export type RunInput = {
  readonly url: string | null
  readonly sha256: string | null
  readonly name: string | null
  readonly done: boolean
}

/** One reading of a source with its counts so far. */
export type Run = {
  readonly id: RunId
  readonly sourceId: SourceId
  readonly kind: 'upload' | 'url'
  readonly state: RunState
  readonly inputs: readonly RunInput[]
  readonly mediaType: string | null
  /** Datasets the source says it has; null if it does not say. */
  readonly expected: number | null
  readonly read: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly quarantined: number
  readonly gone: number
  /** Missing entries that wait for a confirmation before they are taken away. */
  readonly withheld: number
  readonly reason: Localised | null
  readonly createdAt: Date
  readonly beatAt: Date
  readonly finishedAt: Date | null
  /** Counts the runs of its source. */
  readonly no: number
  readonly format: FormatName | null
  /** What is fetched next; null before the first and after the last page. */
  readonly next: PageRequest | null
  /** Only what changed after this moment was asked for; null for everything. */
  readonly since: Date | null
  readonly pages: number
  /** Pages that were the same as last time and needed no reading. */
  readonly spared: number
  readonly failures: number
  /** Records listed more than once. */
  readonly repeated: number
  readonly bytes: number
  /** Entries newly found missing; they go after their days of grace. */
  readonly missing: number
  /** What the source listed and counts that is no dataset to take: removed records, other kinds of things. */
  readonly passedOver: number
}

/** What was remarkable about a record; quarantined ones keep their raw input. */
export type RunFinding = {
  readonly id: string
  readonly remoteId: string | null
  readonly level: 'error' | 'warning' | 'info'
  readonly code: string
  readonly message: Localised
  readonly raw: string | null
}

/** True once nothing more will happen. */
export function isFinished(state: RunState): boolean {
  return state === 'complete' || state === 'incomplete' || state === 'failed'
}

/** How many entries a complete run may take away unasked: ten percent of the source, but at least 20. */
export function removalLimit(live: number): number {
  return Math.max(20, Math.floor(live / 10))
}

/**
 * True if a run saw all there was: nothing failed, and as many datasets as the source announced (or it announced none).
 * Only such a run may conclude that something is gone.
 */
export function sawEverything(run: {
  readonly failures: number
  readonly expected: number | null
  readonly seen: number
}): boolean {
  return run.failures === 0 && (run.expected === null || run.seen >= run.expected)
}

/** Days an entry stays although it is missing at its source (udata does the same). */
export const GRACE_DAYS = 7

/** The day on which an entry missing since then is taken out of the lists. */
export function goesOn(missingSince: Date): Date {
  return new Date(missingSince.getTime() + GRACE_DAYS * 86_400_000)
}

/** How long changes alone may be asked for before everything is read again: only that shows what is gone. */
const FULL_DAYS = 7

/** From when on a run needs to ask for changes; null means that everything must be read. */
export function changesSince(source: Pick<Source, 'fullAt' | 'lastRunAt'>, now: Date): Date | null {
  if (!source.fullAt || !source.lastRunAt) return null
  if (now.getTime() - source.fullAt.getTime() > FULL_DAYS * 86_400_000) return null
  // A day of overlap: clocks differ, and sources index late.
  return new Date(Math.min(source.lastRunAt.getTime(), now.getTime()) - 86_400_000)
}

/** When a source is read next on its own: the early morning, when nobody waits for either side; null for never. */
export function nextRun(schedule: Schedule, after: Date): Date | null {
  if (schedule === 'manual') return null
  const days = { daily: 1, weekly: 7, monthly: 30 }[schedule]
  const next = new Date(after.getTime() + days * 86_400_000)
  next.setUTCHours(2, 0, 0, 0)
  return next.getTime() - after.getTime() < 3_600_000 ? new Date(next.getTime() + 86_400_000) : next
}

const SILENT_MINUTES = 5

/** True for a run whose process must have died: it is not finished and has not shown a sign of life for five minutes. */
export function isStuck(run: Pick<Run, 'state' | 'beatAt'>, now: Date): boolean {
  return !isFinished(run.state) && now.getTime() - run.beatAt.getTime() > SILENT_MINUTES * 60_000
}
