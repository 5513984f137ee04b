import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the page that says how to ask. */
export const messages = defineMessages({
  de: {
    title: 'So fragen Sie in der Sandbox',
    lead: 'Was geht, was nicht geht, und wie Sie dasselbe anders fragen.',
    ways: 'So wird es gemacht',
    recipes: [
      {
        want: 'Wie viele sind es je Stadtteil?',
        sql: 'SELECT stadtteil, COUNT(*) AS kinder\nFROM kinder\nGROUP BY stadtteil',
      },
      {
        want: 'Nur ein Teil davon',
        sql: 'SELECT stadtteil, COUNT(*) AS kinder\nFROM kinder\nWHERE alter BETWEEN 0 AND 2\nGROUP BY stadtteil',
      },
      {
        want: 'Ein Anteil: erst zählen, dann teilen',
        sql: 'WITH alle AS (\n  SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil\n), teil AS (\n  SELECT stadtteil, COUNT(*) AS n FROM kinder WHERE platz = TRUE GROUP BY stadtteil\n)\nSELECT alle.stadtteil, ROUND(100.0 * teil.n / alle.n) AS anteil\nFROM alle JOIN teil ON alle.stadtteil = teil.stadtteil',
      },
      {
        want: 'Zwei Tabellen verbinden',
        sql: 'SELECT k.stadtteil, w.stufe, COUNT(*) AS kinder\nFROM kinder k JOIN waermekarte w ON k.block = w.block\nGROUP BY k.stadtteil, w.stufe',
      },
      {
        want: 'Nur große Gruppen, der Größe nach',
        sql: 'WITH zellen AS (\n  SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil\n)\nSELECT * FROM zellen WHERE kinder > 100 ORDER BY kinder DESC',
      },
    ],
    groups: {
      writing: 'Schreibweise',
      columns: 'Tabellen und Spalten',
      figures: 'Zahlen und Aufteilungen',
      conditions: 'Bedingungen und Verbindungen',
      limits: 'Grenzen und Budget',
    },
    instead: 'So geht es:',
    guide:
      'Die Rollen der Spalten legen die Datenhalter fest. Was verborgen ist, können sie öffnen: Bitten Sie darum auf der Seite der Vereinbarung.',
    sandbox: 'Zur Sandbox',
  },
  en: {
    title: 'How to ask in the sandbox',
    lead: 'What works, what does not, and how to ask the same differently.',
    ways: 'How it is done',
    recipes: [
      {
        want: 'How many are there in each district?',
        sql: 'SELECT stadtteil, COUNT(*) AS kinder\nFROM kinder\nGROUP BY stadtteil',
      },
      {
        want: 'Only a part of them',
        sql: 'SELECT stadtteil, COUNT(*) AS kinder\nFROM kinder\nWHERE alter BETWEEN 0 AND 2\nGROUP BY stadtteil',
      },
      {
        want: 'A share: count first, then divide',
        sql: 'WITH alle AS (\n  SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil\n), teil AS (\n  SELECT stadtteil, COUNT(*) AS n FROM kinder WHERE platz = TRUE GROUP BY stadtteil\n)\nSELECT alle.stadtteil, ROUND(100.0 * teil.n / alle.n) AS anteil\nFROM alle JOIN teil ON alle.stadtteil = teil.stadtteil',
      },
      {
        want: 'Join two tables',
        sql: 'SELECT k.stadtteil, w.stufe, COUNT(*) AS kinder\nFROM kinder k JOIN waermekarte w ON k.block = w.block\nGROUP BY k.stadtteil, w.stufe',
      },
      {
        want: 'Only large groups, by size',
        sql: 'WITH zellen AS (\n  SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil\n)\nSELECT * FROM zellen WHERE kinder > 100 ORDER BY kinder DESC',
      },
    ],
    groups: {
      writing: 'Writing',
      columns: 'Tables and columns',
      figures: 'Figures and splits',
      conditions: 'Conditions and joins',
      limits: 'Limits and budget',
    },
    instead: 'This works:',
    guide:
      'The roles of columns are settled by the holders. What is hidden they can open: ask for it on the page of the agreement.',
    sandbox: 'To the sandbox',
  },
})
