type About = { title: string; url: string }
type Text = { subject: string; text: string }
type Mails = Record<'requested' | 'changes' | 'approved' | 'rejected', (about: About) => Text>

const de: Mails = {
  requested: ({ title, url }) => ({
    subject: `Bitte prüfen: eine Tabelle soll „${title}“ verlassen`,
    text: `Guten Tag,\n\nim Arbeitsraum „${title}“ wurde die Freigabe einer geschützten Tabelle beantragt. In ihr stecken Daten Ihrer Organisation, deshalb entscheiden Sie mit.\n\nVorprüfung, Tabelle und Entscheidung:\n${url}\n\nBis Sie entschieden haben, verlässt nichts den Raum.`,
  }),
  approved: ({ title, url }) => ({
    subject: `Freigegeben: Tabelle aus „${title}“`,
    text: `Guten Tag,\n\nalle betroffenen Datenhalter haben zugestimmt. Die Tabelle darf jetzt außerhalb des Raums verwendet werden:\n${url}`,
  }),
  changes: ({ title, url }) => ({
    subject: `Bitte ändern: Freigabe aus „${title}“`,
    text: `Guten Tag,\n\nein Datenhalter bittet um eine Änderung, bevor die Tabelle den Raum verlässt. Was er braucht, und wie Sie den Antrag wieder einreichen:\n${url}`,
  }),
  rejected: ({ title, url }) => ({
    subject: `Nicht freigegeben: Tabelle aus „${title}“`,
    text: `Guten Tag,\n\ndie Tabelle verlässt den Raum nicht. Die Begründung steht hier:\n${url}\n\nSie können anders fragen und die Freigabe neu beantragen.`,
  }),
}

const en: Mails = {
  requested: ({ title, url }) => ({
    subject: `Please check: a table shall leave “${title}”`,
    text: `Hello,\n\nthe release of a protected table was requested in the workspace “${title}”. It holds data of your organisation, so you decide with the others.\n\nChecks, table and decision:\n${url}\n\nUntil you have decided, nothing leaves the workspace.`,
  }),
  approved: ({ title, url }) => ({
    subject: `Released: table from “${title}”`,
    text: `Hello,\n\nall holders concerned have agreed. The table may now be used outside the workspace:\n${url}`,
  }),
  changes: ({ title, url }) => ({
    subject: `Please change: release from “${title}”`,
    text: `Hello,\n\na holder asks for a change before the table leaves the workspace. What is needed, and how to send the request again:\n${url}`,
  }),
  rejected: ({ title, url }) => ({
    subject: `Not released: table from “${title}”`,
    text: `Hello,\n\nthe table does not leave the workspace. The reason stands here:\n${url}\n\nYou can ask differently and request the release again.`,
  }),
}

/** Mails to reviewers and analysts, per language. */
export const mails = { de, en }

type Renewed = { title: string; table: string; number: number; url: string }

/** To analysts: a table has another snapshot from now on. */
export const snapshotMail = {
  de: ({ title, table, number, url }: Renewed): Text => ({
    subject: `Neuer Stand der Tabelle „${table}“ in „${title}“`,
    text: `Guten Tag,\n\nim Arbeitsraum „${title}“ steht die Tabelle „${table}“ jetzt auf Stand ${number}. Neue Abfragen rechnen damit; frühere Antworten bleiben, wie sie sind, und gelten für den früheren Stand.\n\n${url}`,
  }),
  en: ({ title, table, number, url }: Renewed): Text => ({
    subject: `New snapshot of the table “${table}” in “${title}”`,
    text: `Hello,\n\nin the workspace “${title}” the table “${table}” is now at snapshot ${number}. New questions are computed with it; earlier answers stay as they are and hold for the earlier snapshot.\n\n${url}`,
  }),
}
