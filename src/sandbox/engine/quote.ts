/** Quotes a name for DuckDB and PostgreSQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Writes a constant for DuckDB and PostgreSQL. Throws on anything that is no finite number, text or boolean. */
export function quoteValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (!Number.isFinite(value)) throw new TypeError('a constant must be finite')
  return Number.isSafeInteger(value) ? String(value) : `CAST(${value} AS FLOAT8)`
}
