import type { Finding } from '../../platform/finding.ts'
import { newId } from '../../platform/ids.ts'
import type { Run, Source } from './model.ts'
import type { Reader } from './reading/thread.ts'
import type { Recognised } from './recognise.ts'

/** A run while a process works on it. */
export type Work = {
  readonly run: Run
  readonly source: Source
  /** This process's mark on the run; another one that takes the run over replaces it. */
  readonly claim: string
  readonly holderName: string
  readonly reader: Reader
  /** The first page, where it was fetched already to see what the source is. */
  readonly first?: Pick<Recognised, 'request' | 'answer'> | undefined
  /** Findings that may still be kept; beyond that the same flaw repeats. */
  findingsLeft: number
  /** True if records of this source wait in quarantine. */
  hasQuarantine: boolean
}

/** A finding of a reader as a row of a run. */
export function findingRow(runId: string, each: Finding, remoteId: string | null) {
  return {
    id: newId(),
    run_id: runId,
    remote_id: remoteId,
    level: each.severity,
    code: each.code,
    message: each.text,
    raw: each.where ?? null,
  }
}
