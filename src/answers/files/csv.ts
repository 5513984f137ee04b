import { stringify } from 'csv-stringify/sync'
import { isFigure, type AnswerTable, type Cell } from '../model.ts'

/** What a status column says about the figure beside it. */
const status = { given: 'ok', hidden: 'protected' } as const

/** A released table flat: after each figure column stands `<name>_status`; a protected figure is empty there. */
export function flatTable(table: Pick<AnswerTable, 'columns' | 'rows'>): { names: string[]; rows: Cell[][] } {
  const names = table.columns.flatMap((column) =>
    isFigure(column) ? [column.name, `${column.name}_status`] : [column.name],
  )
  const rows = table.rows.map((row) =>
    table.columns.flatMap((column, index): Cell[] => {
      const cell = row[index] ?? null
      return isFigure(column) ? [cell, cell === null ? status.hidden : status.given] : [cell]
    }),
  )
  return { names, rows }
}

/** The table as CSV (RFC 4180, UTF-8, comma, decimal point). Texts that look like formulas are defused. */
export function writeCsv(table: Pick<AnswerTable, 'columns' | 'rows'>): string {
  const { names, rows } = flatTable(table)
  return stringify([names, ...rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))], {
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
