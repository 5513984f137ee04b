import type { PublishDataset } from '../../catalogue/schema.ts'
import { closedRecords } from './records.ts'

type Preview = NonNullable<PublishDataset['preview']>
type Rows = readonly (readonly (string | null)[])[]

/** Made-up lines of data that stay with their holders: the columns are real, the values are nobody's. */
const inventedRows: Readonly<Record<keyof typeof closedRecords, Rows>> = {
  kinder: [
    ['K1', 'H1', 'MUS01', 'Musterviertel', '2', 'w', 'nein', 'ja', 'ja', 'nein', '35'],
    ['K2', 'H1', 'MUS01', 'Musterviertel', '4', 'm', 'nein', 'ja', 'ja', 'nein', '40'],
    ['K3', 'H2', 'MUS02', 'Musterviertel', '1', 'm', 'ja', 'ja', 'nein', 'ja', '0'],
    ['K4', 'H3', 'MUS02', 'Musterviertel', '5', 'w', 'nein', 'nein', 'ja', 'nein', '25'],
  ],
  belegung: [
    ['KITA1', 'Musterviertel', '80', '76', '16'],
    ['KITA2', 'Musterviertel', '45', '45', '15'],
    ['KITA3', 'Musterviertel', '60', '52', '17'],
  ],
  elternbefragung: [
    ['4', 'eher zufrieden'],
    ['5', 'längere Öffnung am Freitag'],
    ['7', 'keine Angabe'],
  ],
  waermekarte: [
    ['MUS01', 'Musterviertel', 'ja', '4', '0.71', '0.08', '3.4'],
    ['MUS02', 'Musterviertel', 'nein', '2', '0.38', '0.31', '1.2'],
    ['MUS03', 'Musterviertel', 'nein', '1', '0.22', '0.44', '0.6'],
  ],
  messnetz: [
    ['M1', 'Musterviertel', '2025-07-17T13:00', '36.8', '29', '18'],
    ['M1', 'Musterviertel', '2025-07-17T14:00', '37.1', '28', '19'],
    ['M2', 'Musterviertel', '2025-07-17T13:00', '31.4', '44', '14'],
    ['M2', 'Musterviertel', '2025-07-17T14:00', null, '45', '14'],
  ],
  verbrauch: [
    ['H1', 'MUS01', 'Musterviertel', '2', '2300', '11800', '74'],
    ['H2', 'MUS01', 'Musterviertel', '4', '3900', '15200', '151'],
    ['H3', 'MUS02', 'Musterviertel', '1', '1500', '8700', '39'],
  ],
  grundwasser: [
    ['G1', '2026-03-01', '4.2'],
    ['G1', '2026-03-02', '4.2'],
    ['G2', '2026-03-01', '6.7'],
  ],
  einschulung: [
    ['K1', '2025', 'MUS01', 'Musterviertel', '3', 'unauffällig', 'unauffällig', 'ja'],
    ['K2', '2025', 'MUS02', 'Musterviertel', '1', 'Förderbedarf', 'unauffällig', 'ja'],
    ['K3', '2024', 'MUS02', 'Musterviertel', '2', 'unauffällig', 'unauffällig', 'nein'],
  ],
  hitzeeinsaetze: [
    ['E1', '2025-07-02'],
    ['E2', '2025-07-17'],
  ],
  geraete: [
    ['MUS01', 'Musterviertel', '1', '8', '340'],
    ['MUS01', 'Musterviertel', '1', '9', '410'],
    ['MUS02', 'Musterviertel', '6', '22', null],
  ],
  fahrten: [
    ['99', '2026-03-02', '20', 'nein', '2'],
    ['99', '2026-03-02', '21', 'ja', null],
    ['98', '2026-03-02', '21', 'nein', '6'],
  ],
  leuchten: [
    ['L1', '42'],
    ['L2', '70'],
  ],
}

/** Invented sample rows under the real columns of a closed dataset. */
export function inventedPreview(key: keyof typeof closedRecords): Preview {
  return {
    columns: closedRecords[key].columns.map(([name]) => name),
    rows: inventedRows[key],
    rowCount: null,
    invented: true,
  }
}
