import { counted, defineMessages } from '../../platform/i18n.ts'
import type { Check } from '../model.ts'

type Figures = Check['figures']
type Outcome = Check['outcome']

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
    table: 'Tabelle',
    tableOf: (p: { when: string }) => `Tabelle, beantragt am ${p.when}`,
    state: {
      requested: 'wird geprüft',
      changes: 'Änderung erbeten',
      approved: 'freigegeben',
      rejected: 'abgelehnt',
      withdrawn: 'zurückgenommen',
    },
    from: (p: { room: string }) => `aus „${p.room}“`,
    figures: (p: { shown: string; hidden: string }) =>
      `${counted(p.shown, 'Zahl', 'Zahlen')} gezeigt${p.hidden ? `, ${p.hidden} geschützt` : ''}.`,
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
    reasonHint: 'Nötig, wenn Sie ablehnen oder um Änderungen bitten. Sie steht bei der Freigabe.',
    askChanges: 'Um Änderung bitten',
    takeBack: 'Zustimmung zurücknehmen',
    takeBackQuestion: 'Solange andere noch entscheiden, können Sie Ihre Zustimmung zurücknehmen.',
    word: {
      approve: 'zugestimmt',
      reject: 'abgelehnt',
      changes: 'bittet um Änderung',
      revoke: 'Zustimmung zurückgenommen',
    },
    byRule: 'durch stehende Regel',
    inRound: (p: { round: number }) => `Fassung ${p.round}`,
    roundsTitle: 'Frühere Fassungen',
    toRevise: 'Zurück an Sie',
    revise: 'Ansehen und ändern',
    reviseTitle: 'Es wurde um Änderung gebeten',
    reviseLead:
      'Ändern Sie, wofür die Tabelle gebraucht wird, oder hängen Sie eine Seite mit Ihren Schritten an. Danach entscheiden alle Betroffenen neu. Soll die Tabelle selbst anders werden, nehmen Sie den Antrag zurück und fragen neu.',
    reviseDo: 'Geändert wieder einreichen',
    withdraw: 'Antrag zurücknehmen',
    withdrawQuestion: 'Der Antrag endet, nichts verlässt den Raum. Sie können neu beantragen.',
    withdrawConfirm: 'Ja, zurücknehmen',
    notebook: 'Seite mit Schritten anhängen',
    notebookHint: 'Sie hilft beim Prüfen. Öffentlich wird sie nicht.',
    noNotebook: 'keine Seite',
    attached: (p: { title: string }) => `Angehängte Seite: ${p.title}`,
    redactTitle: (p: { name: string }) => `Zahlen schwärzen: ${p.name}`,
    redactLead:
      'Angekreuzte Zahlen verlassen den Raum nicht. Sie erscheinen als „geschwärzt“, für die, die gefragt haben, und für alle anderen.',
    redactDerived:
      'Diese Tabelle enthält berechnete Spalten. Schwärzen Sie auch, woraus sich die Zahl wieder berechnen ließe.',
    redactDo: 'Schwärzung festhalten',
    redactOpen: 'Einzelne Zahlen schwärzen',
    redactColumn: 'ganze Spalte',
    redactRows: (p: { from: string; to: string; all: string }) => `Zeilen ${p.from} bis ${p.to} von ${p.all}`,
    redactNext: 'Nächste Zeilen',
    redacted: 'geschwärzt',
    redactedNote: (p: { n: string; names: string }) =>
      p.n === '1' ? `1 Zahl hat ${p.names} geschwärzt.` : `${p.n} Zahlen geschwärzt: ${p.names}.`,
    tick: (p: { row: string; column: string }) => `${p.column}, ${p.row}: schwärzen`,
    back: 'Zurück zur Freigabe',
    verifyTitle: 'Ist sie noch unverändert?',
    verified: 'Nachgerechnet: Paket und Register stimmen überein.',
    notVerified: 'Achtung: Das Paket passt nicht mehr zu dem, was freigegeben wurde.',
    verify: {
      package: 'Die Prüfsumme des Pakets stimmt',
      table: 'Die Prüfsumme der Tabelle stimmt',
      register: 'Im Register steht dieselbe Prüfsumme',
      redacted: 'Geschwärzte Zahlen sind nicht enthalten',
    },
    take: 'Mitnehmen',
    takeCsv: 'Tabelle als CSV',
    takeJson: 'Paket als JSON',
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
    ended:
      'Der Arbeitsraum ist beendet. Die Tabelle ist nicht mehr zu sehen; Prüfungen und Entscheidung bleiben.',
    onlyStatus:
      'Sie sehen den Stand. Die Tabelle sehen nur die, die auswerten, und die, deren Daten darin stecken.',
    register: 'Im Transparenzregister',
    four: 'Sie haben diese Freigabe beantragt. Entscheiden muss eine andere Person.',
    check: {
      threshold: (f: Figures) => `Jede gezeigte Zahl steht für mindestens ${f['units']} Einheiten`,
      rounding: (f: Figures) =>
        Number(f['base']) > 1
          ? `Alle Anzahlen sind auf ${f['base']} gerundet`
          : 'Alle Anzahlen sind verändert',
      dominance: (f: Figures) =>
        isZero(f['sums'])
          ? 'Keine Summen, in denen ein Beitrag überwiegen könnte'
          : `Kein einzelner Beitrag überwiegt in einer Summe (${f['p']}-Prozent-Regel)`,
      underlying: (f: Figures, outcome: Outcome) =>
        outcome === 'review'
          ? 'Mittelwerte oder Anteile stehen ohne die Anzahlen, auf denen sie beruhen: bitte ansehen'
          : isZero(f['dependent'])
            ? 'Alle Zahlen sind Anzahlen oder Summen'
            : 'Neben Mittelwerten und Anteilen stehen die Anzahlen',
      redaction: (f: Figures, outcome: Outcome) =>
        outcome === 'review'
          ? `In ${f['rows']} Zeilen steht eine berechnete Zahl neben einer geschützten: bitte ansehen`
          : 'Aus gezeigten Zahlen lässt sich keine geschützte der Zeile berechnen',
      noise: (f: Figures) =>
        `Alle Zahlen sind zufällig verändert, mit beweisbarer Grenze (ρ = ${f['rho']}). Mindestzahl, Rundung und Differenzprüfung entfallen`,
      freedom: (f: Figures, outcome: Outcome) =>
        outcome === 'review'
          ? 'Ein statistisches Maß beruht auf weniger als 12 Zeilen: bitte ansehen'
          : isZero(f['models'])
            ? 'Keine Regression und keine Korrelation enthalten'
            : 'Regression oder Korrelation mit mindestens zehn Freiheitsgraden',
      differencing: (f: Figures, outcome: Outcome) =>
        outcome === 'failed'
          ? `Neben einer früheren Freigabe blieben weniger als ${f['units']} Einheiten übrig`
          : outcome === 'review' && !isZero(f['rests'])
            ? `Von einer früheren Summe bliebe ein Rest von weniger als ${f['units']} Einheiten: bitte zusammen ansehen`
            : outcome === 'review'
              ? `Mit früheren Freigaben (${f['unknown']}) wird erst beim Antrag genau verglichen, oder ihr Tresor ist geschlossen`
              : isZero(f['releases'])
                ? 'Keine frühere Freigabe aus diesen Daten'
                : `Mit ${counted(f['releases'] ?? 0, 'früherer Freigabe', 'früheren Freigaben')} genau verglichen: keine Rückrechnung möglich`,
      columns: () => 'Alle Tabellen sind von der Vereinbarung gedeckt',
      budget: (f: Figures) =>
        `Das Budget des Raums ist eingehalten (${f['spent']} von ${f['budget']} Zellen)`,
      context: () => 'Der Zweck ist beschrieben',
      size: (f: Figures) =>
        `Die Tabelle ist klein genug zum Durchsehen (${f['rows']} von höchstens ${f['limit']} Zeilen)`,
    },
    failed: {
      threshold: 'Die Schutzstufe des Raums hat sich seit der Rechnung geändert. Fragen Sie noch einmal.',
      rounding: 'Es gibt ungerundete Anzahlen.',
      dominance: 'In einer Summe überwiegt ein einzelner Beitrag.',
      underlying: 'Es fehlen die Anzahlen hinter Mittelwerten oder Anteilen.',
      redaction: 'Eine geschützte Zahl ließe sich berechnen.',
      noise: 'Die Antwort entstand nicht mit Differential Privacy.',
      freedom: 'Ein statistisches Maß beruht auf zu wenigen Zeilen.',
      differencing:
        'Neben einer früheren Freigabe ließe sich eine kleine Gruppe herausrechnen. Es hilft, wie damals aufzuteilen.',
      columns: 'Eine der Tabellen ist von der Vereinbarung nicht gedeckt.',
      budget: 'Das Budget des Raums ist überschritten.',
      context: 'Es fehlt, wofür die Tabelle gebraucht wird.',
      size: 'Die Tabelle ist zu groß oder zeigt keine einzige Zahl.',
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
    table: 'Table',
    tableOf: (p: { when: string }) => `Table requested on ${p.when}`,
    state: {
      requested: 'being checked',
      changes: 'changes asked for',
      approved: 'released',
      rejected: 'rejected',
      withdrawn: 'withdrawn',
    },
    from: (p: { room: string }) => `from “${p.room}”`,
    figures: (p: { shown: string; hidden: string }) =>
      `${counted(p.shown, 'figure', 'figures')} shown${p.hidden ? `, ${p.hidden} protected` : ''}.`,
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
    reasonHint: 'Needed if you reject or ask for changes. It stands with the release.',
    askChanges: 'Ask for changes',
    takeBack: 'Take the agreement back',
    takeBackQuestion: 'As long as others still decide, you can take your agreement back.',
    word: {
      approve: 'agreed',
      reject: 'rejected',
      changes: 'asks for changes',
      revoke: 'agreement taken back',
    },
    byRule: 'by standing rule',
    inRound: (p: { round: number }) => `version ${p.round}`,
    roundsTitle: 'Earlier versions',
    toRevise: 'Back to you',
    revise: 'Look and change',
    reviseTitle: 'Changes were asked for',
    reviseLead:
      'Change what the table is needed for, or attach a page with your steps. Then everyone concerned decides anew. If the table itself shall change, withdraw the request and ask anew.',
    reviseDo: 'Send again with changes',
    withdraw: 'Withdraw the request',
    withdrawQuestion: 'The request ends, nothing leaves the workspace. You can request again.',
    withdrawConfirm: 'Yes, withdraw',
    notebook: 'Attach a page with steps',
    notebookHint: 'It helps with checking. It does not become public.',
    noNotebook: 'no page',
    attached: (p: { title: string }) => `Attached page: ${p.title}`,
    redactTitle: (p: { name: string }) => `Blank figures: ${p.name}`,
    redactLead:
      'Ticked figures do not leave the workspace. They appear as “blanked”, to those who asked and to everybody else.',
    redactDerived:
      'This table has computed columns. Blank also what the figure could be computed from again.',
    redactDo: 'Keep what is blanked',
    redactOpen: 'Blank single figures',
    redactColumn: 'whole column',
    redactRows: (p: { from: string; to: string; all: string }) => `Rows ${p.from} to ${p.to} of ${p.all}`,
    redactNext: 'Next rows',
    redacted: 'blanked',
    redactedNote: (p: { n: string; names: string }) =>
      p.n === '1' ? `1 figure was blanked: ${p.names}.` : `${p.n} figures were blanked: ${p.names}.`,
    tick: (p: { row: string; column: string }) => `${p.column}, ${p.row}: blank`,
    back: 'Back to the release',
    verifyTitle: 'Is it still unchanged?',
    verified: 'Recomputed: package and register agree.',
    notVerified: 'Careful: the package no longer fits what was released.',
    verify: {
      package: 'The checksum of the package is right',
      table: 'The checksum of the table is right',
      register: 'The register has the same checksum',
      redacted: 'Blanked figures are not inside',
    },
    take: 'Take along',
    takeCsv: 'Table as CSV',
    takeJson: 'Package as JSON',
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
    ended: 'The workspace has ended. The table can no longer be seen; the checks and the decision stay.',
    onlyStatus:
      'You see the state. The table is seen only by those who analyse and those whose data are in it.',
    register: 'In the transparency register',
    four: 'You requested this release. Another person has to decide.',
    check: {
      threshold: (f: Figures) => `Each figure shown stands for at least ${f['units']} units`,
      rounding: (f: Figures) =>
        Number(f['base']) > 1 ? `All counts are rounded to ${f['base']}` : 'All counts are changed',
      dominance: (f: Figures) =>
        isZero(f['sums'])
          ? 'No sums in which one contribution could prevail'
          : `No single contribution prevails in a sum (${f['p']} per cent rule)`,
      underlying: (f: Figures, outcome: Outcome) =>
        outcome === 'review'
          ? 'Means or shares stand without the counts they rest on: please look'
          : isZero(f['dependent'])
            ? 'All figures are counts or sums'
            : 'The counts stand beside means and shares',
      redaction: (f: Figures, outcome: Outcome) =>
        outcome === 'review'
          ? `In ${f['rows']} rows a computed figure stands beside a protected one: please look`
          : 'No protected figure of a row can be computed from those shown',
      noise: (f: Figures) =>
        `All figures carry random noise with a provable bound (ρ = ${f['rho']}). Smallest number, rounding and comparison do not apply`,
      freedom: (f: Figures, outcome: Outcome) =>
        outcome === 'review'
          ? 'A statistical measure rests on fewer than 12 rows: please look'
          : isZero(f['models'])
            ? 'No regression and no correlation inside'
            : 'Regression or correlation with at least ten degrees of freedom',
      differencing: (f: Figures, outcome: Outcome) =>
        outcome === 'failed'
          ? `Beside an earlier release fewer than ${f['units']} units would be left`
          : outcome === 'review' && !isZero(f['rests'])
            ? `Of an earlier total a rest of fewer than ${f['units']} units would be left: please look at both`
            : outcome === 'review'
              ? `Earlier releases (${f['unknown']}) are compared exactly with the request, or their vault is closed`
              : isZero(f['releases'])
                ? 'No earlier release from these data'
                : `Compared exactly with ${counted(f['releases'] ?? 0, 'earlier release', 'earlier releases')}: nothing can be calculated back`,
      columns: () => 'All tables are covered by the agreement',
      budget: (f: Figures) => `The budget of the workspace is kept (${f['spent']} of ${f['budget']} cells)`,
      context: () => 'The purpose is described',
      size: (f: Figures) =>
        `The table is small enough to look through (${f['rows']} of at most ${f['limit']} rows)`,
    },
    failed: {
      threshold: 'The level of protection has changed since the computation. Please ask again.',
      rounding: 'There are counts that are not rounded.',
      dominance: 'One contribution prevails in a sum.',
      underlying: 'The counts behind means or shares are missing.',
      redaction: 'A protected figure could be computed.',
      noise: 'The answer did not come about with differential privacy.',
      freedom: 'A statistical measure rests on too few rows.',
      differencing:
        'Beside an earlier release a small group could be worked out. Splitting up as before helps.',
      columns: 'One of the tables is not covered by the agreement.',
      budget: 'The budget of the workspace is exceeded.',
      context: 'It is not said what the table is needed for.',
      size: 'The table is too large or shows not a single figure.',
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
