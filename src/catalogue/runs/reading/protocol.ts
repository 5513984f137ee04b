import type { Finding } from '../../../platform/finding.ts'
import type { Change } from '../../entries/model.ts'
import type { FormatName, PageContext, PageRequest } from '../../formats/format.ts'
import type { DatasetRecord } from '../../model.ts'
import type { Prepared, SetAside } from './prepare.ts'

/** A page after its first reading: what it lists, with a hash of each record's text, and what comes next. */
export type OpenedPage = {
  readonly format: FormatName | null
  readonly items: readonly ListedItem[]
  readonly next: PageRequest | null
  readonly total: number | null
  readonly gone: readonly string[]
  /** Things the page lists and `total` counts that are not among its items; removed ones too. */
  readonly passedOver: number
  readonly findings: readonly Finding[]
}

/** One record of a page: its name at the source (null if it has none) and a hash of its text as delivered. */
export type ListedItem = { readonly remoteId: string | null; readonly rawHash: string }

/** What one may ask of the thread; answers come in order of asking. */
export type Ask =
  | {
      readonly op: 'open'
      readonly page: number
      readonly bytes: Uint8Array
      readonly format: FormatName | null
      readonly context: PageContext
    }
  | {
      readonly op: 'map'
      readonly page: number
      readonly indexes: readonly number[]
      readonly holderName: string
      readonly now: Date
    }
  | { readonly op: 'diff'; readonly page: number; readonly index: number; readonly old: DatasetRecord }
  | { readonly op: 'close'; readonly page: number }

/** What each question is answered with. */
export type Answers = {
  open: OpenedPage
  map: readonly ({ readonly ready: Prepared } | { readonly aside: SetAside })[]
  diff: readonly Change[]
  close: null
}

/** A question or an answer on its way, with the number that belongs to both. */
export type ToThread = { readonly id: number; readonly ask: Ask }
/** `fault` where the thread itself failed, in words for the log. */
export type FromThread = { readonly id: number; readonly value?: unknown; readonly fault?: string }
