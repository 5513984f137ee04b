import type { Refusal, RefusalCode } from '../engine/refusal.ts'
import type { ProtectedResult } from '../engine/result.ts'
import type { FormColumn, FormCondition, FormFigure } from '../engine/form.ts'
import { formChoices } from '../engine/form.ts'
import { sqlOfForm } from '../engine/form-sql.ts'
import type { UnitType, VaultTable } from '../engine/roles.ts'
import type { QueryId, QueryState, WorkspaceId } from '../model.ts'

/** The query form as it was filled in: see `queryFields` in `schema.ts` for the shapes of its texts. */
export type QueryForm = { measure: string; by: string; by2: string; only: string; value: string }

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
  /** As the person called it; empty: named after what it shows. */
  title: string
  sql: string
  form: QueryForm | null
  state: QueryState
  refusal: RecordedRefusal | null
  planHash: string | null
  presetVersion: string | null
  tableIds: string[]
  cellKeys: string[]
  /** What the answer has for columns; stays readable where the answer itself does not. */
  columns: ProtectedResult['columns']
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

/** The SQL of a filled-in form. Names the tables do not have stay in the text; the planner refuses them by name. */
export function sqlOf(form: QueryForm, tables: readonly VaultTable[]): string {
  const [kind = '', table = '', rest = ''] = form.measure.split(':')
  const columns = formChoices(tables).flatMap((choice) => choice.dimensions)
  const by = [...new Set([form.by, form.by2].filter(Boolean))]
  return sqlOfForm({ table, figures: [figureOf(kind, rest)], by, only: conditionsOf(form, columns) }, tables)
}

/** Fields of a form that name a column of a table which cannot be joined to what is computed, with what could be taken. */
export function misplacedIn(
  form: QueryForm,
  tables: readonly VaultTable[],
): { field: 'by' | 'by2' | 'only'; table: string; from: string; instead: string | undefined }[] {
  const [, base = ''] = form.measure.split(':')
  const offered = formChoices(tables).find((choice) => choice.table === base)?.dimensions
  if (!offered) return []
  const fields = ['by', 'by2', 'only'] as const
  return fields.flatMap((field) => {
    const column = form[field].split('=')[0] ?? ''
    const [table = '', name = ''] = column.split('.')
    if (!column || offered.some((c) => c.value === column) || !tables.some((t) => t.spec.name === table))
      return []
    const instead = offered.find((c) => c.value.endsWith(`.${name}`))
    return [{ field, table, from: base, instead: instead?.value }]
  })
}

const figures: Readonly<Record<string, 'sum' | 'mean' | 'median' | 'deviation' | 'distinct'>> = {
  sum: 'sum',
  avg: 'mean',
  median: 'median',
  stddev: 'deviation',
  distinct: 'distinct',
}

function figureOf(kind: string, rest: string): FormFigure {
  if (kind === 'units') return { kind: 'units', unitType: rest as UnitType }
  if (kind === 'corr') {
    const [column = '', other = ''] = rest.split('~')
    return { kind: 'relation', column, other }
  }
  const figure = figures[kind]
  return figure ? { kind: figure, column: rest } : { kind: 'rows' }
}

function conditionsOf(form: QueryForm, columns: readonly FormColumn[]): FormCondition[] {
  if (!form.only) return []
  const at = form.only.indexOf('=')
  const name = at < 0 ? form.only : form.only.slice(0, at)
  const column = columns.find((c) => c.value === name)
  if (at >= 0) return [{ column: name, values: [typed(column, form.only.slice(at + 1))] }]
  const range = /^(?:von |from )?(.+?)\s*(?:bis| to |–|\.\.)\s*(.+)$/i.exec(form.value)
  if (range) return [{ column: name, from: bound(column, range[1]!), to: bound(column, range[2]!) }]
  const open = /^(ab|from|bis|to)\s+(.+)$/i.exec(form.value)
  if (open) {
    const edge = bound(column, open[2]!)
    return [
      /^(ab|from)$/i.test(open[1]!)
        ? { column: name, from: edge, to: null }
        : { column: name, from: null, to: edge },
    ]
  }
  const values = form.value.split(column?.type === 'decimal' ? ';' : /[;,]/).map((text) => text.trim())
  return [{ column: name, values: values.filter(Boolean).map((text) => typed(column, text)) }]
}

function typed(column: FormColumn | undefined, text: string): string | number | boolean {
  if (column?.type === 'boolean') return /^(ja|yes|true|1|wahr)$/i.test(text)
  return bound(column, text)
}

function bound(column: FormColumn | undefined, text: string): string | number {
  if (column?.type !== 'integer' && column?.type !== 'decimal') return text
  const number = Number(text.replace(',', '.'))
  return Number.isFinite(number) ? number : text
}
