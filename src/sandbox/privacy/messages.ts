import { counted, defineMessages } from '../../platform/i18n.ts'

/** Texts of differential privacy: choice, promise, budgets, accounts. */
export const messages = defineMessages({
  de: {
    title: 'Schutzart des Raums',
    lead: 'Wie die Zahlen dieses Raums geschützt werden, was das verspricht und was davon verbraucht ist.',
    mode: 'Differential Privacy',
    modeText:
      'Jede Zahl dieses Raums wird mit Zufall verändert, und jede kostet etwas vom Privatheitsbudget.',
    standard: 'Standardverfahren',
    standardText:
      'In diesem Raum gilt das Standardverfahren: Mindestzahlen, veränderte Zahlen, Grenzen für Fragen. Es beweist nichts, reicht aber für die meisten Fragen. Vor der ersten Abfrage kann ein Datenhalter stattdessen Differential Privacy festlegen.',
    promise: 'Was versprochen ist',
    promiseFirst: (p: { epsilon: string; delta: string; units: string }) =>
      `Geschützt ist jede Einheit für sich: ${p.units}. Ob sie mit allen ihren Zeilen in den Daten steht oder nicht, ändert die Wahrscheinlichkeit jeder Antwort dieses Raums höchstens um den Faktor e^ε, mit ε = ${p.epsilon} (δ = ${p.delta}), wenn das ganze Budget verbraucht ist.`,
    promiseLines: [
      'Das gilt gegen jedes Vorwissen, auch wenn sich alle zusammentun, und bleibt so, was immer mit den Zahlen später geschieht.',
      'Verbrauchtes kommt nie zurück. Dieselbe Frage noch einmal bekommt die gespeicherte Antwort und kostet nichts.',
      'Wie stark der Zufall ist, dürfen alle wissen. Er steht neben jeder Zahl.',
    ],
    limits: 'Was nicht versprochen ist',
    limitLines: [
      'Tatsachen über Gruppen bleiben sichtbar: dafür wird gefragt. Wer zu einer Gruppe gehört, für den kann sich daraus etwas ergeben.',
      'Tabellen zum Nachschlagen ohne eigene Einheiten (zum Beispiel eine Karte) sind nicht geschützt, ebenso wenig Namen, Grenzen und vorgesehene Werte der Spalten.',
      'Was aus anderen Räumen oder auf anderen Wegen nach außen kommt, zählt nicht mit. Das Konto des Datenhalters zählt alle Räume mit Differential Privacy.',
      'Ist die falsche Spalte als Einheit festgelegt, ist das Falsche geschützt.',
    ],
    unitNames: {
      person: 'jede Person',
      household: 'jeder Haushalt',
      company: 'jede Firma',
      site: 'jeder Standort',
    },
    noUnits: 'jede Einheit der Tabellen',
    budget: 'Privatheitsbudget',
    budgetLabel: (p: { spent: string; all: string; cost: string }) =>
      `ρ = ${p.spent} von ${p.all} verbraucht, ${p.cost} kostete diese Abfrage`,
    budgetText: (p: { spent: string; all: string }) => `ρ = ${p.spent} von ${p.all}`,
    budgetUsed: (p: { epsilon: string }) => ` verbraucht, das ist ε = ${p.epsilon}.`,
    budgetCost: (p: { cost: string }) => ` Diese Abfrage kostete ${p.cost}.`,
    budgetFree: ' Diese Abfrage kostete nichts.',
    budgetMine: (p: { spent: string; all: string }) => `Davon Sie: ${p.spent} von ${p.all}.`,
    budgetThresholds: (p: { n: string }) =>
      `Noch ${counted(p.n, 'Frage', 'Fragen')} nach nicht vorgesehenen Werten.`,
    toPage: 'Was das Budget verspricht',
    settled: 'Festgelegt von',
    holder: 'Datenhalter',
    room: 'Budget des Raums',
    person: 'Je Person',
    perUnit: 'Beitrag je Einheit',
    perUnitText: (p: { groups: string; rows: string }) =>
      `${p.groups === '1' ? '1 Zelle' : `${p.groups} Zellen`}, ${p.rows === '1' ? '1 Zeile' : `${p.rows} Zeilen`}`,
    when: 'Entschieden',
    strictest: 'Bei mehreren gilt der strengste Wert.',
    choose: 'Differential Privacy festlegen',
    change: 'Grenzen ändern',
    chooseText:
      'Danach gibt es in diesem Raum nur noch Zahlen mit beweisbarer Grenze. Zurück zum Standardverfahren geht es nicht, denn eine einzige Antwort ohne Grenze höbe das Versprechen auf.',
    rhoLimit: 'Budget des Raums (ρ)',
    rhoHint: '0,5 ist üblich und entspricht ε = 5,4. Eine Zählung in üblicher Genauigkeit kostet 0,01.',
    personLimit: 'Davon höchstens je Person (ρ)',
    personHint: 'Damit niemand den anderen das Budget nimmt.',
    groupsPerUnit: 'Zellen je Einheit',
    groupsHint: 'In so vielen Zellen einer Abfrage darf eine Einheit zählen, wenn sie mehrere Zeilen hat.',
    rowsPerUnit: 'Zeilen je Einheit und Zelle',
    rowsHint:
      'Mehr Zeilen einer Einheit zählen nicht. Kleinere Zahlen machen Antworten genauer, aber einseitiger.',
    settle: 'Festlegen',
    tooLate: 'In diesem Raum wurde schon gefragt. Die Schutzart bleibt, wie sie ist.',
    precision: 'Genauigkeit',
    precisionHint: (p: { left: string }) =>
      `Eine Zählung liegt meist um ± 31, ± 14 oder ± 6 daneben, wo Einheiten mehrere Zeilen haben um mehr. Übrig ist ρ = ${p.left}.`,
    precisions: {
      coarse: 'grob, kostet 0,002',
      usual: 'üblich, kostet 0,01',
      fine: 'genau, kostet 0,05',
    },
    noteTitle: 'Diese Zahlen sind zufällig verändert.',
    noteText: (p: { rho: string; epsilon: string }) =>
      `Die Spanne neben jeder Zahl enthält den begrenzten wahren Wert in 95 von 100 Fällen. Zählungen können auch unter null liegen. Gekostet hat die Abfrage ρ = ${p.rho} (ε = ${p.epsilon}).`,
    noteFree: 'Die Antwort war gespeichert und hat nichts gekostet.',
    noteClasses:
      'Mediane und Quantile sind Klassenmitten: Die Klasse ist mit Zufall gewählt, so dass nur wenige Einheiten zwischen ihr und der gesuchten Stelle liegen. Eine Spanne gibt es dafür nicht.',
    noteOuter: 'Aus diesen Zahlen wurde weitergerechnet, deshalb steht keine Spanne daneben.',
    charged: (p: { rho: string }) =>
      `Gekostet hat sie trotzdem ρ = ${p.rho}: Was einmal gebucht ist, kommt nicht zurück.`,
    quote: (p: { rho: string; epsilon: string; left: string }) =>
      `Sie kostet ρ = ${p.rho} (ε = ${p.epsilon}). Übrig sind ρ = ${p.left}.`,
    quoteFree: (p: { left: string }) =>
      `Alles dafür ist gespeichert: Sie kostet nichts. Übrig sind ρ = ${p.left}.`,
    quoteRanges: (p: { ranges: string }) => `Zu erwarten ist: ${p.ranges}.`,
    quoteRanks: (p: { name: string; n: string }) =>
      `${p.name}: Zwischen der angegebenen Klasse und der gesuchten Stelle liegen in 95 von 100 Fällen höchstens ${p.n} Einheiten; bei weniger als doppelt so vielen Werten bleibt die Zahl geschützt.`,
    quoteFigures: (p: { n: string }) => `Der Betrag verteilt sich auf ${p.n} Zahlen je Zelle.`,
    safeOutputs:
      'Jede Zahl ist zufällig verändert, mit beweisbarer Grenze. Über jede Freigabe entscheiden die Datenhalter.',
    cost: (p: { rho: string }) => `ρ = ${p.rho}`,
    noisy: 'mit Zufall',
    accounts: 'Privatheitskonto',
    accountsLead:
      'Was über Ihre Einheiten in allen Räumen mit Differential Privacy schon verraten wurde. Das Konto füllt sich nie von selbst.',
    noAccounts: 'Über Ihre Einheiten wurde noch nichts mit Differential Privacy gefragt',
    noAccountsHint: 'Ein Konto entsteht mit der ersten Abfrage in einem solchen Raum.',
    noHolder: 'Sie sind für keinen Datenhalter tätig.',
    units: { person: 'Personen', household: 'Haushalte', company: 'Firmen', site: 'Standorte' },
    accountText: (p: { spent: string; all: string; epsilon: string; delta: string }) =>
      `ρ = ${p.spent} von ${p.all} verbraucht, das ist ε = ${p.epsilon} bei δ = ${p.delta}.`,
    accountDefault: 'Es gilt die übliche Grenze.',
    accountDecided: (p: { when: string }) => `Grenze zuletzt geändert am ${p.when}.`,
    byRoom: 'Verbrauch je Raum',
    roomName: 'Raum',
    questions: 'Abfragen',
    limit: 'Grenze ändern',
    newLimit: 'Neue Grenze (ρ)',
    newLimitHint: 'Nicht weniger, als schon verbraucht ist.',
    reason: 'Begründung',
    reasonHint: 'Ein Satz für das Transparenzregister, ohne Namen.',
    setLimit: 'Grenze setzen',
  },
  en: {
    title: 'Protection of the workspace',
    lead: 'How the figures of this workspace are protected, what that promises and how much of it is spent.',
    mode: 'Differential privacy',
    modeText:
      'Each figure of this workspace carries random noise, and each costs some of the privacy budget.',
    standard: 'Standard procedure',
    standardText:
      'The standard procedure holds in this workspace: smallest numbers, changed figures, limits on questions. It proves nothing, but is enough for most questions. Before the first question a holder can settle differential privacy instead.',
    promise: 'What is promised',
    promiseFirst: (p: { epsilon: string; delta: string; units: string }) =>
      `Each unit is protected by itself: ${p.units}. Whether it stands in the data with all its rows or not changes the probability of any answer of this workspace by a factor of e^ε at most, with ε = ${p.epsilon} (δ = ${p.delta}) when the whole budget is spent.`,
    promiseLines: [
      'This holds against any background knowledge, also if all join forces, and stays so whatever is done with the figures later.',
      'What is spent never comes back. The same question once more gets the stored answer and costs nothing.',
      'How strong the noise is may be known to all. It stands beside each figure.',
    ],
    limits: 'What is not promised',
    limitLines: [
      'Facts about groups stay visible: that is what questions are for. They may say something about those who belong to a group.',
      'Tables for looking things up without units of their own (a map, for example) are not protected, nor are names, bounds and registered values of columns.',
      'What leaves from other workspaces or in other ways does not count. The account of the holder counts all workspaces with differential privacy.',
      'If the wrong column is declared as unit, the wrong thing is protected.',
    ],
    unitNames: {
      person: 'each person',
      household: 'each household',
      company: 'each company',
      site: 'each site',
    },
    noUnits: 'each unit of the tables',
    budget: 'Privacy budget',
    budgetLabel: (p: { spent: string; all: string; cost: string }) =>
      `ρ = ${p.spent} of ${p.all} spent, this question cost ${p.cost}`,
    budgetText: (p: { spent: string; all: string }) => `ρ = ${p.spent} of ${p.all}`,
    budgetUsed: (p: { epsilon: string }) => ` spent, that is ε = ${p.epsilon}.`,
    budgetCost: (p: { cost: string }) => ` This question cost ${p.cost}.`,
    budgetFree: ' This question cost nothing.',
    budgetMine: (p: { spent: string; all: string }) => `Of this you: ${p.spent} of ${p.all}.`,
    budgetThresholds: (p: { n: string }) =>
      `${counted(p.n, 'more question', 'more questions')} about unregistered values.`,
    toPage: 'What the budget promises',
    settled: 'Settled by',
    holder: 'Holder',
    room: 'Budget of the workspace',
    person: 'Per person',
    perUnit: 'Contribution per unit',
    perUnitText: (p: { groups: string; rows: string }) =>
      `${p.groups === '1' ? '1 cell' : `${p.groups} cells`}, ${p.rows === '1' ? '1 row' : `${p.rows} rows`}`,
    when: 'Decided',
    strictest: 'Of several the strictest value counts.',
    choose: 'Settle differential privacy',
    change: 'Change the limits',
    chooseText:
      'From then on there are only figures with a provable bound in this workspace. There is no way back to the standard procedure, because a single answer without a bound would undo the promise.',
    rhoLimit: 'Budget of the workspace (ρ)',
    rhoHint: '0.5 is usual and stands for ε = 5.4. A count with the usual precision costs 0.01.',
    personLimit: 'Of this at most per person (ρ)',
    personHint: 'So that nobody takes the budget from the others.',
    groupsPerUnit: 'Cells per unit',
    groupsHint: 'A unit may count in so many cells of a question if it has several rows.',
    rowsPerUnit: 'Rows per unit and cell',
    rowsHint:
      'More rows of a unit do not count. Smaller numbers make answers more precise, but more one-sided.',
    settle: 'Settle',
    tooLate: 'Questions have been asked in this workspace. The kind of protection stays as it is.',
    precision: 'Precision',
    precisionHint: (p: { left: string }) =>
      `A count is mostly off by ± 31, ± 14 or ± 6, by more where units have several rows. ρ = ${p.left} is left.`,
    precisions: {
      coarse: 'coarse, costs 0.002',
      usual: 'usual, costs 0.01',
      fine: 'fine, costs 0.05',
    },
    noteTitle: 'These figures carry random noise.',
    noteText: (p: { rho: string; epsilon: string }) =>
      `The range beside each figure holds the bounded true value in 95 of 100 cases. Counts may lie below zero. The question cost ρ = ${p.rho} (ε = ${p.epsilon}).`,
    noteFree: 'The answer was stored and cost nothing.',
    noteClasses:
      'Medians and quantiles are middles of classes: the class is chosen by chance so that few units lie between it and the place that was asked for. There is no range for them.',
    noteOuter: 'These figures were computed from noisy ones, so no range stands beside them.',
    charged: (p: { rho: string }) => `It cost ρ = ${p.rho} all the same: what is booked does not come back.`,
    quote: (p: { rho: string; epsilon: string; left: string }) =>
      `It costs ρ = ${p.rho} (ε = ${p.epsilon}). ρ = ${p.left} is left.`,
    quoteFree: (p: { left: string }) => `All of it is stored: it costs nothing. ρ = ${p.left} is left.`,
    quoteRanges: (p: { ranges: string }) => `To be expected: ${p.ranges}.`,
    quoteRanks: (p: { name: string; n: string }) =>
      `${p.name}: in 95 of 100 cases at most ${p.n} units lie between the class that is given and the place that was asked for; with fewer than twice as many values the figure stays protected.`,
    quoteFigures: (p: { n: string }) => `The amount is shared among ${p.n} figures per cell.`,
    safeOutputs:
      'Each figure carries random noise with a provable bound. Each release is decided by the holders.',
    cost: (p: { rho: string }) => `ρ = ${p.rho}`,
    noisy: 'with noise',
    accounts: 'Privacy account',
    accountsLead:
      'What has been given away about your units in all workspaces with differential privacy. The account never fills up by itself.',
    noAccounts: 'Nothing has been asked about your units with differential privacy yet',
    noAccountsHint: 'An account begins with the first question in such a workspace.',
    noHolder: 'You do not act for any holder.',
    units: { person: 'People', household: 'Households', company: 'Companies', site: 'Sites' },
    accountText: (p: { spent: string; all: string; epsilon: string; delta: string }) =>
      `ρ = ${p.spent} of ${p.all} spent, that is ε = ${p.epsilon} at δ = ${p.delta}.`,
    accountDefault: 'The usual limit holds.',
    accountDecided: (p: { when: string }) => `Limit last changed on ${p.when}.`,
    byRoom: 'Spent per workspace',
    roomName: 'Workspace',
    questions: 'Questions',
    limit: 'Change the limit',
    newLimit: 'New limit (ρ)',
    newLimitHint: 'Not less than what is spent already.',
    reason: 'Reason',
    reasonHint: 'One sentence for the transparency register, without names.',
    setLimit: 'Set the limit',
  },
})
