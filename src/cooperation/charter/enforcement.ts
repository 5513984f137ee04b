import { minimumUnits, type Terms } from '../model.ts'
import { readableDay } from './text.ts'

/** What a rule rests on: software that does not allow it, evidence that is checked, or somebody's word. */
export type EnforcementKind = 'technical' | 'evidence' | 'promise'

/** One rule, what it rests on, and how. */
export type Enforcement = { rule: string; kind: EnforcementKind; how: string }

/** Who makes sure of what, with the agreed values filled in. */
export function enforcementOf(terms: Terms, lang: 'de' | 'en'): Enforcement[] {
  const least = minimumUnits(terms.protectionLevel)
  const until = readableDay(terms.validUntil, lang)
  return rules.map(({ kind, ...text }) => {
    const [rule, how] = text[lang]
    return { kind, rule: rule.replace('{least}', String(least)).replace('{until}', until), how }
  })
}

const rules: readonly {
  kind: EnforcementKind
  de: readonly [string, string]
  en: readonly [string, string]
}[] = [
  {
    kind: 'technical',
    de: ['Nur freigegebene Spalten sind sichtbar', 'Die Sandbox kennt keine anderen.'],
    en: ['Only cleared columns are visible', 'The sandbox knows no others.'],
  },
  {
    kind: 'technical',
    de: ['Keine Zahl unter {least} Personen oder Betrieben', 'Die Zelle erscheint als „geschützt“.'],
    en: ['No number below {least} persons or firms', 'The cell appears as “protected”.'],
  },
  {
    kind: 'technical',
    de: ['Ende am {until}', 'Der Schlüssel wird vernichtet, jede Abfrage wird abgelehnt.'],
    en: ['End on {until}', 'The key is destroyed, every query is refused.'],
  },
  {
    kind: 'technical',
    de: [
      'Ohne alle Unterschriften keine Abfrage',
      'Vor jedem Schritt prüft die Sandbox Text, Unterschriften und Laufzeit.',
    ],
    en: ['No query without all signatures', 'Before each step the sandbox checks text, signatures and term.'],
  },
  {
    kind: 'evidence',
    de: [
      'Jede Freigabe wird geprüft',
      'Prüfung durch die betroffenen Halter, mit Datum und Prüfsumme im Register.',
    ],
    en: [
      'Each release is checked',
      'Checked by the holders concerned, with date and checksum in the register.',
    ],
  },
  {
    kind: 'evidence',
    de: [
      'Nur geschulte Personen werten aus',
      'Die auswertende Stelle hält die Schulung fest und legt sie auf Verlangen vor.',
    ],
    en: [
      'Only trained persons analyse',
      'The analysing body records the training and presents the record on request.',
    ],
  },
  {
    kind: 'promise',
    de: [
      'Kein Abgleich mit anderen Quellen, um Menschen zu erkennen',
      'Zusage der Auswertenden mit ihrer Unterschrift. Bei Verstoß endet der Zugang.',
    ],
    en: [
      'No matching with other sources to recognise people',
      'Promise of the analysts by their signature. A breach ends their access.',
    ],
  },
]
