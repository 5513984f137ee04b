import type { RawCell } from './cells.ts'
import {
  classOf,
  countSd,
  noisyCount,
  noisyValues,
  plainFigure,
  protectTotal,
  roundTo,
  type Figure,
  type FigureContext,
  type ProtectedTotal,
} from './figure.ts'
import type { InnerAggregate, InnerMeasure } from './inner.ts'
import { ledgerKey, purposeOf } from './keys.ts'
import { roundMean } from './magnitude.ts'
import { relationOf, spreadOf, type Moment, type Statistic } from './moments.ts'
import { distinctOf, quantileOf, sideName } from './sides.ts'

type Of<K extends InnerAggregate['kind']> = Extract<InnerAggregate, { kind: K }>

/** One figure of a cell whose units have passed all checks; null where the figure itself must stay protected. */
export function protectFigure(
  cell: RawCell,
  aggregate: InnerAggregate,
  context: FigureContext,
): Figure | null {
  if (aggregate.kind === 'spread') return spreadFigure(aggregate, context)
  if (aggregate.kind === 'relation') return relationFigure(aggregate, context)
  if (aggregate.kind === 'quantile') return quantileFigure(cell, aggregate, context)
  return aggregate.kind === 'others'
    ? othersFigure(cell, aggregate, context)
    : plainFigure(cell, aggregate, context)
}

/** Totals of all measures, or null as soon as one of them stays protected or leaves too few degrees of freedom. */
function totalsOf(
  measures: readonly InnerMeasure[],
  parameters: number,
  context: FigureContext,
): { totals: ProtectedTotal[]; n: number; keys: string[] } | null {
  const totals = measures.flatMap((m) => protectTotal(m, context) ?? [])
  const [first] = totals
  if (!first || totals.length < measures.length) return null
  const { by } = context
  const n = noisyValues(first.measure, context)
  if (Number(first.measure.having.n) - parameters < by.preset.dof || n - parameters < 1) return null
  const count = ledgerKey(by.secret, purposeOf('count', by.unitType), first.measure.having)
  return { totals, n, keys: [...totals.map((t) => t.key), count] }
}

const momentOf = ({ noisy, decimals }: ProtectedTotal): Moment => ({
  value: Number(noisy.value) / 10 ** decimals,
  sd: noisy.sd / 10 ** decimals,
})

function spreadFigure({ of, measure, square }: Of<'spread'>, context: FigureContext): Figure | null {
  const found = totalsOf([measure, square], 1, context)
  const [sum, squares] = found?.totals ?? []
  if (!found || !sum || !squares) return null
  const statistic = spreadOf(of, found.n, { sum: momentOf(sum), squares: momentOf(squares) })
  return shown(statistic, found.keys, { decimals: sum.decimals })
}

function relationFigure(aggregate: Of<'relation'>, context: FigureContext): Figure | null {
  const { of, y, x, yy, xx, xy } = aggregate
  const found = totalsOf([y, x, yy, xx, xy], 2, context)
  const moments = found?.totals.map(momentOf) ?? []
  const [my, mx, myy, mxx, mxy] = moments
  if (!found || !my || !mx || !myy || !mxx || !mxy) return null
  const sums = { n: found.n, y: my, x: mx, yy: myy, xx: mxx, xy: mxy }
  const natural = (m: InnerMeasure, i: number) => (m.shift ?? 0) / 10 ** (found.totals[i]?.decimals ?? 0)
  const statistic = relationOf(of, sums, { y: natural(y, 0), x: natural(x, 1) })
  return shown(statistic, found.keys, { decimals: 2 })
}

/** Two digits of the noise's deviation and nothing below. */
function shown(
  statistic: Statistic | null,
  keys: readonly string[],
  by: { decimals: number },
): Figure | null {
  if (!statistic || !Number.isFinite(statistic.value)) return null
  const value = roundMean(statistic.value, statistic.sd, by.decimals)
  return { value, noise: classOf(statistic.sd, value), keys }
}

function quantileFigure(cell: RawCell, aggregate: Of<'quantile'>, context: FigureContext): Figure | null {
  const { by } = context
  const { at, on, bins } = aggregate
  const cells = context.side(sideName(on, bins))
  const decimals = context.decimals(on)
  const found = quantileOf(cells, { at, bins, units: noisyCount(cell.units, by) })
  if (!found) return null
  const scale = 10 ** decimals
  const all = cells.reduce((sum, { count }) => sum + count, 0)
  const sd = (found.width / scale) * (Math.hypot(countSd(by), Math.sqrt(all) / 2) / found.inBin)
  return shown({ value: found.value / scale, sd }, [], { decimals })
}

function othersFigure(cell: RawCell, { on }: Of<'others'>, context: FigureContext): Figure {
  const { by } = context
  const cells = context.side(sideName(on))
  const { value, key } = distinctOf(cells, {
    units: cell.units,
    column: `${on.table}.${on.column}`,
    protection: by,
  })
  const rounded = roundTo(value, by.preset.rounding)
  return { value: rounded, noise: classOf(countSd(by), rounded), keys: [key] }
}
