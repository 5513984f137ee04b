import { defineProblems } from '../platform/problem.ts'

/** The room's named refusals. */
export const problems = defineProblems('answers', {
  notFound: () => ({
    status: 404,
    de: {
      title: 'Diese Antwort gibt es nicht',
      detail:
        'Die Adresse stimmt nicht, oder die Antwort ist noch ein Entwurf, den nur die Beteiligten lesen.',
      next: { label: 'Alle Ergebnisse', href: '/answers' },
    },
    en: {
      title: 'There is no such answer',
      detail: 'The address is wrong, or the answer is still a draft that only those involved can read.',
      next: { label: 'All answers', href: '/answers' },
    },
  }),
  notReleased: () => ({
    status: 422,
    de: {
      title: 'Diese Tabelle ist nicht freigegeben',
      detail:
        'In eine Antwort kommen nur Tabellen, die alle betroffenen Halter freigegeben haben. Bitten Sie zuerst um Freigabe.',
      next: { label: 'Zur Sandbox', href: '/sandbox' },
    },
    en: {
      title: 'This table is not released',
      detail:
        'Only tables that all holders concerned have released can be used in an answer. Request the release first.',
      next: { label: 'Go to the sandbox', href: '/sandbox' },
    },
  }),
  otherQuestion: () => ({
    status: 422,
    de: {
      title: 'Diese Tabelle gehört zu einer anderen Frage',
      detail:
        'Die Vereinbarung erlaubt die Daten nur für ihren einen Zweck. Bitte wählen Sie Tabellen dieser Frage.',
    },
    en: {
      title: 'This table belongs to another question',
      detail:
        'The agreement allows the data for its single purpose only. Please choose tables of this question.',
    },
  }),
  unknownColumn: () => ({
    status: 422,
    de: {
      title: 'Diese Spalte gibt es nicht',
      detail:
        'Diagramm und Karte brauchen eine benennende Spalte und eine Zahlenspalte derselben freigegebenen Tabelle.',
    },
    en: {
      title: 'There is no such column',
      detail: 'Chart and map need a naming column and a figure column of the same released table.',
    },
  }),
  mapDoesNotFit: () => ({
    status: 422,
    de: {
      title: 'Karte und Tabelle passen nicht zusammen',
      detail:
        'Weniger als die Hälfte der Zeilen fand eine Fläche mit gleichem Namen oder Schlüssel. Wählen Sie eine andere Karte oder lassen Sie sie weg.',
    },
    en: {
      title: 'Map and table do not fit',
      detail:
        'Less than half of the rows found an area with the same name or key. Choose another map or leave it out.',
    },
  }),
  noMap: () => ({
    status: 422,
    de: {
      title: 'Diese Karte lässt sich nicht lesen',
      detail: 'Der Datensatz ist nicht offen oder hat keine GeoJSON-Datei bis 5 MB.',
    },
    en: {
      title: 'This map cannot be read',
      detail: 'The dataset is not open or has no GeoJSON file of up to 5 MB.',
    },
  }),
  changesMissing: (p: { number: string }) => ({
    status: 422,
    de: {
      title: 'Was hat sich geändert?',
      detail: 'Diese Antwort ist schon öffentlich. Sagen Sie in einem Satz, was die neue Fassung ändert.',
      next: { label: 'Zur Vorschau', href: `/answers/${p.number}/preview` },
    },
    en: {
      title: 'What has changed?',
      detail: 'This answer is public already. Say in one sentence what the new version changes.',
      next: { label: 'Go to the preview', href: `/answers/${p.number}/preview` },
    },
  }),
  nothingNew: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Es gibt nichts Neues',
      detail: 'Die veröffentlichte Fassung ist dieselbe.',
      next: { label: 'Zur Antwort', href: `/answers/${p.number}` },
    },
    en: {
      title: 'There is nothing new',
      detail: 'The published version is the same.',
      next: { label: 'Go to the answer', href: `/answers/${p.number}` },
    },
  }),
  changedMeanwhile: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Der Entwurf hat sich geändert',
      detail: 'Während der Veröffentlichung wurde der Entwurf bearbeitet. Veröffentlicht ist nichts.',
      next: { label: 'Zur Vorschau', href: `/answers/${p.number}/preview` },
    },
    en: {
      title: 'The draft has changed',
      detail: 'The draft was edited during publication. Nothing has been published.',
      next: { label: 'Go to the preview', href: `/answers/${p.number}/preview` },
    },
  }),
  notPublished: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Noch nicht veröffentlicht',
      detail: 'Beschlüsse und Messwerte gehören zu einer veröffentlichten Antwort.',
      next: { label: 'Zur Antwort', href: `/answers/${p.number}` },
    },
    en: {
      title: 'Not published yet',
      detail: 'Decisions and measurements belong to a published answer.',
      next: { label: 'Go to the answer', href: `/answers/${p.number}` },
    },
  }),
})
