import type { DatasetRecord } from '../model.ts'
import { checkRecord } from '../quality/check.ts'
import { contentHash, facesOf, factsOf } from './model.ts'

/** What a record does not say itself: who holds it, the grain an editor named, the moment of the change. */
export type ColumnContext = {
  readonly holderName: string
  readonly grain?: string | null | undefined
  readonly now: Date
}

/** All columns of an entry that follow from its record; pure, so that a harvest can reckon them beside the hub's thread. */
export function columnsFor(record: DatasetRecord, given: ColumnContext) {
  return {
    ...facesOf(record),
    ...factsOf(record, given.holderName, given.grain),
    holder_name: given.holderName,
    access: record.access.type,
    quality: checkRecord(record).score,
    hash: contentHash(record),
    modified_at: given.now,
  }
}
