import type { InnerColumn, InnerMeasure } from './inner.ts'

type Column = (column: InnerColumn) => string

/** A dimension as SQL for DuckDB and PostgreSQL: the stored column, or the number of a measure's bin. */
export function dimensionSql(dimension: InnerColumn, column: Column): string {
  const { bin } = dimension
  if (!bin) return column(dimension)
  const from = `(${column(dimension)} - ${whole(bin.origin)})`
  // Measures are clamped to their bounds, so the distance from the first bin is never negative.
  return `CAST((${from} - ${from} % ${whole(bin.width)}) / ${whole(bin.width)} AS BIGINT)`
}

/** A measure's value per row as SQL for DuckDB and PostgreSQL; whole numbers, NULL where a part of it is missing. */
export function measureSql(measure: InnerMeasure, column: Column): string {
  const value = shifted(measure, measure.shift ?? 0, column)
  const product = measure.times ? `${value} * ${shifted(measure.times, measure.times.shift, column)}` : value
  return measure.beside ? `CASE WHEN ${column(measure.beside)} IS NOT NULL THEN ${product} END` : product
}

function shifted(of: InnerColumn, shift: number, column: Column): string {
  return shift === 0 ? column(of) : `(${column(of)} - ${whole(shift)})`
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('a shift must be a whole number')
  return value < 0 ? `(${value})` : String(value)
}
