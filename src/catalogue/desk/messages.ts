import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the catalogue's parts of the desk. */
export const messages = defineMessages({
  de: {
    mine: 'Unsere Daten',
    all: (p: { n: string }) => `Alle ${p.n}`,
    dataset: 'Datensatz',
    access: 'Zugang',
    asOf: 'Stand',
    quality: 'Qualität',
    questions: 'Fragen',
    none: 'Ihr Haus hat noch nichts eingetragen.',
    noneText: 'Der schnellste Anfang ist eine Datei: Wir lesen sie und schlagen die Beschreibung vor.',
    drop: 'Datei beschreiben lassen',
    overdue: 'überfällig',
    benefitSmall: 'Was unsere Daten bewirken',
    benefit: (p: { n: string; one: boolean }) =>
      p.one ? '1 Frage braucht unsere Daten' : `${p.n} Fragen brauchen unsere Daten`,
    answered: 'Davon beantwortet',
    entries: 'Datensätze eingetragen',
    openEntries: 'Davon offen',
    care: 'Braucht Pflege',
    late: (p: { pace: string; when: string }) => `versprochen: ${p.pace}, zuletzt ${p.when}`,
    thin: (p: { n: string }) => `Beschreibung: ${p.n} von 100 Punkten`,
  },
  en: {
    mine: 'Our data',
    all: (p: { n: string }) => `All ${p.n}`,
    dataset: 'Dataset',
    access: 'Access',
    asOf: 'As of',
    quality: 'Quality',
    questions: 'Questions',
    none: 'Your house has not added anything yet.',
    noneText: 'The fastest start is a file: we read it and propose the description.',
    drop: 'Have a file described',
    overdue: 'overdue',
    benefitSmall: 'What our data bring about',
    benefit: (p: { n: string; one: boolean }) =>
      p.one ? '1 question needs our data' : `${p.n} questions need our data`,
    answered: 'Answered of these',
    entries: 'Datasets listed',
    openEntries: 'Open of these',
    care: 'Needs care',
    late: (p: { pace: string; when: string }) => `promised: ${p.pace}, last ${p.when}`,
    thin: (p: { n: string }) => `Description: ${p.n} of 100 points`,
  },
})
