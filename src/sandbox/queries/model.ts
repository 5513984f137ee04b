import type { Preset } from '../engine/preset.ts'
import { presets } from '../engine/preset.ts'
import type { Refusal, RefusalCode } from '../engine/refusal.ts'
import type { ProtectedResult } from '../engine/result.ts'
import type { ProtectionLevel } from '../../cooperation/model.ts'
import { minimumUnits } from '../../cooperation/model.ts'
import type { QueryId, QueryState, WorkspaceId } from '../model.ts'
import type { QueryForm } from '../schema.ts'

/** A refusal on record: the engine's, or the room's own about rate, end of the agreement and interruption. */
export type RecordedRefusal = Omit<Refusal, 'code'> & {
  readonly code: RefusalCode | 'agreement-ended' | 'interrupted' | 'no-tables'
}

/** One question on record. `askedBy` is null once the person is forgotten; `cellKeys` are opaque. */
export type QueryRecord = {
  id: QueryId
  workspaceId: WorkspaceId
  askedBy: string | null
  organisationId: string
  askedAt: Date
  sql: string
  form: QueryForm | null
  state: QueryState
  refusal: RecordedRefusal | null
  planHash: string | null
  presetVersion: string | null
  tableIds: string[]
  cellKeys: string[]
  result: ProtectedResult | null
  resultSha256: string | null
  cellsShown: number
  cellsProtected: number | null
  cellsNew: number
  finishedAt: Date | null
  durationMs: number | null
}

/** What is written when a question was answered. */
export type AnswerRecord = Pick<
  QueryRecord,
  | 'planHash'
  | 'presetVersion'
  | 'tableIds'
  | 'cellKeys'
  | 'result'
  | 'resultSha256'
  | 'cellsShown'
  | 'cellsProtected'
  | 'cellsNew'
  | 'finishedAt'
  | 'durationMs'
>

/** The level of protection an agreement settled on: its smallest number of units, the rest in proportion. */
export function presetOf(level: ProtectionLevel): Preset {
  const k = minimumUnits(level)
  if (k === presets.allmende.k) return presets.allmende
  return {
    ...presets.allmende,
    version: `${presets.allmende.version}-k${k}`,
    k,
    effect: 2 * k,
    sibling: k,
  }
}

/** The start of the calendar day in Germany that `now` lies in: day budgets count from there. */
export function startOfDay(now: Date): Date {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', timeStyle: 'medium' }).format(now)
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return new Date(now.getTime() - ((hours * 60 + minutes) * 60 + seconds) * 1000 - now.getMilliseconds())
}
