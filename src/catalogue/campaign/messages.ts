import { counted, defineMessages } from '../../platform/i18n.ts'

type Mail = { title: string; why: string; due: string; link: string; days: number }

/** Mails of a campaign. */
export const mails = defineMessages({
  de: {
    asked: {
      subject: (p: { title: string }) => `Bitte eintragen: ${p.title}`,
      text: (p: Mail) =>
        `Guten Tag,\n\nIhr Haus ist gebeten, bis ${p.due} einzutragen, welche Daten es führt, auch solche, die nicht offen sind.\n\n${p.why}\n\nSo geht es am schnellsten: eine Liste hochladen oder eine Datei ablegen.\n${p.link}\n`,
    },
    reminded: {
      subject: (p: { title: string }) => `Erinnerung: ${p.title}`,
      text: (p: Mail) =>
        `Guten Tag,\n\n${p.days >= 0 ? `bis ${p.due} (noch ${counted(p.days, 'Tag', 'Tage')})` : `seit ${p.due}`} ist die Datenliste Ihres Hauses erbeten. Ist sie vollständig, genügt ein Klick auf der Seite der Kampagne.\n${p.link}\n`,
    },
  },
  en: {
    asked: {
      subject: (p: { title: string }) => `Please list your data: ${p.title}`,
      text: (p: Mail) =>
        `Hello,\n\nyour house is asked to list until ${p.due} what data it keeps, also those that are not open.\n\n${p.why}\n\nThe quickest way: upload a list or drop a file.\n${p.link}\n`,
    },
    reminded: {
      subject: (p: { title: string }) => `Reminder: ${p.title}`,
      text: (p: Mail) =>
        `Hello,\n\nthe list of your house's data is asked for ${p.days >= 0 ? `until ${p.due} (${counted(p.days, 'day', 'days')} left)` : `since ${p.due}`}. If it is complete, one click on the page of the campaign is enough.\n${p.link}\n`,
    },
  },
})

/** Texts of the campaign pages. */
export const messages = defineMessages({
  de: {
    title: 'Dateninventur',
    lead: 'Welche Häuser schon eingetragen haben, welche Daten sie führen. Jede Kampagne bittet sie darum bis zu einem Tag.',
    none: 'Noch keine Kampagne',
    noneText: 'Die Datenlotsin kann hier Häuser bitten, ihre Daten einzutragen.',
    start: 'Kampagne beginnen',
    startLead:
      'Die Häuser bekommen eine E-Mail und sehen die Bitte auf ihrem Schreibtisch. Erinnert wird eine Woche vorher und dann wöchentlich, höchstens fünfmal.',
    name: 'Name',
    nameHint: 'Zum Beispiel „Dateninventur 2027“.',
    why: 'Warum',
    whyHint: 'Steht in der E-Mail und auf der Seite der Kampagne.',
    from: 'Beginn',
    until: 'Bis',
    houses: 'Häuser',
    begin: 'Häuser bitten',
    cancel: 'Abbrechen',
    progress: (p: { complete: string; total: string }) => `${p.complete} von ${p.total} Häusern vollständig`,
    runs: (p: { due: string }) => `läuft bis ${p.due}`,
    ended: (p: { when: string }) => `beendet am ${p.when}`,
    over: (p: { due: string }) => `sollte bis ${p.due} fertig sein`,
    house: 'Haus',
    state: 'Stand',
    entries: 'Einträge',
    added: 'davon neu',
    decided: 'Öffnung entschieden',
    word: 'Anmerkung',
    states: { complete: 'vollständig', begun: 'begonnen', waiting: 'noch nichts Neues' },
    table: 'Stand der Häuser',
    mine: (p: { house: string }) => `Ihr Haus: ${p.house}`,
    mineText:
      'Am schnellsten geht es mit einer Liste, die Sie schon haben. Ist alles eingetragen, sagen Sie es hier.',
    list: 'Liste hochladen',
    drop: 'Datei ablegen',
    form: 'Einzeln eintragen',
    noteField: 'Anmerkung, falls nötig',
    complete: 'Unsere Liste ist vollständig',
    reopen: 'Wir ergänzen noch',
    end: 'Kampagne beenden',
    endQuestion: 'Danach wird niemand mehr erinnert. Der Stand bleibt sichtbar.',
    endConfirm: 'Ja, beenden',
  },
  en: {
    title: 'Data inventory',
    lead: 'Which houses have listed what data they keep. Each campaign asks them to do so by a day.',
    none: 'There is no campaign yet.',
    noneText: 'Data guides can ask houses here to list their data.',
    start: 'Start a campaign',
    startLead:
      'The houses get a mail and see the request on their desk. They are reminded a week before and then weekly, five times at most.',
    name: 'Name',
    nameHint: 'For example “Data inventory 2027”.',
    why: 'Why',
    whyHint: 'Stands in the mail and on the page of the campaign.',
    from: 'From',
    until: 'Until',
    houses: 'Houses',
    begin: 'Ask the houses',
    cancel: 'Cancel',
    progress: (p) => `${p.complete} of ${p.total} houses complete`,
    runs: (p) => `runs until ${p.due}`,
    ended: (p) => `ended on ${p.when}`,
    over: (p) => `was due on ${p.due}`,
    house: 'House',
    state: 'State',
    entries: 'Entries',
    added: 'new among them',
    decided: 'Opening decided',
    word: 'Remark',
    states: { complete: 'complete', begun: 'begun', waiting: 'nothing new yet' },
    table: 'Where the houses stand',
    mine: (p) => `Your house: ${p.house}`,
    mineText: 'A list you already have is the quickest way. Once everything is listed, say so here.',
    list: 'Upload a list',
    drop: 'Drop a file',
    form: 'Add one by one',
    noteField: 'Remark, if needed',
    complete: 'Our list is complete',
    reopen: 'We are still adding',
    end: 'End the campaign',
    endQuestion: 'Nobody will be reminded after that. The progress stays visible.',
    endConfirm: 'Yes, end it',
  },
})
