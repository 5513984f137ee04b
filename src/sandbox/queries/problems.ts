import type { Locale } from '../../platform/i18n.ts'
import type { RefusalCode } from '../engine/refusal.ts'
import { refusalText as engineText } from '../engine/texts.ts'
import type { RecordedRefusal } from './model.ts'

/** What a person reads of a refused question. `askHolder`: the holder could open what is closed. */
export type RefusalText = { title: string; detail: string; instead?: string | undefined; askHolder: boolean }

type OwnCode = Exclude<RecordedRefusal['code'], RefusalCode>

const own: Record<OwnCode, Record<Locale, Omit<RefusalText, 'askHolder'>>> = {
  'agreement-ended': {
    de: {
      title: 'Die Vereinbarung endete während der Rechnung',
      detail: 'Das Ergebnis wurde verworfen. Nichts davon wurde gezeigt oder behalten.',
    },
    en: {
      title: 'The agreement ended while computing',
      detail: 'The result was dropped. Nothing of it was shown or kept.',
    },
  },
  interrupted: {
    de: {
      title: 'Die Rechnung wurde unterbrochen',
      detail: 'Der Tresor hat nicht geantwortet.',
      instead: 'in einer Minute noch einmal fragen.',
    },
    en: {
      title: 'The computation was interrupted',
      detail: 'The vault did not answer.',
      instead: 'ask again in a minute.',
    },
  },
  'no-tables': {
    de: {
      title: 'In diesem Raum liegt noch keine Tabelle, die befragt werden darf',
      detail: 'Die Datenhalter haben noch keine Rollen bestätigt.',
    },
    en: {
      title: 'There is no table in this workspace yet that may be asked',
      detail: 'The holders have not confirmed any roles yet.',
    },
  },
}

/** Constructs that are no words of SQL, as the engine names them. */
const german: Readonly<Record<string, string>> = {
  'three tables': 'drei Tabellen',
  'self join': 'eine Tabelle mit sich selbst',
  'several rows per key': 'mehrere Zeilen je Schlüssel',
  'several keys': 'mehrere Schlüssel',
  'not a declared key': 'kein vereinbarter Schlüssel',
  'not an equality': 'keine Gleichheit',
  'not an equality of two columns': 'keine Gleichheit zweier Spalten',
  'not an equality of two tables': 'keine Gleichheit zwischen zwei Tabellen',
  'two columns': 'zwei Spalten',
  subquery: 'Unterabfrage',
  nesting: 'zu tief geschachtelt',
  bounds: 'zu weite Grenzen',
  quantile: 'Median und Quantile',
}

const settledByHolder: ReadonlySet<string> = new Set([
  'hidden-column',
  'only-generalised',
  'not-a-measure',
  'value-not-registered',
  'range-edges',
])

/** The text of a refusal in the reader's language: what, why and what works instead. Quotes no values. */
export function refusalText(refusal: RecordedRefusal, locale: Locale): RefusalText {
  const { code } = refusal
  if (code === 'agreement-ended' || code === 'interrupted' || code === 'no-tables') {
    return { ...own[code][locale], askHolder: false }
  }
  const { construct } = refusal
  const said = (locale === 'de' && construct && german[construct]) || construct
  const text = engineText({ ...refusal, code, ...(said ? { construct: said } : {}) }, locale)
  // The page says this itself, in bold.
  const instead = text.instead.replace(/^(So geht es|This works): /, '')
  return { ...text, instead, askHolder: settledByHolder.has(code) }
}
