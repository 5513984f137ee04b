import { defineMessages } from '../../platform/i18n.ts'

/** Texts about services on the page of an entry. */
export const serviceTexts = defineMessages({
  de: {
    get: 'Binden Sie den Dienst in ein Geoinformationssystem oder ein Programm ein.',
    look: 'Was der Dienst kann',
    title: 'Ein Dienst, kein Datensatz',
    text: 'Programme fragen hier Daten an oder zeichnen Karten daraus:',
    serves: 'Er gibt Zugang zu:',
    servedBy: 'Auch als Dienst',
    fresh: 'Aktualität: wie die Daten dahinter',
    freshText: 'Ein Dienst hat keinen eigenen Stand. Wie aktuell er ist, sagen die Einträge der Daten.',
  },
  en: {
    get: 'Add the service to a geographic information system or a program.',
    look: 'What the service can do',
    title: 'A service, not a dataset',
    text: 'Programs ask for data here or draw maps from them:',
    serves: 'It gives access to:',
    servedBy: 'Also as a service',
    fresh: 'As fresh as the data behind it',
    freshText: 'A service has no state of its own. How fresh it is, the entries of the data say.',
  },
})
