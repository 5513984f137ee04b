import { productFits } from './aggregate.ts'
import { domainOf } from './domain.ts'
import type { DimensionValue, NamedColumn, VaultTable } from './roles.ts'
import { namedColumns, unitTypesOf, type UnitType } from './roles.ts'
import { keyName } from './scope.ts'
import { typeOf } from './condition.ts'

/**
 * What to compute. `rows`: count rows, `units`: count units of a type, `distinct`: how many values of a dimension occur,
 * `relation`: how two measures go together (correlation), the others: of one measure.
 */
export type FormFigure =
  | { readonly kind: 'rows' }
  | { readonly kind: 'units'; readonly unitType?: UnitType }
  | { readonly kind: 'sum' | 'mean' | 'median' | 'deviation' | 'distinct'; readonly column: string }
  | { readonly kind: 'relation'; readonly column: string; readonly other: string }

/** A restriction: one of some values, or a range with open ends. */
export type FormCondition = { readonly column: string } & (
  | { readonly values: readonly Exclude<DimensionValue, null>[] }
  | { readonly from: number | string | null; readonly to: number | string | null }
)

/** The query form for people without SQL. Columns are `name` or `table.name`; a second table is joined on the shared key. */
export type QueryForm = {
  readonly table: string
  readonly figures: readonly FormFigure[]
  readonly by: readonly string[]
  readonly only: readonly FormCondition[]
}

/** What a form may offer for one table: measures and dimensions, also those of tables that can be joined to it. */
export type FormChoices = {
  readonly table: string
  readonly label: string
  readonly units: readonly UnitType[]
  /** Each unit has one row: counting rows is counting units. */
  readonly onePerUnit: boolean
  readonly measures: readonly FormColumn[]
  readonly dimensions: readonly FormColumn[]
  /** Measures with registered bins, where each unit has one row: those have medians. */
  readonly medians: readonly FormColumn[]
  /** Measures whose bounds are narrow enough to be squared in the vault: those have deviations and correlations. */
  readonly spreads: readonly FormColumn[]
}

/** A column to choose: `value` goes into the form, `domain` lists registered values, `range` allows from–to. */
export type FormColumn = {
  readonly value: string
  readonly label: string
  readonly table: string
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean' | 'date'
  readonly domain: readonly DimensionValue[] | null
  readonly range: boolean
  readonly unit?: string
  /** What the holder says it means. */
  readonly meaning?: string
}

/** What the form offers, one entry per table with units. */
export function formChoices(tables: readonly VaultTable[]): FormChoices[] {
  return tables
    .filter((t) => unitTypesOf(t.spec).length > 0)
    .map((base) => {
      const joined = tables.filter((other) => other !== base && joinOf(base, other))
      const named = [base, ...joined].flatMap((t) => namedColumns(t.spec))
      const columns = named.map(formColumn)
      const measures = named.filter((c) => c.column.role === 'measure')
      const units = unitTypesOf(base.spec)
      const onePerUnit = units[0] !== undefined && base.onePerUnit.includes(units[0])
      return {
        table: base.spec.name,
        label: base.spec.label ?? base.spec.name,
        units,
        onePerUnit,
        measures: columns.filter((c) => c.role === 'measure').map(published),
        dimensions: columns.filter((c) => c.role === 'dimension').map(published),
        medians: onePerUnit ? measures.filter(hasBins).map(formColumn).map(published) : [],
        spreads: measures.filter(isSquarable).map(formColumn).map(published),
      }
    })
}

const hasBins = ({ column }: NamedColumn) => column.role === 'measure' && column.bins !== undefined

const isSquarable = ({ column }: NamedColumn) => column.role === 'measure' && productFits([column, column])

type Column = FormColumn & { readonly role: 'measure' | 'dimension' | 'none' }

function published({ role: _role, ...column }: Column): FormColumn {
  return column
}

function formColumn(named: NamedColumn): Column {
  const { column, generalisation } = named
  const usable = column.role === 'dimension' && (generalisation !== undefined || column.exact)
  const role = column.role === 'measure' ? 'measure' : usable ? 'dimension' : 'none'
  const ranged =
    column.role === 'dimension' &&
    (generalisation?.kind === 'bands' ||
      (!generalisation && (column.edges !== undefined || column.type === 'date')))
  return {
    role,
    value: `${named.table}.${named.name}`,
    label: generalisation?.label ?? (generalisation ? generalisation.name : (column.label ?? column.name)),
    table: named.table,
    type: typeOf(named),
    domain: domainOf(named),
    range: ranged,
    ...(column.role === 'measure' && column.unit ? { unit: column.unit } : {}),
    ...(column.meaning && !generalisation ? { meaning: column.meaning } : {}),
  }
}

/** The key two tables share, if the second one has at most one row per value. */
export function joinOf(base: VaultTable, other: VaultTable): { left: string; right: string } | undefined {
  for (const left of namedColumns(base.spec)) {
    const key = keyName(left)
    const right = namedColumns(other.spec).find((c) => key !== undefined && keyName(c) === key)
    if (!right) continue
    const unique =
      right.column.role === 'unit'
        ? other.onePerUnit.includes(right.column.unitType)
        : other.uniqueKeys.includes(right.name)
    if (unique) return { left: left.name, right: right.name }
  }
  return undefined
}
