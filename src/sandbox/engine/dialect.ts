/** What an inner block needs of an engine's SQL beyond what all engines have in common. */
export type Dialect = {
  readonly name: 'duckdb' | 'postgresql'
  /** The largest or smallest values of a group as a list, without NULL. */
  readonly largest: (value: string, count: number) => string
  readonly smallest: (value: string, count: number) => string
  /** The one value that a column has in a group. */
  readonly only: (value: string) => string
}

/** DuckDB, in which the vaults compute. */
export const duckdb: Dialect = {
  name: 'duckdb',
  largest: (value, count) => `max(${value}, ${count})`,
  smallest: (value, count) => `min(${value}, ${count})`,
  only: (value) => `any_value(${value})`,
}

const listed = (value: string, order: 'ASC' | 'DESC', count: number) =>
  `((array_agg(${value} ORDER BY ${value} ${order}) FILTER (WHERE ${value} IS NOT NULL))[1:${count}])::text[]`

/** PostgreSQL from version 14 on: the same cells, and so the same noise, from a holder's own database. */
export const postgresql: Dialect = {
  name: 'postgresql',
  largest: (value, count) => listed(value, 'DESC', count),
  smallest: (value, count) => listed(value, 'ASC', count),
  only: (value) => `min(${value})`,
}

/** Dialects by the name under which they are asked for. */
export const dialects: Readonly<Record<Dialect['name'], Dialect>> = { duckdb, postgresql }
