import type { Brand } from '../../platform/ids.ts'
import type { Localised } from '../../platform/i18n.ts'

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
}

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

const SILENT_MINUTES = 15

/** True for a run whose process must have died: it is not finished and has not shown a sign of life for a quarter of an hour. */
export function isStuck(run: Pick<Run, 'state' | 'beatAt'>, now: Date): boolean {
  return !isFinished(run.state) && now.getTime() - run.beatAt.getTime() > SILENT_MINUTES * 60_000
}
