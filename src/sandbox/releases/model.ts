import type { ProtectedResult } from '../engine/result.ts'
import type { Check, Decision, ReleaseId, ReleaseState, WorkspaceId } from '../model.ts'
import { maxReleaseRows } from '../model.ts'

/** What leaves, never to change: the table with all that is needed to check it later. */
export type ReleasePackage = {
  sql: string
  result: ProtectedResult
  planHash: string
  policyVersion: string
  resultSha256: string
  agreementId: string
  agreementHash: string
  decisions: { organisationId: string; decision: 'approve'; reason: string; decidedAt: string }[]
}

/** One release request as stored. `requestedBy` is null once the person is forgotten. */
export type ReleaseRecord = {
  id: ReleaseId
  workspaceId: WorkspaceId
  queryId: string
  requestedBy: string | null
  organisationId: string
  requestedAt: Date
  context: string
  affected: string[]
  checks: Check[]
  state: ReleaseState
  decidedAt: Date | null
  package: ReleasePackage | null
  packageSha256: string | null
  decisions: Decision[]
}

/** A release as other rooms see it. `columns` and `rows` are empty for readers who may not see the table. */
export type Release = {
  id: ReleaseId
  workspaceId: WorkspaceId
  agreementId: string
  questionId: string
  queryId: string
  context: string
  state: ReleaseState
  columns: ProtectedResult['columns']
  rows: ProtectedResult['rows']
  result: ProtectedResult | null
  sql: string
  planHash: string
  resultSha256: string
  policyVersion: string
  packageSha256: string | null
  affected: string[]
  checks: Check[]
  decisions: Decision[]
  requestedAt: Date
  decidedAt: Date | null
}

/** What the automatic checks look at. `earlier` are cells of releases that have left already, on any of the same tables. */
export type CheckInput = {
  rows: number
  shown: number
  threshold: number
  spent: number
  budget: number
  context: string
  columns: number
  covered: boolean
  keys: readonly string[]
  earlier: { releases: number; keys: ReadonlySet<string> }
}

/**
 * The checks a request goes through before people look at it (causes of rejection published by secure research
 * environments). Cells that left before in the same shape are free; new cells beside earlier releases on the same
 * tables are put before the reviewers, because two tables together may say more than each alone.
 */
export function checkRelease(input: CheckInput): Check[] {
  const fresh = input.keys.filter((key) => !input.earlier.keys.has(key)).length
  const beside = input.earlier.releases > 0 && fresh > 0
  const passed = (good: boolean) => (good ? 'passed' : 'failed')
  const figures = { fresh, releases: input.earlier.releases }
  const size = { rows: input.rows, limit: maxReleaseRows }
  return [
    { id: 'threshold', outcome: 'passed', figures: { units: input.threshold, shown: input.shown } },
    { id: 'differencing', outcome: beside ? 'review' : 'passed', figures },
    { id: 'columns', outcome: passed(input.covered), figures: { columns: input.columns } },
    {
      id: 'budget',
      outcome: passed(input.spent <= input.budget),
      figures: { spent: input.spent, budget: input.budget },
    },
    { id: 'context', outcome: passed(input.context.length >= 20), figures: { length: input.context.length } },
    { id: 'size', outcome: passed(input.rows <= maxReleaseRows && input.shown > 0), figures: size },
  ]
}
