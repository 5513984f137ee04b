import { defineMessages } from '../../platform/i18n.ts'

/** Texts of protected tables. */
export const messages = defineMessages({
  de: {
    table: 'Tabelle',
    rows: 'Angaben',
    by: (p: { measures: string; dimensions: string }) => `${p.measures} nach ${p.dimensions}`,
    total: (p: { measures: string }) => `${p.measures} insgesamt`,
    missing: 'ohne Angabe',
    protectedWord: 'geschützt',
    yes: 'ja',
    no: 'nein',
    protectedTitle: 'Diese Zahlen sind geschützt.',
    protectedText: (p: { k: number; rounding: number }) =>
      `Jede ist leicht verändert und gerundet, Anzahlen auf ${p.rounding}. Zahlen, hinter denen weniger als ${p.k} Einheiten stehen, werden nicht gezeigt. Summen können deshalb etwas abweichen.`,
    noiseNote: (p: { n: string }) =>
      `Bei ${p.n} Zahlen wirkt der Schutz stark; sie taugen nur als grober Anhalt.`,
  },
  en: {
    table: 'Table',
    rows: 'Rows',
    by: (p: { measures: string; dimensions: string }) => `${p.measures} by ${p.dimensions}`,
    total: (p: { measures: string }) => `${p.measures} in total`,
    missing: 'not stated',
    protectedWord: 'protected',
    yes: 'yes',
    no: 'no',
    protectedTitle: 'These figures are protected.',
    protectedText: (p: { k: number; rounding: number }) =>
      `Each is changed slightly and rounded, counts to ${p.rounding}. Figures with fewer than ${p.k} units behind them are not shown. Totals may therefore differ a little.`,
    noiseNote: (p: { n: string }) =>
      `For ${p.n} figures the protection weighs heavily; they are a rough hint only.`,
  },
})
