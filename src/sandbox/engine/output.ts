import type { InnerAggregate, InnerColumn, InnerQuery } from './inner.ts'
import type { FigureOf, ResultColumn } from './result.ts'
import { namedColumns } from './roles.ts'
import type { Scope } from './scope.ts'

/** The column of a result that a figure stands in: what kind of number it is, and of what. */
export function figureOutput(
  name: string,
  figure: InnerAggregate,
  by: { query: InnerQuery; scope: Scope },
): ResultColumn {
  return { name, kind: kindOf(figure), of: saidOf(figure, by) }
}

/** Spreads, relations and quantiles are shown like means: a number with as many digits as its noise allows. */
function kindOf({ kind }: InnerAggregate): 'count' | 'sum' | 'mean' {
  if (kind === 'sum') return 'sum'
  return ['mean', 'spread', 'relation', 'quantile'].includes(kind) ? 'mean' : 'count'
}

function saidOf(figure: InnerAggregate, by: { query: InnerQuery; scope: Scope }): FigureOf {
  const { kind } = figure
  const { unitType, onePerUnit } = by.query
  if (kind === 'rows') return { figure: kind, ...(onePerUnit ? { unitType } : {}) }
  if (kind === 'units') return { figure: kind, unitType }
  if (kind === 'spread') return { figure: figure.of, ...called(figure.measure, by.scope) }
  if (kind === 'relation') {
    const [y, x] = [called(figure.y, by.scope), called(figure.x, by.scope)]
    return { figure: figure.of, ...plain(y), with: x.label ?? x.column ?? '' }
  }
  if (kind === 'quantile') return { figure: kind, at: figure.at, ...called(figure.on, by.scope) }
  if (kind === 'others') return { figure: kind, ...called(figure.on, by.scope) }
  const measure = called(figure.measure, by.scope)
  return { figure: kind, ...(kind === 'values' ? plain(measure) : measure) }
}

/** Numbers of values and correlations have no unit of measure. */
function plain({ unit: _unit, ...column }: Called): Called {
  return column
}

/** Longer meanings explain a column; shorter ones name it. */
const shortMeaning = 40

type Called = Pick<FigureOf, 'column' | 'label' | 'unit'>

/** A column as the holder calls it. */
function called({ table, column: name }: InnerColumn, { tables }: Scope): Called {
  const named = tables.flatMap((t) => namedColumns(t.table.spec))
  const found = named.find((c) => c.table === table && c.name === name)
  const meaning = found?.column.meaning
  const own = meaning && meaning.length <= shortMeaning ? meaning : found?.column.label
  const label = found?.generalisation ? found.generalisation.label : own
  const unit = found?.column.role === 'measure' ? found.column.unit : undefined
  return { column: name, ...(label ? { label } : {}), ...(unit ? { unit } : {}) }
}
