import { defineMessages } from '../../platform/i18n.ts'

/** Texts for those who stand before a locked room: what it is, who may enter, what everybody may read. */
export const messages = defineMessages({
  de: {
    workspaceLead:
      'Dieser Raum ist verschlossen. Hinein kommt nur, wer für eine beteiligte Stelle arbeitet. Was hier geschieht, steht im Transparenzregister.',
    releaseTitle: 'Eine Tabelle wartet auf die Freigabe',
    releaseLead: (p: { names: string }) =>
      `Noch ist die Tabelle nicht öffentlich. Zuerst prüft sie, wessen Daten darin stecken: ${p.names}.`,
    rejectedTitle: 'Diese Tabelle wurde nicht freigegeben',
    rejectedLead: 'Sie bleibt im Raum. Warum, lesen nur die Beteiligten.',
    state: 'Stand',
    open: (p: { until: string }) => `offen bis ${p.until}`,
    paused: 'ruht, solange die Vereinbarung nicht gilt',
    closed: 'geschlossen',
    closedOn: (p: { when: string }) => `geschlossen seit ${p.when}`,
    parties: 'Beteiligt',
    rules: 'Regeln',
    agreement: 'Vereinbarung lesen',
    question: 'Zur Frage',
    register: 'Im Transparenzregister nachlesen',
    signIn: 'Sie gehören zu den Beteiligten? Dann melden Sie sich an.',
    signInButton: 'Anmelden',
    released: 'Freigegebene Tabellen',
    nothing: 'Noch hat keine Tabelle diesen Raum verlassen.',
  },
  en: {
    workspaceLead:
      'This workspace is locked. Only people who work for one of the parties may enter. What happens here stands in the transparency register.',
    releaseTitle: 'A table is waiting for its release',
    releaseLead: (p) =>
      `The table is not public yet. Those whose data it contains check it first: ${p.names}.`,
    rejectedTitle: 'This table was not released',
    rejectedLead: 'It stays in the workspace. Only the parties read why.',
    state: 'State',
    open: (p) => `open until ${p.until}`,
    paused: 'paused while the agreement is not in force',
    closed: 'closed',
    closedOn: (p) => `closed since ${p.when}`,
    parties: 'Parties',
    rules: 'Rules',
    agreement: 'Read the agreement',
    question: 'To the question',
    register: 'Read it in the transparency register',
    signIn: 'Do you belong to the parties? Then sign in.',
    signInButton: 'Sign in',
    released: 'Released tables',
    nothing: 'No table has left this workspace yet.',
  },
})
