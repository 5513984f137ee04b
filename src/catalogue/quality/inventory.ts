import { textIn } from '../model.ts'
import { protectedData, has, type Row } from './rule.ts'

/** What an entry about data that are not open needs. */
export const inventory: Row[] = [
  [
    'reason',
    'INSPIRE Art. 13, DGA Art. 3',
    'warning',
    6,
    protectedData,
    (r) => r.access.reasons.length + r.access.grounds.length > 0 || has(textIn(r.access.note, 'de')),
    'Es steht nicht da, warum die Daten nicht offen sind.',
    'It is not said why the data are not open.',
  ],
  [
    'how-to-ask',
    'DGA Art. 8',
    'warning',
    4,
    protectedData,
    (r) => r.access.requestUrl !== null || r.contacts.length > 0,
    'Es steht nicht da, wie man nach den Daten fragt.',
    'It is not said how to ask for the data.',
  ],
  [
    'columns',
    'Inventar',
    'info',
    4,
    protectedData,
    (r) => r.columns.length > 0,
    'Die Spalten sind nicht beschrieben.',
    'The columns are not described.',
  ],
  [
    'legal-basis',
    'Inventar',
    'info',
    3,
    protectedData,
    (r) => has(textIn(r.legalBasis, 'de')) || r.legislation.length > 0,
    'Die Rechtsgrundlage fehlt.',
    'The legal basis is missing.',
  ],
]
