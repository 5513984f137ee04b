/** What one protected thing is; the holder says so. Rules must hold for each unit type of a table. */
export type UnitType = 'person' | 'household' | 'company' | 'site'

/** Types a column can have inside the vault. Dates are `YYYY-MM-DD`, date-times `YYYY-MM-DDTHH:MM:SS`. */
export type ValueType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime'

/** One value of a dimension as it is written in a query or shown in a result; dates as ISO text. */
export type DimensionValue = string | number | boolean | null

/**
 * A registered coarser reading of a dimension; it is a column of its own (`name`) in queries.
 * `bands` give the lower edge of each band, `prefix` the first characters, `groups` a name per value
 * (values not listed become null), `calendar` the first day of the period as ISO text (year and hour: a number).
 */
export type Generalisation = { readonly name: string; readonly label?: string } & (
  | { readonly kind: 'bands'; readonly width: number; readonly origin: number }
  | { readonly kind: 'prefix'; readonly length: number }
  | { readonly kind: 'groups'; readonly groups: Readonly<Record<string, string>> }
  | { readonly kind: 'calendar'; readonly to: 'year' | 'quarter' | 'month' | 'day' | 'hour' }
)

/** A number or date by which results may be split and filtered. */
export type DimensionRole = {
  readonly role: 'dimension'
  /** False: only the generalisations may be named, never the column itself. */
  readonly exact: boolean
  /** Values printed in full (empty and protected look the same) and allowed in conditions. */
  readonly domain?: readonly DimensionValue[]
  /** Grid for `BETWEEN`: a range must start on `origin + i*width` and end one step before such an edge. Numbers only. */
  readonly edges?: { readonly origin: number; readonly width: number }
  readonly generalisations: readonly Generalisation[]
  /** Also a join key of this name. */
  readonly key?: string
}

/** A number that may be added up: every value is clamped to the public bounds and kept with `decimals` digits. */
export type MeasureRole = {
  readonly role: 'measure'
  readonly lower: number
  readonly upper: number
  readonly decimals: number
  /** Registered bins from which medians and other quantiles are made; without them there are none. */
  readonly bins?: { readonly origin: number; readonly width: number }
  /** Unit of measure for people: `°C`, `kWh`. */
  readonly unit?: string
}

/** What a column may be used for. Hidden unless the holder says otherwise. */
export type ColumnRole =
  | { readonly role: 'hidden' }
  | { readonly role: 'unit'; readonly unitType: UnitType }
  | { readonly role: 'key'; readonly key: string }
  | DimensionRole
  | MeasureRole

/** One column: `name` is what queries call it (`[a-z][a-z0-9_]*`), `source` the header in the holder's file. */
export type ColumnSpec = {
  readonly name: string
  readonly source: string
  readonly type: ValueType
  readonly label?: string
  readonly meaning?: string
} & ColumnRole

/**
 * A table with its roles. Either one or more columns have the role `unit`, or `rowUnit` says that each row is
 * one unit, or neither: then it is a lookup table that can only be joined by a key which has one row per value.
 */
export type TableSpec = {
  readonly name: string
  readonly label?: string
  readonly rowUnit?: UnitType
  readonly columns: readonly ColumnSpec[]
}

/** A table as it lies in the vault. `onePerUnit`: unit types without a second row. `uniqueKeys`: key columns with one row per value. */
export type VaultTable = {
  readonly spec: TableSpec
  readonly snapshot: number
  readonly rows: number
  /** Rows left out because a unit id was missing; public. */
  readonly excluded: number
  readonly clamped: number
  readonly onePerUnit: readonly UnitType[]
  readonly uniqueKeys: readonly string[]
}

/** A column that queries may name: the column itself or one of its generalisations. */
export type NamedColumn = {
  readonly name: string
  readonly table: string
  readonly column: ColumnSpec
  readonly generalisation?: Generalisation
}

/** The unit types a table protects; empty for a lookup table. */
export function unitTypesOf(spec: TableSpec): UnitType[] {
  const types = spec.columns.flatMap((c) => (c.role === 'unit' ? [c.unitType] : []))
  if (spec.rowUnit && !types.includes(spec.rowUnit)) types.unshift(spec.rowUnit)
  return [...new Set(types)]
}

/** Columns of units whose type another column before them has: only one of them could be protected. */
export function doubledUnits(spec: TableSpec): ColumnSpec[] {
  const types = new Set<UnitType>()
  return spec.columns.filter((c) => {
    if (c.role !== 'unit') return false
    const isKnown = types.has(c.unitType)
    types.add(c.unitType)
    return isKnown
  })
}

/** All columns of a table that queries may name, generalisations included; hidden ones too (the planner refuses them by name). */
export function namedColumns(spec: TableSpec): NamedColumn[] {
  return spec.columns.flatMap((column): NamedColumn[] => [
    { name: column.name, table: spec.name, column },
    ...(column.role === 'dimension'
      ? column.generalisations.map((generalisation) => ({
          name: generalisation.name,
          table: spec.name,
          column,
          generalisation,
        }))
      : []),
  ])
}

/** The vault's own columns of a unit type: keyed hash of the id and record key. */
export function unitColumns(unitType: UnitType): { id: string; key: string } {
  return { id: `_uid_${unitType}`, key: `_k_${unitType}` }
}
