import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the page about interfaces. */
export const messages = defineMessages({
  de: {
    title: 'Schnittstellen',
    lead: 'Alles, was diese Seiten zeigen, gibt es auch für Maschinen. Ohne Anmeldung lesen Sie, was öffentlich ist.',
    feeds: 'Verzeichnis und Feeds',
    catalogue: 'Der ganze Katalog nach DCAT-AP.de 3.0, als Turtle, RDF/XML oder JSON-LD',
    dataset:
      'Jeder Datensatz unter seiner eigenen Adresse, das Format nach dem Kopf „Accept“ oder der Endung',
    register: 'Das Transparenzregister als JSON oder CSV',
    rest: 'REST',
    restLead:
      'Fehler kommen als „application/problem+json“ (RFC 9457) mit Titel, Erklärung und, wo es einen gibt, dem nächsten Schritt.',
    openapi: 'Beschreibung nach OpenAPI 3.1 laden',
    method: 'Aufruf',
    does: 'Was er tut',
    room: 'Bereich',
    caption: (p: { room: string }) => `Aufrufe im Bereich ${p.room}`,
  },
  en: {
    title: 'Interfaces',
    lead: 'Everything these pages show is there for machines too. Without signing in you read what is public.',
    feeds: 'Catalogue and feeds',
    catalogue: 'The whole catalogue in DCAT-AP.de 3.0, as Turtle, RDF/XML or JSON-LD',
    dataset: 'Each dataset at its own address, the format by the “Accept” header or the ending',
    register: 'The transparency register as JSON or CSV',
    rest: 'REST',
    restLead:
      'Errors come as “application/problem+json” (RFC 9457) with title, explanation and, where there is one, the next step.',
    openapi: 'Load the OpenAPI 3.1 description',
    method: 'Call',
    does: 'What it does',
    room: 'Room',
    caption: (p) => `Calls in the room ${p.room}`,
  },
})
