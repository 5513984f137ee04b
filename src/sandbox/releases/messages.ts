import { defineMessages } from '../../platform/i18n.ts'
import type { Check } from '../model.ts'

type Figures = Check['figures']

const isZero = (figure: string | number | undefined) => Number(figure) === 0

/** Texts of requests, checks and decisions. */
export const messages = defineMessages({
  de: {
    title: 'Freigaben',
    lead: 'Was die Sandbox verlassen hat, und was noch geprüft wird.',
    toDecide: 'Zu prüfen',
    nothingToDecide: 'Es wartet keine Freigabe auf Sie.',
    released: 'Freigegeben',
    inProgress: 'Beantragt oder abgelehnt',
    none: 'Noch hat keine Tabelle die Sandbox verlassen.',
    noneHint: 'Freigegebene Tabellen stehen hier für alle zum Nachlesen.',
    open: 'Ansehen und entscheiden',
    see: 'Ansehen',
    table: 'Tabelle',
    state: { requested: 'wird geprüft', approved: 'freigegeben', rejected: 'abgelehnt' },
    from: (p: { room: string }) => `aus „${p.room}“`,
    figures: (p: { shown: string; hidden: string }) =>
      p.hidden ? `${p.shown} Zahlen gezeigt, ${p.hidden} geschützt.` : `${p.shown} Zahlen gezeigt.`,
    excerpt: (p: { shown: string; rows: string }) => `Ausschnitt, ${p.shown} von ${p.rows} Zeilen`,
    requestTitle: 'Freigabe beantragen',
    requestLead: 'Erst nach der Freigabe dürfen Sie diese Tabelle außerhalb des Raums verwenden.',
    context: 'Wofür brauchen Sie die Tabelle?',
    contextHint: 'Ein bis zwei Sätze. Sie stehen öffentlich bei der Freigabe.',
    request: 'Freigabe beantragen',
    again: 'Noch einmal beantragen',
    checks: 'Vorprüfung',
    checksPassed: 'Vorprüfung bestanden',
    checksReview: 'Vorprüfung: bitte ansehen',
    thenDecide: (p: { names: string }) => `Danach entscheidet: ${p.names}.`,
    notAffected: (p: { names: string }) => `Nicht betroffen: ${p.names}.`,
    alreadyOpen: 'Diese Tabelle ist schon beantragt.',
    alreadyReleased: 'Diese Tabelle ist freigegeben.',
    toRelease: 'Zur Freigabe',
    decideTitle: (p: { name: string }) => `Entscheidung: ${p.name}`,
    decideLead: 'Ihre Entscheidung gilt für diese Tabelle und lässt sich nicht zurücknehmen.',
    approve: 'Freigeben',
    reject: 'Ablehnen mit Begründung',
    reason: 'Begründung',
    reasonHint: 'Bei einer Ablehnung nötig. Sie steht öffentlich bei der Freigabe.',
    decisions: 'Entscheidungen',
    waitingFor: 'noch offen',
    approved: 'zugestimmt',
    rejected: 'abgelehnt',
    pack: 'Was freigegeben wurde',
    packAsked: 'Was freigegeben werden soll',
    packLead:
      'Abfrage, Schutz und Entscheidungen liegen als Paket fest. Eine Änderung wäre an der Prüfsumme zu sehen.',
    sql: 'Abfrage',
    planHash: 'Plan',
    resultHash: 'Prüfsumme der Tabelle',
    packageHash: 'Prüfsumme des Pakets',
    preset: 'Schutzstufe',
    why: 'Wofür',
    onlyStatus:
      'Sie sehen den Stand. Die Tabelle sehen nur die, die auswerten, und die, deren Daten darin stecken.',
    register: 'Im Transparenzregister',
    four: 'Sie haben diese Freigabe beantragt. Entscheiden muss eine andere Person.',
    check: {
      threshold: (f: Figures) => `Jede gezeigte Zahl steht für mindestens ${f['units']} Einheiten`,
      differencing: (f: Figures) =>
        isZero(f['releases']) || isZero(f['fresh'])
          ? 'Keine Rückrechnung mit früheren Freigaben gefunden'
          : `${f['fresh']} Zahlen sind neu neben früheren Freigaben (${f['releases']}) aus denselben Tabellen: bitte zusammen ansehen`,
      columns: () => 'Alle Tabellen sind von der Vereinbarung gedeckt',
      budget: (f: Figures) =>
        `Das Budget des Raums ist eingehalten (${f['spent']} von ${f['budget']} Zellen)`,
      context: () => 'Der Zweck ist beschrieben',
      size: (f: Figures) =>
        `Die Tabelle ist klein genug zum Durchsehen (${f['rows']} von höchstens ${f['limit']} Zeilen)`,
    },
    failed: {
      threshold: 'Es gibt Zahlen für zu wenige Einheiten.',
      differencing: 'Mit früheren Freigaben ließe sich zurückrechnen.',
      columns: 'Eine der Tabellen ist von der Vereinbarung nicht gedeckt.',
      budget: 'Das Budget des Raums ist überschritten.',
      context: 'Es fehlt, wofür die Tabelle gebraucht wird.',
      size: 'Die Tabelle hat zu viele Zeilen oder zeigt keine einzige Zahl.',
    },
  },
  en: {
    title: 'Releases',
    lead: 'What has left the sandbox, and what is still being checked.',
    toDecide: 'To check',
    nothingToDecide: 'No release is waiting for you.',
    released: 'Released',
    inProgress: 'Requested or rejected',
    none: 'No table has left the sandbox yet.',
    noneHint: 'Released tables stand here for everybody to read.',
    open: 'Look and decide',
    see: 'Look',
    table: 'Table',
    state: { requested: 'being checked', approved: 'released', rejected: 'rejected' },
    from: (p: { room: string }) => `from “${p.room}”`,
    figures: (p: { shown: string; hidden: string }) =>
      p.hidden ? `${p.shown} figures shown, ${p.hidden} protected.` : `${p.shown} figures shown.`,
    excerpt: (p: { shown: string; rows: string }) => `Excerpt, ${p.shown} of ${p.rows} rows`,
    requestTitle: 'Request the release',
    requestLead: 'Only after the release may you use this table outside the workspace.',
    context: 'What do you need the table for?',
    contextHint: 'One or two sentences. They stand publicly with the release.',
    request: 'Request the release',
    again: 'Request again',
    checks: 'Automatic checks',
    checksPassed: 'Checks passed',
    checksReview: 'Checks: please look',
    thenDecide: (p: { names: string }) => `Then decides: ${p.names}.`,
    notAffected: (p: { names: string }) => `Not concerned: ${p.names}.`,
    alreadyOpen: 'This table has been requested.',
    alreadyReleased: 'This table is released.',
    toRelease: 'To the release',
    decideTitle: (p: { name: string }) => `Decision: ${p.name}`,
    decideLead: 'Your decision holds for this table and cannot be taken back.',
    approve: 'Release',
    reject: 'Reject with a reason',
    reason: 'Reason',
    reasonHint: 'Needed for a rejection. It stands publicly with the release.',
    decisions: 'Decisions',
    waitingFor: 'still open',
    approved: 'agreed',
    rejected: 'rejected',
    pack: 'What was released',
    packAsked: 'What is to be released',
    packLead:
      'Question, protection and decisions are fixed as one package. A change would show in the checksum.',
    sql: 'Question',
    planHash: 'Plan',
    resultHash: 'Checksum of the table',
    packageHash: 'Checksum of the package',
    preset: 'Level of protection',
    why: 'What for',
    onlyStatus:
      'You see the state. The table is seen only by those who analyse and those whose data are in it.',
    register: 'In the transparency register',
    four: 'You requested this release. Another person has to decide.',
    check: {
      threshold: (f: Figures) => `Each figure shown stands for at least ${f['units']} units`,
      differencing: (f: Figures) =>
        isZero(f['releases']) || isZero(f['fresh'])
          ? 'No recalculation with earlier releases found'
          : `${f['fresh']} figures are new beside earlier releases (${f['releases']}) from the same tables: please look at them together`,
      columns: () => 'All tables are covered by the agreement',
      budget: (f: Figures) => `The budget of the workspace is kept (${f['spent']} of ${f['budget']} cells)`,
      context: () => 'The purpose is described',
      size: (f: Figures) =>
        `The table is small enough to look through (${f['rows']} of at most ${f['limit']} rows)`,
    },
    failed: {
      threshold: 'There are figures for too few units.',
      differencing: 'Earlier releases would allow to calculate back.',
      columns: 'One of the tables is not covered by the agreement.',
      budget: 'The budget of the workspace is exceeded.',
      context: 'It is not said what the table is needed for.',
      size: 'The table has too many rows or shows not a single figure.',
    },
  },
})

/** The failed checks as one text per language. */
export function failedChecks(checks: readonly Pick<Check, 'id'>[]): { de: string; en: string } {
  return {
    de: checks.map((c) => messages.de.failed[c.id]).join(' '),
    en: checks.map((c) => messages.en.failed[c.id]).join(' '),
  }
}
