import { cellsAtMost } from './domain.ts'
import { requireFixpoint } from './parse.ts'
import { planSql } from './plan.ts'
import { printPlain } from './print.ts'
import { Refused } from './refusal.ts'
import type { DataRoom, Explanation, Ledger } from './result.ts'

/** Dry run: would the question be answered, and what can it cost at most. Reads roles and domains, never data. */
export async function explain(question: {
  readonly sql: string
  readonly room: Omit<DataRoom, 'cellKey'>
  readonly ledger?: Pick<Ledger, 'remaining'>
}): Promise<Explanation> {
  const remaining = question.ledger?.remaining ?? null
  try {
    const plan = await planSql(question.sql, question.room.tables, question.room.preset)
    if (!plan.plain) await requireFixpoint(plan.outer)
    const figures = plan.blocks.map((b) => {
      const cells = cellsAtMost(b.dimensions)
      return cells === null || b.sides.length > 0 ? null : cells * b.query.aggregates.length
    })
    return {
      admissible: true,
      tables: [
        ...new Set(
          plan.blocks.flatMap((b) => [b.query.table, ...(b.query.join ? [b.query.join.table] : [])]),
        ),
      ],
      cellsAtMost: figures.reduce<number | null>(
        (sum, n) => (sum === null || n === null ? null : sum + n),
        0,
      ),
      remaining,
      inner: plan.blocks.flatMap((b) => [printPlain(b.query), ...b.sides.map((s) => printPlain(s.query))]),
      outer: !plan.plain,
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return {
      admissible: false,
      refusal: error.refusal,
      tables: [],
      cellsAtMost: null,
      remaining,
      inner: [],
      outer: false,
    }
  }
}
