import type { Finding } from '../../platform/finding.ts'
import type {
  ColumnRole,
  ColumnSpec,
  DimensionRole,
  Generalisation,
  TableSpec,
  UnitType,
  VaultTable,
} from '../engine/roles.ts'
import { doubledUnits, unitTypesOf } from '../engine/roles.ts'
import type { TableId, TableState, WorkspaceId } from '../model.ts'

/** What the vault says of a table as a whole, and which numbered state of it that is, from which day. */
export type VaultFacts = Omit<VaultTable, 'spec'> & {
  readonly state?: { readonly number: number; readonly day: string }
}

/** One holder's table in a workspace: `spec` once the file was read, `vault` once its roles are confirmed. */
export type SandboxTable = {
  id: TableId
  workspaceId: WorkspaceId
  organisationId: string
  entryId: string | null
  name: string
  description: string
  state: TableState
  spec: TableSpec | null
  vault: VaultFacts | null
  findings: Finding[]
  fileName: string
  fileSize: number
  uploadedAt: Date
  confirmedAt: Date | null
}

/** A confirmed table as the engine wants it; undefined while roles are not confirmed. */
export function vaultTableOf(table: SandboxTable): VaultTable | undefined {
  if (table.state !== 'confirmed' || !table.spec || !table.vault) return undefined
  const { state: _state, ...facts } = table.vault
  return { spec: table.spec, ...facts }
}

/** A row count rounded to two digits: tells the size, not the number; null for fewer than 100. */
export function roundedSize(rows: number): number | null {
  if (rows < 100) return null
  const step = 10 ** (Math.floor(Math.log10(rows)) - 1)
  return Math.round(rows / step) * step
}

/** What a holder says about one column; bounds and values are public. */
export type ColumnChoice = {
  name: string
  role: ColumnRole['role']
  meaning: string
  unitType?: UnitType | undefined
  key?: string | undefined
  bands?: number | undefined
  exact?: boolean | undefined
  domain?: string[] | undefined
  lower?: number | undefined
  upper?: number | undefined
  decimals?: number | undefined
  bins?: number | undefined
  unit?: string | undefined
}

/** Why the chosen roles cannot be taken, with the columns it is about. */
export type Misfit = { reason: { de: string; en: string }; columns: string[] }

/** Applies a holder's choices to the proposed roles. Columns not mentioned are hidden; unknown names are ignored. */
export function applyChoices(
  proposed: TableSpec,
  chosen: { rowUnit?: UnitType | undefined; columns: readonly ColumnChoice[] },
): TableSpec | Misfit {
  const byName = new Map(chosen.columns.map((c) => [c.name, c]))
  const columns = proposed.columns.map((column): ColumnSpec => {
    const choice = byName.get(column.name)
    const meaning = choice?.meaning || column.meaning
    const base = { name: column.name, source: column.source, type: column.type }
    return {
      ...base,
      ...(column.label ? { label: column.label } : {}),
      ...(meaning ? { meaning } : {}),
      ...(choice ? roleOf(column, choice) : { role: 'hidden' as const }),
    }
  })
  const { rowUnit: _proposed, ...rest } = proposed
  const spec: TableSpec = { ...rest, ...(chosen.rowUnit ? { rowUnit: chosen.rowUnit } : {}), columns }
  return misfitOf(spec) ?? spec
}

function roleOf(column: ColumnSpec, choice: ColumnChoice): ColumnRole {
  switch (choice.role) {
    case 'hidden':
      return { role: 'hidden' }
    case 'unit':
      return { role: 'unit', unitType: choice.unitType ?? 'person' }
    case 'key':
      return { role: 'key', key: choice.key || column.name }
    case 'measure':
      return measureOf(column, choice)
    case 'dimension':
      return dimensionOf(column, choice)
  }
}

/** Where classes that are known already begin, so that the lower bound lies in the first of them or after it. */
function startBelow({ origin, width }: { origin: number; width: number }, lower: number): number {
  return origin <= lower ? origin : origin - Math.ceil((origin - lower) / width) * width
}

/** Classes for medians begin at the lower bound, which is public like their width. */
function measureOf(column: ColumnSpec, choice: ColumnChoice): ColumnRole {
  const decimals = Math.round(choice.decimals ?? (column.type === 'integer' ? 0 : 2))
  const lower = choice.lower ?? 0
  const before = column.role === 'measure' ? column.bins : undefined
  const origin = before && before.width === choice.bins ? startBelow(before, lower) : lower
  return {
    role: 'measure',
    lower,
    upper: choice.upper ?? 0,
    decimals: Math.min(6, Math.max(0, decimals)),
    ...(choice.bins ? { bins: { origin, width: choice.bins } } : {}),
    ...(choice.unit ? { unit: choice.unit } : {}),
  }
}

function dimensionOf(column: ColumnSpec, choice: ColumnChoice): DimensionRole {
  const before = column.role === 'dimension' ? column : undefined
  const numeric = column.type === 'integer' || column.type === 'decimal'
  const width = numeric ? choice.bands : undefined
  const others = (before?.generalisations ?? calendarsOf(column)).filter((g) => g.kind !== 'bands')
  const bands: Generalisation[] = width
    ? [{ kind: 'bands', name: bandsName(column, width), label: bandsLabel(column, width), width, origin: 0 }]
    : []
  const domain = choice.domain
    ? [...new Set(choice.domain.map((text) => typedValue(column, text)))]
    : before?.domain
  const edges = numeric ? { origin: 0, width: width ?? 1 } : undefined
  return {
    role: 'dimension',
    exact: choice.exact ?? before?.exact ?? true,
    ...(domain?.length ? { domain } : {}),
    ...(edges && (column.type === 'integer' || width) ? { edges } : {}),
    generalisations: [...bands, ...others],
    ...(choice.key ? { key: choice.key } : {}),
  }
}

const bandsName = (column: ColumnSpec, width: number) => `${column.name}_${String(width).replace(/\D/g, '_')}`
// The first bands say what it is in every language.
const bandsLabel = (column: ColumnSpec, width: number) =>
  `${column.label ?? column.name} (0–${width - 1}, ${width}–${2 * width - 1} …)`

function calendarsOf(column: ColumnSpec): Generalisation[] {
  if (column.type !== 'date' && column.type !== 'datetime') return []
  const steps = column.type === 'date' ? (['year', 'month'] as const) : (['month', 'day', 'hour'] as const)
  return steps.map((to) => ({ kind: 'calendar', name: `${column.name}_${to}`, to }))
}

function typedValue(column: ColumnSpec, text: string): string | number | boolean {
  if (column.type === 'integer' || column.type === 'decimal') {
    const number = Number(text.replace(',', '.'))
    return Number.isFinite(number) ? number : text
  }
  if (column.type === 'boolean') return /^(true|ja|yes|1|wahr)$/i.test(text)
  return text
}

function misfitOf(spec: TableSpec): Misfit | undefined {
  const usable = spec.columns.filter((c) => c.role === 'dimension' || c.role === 'measure')
  if (usable.length === 0) return { reason: misfits.nothing, columns: [] }
  const keys = spec.columns.filter((c) => c.role === 'key' || (c.role === 'dimension' && c.key))
  if (unitTypesOf(spec).length === 0 && keys.length === 0) return { reason: misfits.noUnit, columns: [] }
  const doubled = doubledUnits(spec)
  if (doubled.length) return { reason: misfits.twoUnits, columns: doubled.map((c) => c.name) }
  const numbers = spec.columns.filter(
    (c) => c.role === 'measure' && c.type !== 'integer' && c.type !== 'decimal',
  )
  if (numbers.length) return { reason: misfits.notNumber, columns: numbers.map((c) => c.name) }
  const blind = spec.columns.filter(
    (c) => c.role === 'dimension' && !c.exact && c.generalisations.length === 0,
  )
  if (blind.length) return { reason: misfits.noCoarser, columns: blind.map((c) => c.name) }
  return undefined
}

const misfits = {
  nothing: {
    de: 'Mindestens eine Spalte muss eine Aufteilung oder eine Messgröße sein, sonst lässt sich nichts fragen.',
    en: 'At least one column has to be a dimension or a measure, else nothing can be asked.',
  },
  noUnit: {
    de: 'Es fehlt, wer geschützt wird: eine Spalte mit der Einheit, die Angabe „jede Zeile ist …“, oder eine Verbindung, wenn die Tabelle nur zum Nachschlagen dient.',
    en: 'It is not said who is protected: a column with the unit, the statement “each row is …”, or a key if the table only serves for looking things up.',
  },
  twoUnits: {
    de: 'Zwei Spalten haben dieselbe Einheit; schützen lässt sich je Tabelle nur eine davon. Bitte die andere verbergen oder als andere Einheit angeben.',
    en: 'Two columns have the same unit; only one of them can be protected in a table. Please hide the other one or name another unit for it.',
  },
  notNumber: {
    de: 'Nur Zahlen lassen sich zusammenzählen.',
    en: 'Only numbers can be added up.',
  },
  noCoarser: {
    de: 'Wenn einzelne Werte nicht gezeigt werden, braucht die Spalte eine gröbere Einteilung.',
    en: 'If single values are not shown, the column needs a coarser reading.',
  },
} as const
