import { finding, type Finding } from '../finding.ts'
import type { ColumnProfile, DateForm, Table } from './table.ts'
import { isFormulaError, isMissing, parseDate } from './values.ts'

/** What is remarkable about the values of a table: errors of formulas, days written in several ways. */
export function valueFindings(table: Table, columns: readonly ColumnProfile[]): Finding[] {
  const errors = errorsIn(table)
  return [
    ...(errors > 0 ? [formulaErrors(errors)] : []),
    ...columns.filter((c) => hasDays(table, c)).map(days),
  ]
}

function errorsIn({ rows }: Table): number {
  let errors = 0
  for (const row of rows) for (const cell of row) if (isFormulaError(cell)) errors += 1
  return errors
}

/** Values looked at: enough to tell days from words. */
const sampled = 500

/** The order of day and month is settled by the sign between them: 2024-01-05, 5.1.2024, 1/5/2024. */
const forms: readonly DateForm[] = ['iso', 'dmy', 'mdy']

/** True for a column of text in which most values are days, but not all in one form. */
function hasDays({ rows }: Table, { type, position }: ColumnProfile): boolean {
  if (type !== 'text') return false
  const values = rows.slice(0, sampled).map((row) => (row[position] ?? '').trim())
  const filled = values.filter((value) => !isMissing(value))
  const read = filled.filter((value) => forms.some((form) => parseDate(value, form) !== null))
  return filled.length >= 5 && read.length >= filled.length * 0.5
}

function formulaErrors(n: number): Finding {
  return finding('warning', 'formula-errors', {
    de: `${n} Zellen enthalten den Fehler einer Formel (zum Beispiel #DIV/0!); sie gelten als leer.`,
    en: `${n} cells hold the error of a formula (for example #DIV/0!); they count as empty.`,
  })
}

function days({ name }: ColumnProfile): Finding {
  return finding(
    'warning',
    'dates-mixed',
    {
      de: `„${name}“ enthält Tage in verschiedenen Schreibweisen und wurde als Text gelesen. Bitte einheitlich schreiben, am besten JJJJ-MM-TT.`,
      en: `“${name}” holds days written in several ways and was read as text. Please write them in one way, best YYYY-MM-DD.`,
    },
    name,
  )
}
