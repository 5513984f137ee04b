/** What stands in a mail: the room's title, the address to go to, and what it is about. */
export type Words = {
  title: string
  url: string
  /** What the table is for, in the words of the person who asked. */
  context?: string
  /** Name of a table of the room, and the number of its state. */
  table?: string
  number?: number
}

/** The mails of this room. */
export type MailName =
  'requested' | 'changes' | 'approved' | 'rejected' | 'snapshot' | 'table-ready' | 'closed'

type Text = { subject: string; text: string }
type Mails = Record<MailName, (words: Words) => Text>

const quoted = (context: string | undefined, [open, close]: readonly [string, string]) =>
  context ? `\n\n${open}${context}${close}` : ''
const german = ['Wofür: „', '“'] as const
const english = ['What for: “', '”'] as const

const de: Mails = {
  requested: ({ title, url, context }) => ({
    subject: `Bitte prüfen: eine Tabelle soll „${title}“ verlassen`,
    text: `Guten Tag,\n\nim Arbeitsraum „${title}“ wurde die Freigabe einer geschützten Tabelle beantragt. In ihr stecken Daten Ihrer Organisation, deshalb entscheiden Sie mit.${quoted(context, german)}\n\nVorprüfung, Tabelle und Entscheidung:\n${url}\n\nBis Sie entschieden haben, verlässt nichts den Raum.`,
  }),
  approved: ({ title, url, context }) => ({
    subject: `Freigegeben: Tabelle aus „${title}“`,
    text: `Guten Tag,\n\nalle betroffenen Datenhalter haben zugestimmt. Die Tabelle darf jetzt außerhalb des Raums verwendet werden.${quoted(context, german)}\n\nTabelle, Prüfsummen und Dateien:\n${url}`,
  }),
  changes: ({ title, url, context }) => ({
    subject: `Bitte ändern: Freigabe aus „${title}“`,
    text: `Guten Tag,\n\nein Datenhalter bittet um eine Änderung, bevor die Tabelle den Raum verlässt.${quoted(context, german)}\n\nWas er braucht, und wie Sie den Antrag wieder einreichen:\n${url}`,
  }),
  rejected: ({ title, url, context }) => ({
    subject: `Nicht freigegeben: Tabelle aus „${title}“`,
    text: `Guten Tag,\n\ndie Tabelle verlässt den Raum nicht.${quoted(context, german)}\n\nDie Begründung steht hier:\n${url}\n\nSie können anders fragen und die Freigabe neu beantragen.`,
  }),
  snapshot: ({ title, url, table, number }) => ({
    subject: `Neuer Stand der Tabelle „${table}“ in „${title}“`,
    text: `Guten Tag,\n\nim Arbeitsraum „${title}“ steht die Tabelle „${table}“ jetzt auf Stand ${number}. Neue Abfragen rechnen damit; frühere Antworten bleiben, wie sie sind, und gelten für den früheren Stand.\n\n${url}`,
  }),
  'table-ready': ({ title, url, table }) => ({
    subject: `Bereit zum Fragen: Tabelle „${table}“ in „${title}“`,
    text: `Guten Tag,\n\nim Arbeitsraum „${title}“ hat der Datenhalter festgelegt, was mit der Tabelle „${table}“ gefragt werden darf. Sie können jetzt fragen:\n${url}`,
  }),
  closed: ({ title, url }) => ({
    subject: `Geschlossen: Arbeitsraum „${title}“`,
    text: `Guten Tag,\n\ndie Vereinbarung gilt nicht mehr. Der Arbeitsraum „${title}“ ist geschlossen, der Schlüssel zu den Daten vernichtet: Niemand kann sie dort mehr lesen. Offene Anträge sind beendet, freigegebene Tabellen bleiben.\n\nWas im Raum geschah, steht hier:\n${url}`,
  }),
}

const en: Mails = {
  requested: ({ title, url, context }) => ({
    subject: `Please check: a table shall leave “${title}”`,
    text: `Hello,\n\nthe release of a protected table was requested in the workspace “${title}”. It holds data of your organisation, so you decide with the others.${quoted(context, english)}\n\nChecks, table and decision:\n${url}\n\nUntil you have decided, nothing leaves the workspace.`,
  }),
  approved: ({ title, url, context }) => ({
    subject: `Released: table from “${title}”`,
    text: `Hello,\n\nall holders concerned have agreed. The table may now be used outside the workspace.${quoted(context, english)}\n\nTable, checksums and files:\n${url}`,
  }),
  changes: ({ title, url, context }) => ({
    subject: `Please change: release from “${title}”`,
    text: `Hello,\n\na holder asks for a change before the table leaves the workspace.${quoted(context, english)}\n\nWhat is needed, and how to send the request again:\n${url}`,
  }),
  rejected: ({ title, url, context }) => ({
    subject: `Not released: table from “${title}”`,
    text: `Hello,\n\nthe table does not leave the workspace.${quoted(context, english)}\n\nThe reason stands here:\n${url}\n\nYou can ask differently and request the release again.`,
  }),
  snapshot: ({ title, url, table, number }) => ({
    subject: `New snapshot of the table “${table}” in “${title}”`,
    text: `Hello,\n\nin the workspace “${title}” the table “${table}” is now at snapshot ${number}. New questions are computed with it; earlier answers stay as they are and hold for the earlier snapshot.\n\n${url}`,
  }),
  'table-ready': ({ title, url, table }) => ({
    subject: `Ready to be asked: table “${table}” in “${title}”`,
    text: `Hello,\n\nin the workspace “${title}” the holder has settled what may be asked of the table “${table}”. You can ask now:\n${url}`,
  }),
  closed: ({ title, url }) => ({
    subject: `Closed: workspace “${title}”`,
    text: `Hello,\n\nthe agreement is no longer in force. The workspace “${title}” is closed and the key to the data destroyed: nobody can read them there any more. Open requests have ended, released tables stay.\n\nWhat happened in the workspace stands here:\n${url}`,
  }),
}

/** Mails to reviewers, holders and analysts, per language of the person who reads. */
export const mails = { de, en }
