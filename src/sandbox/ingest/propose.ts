import type { ColumnSpec, Generalisation, TableSpec } from '../engine/roles.ts'
import type { Source, SourceColumn } from './column.ts'

/** A value that fewer rows carry is not put into a proposed domain: the holder may add it. */
const leastRows = 10
/** A domain a person can still look through. */
const maxDomain = 50

/**
 * Proposes a name and a role for each column. Only a proposal: careful where in doubt (hidden), and the holder confirms.
 * A table without an id column is proposed with one person per row.
 */
export function proposeRoles(source: Source, tableName: string): TableSpec {
  const taken = new Set<string>()
  const columns = source.columns.map((column) =>
    proposeColumn(column, { rows: source.rows, name: freeName(column.source, taken) }),
  )
  const hasUnit = columns.some((c) => c.role === 'unit')
  return { name: identifierOf(tableName), ...(hasUnit ? {} : { rowUnit: 'person' as const }), columns }
}

const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** A header as a name for queries: lower case letters, digits and underscores, starting with a letter. */
export function identifierOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => umlauts[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60)
  return /^[a-z]/.test(plain) ? plain : `c_${plain}`.replace(/_$/, '')
}

function freeName(source: string, taken: Set<string>): string {
  const wanted = identifierOf(source)
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
  taken.add(name)
  return name
}

type Context = { readonly rows: number; readonly name: string }

function proposeColumn(column: SourceColumn, { rows, name }: Context): ColumnSpec {
  const base = { name, source: column.source, type: column.type, label: column.source.trim() }
  const words = name.split('_')
  const unitType = unitTypeOf(words)
  if (isId(words) && unitType && column.distinct > 1) return { ...base, role: 'unit', unitType }
  if (isPlace(words)) return { ...base, role: 'key', key: name }
  if (column.type === 'boolean')
    return { ...base, role: 'dimension', exact: true, domain: [false, true], generalisations: [] }
  if (column.type === 'date' || column.type === 'datetime') return dated(base, name)
  if (column.type === 'integer' && isAge(words)) return aged(base, name)
  if ((column.type === 'integer' || column.type === 'decimal') && isMeasure(column, rows))
    return measured(base, column)
  const domain = proposedDomain(column)
  if (domain && column.distinct <= maxDomain)
    return {
      ...base,
      role: 'dimension',
      exact: true,
      ...(rare(column) ? {} : { domain }),
      generalisations: [],
    }
  return { ...base, role: 'hidden' }
}

type Base = Pick<ColumnSpec, 'name' | 'source' | 'type' | 'label'>

function isId(words: readonly string[]): boolean {
  return (
    words.some((w) => ['id', 'nr', 'nummer', 'kennung', 'kennzeichen', 'schluessel'].includes(w)) ||
    words.some((w) => /(id|nr|nummer)$/.test(w) && unitTypeOf([w]) !== null)
  )
}

function unitTypeOf(words: readonly string[]): 'person' | 'household' | 'company' | 'site' | null {
  const has = (pattern: RegExp) => words.some((w) => pattern.test(w))
  if (has(/haushalt|household|^hh/)) return 'household'
  if (has(/firma|firmen|betrieb|unternehmen|company|employer/)) return 'company'
  if (has(/anlage|zaehler|sensor|station|geraet|messstelle|site|baum/)) return 'site'
  return has(/person|kind|child|einwohner|patient|kunde|teilnehmer|schueler|nutzer|user|case|fall|geraete/)
    ? 'person'
    : null
}

function isPlace(words: readonly string[]): boolean {
  return words.some((w) => /^(bau)?block(nr)?$|^baublock|^rasterzelle|^adresse$|^grid$/.test(w))
}

function isAge(words: readonly string[]): boolean {
  return words.some((w) => /^(alter|age|lebensjahre)$/.test(w))
}

/** Numbers with many values are measures; whole numbers with few values are rather codes. */
function isMeasure(column: SourceColumn, rows: number): boolean {
  if (column.keyLike || typeof column.min !== 'number' || typeof column.max !== 'number') return false
  return (
    column.type === 'decimal' ||
    (column.distinct > maxDomain && column.distinct < rows * 0.98) ||
    column.distinctCapped
  )
}

function dated(base: Base, name: string): ColumnSpec {
  const steps = base.type === 'datetime' ? (['month', 'day', 'hour'] as const) : (['year', 'month'] as const)
  const words = { year: 'jahr', month: 'monat', day: 'tag', hour: 'stunde' }
  const generalisations: Generalisation[] = steps.map((to) => ({
    name: `${name}_${words[to]}`,
    kind: 'calendar',
    to,
  }))
  return { ...base, role: 'dimension', exact: false, generalisations }
}

function aged(base: Base, name: string): ColumnSpec {
  return {
    ...base,
    role: 'dimension',
    exact: true,
    edges: { origin: 0, width: 1 },
    generalisations: [
      { name: `${name}_5`, kind: 'bands', width: 5, origin: 0 },
      { name: `${name}_10`, kind: 'bands', width: 10, origin: 0 },
    ],
  }
}

/** Bounds on round numbers around what was seen, so that they do not tell the largest value. */
function measured(base: Base, column: SourceColumn): ColumnSpec {
  const [min, max] = [Number(column.min), Number(column.max)]
  return {
    ...base,
    role: 'measure',
    lower: min >= 0 ? 0 : -roundUp(-min),
    upper: max <= 0 ? 0 : roundUp(max),
    decimals: Math.min(3, column.decimals),
  }
}

function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((s) => s * power >= value) ?? 10
  return step * power
}

function rare(column: SourceColumn): boolean {
  return column.values.some((v) => v.count < leastRows)
}

function proposedDomain(column: SourceColumn): (string | number | boolean)[] | null {
  const often = column.values.filter((v) => v.count >= leastRows).map((v) => v.value)
  if (often.length === 0 || often.length > maxDomain) return null
  return often.sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  )
}
