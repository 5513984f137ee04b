import type { InnerCondition } from './inner.ts'
import type { Cell } from './result.ts'

/**
 * A dimension that an engine also keeps as small whole numbers, in the column named `column`: grouping by them takes a part
 * of the time. `values`: the value of each number, each once; numbers follow each other without a gap.
 */
export type Codes = {
  readonly column: string
  readonly kind: 'text' | 'number' | 'boolean' | 'date'
  readonly values: readonly Cell[]
  /** The number of each value. */
  readonly at: ReadonlyMap<Cell, number>
}

/** The codes of a column, where the engine keeps some. */
export type CodesOf = (table: string, column: string) => Codes | undefined

/** Codes with the way back from values. */
export function codesOf(of: Omit<Codes, 'at'>): Codes {
  return { ...of, at: new Map(of.values.map((value, code) => [value, code])) }
}

/**
 * A condition in words of codes, for the quoted column; undefined where the engine must compare the values themselves: its
 * own reading of dates, and the order of texts.
 */
export function codedCondition(condition: InnerCondition, codes: Codes, column: string): string | undefined {
  if (codes.kind === 'date') return undefined
  if (condition.kind === 'in') {
    const alike = condition.values.every((v) => typeof v === typeof codes.values[0])
    return alike
      ? codesIn(
          condition.values.map((v) => codes.at.get(v)),
          column,
        )
      : undefined
  }
  const { from, to } = condition
  if (codes.kind !== 'number' || typeof from === 'string' || typeof to === 'string') return undefined
  const first = Number(codes.values[0] ?? 0)
  return codesBetween(
    from === null ? 0 : Math.ceil(from - first),
    to === null ? Infinity : Math.floor(to - first),
    {
      last: codes.values.length - 1,
      column,
    },
  )
}

/** A test for a range of codes; an end that all of them keep is not tested. */
function codesBetween(low: number, high: number, { last, column }: { last: number; column: string }): string {
  if (low > high || low > last || high < 0) return 'FALSE'
  if (low <= 0) return high >= last ? `${column} IS NOT NULL` : `${column} <= ${high}`
  return high >= last ? `${column} >= ${low}` : `${column} BETWEEN ${low} AND ${high}`
}

/** The one code that a condition lets pass, of a column of at most two: then the code tells who fails. */
export function onlyCode(condition: InnerCondition, codes: Codes): number | undefined {
  if (condition.kind !== 'in' || condition.values.length !== 1 || codes.values.length > 2) return undefined
  return codes.at.get(condition.values[0] ?? null)
}

function codesIn(found: readonly (number | undefined)[], column: string): string {
  const codes = [...new Set(found.filter((code) => code !== undefined))]
  if (codes.length === 0) return 'FALSE'
  return codes.length === 1 ? `${column} = ${codes[0]}` : `${column} IN (${codes.join(', ')})`
}
