/** Why a question is refused. Stable: stored with the query, shown on pages, printed by the command line. */
export type RefusalCode =
  | 'empty'
  | 'too-long'
  | 'syntax'
  | 'not-a-select'
  | 'several-statements'
  | 'construct'
  | 'function'
  | 'single-rows'
  | 'not-grouped'
  | 'mixed-units'
  | 'star'
  | 'unknown-table'
  | 'unknown-column'
  | 'ambiguous-column'
  | 'hidden-column'
  | 'unit-column'
  | 'key-column'
  | 'measure-as-dimension'
  | 'not-a-measure'
  | 'only-generalised'
  | 'aggregate'
  | 'no-bins'
  | 'expression'
  | 'condition'
  | 'constant'
  | 'range-edges'
  | 'value-not-registered'
  | 'too-many-values'
  | 'too-many-dimensions'
  | 'too-many-cells'
  | 'too-many-conditions'
  | 'join'
  | 'lookup-alone'
  | 'mixed-blocks'
  | 'number-too-large'
  | 'not-stable'
  | 'outer-failed'
  | 'budget'
  | 'table-budget'
  | 'partitions'
  | 'mostly-protected'
  | 'time'
  | 'memory'
  | 'result-too-large'
  | 'vault'
  | 'privacy-units'
  | 'privacy-join'
  | 'privacy-figure'
  | 'privacy-budget'

/** A typed refusal. Parameters name constructs, tables and columns, never values of data or of conditions. */
export type Refusal = {
  readonly code: RefusalCode
  readonly construct?: string
  readonly column?: string
  readonly table?: string
  readonly limit?: number
  /** Names that work instead, for example generalisations of the column. */
  readonly instead?: readonly string[]
}

/** Carries a refusal up to where the question was asked; its message is the code alone. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** Stops planning with a typed refusal. */
export function refuse(code: RefusalCode, details: Omit<Refusal, 'code'> = {}): never {
  throw new Refused({ code, ...details })
}
