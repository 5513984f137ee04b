import { emptyDistribution, emptyRecord, type DatasetRecord } from '../model.ts'
import { licenceIri } from './licences.ts'

/** A record that uses every field a public reader may see. */
export const full: DatasetRecord = {
  ...emptyRecord(),
  uri: 'https://daten.auenstadt.example/catalogue/datasets/1',
  identifier: 'auenstadt-hitze-2026',
  otherIdentifiers: ['https://daten.auenstadt.example/id/1', 'H-26'],
  title: { de: 'Hitzetage je Block', en: 'Hot days per block' },
  description: { de: 'Zahl der Tage über 30 °C je Baublock.\nGemessen an 40 Stationen.' },
  keywords: [
    { text: 'Hitze', lang: 'de' },
    { text: 'Klima', lang: '' },
  ],
  themes: ['ENVI', 'HEAL'],
  publisher: {
    id: 'https://auenstadt.example/',
    name: { de: 'Stadt Auenstadt' },
    type: 'http://purl.org/adms/publishertype/LocalAuthority',
    url: 'https://auenstadt.example/',
    email: 'daten@auenstadt.example',
  },
  creators: [{ id: null, name: { de: 'Umweltamt' }, type: null, url: null, email: null }],
  custodians: [{ id: null, name: { de: 'Stelle für Daten' }, type: null, url: null, email: null }],
  originators: [{ id: null, name: { de: 'Messnetz' }, type: null, url: null, email: null }],
  contacts: [
    {
      id: null,
      kind: 'organisation',
      name: 'Umweltamt',
      email: 'umwelt@auenstadt.example',
      phone: '+499991234',
      url: 'https://auenstadt.example/umwelt',
    },
  ],
  contributorIds: ['http://dcat-ap.de/def/contributors/auenstadt'],
  access: { ...emptyRecord().access, type: 'open' },
  legislation: ['https://www.gesetze-im-internet.de/dng/'],
  places: [{ id: null, label: { de: 'Auenstadt' }, bbox: [11.5, 50.2, 11.9, 50.6], derived: false }],
  ags: '99000001',
  geocodingLevel: 'municipality',
  periods: [{ id: null, start: '2026-06-01', end: '2026-08-31' }],
  frequency: 'ANNUAL',
  issued: '2026-09-15',
  modified: '2026-10-01T10:00:00Z',
  version: '1.0',
  availability: 'STABLE',
  languages: ['DEU'],
  landingPages: ['https://daten.auenstadt.example/catalogue/datasets/1'],
  documentation: ['https://daten.auenstadt.example/answers/1'],
  references: ['https://musterdatenkatalog.de/def/musterdatensatz/wetter/klima'],
  columns: [
    { name: 'block', meaning: 'Baublock', type: 'text', unit: null, personal: false },
    { name: 'tage', meaning: 'Tage über 30 °C', type: 'integer', unit: 'd', personal: false },
  ],
  distributions: [
    {
      ...emptyDistribution(),
      title: { de: 'CSV' },
      accessUrl: 'https://daten.auenstadt.example/f/hitze.csv',
      downloadUrl: 'https://daten.auenstadt.example/f/hitze.csv',
      format: 'CSV',
      mediaType: 'text/csv',
      licence: licenceIri('dl-by-de/2.0'),
      attribution: { de: 'Stadt Auenstadt' },
      byteSize: 1234,
      checksum: { id: null, algorithm: 'sha256', value: 'ab12' },
      issued: '2026-09-15',
      modified: '2026-10-01',
      availability: 'STABLE',
      status: 'COMPLETED',
      languages: ['DEU'],
    },
  ],
}

/** The same for data that stay with their holder. */
export const closed: DatasetRecord = {
  ...full,
  uri: 'https://daten.auenstadt.example/catalogue/datasets/2',
  identifier: 'auenstadt-einschulung',
  title: { de: 'Einschulungsuntersuchungen' },
  access: {
    type: 'sandbox',
    assumed: false,
    reasons: ['f'],
    grounds: ['personal'],
    note: { de: 'Nur als geschützte Tabelle.' },
    requestUrl: null,
  },
  distributions: [],
  inventory: { ...full.inventory, location: '\\\\fs01\\gesundheit\\esu.mdb', contactPerson: 'Erika Muster' },
}

/** A service that gives access to the first one. */
export const service: DatasetRecord = {
  ...emptyRecord(),
  uri: 'https://daten.auenstadt.example/catalogue/datasets/3',
  identifier: 'auenstadt-hitze-wfs',
  title: { de: 'Hitzetage (WFS)' },
  description: {
    de: 'Die Hitzetage je Baublock als Dienst für Geoinformationssysteme: alle Jahre seit 2018, als Flächen mit der Zahl der Tage.',
  },
  keywords: [{ text: 'Hitze', lang: 'de' }],
  themes: ['ENVI'],
  publisher: full.publisher,
  contacts: full.contacts,
  contributorIds: full.contributorIds,
  places: full.places,
  modified: '2026-10-01',
  service: {
    endpoints: ['https://geo.auenstadt.example/wfs'],
    descriptions: ['https://geo.auenstadt.example/wfs?SERVICE=WFS&REQUEST=GetCapabilities'],
    serves: ['https://daten.auenstadt.example/catalogue/datasets/1'],
    licence: licenceIri('dl-by-de/2.0'),
  },
}
