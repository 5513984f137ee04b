import { nodesOf, textOf, type Ast } from './ast.ts'
import { constantOf } from './constant.ts'
import type { InnerAggregate, InnerMeasure, RelationKind, SpreadKind } from './inner.ts'
import { refuse } from './refusal.ts'
import type { MeasureRole, NamedColumn } from './roles.ts'
import { innerColumn, resolveColumn, type Scope } from './scope.ts'

/** What a figure may be asked of: the tables of the block, and where the unit types that are counted are noted. */
export type FigureScope = { readonly scope: Scope; readonly countUnits: (column: Ast) => InnerAggregate }

const spreads: Readonly<Record<string, SpreadKind>> = {
  variance: 'var_samp',
  var_samp: 'var_samp',
  var_pop: 'var_pop',
  stddev: 'stddev_samp',
  stddev_samp: 'stddev_samp',
  stddev_pop: 'stddev_pop',
}
const relations: ReadonlySet<string> = new Set<RelationKind>([
  'corr',
  'covar_samp',
  'covar_pop',
  'regr_slope',
  'regr_intercept',
  'regr_r2',
])
const simple = ['count', 'count_star', 'sum', 'avg', 'mean']
const quantiles = ['median', 'quantile_cont', 'quantile']

/** True for the aggregates that a block can answer with protected figures. */
export function isFigure(name: string): boolean {
  return simple.includes(name) || quantiles.includes(name) || name in spreads || relations.has(name)
}

/** The figure an aggregate asks for. Refuses expressions inside, other columns than measures, and unregistered bins. */
export function figureOf(ast: Ast, name: string, by: FigureScope): InnerAggregate {
  const [argument, ...more] = nodesOf(ast, 'children')
  if (name === 'count_star' || (name === 'count' && !argument)) return { kind: 'rows' }
  if (relations.has(name)) return relation(name as RelationKind, nodesOf(ast, 'children'), by)
  const isQuantile = quantiles.includes(name)
  if (!argument || more.length > (isQuantile ? 1 : 0) || textOf(argument, 'class') !== 'COLUMN_REF')
    refuse('expression', { construct: name === 'count_star' ? 'count' : name })
  if (name === 'count' && ast['distinct'] === true) return by.countUnits(argument)
  if (ast['distinct'] === true) refuse('construct', { construct: `${name}(DISTINCT)` })
  const column = measureColumn(argument, name, by)
  if (isQuantile) return quantile(column, name === 'median' ? 0.5 : fraction(more[0], name))
  const spread = spreads[name]
  if (spread) return { kind: 'spread', of: spread, ...squares(column) }
  const kind = name === 'count' ? 'values' : name === 'sum' ? 'sum' : 'mean'
  return { kind, measure: { ...innerColumn(column), positive: column.column.lower >= 0 } }
}

type MeasureColumn = NamedColumn & { readonly column: MeasureRole }

function measureColumn(ref: Ast, name: string, by: FigureScope): MeasureColumn {
  if (textOf(ref, 'class') !== 'COLUMN_REF') refuse('expression', { construct: name })
  const column = resolveColumn(ref, by.scope)
  if (column.column.role !== 'measure') refuse('not-a-measure', { column: column.name, construct: name })
  return column as MeasureColumn
}

/** Distances from the public lower bound: never negative, so their sums are as tame as those of the measure. */
function fromLower({ column }: MeasureColumn): number {
  return Math.round(column.lower * 10 ** column.decimals)
}

/** Products beyond this could overflow a sum of whole numbers in the vault. */
const largestProduct = 2 ** 52

/** True where the product of measures stays countable for every value within their bounds. */
export function productFits(measures: readonly MeasureRole[]): boolean {
  const spans = measures.map(({ lower, upper, decimals }) => (upper - lower) * 10 ** decimals)
  return spans.reduce((all, span) => all * span, 1) <= largestProduct
}

function requireSmall(...columns: readonly MeasureColumn[]): void {
  if (!productFits(columns.map(({ column }) => column)))
    refuse('aggregate', { construct: 'bounds', column: columns[0]?.name ?? '' })
}

function squares(column: MeasureColumn): { measure: InnerMeasure; square: InnerMeasure } {
  requireSmall(column, column)
  const measure = shiftedMeasure(column)
  return { measure, square: { ...measure, times: { ...innerColumn(column), shift: fromLower(column) } } }
}

function shiftedMeasure(column: MeasureColumn, beside?: MeasureColumn): InnerMeasure {
  const shift = fromLower(column)
  return {
    ...innerColumn(column),
    positive: true,
    ...(shift === 0 ? {} : { shift }),
    ...(beside ? { beside: innerColumn(beside) } : {}),
  }
}

/** Both measures in rows where both have a value; y first, as in SQL. */
function relation(of: RelationKind, given: readonly Ast[], by: FigureScope): InnerAggregate {
  const [first, second, ...more] = given
  if (!first || !second || more.length > 0) refuse('expression', { construct: of })
  const [a, b] = [measureColumn(first, of, by), measureColumn(second, of, by)]
  if (a.table === b.table && a.name === b.name) refuse('expression', { construct: of })
  requireSmall(a, a)
  requireSmall(b, b)
  requireSmall(a, b)
  const [y, x] = [shiftedMeasure(a, b), shiftedMeasure(b, a)]
  const times = (column: MeasureColumn) => ({ ...innerColumn(column), shift: fromLower(column) })
  const yy = { ...y, times: times(a) }
  const xx = { ...x, times: times(b) }
  const { beside: _beside, ...alone } = y
  return { kind: 'relation', of, y, x, yy, xx, xy: { ...alone, times: times(b) } }
}

/** Quantiles come from registered bins; the ends of a distribution would show single units. */
function quantile(column: MeasureColumn, at: number): InnerAggregate {
  const { bins, decimals } = column.column
  if (!bins) refuse('no-bins', { column: column.name })
  const scale = 10 ** decimals
  const whole = (x: number) => Math.round(x * scale)
  return {
    kind: 'quantile',
    at,
    on: innerColumn(column),
    bins: { origin: whole(bins.origin), width: Math.max(1, whole(bins.width)) },
  }
}

function fraction(ast: Ast | undefined, name: string): number {
  const value = constantOf(ast ?? null)?.value
  if (typeof value !== 'number' || value < 0.05 || value > 0.95)
    refuse('aggregate', { construct: name, instead: ['0.05', '0.95'] })
  return value
}
