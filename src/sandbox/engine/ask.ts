import type { OuterEngine, OuterTable, Vault, VaultFailure } from '../vault/contract.ts'
import { canonicalJson, sha256Hex, type Json } from '../../platform/canonical.ts'
import type { Block } from './block.ts'
import { derivedName } from './derived-names.ts'
import { cellsOf } from './preset.ts'
import { canonicalInner } from './inner.ts'
import { requireFixpoint, statementOf } from './parse.ts'
import { planSql, type Plan } from './plan.ts'
import { protectBlock, protectSide, type ProtectedCells } from './protect.ts'
import { refuse, Refused } from './refusal.ts'
import type {
  Answer,
  Cell,
  DataRoom,
  Ledger,
  NoiseClass,
  ProtectedResult,
  ResultColumn,
  Spending,
} from './result.ts'
import { typeOf } from './condition.ts'
import { unitTypesOf } from './roles.ts'

/** What answering needs: the room's tables and level, its vault for raw cells, the second engine, what was spent. */
export type Question = {
  readonly sql: string
  readonly room: DataRoom
  readonly vault: Pick<Vault, 'query'>
  readonly outer: Pick<OuterEngine, 'run'>
  readonly ledger: Ledger
}

/** Answers a question with protected rows, or says why not and what works instead. Never throws for a bad question. */
export async function ask(question: Question): Promise<Answer> {
  try {
    return await answer(question)
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusal: error.refusal }
    const failure = failureOf(error)
    if (failure) return { kind: 'refused', refusal: { code: failure } }
    throw error
  }
}

async function answer({ sql, room, vault, outer, ledger }: Question): Promise<Answer> {
  const plan = await planSql(sql, room.tables, room.preset)
  if (!plan.plain) await requireFixpoint(plan.outer)
  const cells: ProtectedCells[] = []
  const asked: Asked[] = []
  for (const block of plan.blocks) {
    const sides = []
    for (const side of block.sides)
      sides.push(protectSide(side, await vault.query(side.query), { of: block, room }))
    cells.push(protectBlock(block, await vault.query(block.query), room, sides))
    asked.push({ block, cells: [...sides.map((side) => side.cells), ...cells.slice(-1)] })
  }
  requireVisible(cells, room)
  const spending = await spend(asked, ledger, room)
  const result = plan.plain ? plainResult(plan, cells) : await outerResult(plan, cells, { outer, room })
  const tables = [...new Set(plan.blocks.flatMap(tablesOf))]
  return {
    kind: 'answered',
    result,
    spending,
    tables,
    planHash: planHash(plan, room, tables),
    resultHash: sha256Hex(canonicalJson({ columns: result.columns, rows: result.rows } as unknown as Json)),
    presetVersion: room.preset.version,
  }
}

function tablesOf({ query }: Block): string[] {
  return query.join ? [query.table, query.join.table] : [query.table]
}

/** Where nearly everything would be protected, the question is too fine. Only where all cells are registered: else the share would tell. */
function requireVisible(cells: readonly ProtectedCells[], room: DataRoom): void {
  const hidden = cells.reduce<number>((sum, c) => sum + (c.hidden ?? 0), 0)
  const all = hidden + cells.reduce((sum, c) => sum + c.shown, 0)
  if (room.preset.sparsity < 1 && all >= 20 && hidden > room.preset.sparsity * all) refuse('mostly-protected')
}

/** A block and all cells that were protected for it, finer ones included. */
type Asked = { readonly block: Block; readonly cells: readonly ProtectedCells[] }

async function spend(asked: readonly Asked[], ledger: Ledger, room: DataRoom): Promise<Spending> {
  const cells = asked.flatMap((a) => a.cells)
  const partitions = cells.map((c) => c.partition)
  for (const { base, way } of partitions) {
    const ways = await ledger.waysOf(base)
    if (!ways.has(way) && ways.size >= room.preset.partitions)
      refuse('partitions', { limit: room.preset.partitions })
  }
  const keys = [...new Set(cells.flatMap((c) => c.keys))]
  const seen = await ledger.seen(keys)
  const fresh = keys.filter((key) => !seen.has(key))
  if (fresh.length > ledger.remaining) refuse('budget', { limit: Math.max(0, ledger.remaining) })
  await requireFewPerUnit(asked, { fresh: new Set(fresh), ledger, room })
  return { fresh, repeated: keys.length - fresh.length, partitions }
}

/** Too many figures about too few units could be solved for the single unit: a table gives out a share of its units. */
async function requireFewPerUnit(
  asked: readonly Asked[],
  by: { fresh: ReadonlySet<string>; ledger: Ledger; room: DataRoom },
): Promise<void> {
  const { ledger, room } = by
  for (const table of room.tables) {
    const { name } = table.spec
    const of = asked.filter((a) => tablesOf(a.block).includes(name)).flatMap((a) => a.cells)
    // A lookup table has no units of its own.
    if (of.length === 0 || unitTypesOf(table.spec).length === 0) continue
    const fresh = new Set(of.flatMap((c) => c.keys).filter((key) => by.fresh.has(key))).size
    const most = cellsOf(table, room.preset)
    const left = Math.max(0, most - ((await ledger.spentOn?.(name)) ?? 0))
    if (fresh > left) refuse('table-budget', { limit: left, table: name })
  }
}

/** The one block's cells as the result, columns in the order asked for. */
export function plainResult(plan: Plan, cells: readonly ProtectedCells[]): ProtectedResult {
  const [only] = cells
  const pick = <T>(row: { values: readonly T[]; figures: readonly T[] }) =>
    plan.select.map(
      (name) => (name.startsWith('_d') ? row.values : row.figures)[Number(name.slice(2))] ?? null,
    )
  return {
    columns: plan.outputs,
    rows: (only?.rows ?? []).map((row) => pick<Cell>(row)),
    noise: (only?.rows ?? []).map((row) => pick<NoiseClass | null>({ values: [], figures: row.noise })),
    shown: only?.shown ?? 0,
    hidden: only?.hidden ?? null,
    truncated: false,
  }
}

/** The outer part, run in the second engine over protected cells. Refuses `outer-failed`. */
export async function outerResult(
  plan: Plan,
  cells: readonly ProtectedCells[],
  by: { outer: Pick<OuterEngine, 'run'>; room: DataRoom },
): Promise<ProtectedResult> {
  const tables = plan.blocks.map((block, index) => outerTable(block, cells[index]))
  const input = { ast: statementOf(plan.outer), tables, maxRows: by.room.preset.maxCells }
  const answered = await by.outer.run(input).catch((error: unknown) => {
    if (failureOf(error) === 'vault') refuse('outer-failed')
    throw error
  })
  const inWords = (name: string) => derivedName(name, plan.blocks)
  const columns = answered.columns.map((name, index): ResultColumn => {
    const known = plan.outputs.length === answered.columns.length ? plan.outputs[index] : undefined
    return known ? { ...known, name: inWords(name) } : { name: inWords(name), kind: 'derived' }
  })
  const figures = columns.flatMap((column, index) => (column.kind === 'dimension' ? [] : [index]))
  const missing = answered.rows.reduce((sum, row) => sum + figures.filter((i) => row[i] === null).length, 0)
  return {
    columns,
    rows: answered.rows,
    noise: answered.rows.map((row) => row.map(() => null)),
    shown: answered.rows.length * figures.length - missing,
    hidden: cells.every((c) => c.hidden !== null) ? missing : null,
    truncated: answered.truncated,
  }
}

/** Figures that are whole numbers. */
const counts: ReadonlySet<string> = new Set(['rows', 'units', 'values', 'others'])

function outerTable(block: Block, cells: ProtectedCells | undefined): OuterTable {
  const types = {
    text: 'text',
    date: 'text',
    integer: 'integer',
    decimal: 'number',
    boolean: 'boolean',
  } as const
  const dimensions = block.dimensions.map((d, i) => ({ name: `_d${i}`, type: types[typeOf(d)] }))
  const figures = block.query.aggregates.map(
    (a, i) => ({ name: `_f${i}`, type: counts.has(a.kind) ? 'integer' : 'number' }) as const,
  )
  return {
    name: block.name,
    columns: [...dimensions, ...figures],
    rows: (cells?.rows ?? []).map((row) => [...row.values, ...row.figures]),
  }
}

/** SHA-256 over the canonical blocks, the outer part, the snapshots and the preset's version. */
export function planHash(plan: Plan, room: DataRoom, tables: readonly string[]): string {
  const snapshots = tables.map((name) => [name, room.tables.find((t) => t.spec.name === name)?.snapshot ?? 0])
  const blocks = plan.blocks.map((b) => canonicalInner(b.query))
  return sha256Hex(
    JSON.stringify([
      blocks,
      plan.plain ? plan.select : statementOf(plan.outer),
      snapshots,
      room.preset.version,
    ]),
  )
}

const failures: ReadonlySet<string> = new Set<VaultFailure>([
  'time',
  'memory',
  'result-too-large',
  'unavailable',
  'destroyed',
  'failed',
])

/** Vault errors become refusals of the closed list; anything else is a fault of ours. */
export function failureOf(error: unknown): 'time' | 'memory' | 'result-too-large' | 'vault' | undefined {
  const failure = error instanceof Error && error.name === 'VaultError' ? error.message : ''
  if (!failures.has(failure)) return undefined
  return failure === 'time' || failure === 'memory' || failure === 'result-too-large' ? failure : 'vault'
}
