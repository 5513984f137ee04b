import type { InnerColumn, InnerQuery } from '../engine/inner.ts'
import { refuse } from '../engine/refusal.ts'
import { unitColumns, unitTypesOf, type UnitType, type VaultTable } from '../engine/roles.ts'
import type { Bounding } from './bounding.ts'

/** Who is protected in a block and how rows belong to them; see `Bounding`. */
export type Units = Pick<Bounding, 'way' | 'unit' | 'shared' | 'countsShared'> & {
  readonly types: readonly { readonly table: string; readonly unitType: UnitType }[]
}

/**
 * The unit types of a block. At most one of them may have several rows per unit: two would let one unit push the rows of
 * many others out (`privacy-units`). A joined table with units of its own needs an inner join on another key (`privacy-join`).
 */
export function unitsOf(query: InnerQuery, tables: readonly VaultTable[]): Units {
  const base =
    tables.find((t) => t.spec.name === query.table) ?? refuse('unknown-table', { table: query.table })
  const own = unitTypesOf(base.spec)
  const joined = joinedUnits(query, own, tables)
  const singles = own.filter((type) => base.onePerUnit.includes(type))
  const several = [
    ...own.filter((t) => !singles.includes(t)).map((unitType) => ({ table: query.table, unitType })),
    ...joined,
  ]
  if (several.length > 1) refuse('privacy-units', { table: query.table })
  const id = (table: string, type: UnitType): InnerColumn => ({ table, column: unitColumns(type).id })
  const types = [...own.map((unitType) => ({ table: query.table, unitType })), ...joined]
  const [shared] = several
  const [single] = singles
  const countsShared = !singles.includes(query.unitType)
  if (!shared)
    return { way: 'single', unit: id(query.table, query.unitType), shared: null, countsShared: false, types }
  if (single === undefined)
    return { way: 'groups', unit: id(query.table, query.unitType), shared: null, countsShared: false, types }
  return {
    way: 'rows',
    unit: id(query.table, single),
    shared: id(shared.table, shared.unitType),
    countsShared,
    types,
  }
}

/** Units that only the joined table brings in; the same units on both sides of the join are those of the first. */
function joinedUnits(query: InnerQuery, own: readonly UnitType[], tables: readonly VaultTable[]) {
  const { join } = query
  const other = join && tables.find((t) => t.spec.name === join.table)
  if (!join || !other) return []
  const foreign = unitTypesOf(other.spec).filter((type) => unitColumns(type).id !== join.right)
  if (foreign.length > 0 && (join.kind === 'left' || foreign.some((type) => own.includes(type))))
    refuse('privacy-join', { table: join.table })
  return foreign.map((unitType) => ({ table: join.table, unitType }))
}
