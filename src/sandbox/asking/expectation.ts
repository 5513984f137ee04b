import { cellsAtMost, domainOf } from '../engine/domain.ts'
import type { InnerCondition } from '../engine/inner.ts'
import { planSql } from '../engine/plan.ts'
import type { Preset } from '../engine/preset.ts'
import { Refused } from '../engine/refusal.ts'
import { namedColumns, type VaultTable } from '../engine/roles.ts'
import { roundedSize } from '../tables/model.ts'

/**
 * How much a question is likely to lose to protection, guessed from what is public: rounded sizes of tables and registered
 * values. `perCell`: rows per cell on average. `level` is null where the public facts do not tell.
 */
export type Expectation = {
  readonly rows: number
  readonly cells: number
  readonly perCell: number
  readonly level: 'few' | 'some' | 'many' | 'most'
}

/** Guesses the finest block of a question. Reads roles, sizes and registered values, never data; null where it cannot tell. */
export async function expectationOf(
  sql: string,
  tables: readonly VaultTable[],
  preset: Preset,
): Promise<Expectation | null> {
  try {
    const { blocks } = await planSql(sql, tables, preset)
    const guesses = blocks.flatMap((block) => {
      const cells = cellsAtMost(block.dimensions)
      const rows = roundedSize(tables.find((t) => t.spec.name === block.query.table)?.rows ?? 0)
      if (cells === null || cells === 0 || rows === null) return []
      const share = block.query.conditions.reduce((all, c) => all * shareOf(c, tables), 1)
      return [guess(rows * share, cells, preset)]
    })
    return guesses.toSorted((a, b) => a.perCell - b.perCell)[0] ?? null
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

/** Real cells are uneven: where five times the threshold is the average, hardly any fall below it. */
function guess(rows: number, cells: number, preset: Preset): Expectation {
  const perCell = rows / cells
  const times = perCell / preset.k
  const level = times >= 5 ? 'few' : times >= 2 ? 'some' : times >= 1 ? 'many' : 'most'
  return { rows: Math.round(rows), cells, perCell: Math.round(perCell), level }
}

/** The share of registered values that a condition keeps, as if they were equally frequent; 1 where none are registered. */
function shareOf(condition: InnerCondition, tables: readonly VaultTable[]): number {
  const named = tables
    .flatMap((table) => namedColumns(table.spec))
    .find((n) => n.table === condition.on.table && n.name === condition.on.column)
  const domain = named && domainOf(named)
  if (!domain?.length) return 1
  if (condition.kind === 'in') return Math.min(1, condition.values.length / domain.length)
  const { from, to } = condition
  const kept = domain.filter((v) => v !== null && (from === null || v >= from) && (to === null || v <= to))
  return kept.length / domain.length
}
