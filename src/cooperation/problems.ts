import { defineProblems } from '../platform/problem.ts'

const toAgreement = (id: string) => ({
  de: { label: 'Zur Vereinbarung', href: `/cooperation/agreements/${id}` },
  en: { label: 'Go to the agreement', href: `/cooperation/agreements/${id}` },
})

/** The room's named refusals. */
export const problems = defineProblems('cooperation', {
  notFound: () => ({
    status: 404,
    de: {
      title: 'Diese Vereinbarung gibt es nicht',
      detail: 'Die Adresse stimmt nicht, oder es ist ein Entwurf, den nur die Beteiligten lesen.',
      next: { label: 'Alle Vereinbarungen', href: '/cooperation' },
    },
    en: {
      title: 'There is no such agreement',
      detail: 'The address is wrong, or it is a draft that only those involved can read.',
      next: { label: 'All agreements', href: '/cooperation' },
    },
  }),
  unknownParty: () => ({
    status: 422,
    de: {
      title: 'Eine Organisation fehlt',
      detail: 'Eine der Parteien ist hier nicht eingetragen. Bitte wählen Sie aus der Liste.',
    },
    en: {
      title: 'An organisation is missing',
      detail: 'One of the parties is not registered here. Please choose from the list.',
    },
  }),
  unknownData: () => ({
    status: 422,
    de: {
      title: 'Ein Datensatz fehlt',
      detail: 'Mindestens einer der gewählten Datensätze ist für Sie nicht sichtbar oder wurde gelöscht.',
    },
    en: {
      title: 'A dataset is missing',
      detail: 'At least one of the chosen datasets is not visible to you or was removed.',
    },
  }),
  entryWithoutHolder: (p: { title: string }) => ({
    status: 422,
    de: {
      title: 'Der Datenhalter fehlt unter den Parteien',
      detail: `Wer die Daten „${p.title}“ führt, muss die Vereinbarung unterschreiben. Nehmen Sie die Organisation als Datenhalter auf oder lassen Sie die Daten weg.`,
    },
    en: {
      title: 'The data holder is missing among the parties',
      detail: `Those who keep the data “${p.title}” have to sign. Add the organisation as data holder or leave the data out.`,
    },
  }),
  notPossible: (p: { id: string; state: string }) => {
    const words = stateWords[p.state] ?? { de: p.state, en: p.state }
    return {
      status: 409,
      de: {
        title: 'Das geht jetzt nicht',
        detail: `Die Vereinbarung ist ${words.de}. Dieser Schritt passt nicht dazu.`,
        next: toAgreement(p.id).de,
      },
      en: {
        title: 'This is not possible now',
        detail: `The agreement is ${words.en}. This step does not fit.`,
        next: toAgreement(p.id).en,
      },
    }
  },
  alreadySigned: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Schon unterschrieben',
      detail: 'Ihre Organisation hat diese Fassung bereits unterschrieben. Es fehlt nichts.',
      next: toAgreement(p.id).de,
    },
    en: {
      title: 'Already signed',
      detail: 'Your organisation has already signed this version. Nothing is missing.',
      next: toAgreement(p.id).en,
    },
  }),
  textChanged: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Der Text hat sich geändert',
      detail:
        'Während Sie gelesen haben, wurde eine Klausel geändert. Bitte lesen Sie die neue Fassung. Unterschrieben ist noch nichts.',
      next: { label: 'Änderungen ansehen', href: `/cooperation/agreements/${p.id}/diff` },
    },
    en: {
      title: 'The text has changed',
      detail:
        'A clause was changed while you were reading. Please read the new version. Nothing has been signed yet.',
      next: { label: 'See the changes', href: `/cooperation/agreements/${p.id}/diff` },
    },
  }),
  notAParty: (p: { id: string }) => ({
    status: 403,
    de: {
      title: 'Diese Organisation gehört nicht dazu',
      detail: 'Unterschreiben können nur die Parteien der Vereinbarung.',
      next: toAgreement(p.id).de,
    },
    en: {
      title: 'This organisation is not a party',
      detail: 'Only the parties to the agreement can sign.',
      next: toAgreement(p.id).en,
    },
  }),
  placeholderLost: (p: { names: string }) => ({
    status: 422,
    de: {
      title: 'Ein Platzhalter fehlt',
      detail: `Bitte lassen Sie ${p.names} im Rechtstext stehen. An dieser Stelle steht der Wert, den auch die Technik durchsetzt.`,
    },
    en: {
      title: 'A placeholder is missing',
      detail: `Please keep ${p.names} in the legal text. It stands for the value that the software enforces as well.`,
    },
  }),
  badTerm: () => ({
    status: 422,
    de: {
      title: 'Das Ende liegt vor dem Anfang',
      detail: 'Bitte wählen Sie einen letzten Tag, der nicht vor dem ersten liegt.',
    },
    en: {
      title: 'The end is before the start',
      detail: 'Please choose a last day that is not before the first one.',
    },
  }),
  nothingChanged: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Es hat sich nichts geändert',
      detail: 'Der Text ist derselbe wie zuvor. Alle Unterschriften gelten weiter.',
      next: toAgreement(p.id).de,
    },
    en: {
      title: 'Nothing has changed',
      detail: 'The text is the same as before. All signatures remain valid.',
      next: toAgreement(p.id).en,
    },
  }),
  notInForce: (p: { id: string; why: 'open' | 'early' | 'late' | 'over' }) => ({
    status: 403,
    de: {
      title: 'Die Vereinbarung gilt nicht',
      detail: `${notInForceWords[p.why].de} Deshalb ist die Auswertung gesperrt.`,
      next: toAgreement(p.id).de,
    },
    en: {
      title: 'The agreement is not in force',
      detail: `${notInForceWords[p.why].en} That is why the analysis is locked.`,
      next: toAgreement(p.id).en,
    },
  }),
})

const stateWords: Record<string, { de: string; en: string }> = {
  draft: { de: 'noch ein Entwurf', en: 'still a draft' },
  proposed: {
    de: 'vorgeschlagen und noch nicht von allen unterschrieben',
    en: 'proposed and not yet signed by all',
  },
  signed: { de: 'von allen unterschrieben', en: 'signed by all' },
  withdrawn: { de: 'zurückgezogen', en: 'withdrawn' },
  expired: { de: 'abgelaufen', en: 'expired' },
  ended: { de: 'beendet', en: 'ended' },
}

const notInForceWords = {
  open: { de: 'Es fehlen noch Unterschriften.', en: 'Signatures are still missing.' },
  early: {
    de: 'Der erste Tag der Laufzeit ist noch nicht erreicht.',
    en: 'The first day of the term has not come yet.',
  },
  late: { de: 'Die Laufzeit ist vorbei.', en: 'The term is over.' },
  over: { de: 'Sie wurde zurückgezogen oder beendet.', en: 'It was withdrawn or ended.' },
} as const
