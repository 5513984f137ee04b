import { nodeOf, textOf, listOf } from '../engine/ast.ts'
import type { Plan } from '../engine/plan.ts'
import type { Cell, ProtectedResult } from '../engine/result.ts'

/** A noisy cell as it went into the outer part: values, figures and the deviations of their noise. */
export type PassedCell = {
  readonly values: readonly Cell[]
  readonly figures: readonly (number | null)[]
  readonly sd: readonly (number | null)[]
}

/**
 * The deviations of a result whose outer part only chooses and orders rows of the one block (HAVING, ORDER BY, LIMIT):
 * each row is a cell, found again by what stands in it. Undefined where anything is computed: there the noise is another.
 */
export function passedSd(
  plan: Plan,
  cells: readonly PassedCell[],
  rows: ProtectedResult['rows'],
): (number | null)[][] | undefined {
  if (!passesThrough(plan)) return undefined
  const found = new Map<string, (number | null)[]>()
  for (const cell of cells) {
    const pick = (figures: readonly Cell[], values: readonly Cell[]) =>
      plan.select.map((name) => (name.startsWith('_d') ? values : figures)[Number(name.slice(2))] ?? null)
    const name = JSON.stringify(pick(cell.figures, cell.values))
    const sd = pick(cell.sd, []) as (number | null)[]
    const before = found.get(name)
    found.set(name, before ? before.map((one, i) => larger(one, sd[i] ?? null)) : sd)
  }
  return rows.map((row) => found.get(JSON.stringify(row)) ?? row.map(() => null))
}

/** Two cells that look the same need not be equally precise: the larger deviation is true of both. */
function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b)
}

/** True where the outer part, if there is one, changes no figure of the one block: it only chooses and orders rows. */
export function passesThrough({ blocks, select, outer }: Plan): boolean {
  const from = nodeOf(outer, 'from_table')
  return (
    blocks.length === 1 &&
    textOf(outer, 'type') === 'SELECT_NODE' &&
    textOf(from, 'type') === 'BASE_TABLE' &&
    textOf(from, 'table_name') === blocks[0]?.name &&
    listOf(nodeOf(outer, 'cte_map'), 'map').length === 0 &&
    select.length > 0 &&
    select.every((name) => /^_[df]\d+$/.test(name))
  )
}
