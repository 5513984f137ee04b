import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the preview of a file. */
export const messages = defineMessages({
  de: {
    title: 'Vorschau',
    link: 'Vorschau',
    lead: (p: { title: string }) => `Ein Blick in eine Datei von ${p.title}.`,
    partial: 'Gelesen wurde nur der Anfang der Datei.',
    whole: 'Gelesen wurde die ganze Datei.',
    fetched: (p: { when: string; host: string }) => `Abgerufen am ${p.when} bei ${p.host}.`,
    nothing: 'Diese Datei lässt sich gerade nicht zeigen',
    nothingText: 'Sie können die Datei selbst öffnen oder es später noch einmal versuchen.',
    open: 'Datei öffnen',
    back: 'Zum Datensatz',
    notes: 'Beim Lesen aufgefallen',
  },
  en: {
    title: 'Preview',
    link: 'Preview',
    lead: (p) => `A look into a file of ${p.title}.`,
    partial: 'Only the beginning of the file was read.',
    whole: 'The whole file was read.',
    fetched: (p) => `Fetched on ${p.when} from ${p.host}.`,
    nothing: 'This file cannot be shown right now',
    nothingText: 'You can open the file itself, or try again later.',
    open: 'Open the file',
    back: 'To the dataset',
    notes: 'Noticed while reading',
  },
})
