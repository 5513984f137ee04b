import { readableDay } from '../charter/text.ts'
import type { Agreement } from '../model.ts'

/** What parties and the question's page are told about. */
export type Happening =
  'proposed' | 'changed' | 'signed' | 'in-force' | 'ends-soon' | 'withdrawn' | 'expired' | 'ended'

/** One public sentence per step for the register. */
export const registerTexts = {
  proposed: {
    de: 'Eine Vereinbarung wurde den Parteien vorgeschlagen.',
    en: 'An agreement was proposed to the parties.',
  },
  changed: {
    de: 'Eine Klausel einer Vereinbarung wurde geändert.',
    en: 'A clause of an agreement was changed.',
  },
  discussed: {
    de: 'Über eine Klausel einer Vereinbarung wurde gesprochen.',
    en: 'A clause of an agreement was discussed.',
  },
  signed: { de: 'Eine Partei hat eine Vereinbarung unterschrieben.', en: 'A party signed an agreement.' },
  'in-force': { de: 'Eine Vereinbarung ist in Kraft getreten.', en: 'An agreement came into force.' },
  withdrawn: { de: 'Eine Vereinbarung wurde zurückgezogen.', en: 'An agreement was withdrawn.' },
  expired: { de: 'Eine Vereinbarung ist abgelaufen.', en: 'An agreement expired.' },
  ended: { de: 'Eine Vereinbarung wurde beendet.', en: 'An agreement was ended.' },
} as const

/** The line on the question's page. */
export const questionTexts: Record<Exclude<Happening, 'signed'>, { de: string; en: string }> = {
  proposed: { de: 'Eine Vereinbarung liegt den Parteien vor.', en: 'An agreement lies before the parties.' },
  changed: {
    de: 'Die Vereinbarung wurde geändert. Alle unterschreiben neu.',
    en: 'The agreement was changed. All sign again.',
  },
  'in-force': {
    de: 'Alle haben unterschrieben. Die Vereinbarung gilt.',
    en: 'All have signed. The agreement is in force.',
  },
  'ends-soon': { de: 'Die Vereinbarung endet bald.', en: 'The agreement ends soon.' },
  withdrawn: {
    de: 'Die Vereinbarung wurde zurückgezogen. Die Auswertung ist gestoppt.',
    en: 'The agreement was withdrawn. The analysis has stopped.',
  },
  expired: {
    de: 'Die Vereinbarung ist abgelaufen. Die Auswertung ist beendet.',
    en: 'The agreement has expired. The analysis is over.',
  },
  ended: { de: 'Die Vereinbarung ist beendet.', en: 'The agreement has ended.' },
}

const sentences: Record<Happening, { de: string; en: string }> = {
  proposed: {
    de: 'Ihrer Organisation liegt eine Vereinbarung vor. Sie können jede Klausel lesen, besprechen, ändern und am Ende unterschreiben.',
    en: 'An agreement lies before your organisation. You can read, discuss and change each clause, and sign at the end.',
  },
  changed: {
    de: 'Eine Klausel wurde geändert. Frühere Unterschriften gelten nicht mehr. Bitte lesen Sie die neue Fassung.',
    en: 'A clause was changed. Earlier signatures no longer count. Please read the new version.',
  },
  signed: { de: 'Eine Partei hat unterschrieben.', en: 'A party has signed.' },
  'in-force': {
    de: 'Alle haben unterschrieben. Die Vereinbarung gilt, die Auswertung kann beginnen.',
    en: 'All have signed. The agreement is in force and the analysis can begin.',
  },
  'ends-soon': {
    de: 'Die Vereinbarung endet in weniger als zwei Wochen. Danach wird der Schlüssel vernichtet.',
    en: 'The agreement ends in less than two weeks. After that the key is destroyed.',
  },
  withdrawn: {
    de: 'Die Vereinbarung wurde zurückgezogen. Die Auswertung ist sofort gestoppt.',
    en: 'The agreement was withdrawn. The analysis has stopped at once.',
  },
  expired: {
    de: 'Die Vereinbarung ist abgelaufen. Die Auswertung ist beendet.',
    en: 'The agreement has expired. The analysis is over.',
  },
  ended: { de: 'Die Vereinbarung wurde beendet.', en: 'The agreement was ended.' },
}

const subjects: Record<Happening, string> = {
  proposed: 'Vereinbarung liegt vor',
  changed: 'Vereinbarung geändert',
  signed: 'Neue Unterschrift',
  'in-force': 'Vereinbarung gilt',
  'ends-soon': 'Vereinbarung endet bald',
  withdrawn: 'Vereinbarung zurückgezogen',
  expired: 'Vereinbarung abgelaufen',
  ended: 'Vereinbarung beendet',
}

/** A mail about an agreement, German first and English below: a party's members may read either. */
export function mailTexts(
  what: Happening,
  agreement: Agreement,
  href: string,
): { subject: string; text: string } {
  const until = { de: readableDay(agreement.validUntil, 'de'), en: readableDay(agreement.validUntil, 'en') }
  const reason = agreement.endReason && what === 'withdrawn' ? `\n\n${agreement.endReason}` : ''
  const german = `Vereinbarung: ${agreement.title}\n\n${sentences[what].de}${reason}\nLaufzeit bis ${until.de}.\n\n${href}`
  const english = `Agreement: ${agreement.title}\n\n${sentences[what].en}\nTerm until ${until.en}.\n\n${href.replace('/cooperation/', '/en/cooperation/')}`
  return { subject: `${subjects[what]}: ${agreement.title}`, text: `${german}\n\n---\n\n${english}\n` }
}
