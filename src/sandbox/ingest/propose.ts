import { doubledUnits, type ColumnSpec, type Generalisation, type TableSpec } from '../engine/roles.ts'
import type { SourceRow } from '../vault/contract.ts'
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
  const columns = source.columns.map((column, index) =>
    proposeColumn(column, {
      rows: source.rows,
      name: freeName(column.source, taken),
      code: isCode(source, index),
    }),
  )
  for (const { name } of doubledUnits({ name: tableName, columns })) hide(columns, name)
  const hasUnit = columns.some((c) => c.role === 'unit')
  return { name: identifierOf(tableName), ...(hasUnit ? {} : { rowUnit: 'person' as const }), columns }
}

/** Only one column of each type of units can be protected: the first; the holder may choose another. */
function hide(columns: ColumnSpec[], name: string): void {
  const at = columns.findIndex((c) => c.name === name)
  const { source, type, label } = columns[at] as ColumnSpec
  columns[at] = { name, source, type, ...(label ? { label } : {}), role: 'hidden' }
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

type Context = { readonly rows: number; readonly name: string; readonly code: boolean }

function proposeColumn(column: SourceColumn, { rows, name, code }: Context): ColumnSpec {
  const base = { name, source: column.source, type: column.type, label: column.source.trim() }
  const words = name.split('_')
  const unitType = unitTypeOf(words)
  if (isId(words) && unitType && column.distinct > 1) return { ...base, role: 'unit', unitType }
  if (column.place || isPersonal(words)) return { ...base, role: 'hidden' }
  if (isPlace(words)) return { ...base, role: 'key', key: name }
  if (column.type === 'boolean')
    return { ...base, role: 'dimension', exact: true, domain: [false, true], generalisations: [] }
  if (column.type === 'date' || column.type === 'datetime') return dated(base, name)
  if (column.type === 'integer' && isAge(words)) return aged(base, name)
  if (!code && !isId(words) && isMeasure(column, rows)) return measured(base, column)
  const domain = proposedDomain(column)
  if (domain && column.distinct <= maxDomain && !isId(words))
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
    words.some((w) =>
      ['id', 'pid', 'hid', 'nr', 'nummer', 'kennung', 'kennzeichen', 'schluessel'].includes(w),
    ) || words.some((w) => /(.id|nr|nummer|schluessel|kennung|_id)\d*$/.test(w) && !/(jahr|grid)/.test(w))
  )
}

const personal =
  /^(vorname|nachname|familienname|rufname|geburtsname|email|mail|telefon|tel|phone|mobil|fax|iban|bic|bearbeiter|ansprechpartner|kontakt|strasse|str|street|adresse|anschrift|address|hausnummer|hausnr|url|link|website|homepage|bemerkung|bemerkungen|kommentar|comment|notiz|freitext)$/

/** Names, ways to reach somebody, free text: never proposed for more than hiding. */
function isPersonal(words: readonly string[]): boolean {
  return words.some((w) => personal.test(w)) || words.join('_').endsWith('edited_by')
}

const codeName =
  /^(typ|type|code|art|klasse|gruppe|kategorie|konto|sachkonto|kostenart|kostenstelle|profitcenter|kapitel|titel)/i

/** Numbers that stand for a text beside them: product, account, department and the like. */
function isCode(source: Source, index: number): boolean {
  const column = source.columns[index]
  if (column?.type !== 'integer' || column.distinct < 2) return false
  if (codeName.test(column.source.trim())) return true
  if (source.columns[index + 1]?.source.startsWith(column.source.trim())) return true
  return [index + 1, index - 1].some((beside) => {
    const text = source.columns[beside]
    return text?.type === 'text' && text.distinct > 1 && text.distinct >= column.distinct / 2
      ? namesEach(source, index, beside)
      : false
  })
}

/** True where equal numbers come several times, always with the same text. */
function namesEach(source: Source, number: number, text: number): boolean {
  const seen = new Map<SourceRow[number], SourceRow[number]>()
  let [again, other] = [0, 0]
  for (let i = 0; i < Math.min(source.rows, 20_000); i++) {
    const row = source.row(i)
    const [value = null, word = null] = [row[number], row[text]]
    if (value === null || word === null) continue
    if (!seen.has(value)) seen.set(value, word)
    else if (seen.get(value) === word) again++
    else other++
  }
  return again >= 5 && other <= again / 50
}

function unitTypeOf(words: readonly string[]): 'person' | 'household' | 'company' | 'site' | null {
  const has = (pattern: RegExp) => words.some((w) => pattern.test(w))
  if (has(/haushalt|household|^hh|^hid$/)) return 'household'
  if (has(/firma|firmen|betrieb|unternehmen|company|employer/)) return 'company'
  if (has(/anlage|zaehler|sensor|station|geraet|messstelle|site|baum/)) return 'site'
  return has(
    /person|kind|child|einwohner|patient|kunde|teilnehmer|schueler|nutzer|user|visitor|besucher|mitglied|^pid$|case|fall/,
  )
    ? 'person'
    : null
}

function isPlace(words: readonly string[]): boolean {
  return words.some((w) => /^(bau)?block(nr)?$|^baublock|^rasterzelle|^grid$/.test(w))
}

function isAge(words: readonly string[]): boolean {
  return words.some((w) => /^(alter|age|lebensjahre)$/.test(w))
}

/** Numbers with many values are measures; whole numbers with few values are rather codes, counted-up ones rather ids. */
function isMeasure(column: SourceColumn, rows: number): boolean {
  if (column.keyLike || column.year || typeof column.min !== 'number' || typeof column.max !== 'number')
    return false
  if (column.distinct < 2) return false
  if (column.type === 'decimal') return true
  if (column.type !== 'integer') return false
  const counted = column.max - column.min + 1 <= column.distinct * 1.05 && column.distinct >= rows * 0.9
  if (counted || (rows > 200 && column.distinct >= rows * 0.98 && !column.distinctCapped)) return false
  return column.distinct > maxDomain || (column.distinct >= 5 && column.distinct > rows / 2)
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
  const [lower, upper] = [min >= 0 ? 0 : -roundUp(-min), max <= 0 ? 0 : roundUp(max)]
  const decimals = Math.min(3, column.decimals)
  return { ...base, role: 'measure', lower, upper, decimals, bins: binsFor({ lower, upper, decimals }) }
}

/** Classes for medians: about twenty between the bounds, 1, 2 or 5 times a power of ten wide, never finer than the values. */
export function binsFor(by: { lower: number; upper: number; decimals: number }): {
  origin: number
  width: number
} {
  const wide = roundUp((by.upper - by.lower) / 25)
  return { origin: by.lower, width: Math.max(wide, Number((10 ** -by.decimals).toFixed(by.decimals))) }
}

function roundUp(value: number): number {
  const digits = Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((s) => s * 10 ** digits >= value) ?? 10
  return Number(`${step}e${digits}`)
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
