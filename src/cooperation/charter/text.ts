import type { ClauseKey, ClauseText, Overrides, Part, Party, Terms } from '../model.ts'
import { minimumUnits } from '../model.ts'
import { charterOf } from './clauses.ts'
import { legalBasisTexts } from './legal-bases.ts'

type Lang = 'de' | 'en'
type Side = 'plain' | 'legal'

/** A clause ready to read: paragraph number, heading and both texts filled with the agreed values. */
export type ReadableClause = {
  key: ClauseKey
  number: number
  title: string
  plain: string
  legal: string
  /** True where the wording differs from the charter. */
  changed: boolean
  /** The language the texts are in: German where a changed clause has no translation. */
  lang: Lang
}

const partNames: Record<Part, { de: string; en: string }> = {
  holder: { de: 'Datenhalter', en: 'data holder' },
  analyst: { de: 'Auswertung', en: 'analysis' },
  asker: { de: 'fragt', en: 'asks' },
}

/** What a party does, in one or two words. */
export function partName(part: Part, lang: Lang): string {
  return partNames[part][lang]
}

/** The wording of a clause that counts: the changed one, else the charter's. Placeholders are still in it. */
export function wordingOf(charter: string, overrides: Overrides, key: ClauseKey): ClauseText {
  const own = overrides[key]
  if (own) return own
  return clauseOf(charter, key).text
}

/** The placeholders that a clause's legal text must keep, so that text and machine say the same. */
export function keptPlaceholders(charter: string, key: ClauseKey): readonly string[] {
  return clauseOf(charter, key).keeps
}

/** Names of kept placeholders that a new legal text has lost. */
export function lostPlaceholders(charter: string, key: ClauseKey, legal: string): string[] {
  return keptPlaceholders(charter, key).filter((name) => !legal.includes(`{${name}}`))
}

/** Every clause of a version, filled, in the order of the charter. */
export function readClauses(
  version: { charter: string; terms: Terms; overrides: Overrides },
  lang: Lang,
): ReadableClause[] {
  return charterOf(version.charter).clauses.map((clause, index) => {
    const text = wordingOf(version.charter, version.overrides, clause.key)
    const used: Lang = lang === 'en' && text.legal.en && text.plain.en ? 'en' : 'de'
    return {
      key: clause.key,
      number: index + 1,
      title: clause.title[lang],
      plain: fill(text.plain[used], version.terms, used, 'plain'),
      legal: fill(text.legal[used], version.terms, used, 'legal'),
      changed: version.overrides[clause.key] !== undefined,
      lang: used,
    }
  })
}

/** Replaces the placeholders of a text by the agreed values; unknown placeholders stay visible as they are. */
export function fill(text: string, terms: Terms, lang: Lang, side: Side): string {
  const values = valuesOf(terms, lang, side)
  return text
    .replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
    .replace(/ {2,}/g, ' ')
    .trim()
}

function valuesOf(terms: Terms, lang: Lang, side: Side): Record<string, string> {
  const day = (value: string) => readableDay(value, lang)
  const all = (values: string[]) => list(values, lang)
  const extra = (value: string, label: { de: string; en: string }) =>
    !value ? '' : side === 'plain' ? sentence(value) : `${label[lang]} ${sentence(value)}`
  return {
    parties: all(terms.parties.map((one) => partyText(one, lang))),
    analysts: all(terms.parties.filter((one) => one.part === 'analyst').map((one) => one.name)),
    entries: all(terms.entries.map((one) => (lang === 'de' ? `„${one.title}“` : `“${one.title}”`))),
    purpose: sentence(terms.purpose),
    legalBasis: legalBasisTexts[terms.legalBasis][side][lang],
    minimum: String(minimumUnits(terms.protectionLevel)),
    validFrom: day(terms.validFrom),
    validUntil: day(terms.validUntil),
    deletion: extra(terms.deletion, { de: 'Ergänzend zur Löschung gilt:', en: 'In addition to deletion:' }),
    benefit: extra(terms.benefit, { de: 'Zusätzlich gilt:', en: 'In addition:' }),
  }
}

function partyText(party: Party, lang: Lang): string {
  return `${party.name} (${partName(party.part, lang)})`
}

/** A calendar day written out in words, the way a contract has it. */
export function readableDay(day: string, lang: Lang): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(lang === 'de' ? 'de-DE' : 'en-GB', format).format(
    new Date(`${day}T12:00:00Z`),
  )
}

function list(words: string[], lang: Lang): string {
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(words)
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function clauseOf(charter: string, key: ClauseKey) {
  const found = charterOf(charter).clauses.find((one) => one.key === key)
  if (!found) throw new Error(`charter ${charter} has no clause ${key}`)
  return found
}
