import { domainOf } from './domain.ts'
import { quoteName, quoteValue } from './print.ts'
import type { DimensionValue, NamedColumn, VaultTable } from './roles.ts'
import { namedColumns, unitTypesOf, type UnitType } from './roles.ts'
import { keyName } from './scope.ts'
import { typeOf } from './condition.ts'

/** What to compute. `rows`: count rows, `units`: count units of a type, `sum` and `mean` of a measure. */
export type FormFigure =
  | { readonly kind: 'rows' }
  | { readonly kind: 'units'; readonly unitType?: UnitType }
  | { readonly kind: 'sum' | 'mean'; readonly column: string }

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
  readonly measures: readonly FormColumn[]
  readonly dimensions: readonly FormColumn[]
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
}

/** What the form offers, one entry per table with units. */
export function formChoices(tables: readonly VaultTable[]): FormChoices[] {
  return tables
    .filter((t) => unitTypesOf(t.spec).length > 0)
    .map((base) => {
      const joined = tables.filter((other) => other !== base && joinOf(base, other))
      const columns = [base, ...joined].flatMap((t) => namedColumns(t.spec)).map(formColumn)
      return {
        table: base.spec.name,
        label: base.spec.label ?? base.spec.name,
        units: unitTypesOf(base.spec),
        measures: columns.filter((c) => c.role === 'measure').map(published),
        dimensions: columns.filter((c) => c.role === 'dimension').map(published),
      }
    })
}

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
  }
}

/** The SQL of a form, as an analyst would write it. Unknown names stay in the text: the planner refuses them by name. */
export function sqlOfForm(form: QueryForm, tables: readonly VaultTable[]): string {
  const base = tables.find((t) => t.spec.name === form.table)
  const mentioned = [
    ...form.by,
    ...form.only.map((c) => c.column),
    ...form.figures.flatMap((f) => ('column' in f ? [f.column] : [])),
  ]
  const other = mentioned.map((c) => c.split('.')).find((p) => p.length === 2 && p[0] !== form.table)?.[0]
  const column = (name: string) => {
    const parts = name.split('.')
    return (other ? (parts.length === 2 ? parts : [form.table, name]) : parts.slice(-1))
      .map(identifier)
      .join('.')
  }
  const figures = form.figures.map((f) => figureSql(f, base, column))
  const where = form.only.map((c) => conditionSql(c, column(c.column)))
  const by = form.by.map(column)
  return [
    `SELECT ${[...by, ...figures].join(', ')}`,
    `FROM ${identifier(form.table)}${
      other
        ? joinSql(
            base,
            tables.find((t) => t.spec.name === other),
            other,
          )
        : ''
    }`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(by.length > 0 ? [`GROUP BY ${by.join(', ')}`, `ORDER BY ${by.map((_, i) => i + 1).join(', ')}`] : []),
  ].join('\n')
}

const identifier = (name: string) =>
  /^[a-z][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : quoteName(name)
const reserved = new Set(
  'all and any as asc between by case cast column desc distinct else end from group having in is join limit not null on or order select table then to union using when where with'.split(
    ' ',
  ),
)

function figureSql(
  figure: FormFigure,
  base: VaultTable | undefined,
  column: (name: string) => string,
): string {
  if (figure.kind === 'rows') return 'COUNT(*) AS anzahl'
  if (figure.kind === 'units') return unitsSql(figure.unitType, base, column)
  const name = figure.column.split('.').at(-1) ?? figure.column
  return figure.kind === 'sum'
    ? `SUM(${column(figure.column)}) AS ${identifier(`summe_${name}`)}`
    : `AVG(${column(figure.column)}) AS ${identifier(`mittel_${name}`)}`
}

/** A table whose rows are the units has no id column: there the rows are counted. */
function unitsSql(
  unitType: UnitType | undefined,
  base: VaultTable | undefined,
  column: (name: string) => string,
): string {
  const id = base?.spec.columns.find((c) => c.role === 'unit' && (!unitType || c.unitType === unitType))
  return id ? `COUNT(DISTINCT ${column(id.name)}) AS anzahl` : 'COUNT(*) AS anzahl'
}

function conditionSql(condition: FormCondition, column: string): string {
  if ('values' in condition) {
    const [only, ...more] = condition.values.map(quoteValue)
    return more.length === 0
      ? `${column} = ${only ?? 'NULL'}`
      : `${column} IN (${[only, ...more].join(', ')})`
  }
  const { from, to } = condition
  if (from !== null && to !== null) return `${column} BETWEEN ${quoteValue(from)} AND ${quoteValue(to)}`
  if (from !== null) return `${column} >= ${quoteValue(from)}`
  return to === null ? `${column} = ${column}` : `${column} <= ${quoteValue(to)}`
}

function joinSql(base: VaultTable | undefined, other: VaultTable | undefined, name: string): string {
  const on = base && other ? joinOf(base, other) : undefined
  return on
    ? `\nJOIN ${identifier(name)} ON ${base?.spec.name}.${on.left} = ${name}.${on.right}`
    : `\nJOIN ${identifier(name)} ON TRUE`
}

/** The key two tables share, if the second one has at most one row per value. */
function joinOf(base: VaultTable, other: VaultTable): { left: string; right: string } | undefined {
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
