import type { ProtectedResult } from '../engine/result.ts'
import type { Check, Decision, ReleaseId, ReleaseState, WorkspaceId } from '../model.ts'

/** A figure a reviewer has blanked before the table leaves: its place in the table, and for whom. */
export type Redaction = { row: number; column: number; organisationId: string }

/** An earlier version of a request: what was written, and until when it stood. */
export type Round = { round: number; context: string; until: string }

/** A page of steps as it was when it was attached: texts and questions, no answers. Reviewers read it, it does not leave. */
export type AttachedNotebook = { title: string; steps: { text: string; question: string; sql: string }[] }

/** What leaves, never to change: the table with all that is needed to check it later. */
export type ReleasePackage = {
  sql: string
  result: ProtectedResult
  planHash: string
  policyVersion: string
  /** Of the table as it leaves; `answerSha256` is that of the answer, where nothing of it was blanked. */
  resultSha256: string
  agreementId: string
  agreementHash: string
  decisions: {
    organisationId: string
    decision: 'approve'
    reason: string
    decidedAt: string
    rule?: string
  }[]
  answerSha256?: string
  context?: string
  redacted?: [row: number, column: number][]
  checks?: Check[]
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
  round: number
  rounds: Round[]
  redacted: Redaction[]
  notebook: AttachedNotebook | null
  /** Under which names the vault keeps the unit sets of its cells, one per block. */
  unitSets: string[]
}

/** A release as other rooms see it. `columns` and `rows` are empty for readers who may not see the table. */
export type Release = {
  id: ReleaseId
  workspaceId: WorkspaceId
  agreementId: string
  questionId: string
  queryId: string
  title: string
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
  round: number
  rounds: Round[]
  redacted: Redaction[]
  notebook: AttachedNotebook | null
}

/** The table with the blanked figures taken out; positions that are no figure of the table are passed over. */
export function redact(
  result: ProtectedResult,
  redacted: readonly Pick<Redaction, 'row' | 'column'>[],
): ProtectedResult {
  const gone = new Set(redacted.map((each) => `${each.row}.${each.column}`))
  const isGone = (row: number, column: number) =>
    gone.has(`${row}.${column}`) && result.columns[column]?.kind !== 'dimension'
  const rows = result.rows.map((row, r) => row.map((cell, c) => (isGone(r, c) ? null : cell)))
  const noise = result.noise.map((row, r) => row.map((each, c) => (isGone(r, c) ? null : each)))
  const figures = result.columns.flatMap((column, i) => (column.kind === 'dimension' ? [] : [i]))
  const shown = rows.reduce((sum, row) => sum + figures.filter((i) => row[i] !== null).length, 0)
  return { ...result, rows, noise, shown }
}
