import { counted, defineMessages } from '../../platform/i18n.ts'

/** Texts of dropping a file and of uploading a list. */
export const messages = defineMessages({
  de: {
    dropTitle: 'Datei beschreiben lassen',
    dropLead:
      'Sie geben eine Datei, wir lesen sie und schlagen eine Beschreibung vor: Titel, Zeitraum, Ort und was die Spalten bedeuten. Sie prüfen und bestätigen.',
    file: 'Datei',
    fileHint: 'CSV, XLSX, GeoJSON, JSON oder Parquet.',
    house: 'Für welches Haus',
    publish: 'Die Datei selbst darf jeder herunterladen',
    publishHint: 'Ohne diesen Haken lesen wir sie nur und behalten sie nicht.',
    describe: 'Beschreibung vorschlagen',
    checkTitle: 'Stimmt die Beschreibung?',
    checkLead: (p: { name: string }) => `Aus ${p.name} gelesen. Noch ist nichts eingetragen.`,
    kept: 'Die Datei liegt bereit und wird mit dem Eintrag ein offener Download.',
    notKept: 'Die Datei haben wir nur gelesen und nicht behalten.',
    noticed: 'Was uns auffiel',
    shown: 'Das steht in der Datei',
    listTitle: 'Liste hochladen',
    listLead:
      'Ein Verzeichnis Ihrer Daten als Tabelle, eine Zeile je Datensatz. Sie sehen zuerst, was wir verstanden haben.',
    list: 'Liste',
    listHint:
      'CSV oder XLSX mit den Spalten der Vorlage. Andere Überschriften erkennen wir, wenn sie ähnlich heißen.',
    template: 'Vorlage herunterladen',
    read: 'Liste lesen',
    foundTitle: 'Das haben wir verstanden',
    foundLead: (p: { name: string; n: string }) =>
      `${counted(p.n, 'Zeile', 'Zeilen')} aus ${p.name}. Noch ist nichts eingetragen.`,
    row: 'Zeile',
    title: 'Titel',
    access: 'Zugang',
    state: 'Was geschieht',
    states: { new: 'wird eingetragen', known: 'gibt es schon, bleibt', skipped: 'ohne Titel, bleibt weg' },
    remarks: 'Bemerkungen',
    take: (p: { n: string }) => `${counted(p.n, 'Eintrag', 'Einträge')} übernehmen`,
    nothingNew: 'Alle Einträge dieser Liste gibt es schon.',
    publicNote:
      'Titel, Beschreibung, Thema, Raumbezug und Zugang werden öffentlich. Ablageort, Ansprechperson, Fachverfahren und Bemerkungen sieht nur Ihr Haus.',
    shownRows: (p: { n: string }) => `Gezeigt sind die ersten ${p.n} Zeilen.`,
    back: 'Andere Datei wählen',
  },
  en: {
    dropTitle: 'Have a file described',
    dropLead:
      'You give a file, we read it and propose a description: title, period, place and what the columns mean. You check and confirm.',
    file: 'File',
    fileHint: 'CSV, XLSX, GeoJSON, JSON or Parquet.',
    house: 'For which house',
    publish: 'Everyone may download the file itself',
    publishHint: 'Without this tick we only read it and do not keep it.',
    describe: 'Propose a description',
    checkTitle: 'Is the description right?',
    checkLead: (p: { name: string }) => `Read from ${p.name}. Nothing is added yet.`,
    kept: 'The file is ready and becomes an open download with the entry.',
    notKept: 'We only read the file and did not keep it.',
    noticed: 'What we noticed',
    shown: 'What the file holds',
    listTitle: 'Upload a list',
    listLead: 'An inventory of your data as a table, one row per dataset. You first see what we understood.',
    list: 'List',
    listHint:
      'CSV or XLSX with the columns of the template. We recognise other headings if they are similar.',
    template: 'Download the template',
    read: 'Read the list',
    foundTitle: 'What we understood',
    foundLead: (p: { name: string; n: string }) =>
      `${counted(p.n, 'row', 'rows')} from ${p.name}. Nothing is added yet.`,
    row: 'Row',
    title: 'Title',
    access: 'Access',
    state: 'What happens',
    states: { new: 'is added', known: 'exists, stays', skipped: 'no title, left out' },
    remarks: 'Remarks',
    take: (p: { n: string }) => `Take over ${counted(p.n, 'entry', 'entries')}`,
    nothingNew: 'All entries of this list exist already.',
    publicNote:
      'Title, description, topic, spatial reference and access become public. Where the data lie, contact person, system and remarks are seen only by your house.',
    shownRows: (p: { n: string }) => `The first ${p.n} rows are shown.`,
    back: 'Choose another file',
  },
})
