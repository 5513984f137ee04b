import { defineMessages } from '../../platform/i18n.ts'

/** Texts of protected tables. */
export const messages = defineMessages({
  de: {
    table: 'Tabelle',
    rows: 'Angaben',
    figures: {
      rows: 'Anzahl',
      units: 'Anzahl',
      values: 'Anzahl der Werte',
      sum: 'Summe',
      mean: 'Mittelwert',
      quantile: 'Median',
      others: 'Anzahl verschiedener Werte',
      var_samp: 'Varianz',
      var_pop: 'Varianz der Grundgesamtheit',
      stddev_samp: 'Standardabweichung',
      stddev_pop: 'Standardabweichung der Grundgesamtheit',
      corr: 'Korrelation',
      covar_samp: 'Kovarianz',
      covar_pop: 'Kovarianz der Grundgesamtheit',
      regr_slope: 'Steigung der Regression',
      regr_intercept: 'Achsenabschnitt der Regression',
      regr_r2: 'Bestimmtheitsmaß',
    },
    quantile: (p: { share: string }) => `Quantil bei ${p.share}`,
    and: (p: { a: string; b: string }) => `${p.a} und ${p.b}`,
    units: { person: 'Personen', household: 'Haushalte', company: 'Firmen', site: 'Standorte' },
    by: (p: { measures: string; dimensions: string }) => `${p.measures} nach ${p.dimensions}`,
    total: (p: { measures: string }) => `${p.measures} insgesamt`,
    missing: 'ohne Angabe',
    protectedWord: 'geschützt',
    blanked: 'geschwärzt',
    outlines: (p: { title: string }) => `Umrisse: ${p.title}; Zahlen geschützt`,
    ways: { table: 'Tabelle', bars: 'Balken', line: 'Linie', map: 'Karte' },
    notAs: {
      table: '',
      bars: 'Balken gehen hier nicht: Dafür sind es zu viele Zeilen oder Aufteilungen. Gezeigt wird die Tabelle.',
      line: 'Eine Linie geht hier nicht: Dafür braucht es eine Aufteilung nach Zahlen oder Tagen. Gezeigt wird die Tabelle.',
      map: 'Eine Karte geht hier nicht: Dafür braucht es eine einzige Aufteilung, zu deren Werten Umrisse im Raum liegen. Gezeigt wird die Tabelle.',
    },
    showAs: 'Zeigen als',
    chooseOutlines: (p: { column: string }) => `Als Karte zeigen: Umrisse für „${p.column}“ wählen`,
    drawn: 'Gezeichnet wird',
    footnote:
      'Jede Zahl ist für sich geschützt. Einzelwerte ergeben deshalb nicht immer die Summe: Bilden Sie keine Summen aus Zellen, sondern fragen Sie die Summe als eigene Zahl.',
    noDownload:
      'Herunterladen und weitergeben lässt sich diese Tabelle erst nach der Freigabe. Bis dahin bleibt sie in diesem Raum.',
    missingTitle: 'Warum fehlen Zahlen, und was hilft?',
    missingHidden: (p: { n: string; k: number }) =>
      `${p.n === '1' ? '1 Zahl ist' : `${p.n} Zahlen sind`} geschützt. Meist stehen weniger als ${p.k} Einheiten dahinter; manchmal ließe sich aus einer Zahl und ihren Nachbarn oder einer Bedingung auf wenige schließen, oder ein Einzelner macht fast die ganze Summe aus.`,
    missingRows: (p: { columns: string }) =>
      `Zeilen können ganz fehlen: Für ${p.columns} hat der Datenhalter keine Werte vorgesehen, deshalb stehen hier nur Zeilen, die gezeigt werden dürfen.`,
    missingWhy:
      'Welcher Grund für welche Zahl gilt, steht hier nicht: Schon das verriete etwas. Geschützt heißt nicht null.',
    coarser: 'Gröber fragen:',
    coarserSql:
      'Was hilft: gröber aufteilen, eine Bedingung weglassen oder nach Stufen statt nach einzelnen Werten fragen.',
    coarserWays: {
      noSecond: (p: { column: string }) => `ohne die Aufteilung nach ${p.column}`,
      noCondition: (p: { column: string }) => `ohne die Bedingung zu ${p.column}`,
      bands: (p: { column: string }) => `nach ${p.column}`,
    },
    noiseTitle: 'Wie verlässlich sind die Zahlen?',
    noise: {
      fine: 'Schutz fällt kaum ins Gewicht',
      usable: 'brauchbar, Abstände unter zehn Prozent nicht deuten',
      rough: 'nur ein grober Anhalt',
    },
    noiseCount: (p: { n: string }) => (p.n === '1' ? '1 Zahl' : `${p.n} Zahlen`),
    yes: 'ja',
    no: 'nein',
    protectedTitle: 'Diese Zahlen sind geschützt.',
    changedAndRounded: (p: { rounding: number }) =>
      `Jede ist leicht verändert und gerundet, Anzahlen auf ${p.rounding}.`,
    onlyChanged: (_p: { rounding: number }) => 'Jede ist leicht verändert.',
    onlyRounded: (p: { rounding: number }) =>
      `Anzahlen sind auf ${p.rounding} gerundet, Summen und Mittelwerte leicht verändert.`,
    threshold: (p: { k: number }) =>
      `Zahlen, hinter denen weniger als ${p.k} Einheiten stehen, werden nicht gezeigt. Summen können deshalb etwas abweichen.`,
    earlierText: (p: { version: string }) =>
      `Sie entstanden unter einer anderen Schutzstufe als der heutigen (${p.version}): verändert oder gerundet, und ohne Zahlen für zu wenige Einheiten. Summen können deshalb etwas abweichen.`,
    randomTitle: 'Diese Zahlen sind zufällig verändert.',
    randomText: 'Die Spanne neben jeder Zahl enthält den begrenzten wahren Wert in 95 von 100 Fällen.',
    noiseNote: (p: { n: string }) =>
      p.n === '1'
        ? 'Bei einer Zahl wirkt der Schutz stark; sie taugt nur als grober Anhalt.'
        : `Bei ${p.n} Zahlen wirkt der Schutz stark; sie taugen nur als grober Anhalt.`,
  },
  en: {
    table: 'Table',
    rows: 'Rows',
    figures: {
      rows: 'Number',
      units: 'Number',
      values: 'number of values',
      sum: 'sum',
      mean: 'mean',
      quantile: 'median',
      others: 'number of different values',
      var_samp: 'variance',
      var_pop: 'population variance',
      stddev_samp: 'standard deviation',
      stddev_pop: 'population standard deviation',
      corr: 'correlation',
      covar_samp: 'covariance',
      covar_pop: 'population covariance',
      regr_slope: 'slope of the regression',
      regr_intercept: 'intercept of the regression',
      regr_r2: 'coefficient of determination',
    },
    quantile: (p: { share: string }) => `quantile at ${p.share}`,
    and: (p: { a: string; b: string }) => `${p.a} and ${p.b}`,
    units: { person: 'People', household: 'Households', company: 'Companies', site: 'Sites' },
    by: (p: { measures: string; dimensions: string }) => `${p.measures} by ${p.dimensions}`,
    total: (p: { measures: string }) => `${p.measures} in total`,
    missing: 'not stated',
    protectedWord: 'protected',
    blanked: 'blanked',
    outlines: (p: { title: string }) => `Outlines: ${p.title}; figures protected`,
    ways: { table: 'Table', bars: 'Bars', line: 'Line', map: 'Map' },
    notAs: {
      table: '',
      bars: 'Bars do not work here: there are too many rows or splits. The table is shown.',
      line: 'A line does not work here: it takes one split by numbers or days. The table is shown.',
      map: 'A map does not work here: it takes a single split with outlines for its values in the workspace. The table is shown.',
    },
    showAs: 'Show as',
    chooseOutlines: (p: { column: string }) => `Show as a map: choose outlines for “${p.column}”`,
    drawn: 'Drawn is',
    footnote:
      'Each figure is protected by itself. Single values need not add up to the total: do not add up cells, ask for the total as a figure of its own.',
    noDownload:
      'This table can be downloaded and passed on only after its release. Until then it stays in this workspace.',
    missingTitle: 'Why are figures missing, and what helps?',
    missingHidden: (p: { n: string; k: number }) =>
      `${p.n === '1' ? '1 figure is' : `${p.n} figures are`} protected. Mostly they stand for fewer than ${p.k} units; sometimes a figure together with its neighbours or a condition would tell about few, or a single one makes up almost the whole sum.`,
    missingRows: (p: { columns: string }) =>
      `Whole rows may be missing: the holder has registered no values for ${p.columns}, so only rows that may be shown stand here.`,
    missingWhy:
      'Which reason holds for which figure is not said: even that would tell something. Protected does not mean zero.',
    coarser: 'Ask more coarsely:',
    coarserSql:
      'What helps: split up more coarsely, leave out a condition, or ask by bands instead of single values.',
    coarserWays: {
      noSecond: (p: { column: string }) => `without the split by ${p.column}`,
      noCondition: (p: { column: string }) => `without the condition on ${p.column}`,
      bands: (p: { column: string }) => `by ${p.column}`,
    },
    noiseTitle: 'How reliable are the figures?',
    noise: {
      fine: 'protection hardly matters',
      usable: 'usable, do not read differences below ten per cent',
      rough: 'a rough hint only',
    },
    noiseCount: (p: { n: string }) => (p.n === '1' ? '1 figure' : `${p.n} figures`),
    yes: 'yes',
    no: 'no',
    protectedTitle: 'These figures are protected.',
    changedAndRounded: (p: { rounding: number }) =>
      `Each is changed slightly and rounded, counts to ${p.rounding}.`,
    onlyChanged: (_p: { rounding: number }) => 'Each is changed slightly.',
    onlyRounded: (p: { rounding: number }) =>
      `Counts are rounded to ${p.rounding}, sums and means changed slightly.`,
    threshold: (p: { k: number }) =>
      `Figures that stand for fewer than ${p.k} units are not shown. Totals can therefore differ a little.`,
    earlierText: (p: { version: string }) =>
      `They were made under another level of protection than today’s (${p.version}): changed or rounded, and without figures for too few units. Totals can therefore differ a little.`,
    randomTitle: 'These figures carry random noise.',
    randomText: 'The range beside each figure holds the bounded true value in 95 of 100 cases.',
    noiseNote: (p: { n: string }) =>
      p.n === '1'
        ? 'For one figure the protection weighs heavily; it is a rough hint only.'
        : `For ${p.n} figures the protection weighs heavily; they are a rough hint only.`,
  },
})
