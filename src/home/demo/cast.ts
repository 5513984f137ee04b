import type { OrganisationKind } from '../../identity/model.ts'
import type { Role } from '../../platform/context.ts'

type OrganisationPart = { name: string; shortName: string; kind: OrganisationKind; description: string }

/** Who takes part in Auenstadt. All invented. */
export const organisations = {
  statistik: {
    name: 'Statistikstelle Auenstadt',
    shortName: 'Statistik',
    kind: 'department',
    description: 'Zahlen über die Stadt, Betrieb der Allmende und Datenlotsin.',
  },
  jugendamt: {
    name: 'Jugendamt',
    shortName: 'Jugendamt',
    kind: 'department',
    description: 'Kitas, Kindertagespflege und Hilfen für Familien.',
  },
  gesundheitsamt: {
    name: 'Gesundheitsamt',
    shortName: 'Gesundheit',
    kind: 'department',
    description: 'Einschulungsuntersuchungen, Hitzeschutz, Beratung.',
  },
  gruen: {
    name: 'Grünflächenamt',
    shortName: 'Grün',
    kind: 'department',
    description: 'Parks, Spielplätze und 8 500 Bäume.',
  },
  gebaeude: {
    name: 'Gebäudemanagement',
    shortName: 'Gebäude',
    kind: 'department',
    description: 'Schulen, Kitas und Ämter der Stadt als Häuser.',
  },
  verkehr: {
    name: 'Tiefbauamt',
    shortName: 'Tiefbau',
    kind: 'department',
    description: 'Straßen, Beleuchtung, Radwege.',
  },
  rat: {
    name: 'Rat der Stadt',
    shortName: 'Rat',
    kind: 'department',
    description: 'Der Stadtrat und seine Ausschüsse.',
  },
  stadtwerke: {
    name: 'Stadtwerke Auenstadt',
    shortName: 'Stadtwerke',
    kind: 'utility',
    description: 'Strom, Wärme, Wasser und das Klima-Messnetz.',
  },
  linien: {
    name: 'Auenlinien Verkehrsbetrieb',
    shortName: 'Auenlinien',
    kind: 'utility',
    description: 'Busse und die Straßenbahn.',
  },
  uni: {
    name: 'Universität Auenstadt, Institut für Stadtklima',
    shortName: 'Universität',
    kind: 'institute',
    description: 'Forscht, wie Städte kühl bleiben.',
  },
  funknetz: {
    name: 'Funknetz Aue GmbH',
    shortName: 'Funknetz',
    kind: 'company',
    description: 'Mobilfunk in der Region.',
  },
  schattenplatz: {
    name: 'Elterninitiative Schattenplatz e. V.',
    shortName: 'Schattenplatz',
    kind: 'association',
    description: 'Eltern, die sich um kühle Orte für Kinder kümmern.',
  },
  traeger: {
    name: 'Verbund freier Kita-Träger',
    shortName: 'Kita-Verbund',
    kind: 'association',
    description: '17 Vereine, die Kitas betreiben.',
  },
  senioren: {
    name: 'Seniorenbeirat Auenstadt',
    shortName: 'Seniorenbeirat',
    kind: 'association',
    description: 'Vertritt alle, die über sechzig sind.',
  },
} as const satisfies Record<string, OrganisationPart>

/** The name under which the story knows an organisation. */
export type OrganisationKey = keyof typeof organisations

type PersonPart = {
  name: string
  email: string
  roles: readonly (readonly [OrganisationKey, Role])[]
  /** What a newcomer can try as this person, in both languages. */
  try: { de: string; en: string; to: string }
}

/** The people one can sign in as. All invented; addresses under example.org never reach anybody. */
export const people = {
  lotsin: {
    name: 'Mira Sandvoss',
    email: 'lotsin@example.org',
    roles: [['statistik', 'steward']],
    try: {
      de: 'Datenlotsin: eine neue Frage prüfen, Daten zu Fragen suchen',
      en: 'Data guide: check a new question, find data for questions',
      to: '/desk',
    },
  },
  jugendamt: {
    name: 'Jana Petrow',
    email: 'jugendamt@example.org',
    roles: [['jugendamt', 'holder']],
    try: {
      de: 'Jugendamt: sehen, wozu die eigenen Daten dienen, Vereinbarung lesen',
      en: 'Youth office: see what its data serve, read the agreement',
      to: '/desk',
    },
  },
  stadtwerke: {
    name: 'Tobias Krull',
    email: 'stadtwerke@example.org',
    roles: [['stadtwerke', 'holder']],
    try: {
      de: 'Stadtwerke: eine Anfrage nach Daten beantworten',
      en: 'Utility: answer a request for data',
      to: '/desk',
    },
  },
  uni: {
    name: 'Elif Aydin',
    email: 'universitaet@example.org',
    roles: [
      ['uni', 'analyst'],
      ['uni', 'holder'],
    ],
    try: {
      de: 'Universität: in der Sandbox fragen, wo Kita-Plätze fehlen',
      en: 'University: ask in the sandbox where day-care places are missing',
      to: '/sandbox',
    },
  },
  pruefung: {
    name: 'Ruth Bergner',
    email: 'pruefung@example.org',
    roles: [['jugendamt', 'reviewer']],
    try: {
      de: 'Prüferin des Jugendamts: über eine Freigabe entscheiden',
      en: 'Reviewer of the youth office: decide on a release',
      to: '/desk',
    },
  },
  pruefungUni: {
    name: 'Henrik Vogt',
    email: 'pruefung-universitaet@example.org',
    roles: [
      ['uni', 'reviewer'],
      ['stadtwerke', 'reviewer'],
    ],
    try: {
      de: 'Prüfer der Universität und der Stadtwerke',
      en: 'Reviewer of the university and the utility',
      to: '/desk',
    },
  },
  rat: {
    name: 'Carla Mensing',
    email: 'rat@example.org',
    roles: [['rat', 'council']],
    try: {
      de: 'Ratsmitglied: die Antwort zur Hitze lesen',
      en: 'Council member: read the answer about heat',
      to: '/answers',
    },
  },
  schattenplatz: {
    name: 'Nadja Orlowski',
    email: 'schattenplatz@example.org',
    roles: [['schattenplatz', 'citizen']],
    try: {
      de: 'Bürgerin in einem Verein: eine Frage stellen oder unterstützen',
      en: 'Citizen in an association: raise or support a question',
      to: '/questions',
    },
  },
  traeger: {
    name: 'Boris Feldkamp',
    email: 'traeger@example.org',
    roles: [['traeger', 'citizen']],
    try: {
      de: 'Kita-Verbund: die eigene Frage verfolgen',
      en: 'Day-care association: follow its own question',
      to: '/questions',
    },
  },
  linien: {
    name: 'Wiebke Lorenz',
    email: 'auenlinien@example.org',
    roles: [['linien', 'holder']],
    try: {
      de: 'Verkehrsbetrieb: eine Vereinbarung prüfen',
      en: 'Transport company: look through an agreement',
      to: '/cooperation',
    },
  },
  gesundheit: {
    name: 'Amir Haddad',
    email: 'gesundheitsamt@example.org',
    roles: [['gesundheitsamt', 'holder']],
    try: {
      de: 'Gesundheitsamt: die eigenen Daten beschreiben',
      en: 'Health office: describe its data',
      to: '/desk',
    },
  },
  gruen: {
    name: 'Sophie Landgraf',
    email: 'gruen@example.org',
    roles: [['gruen', 'holder']],
    try: { de: 'Grünflächenamt: offene Daten pflegen', en: 'Parks office: maintain open data', to: '/desk' },
  },
  gebaeude: {
    name: 'Kemal Ates',
    email: 'gebaeude@example.org',
    roles: [['gebaeude', 'holder']],
    try: {
      de: 'Gebäudemanagement: eine Anfrage beantworten',
      en: 'Building management: answer a request',
      to: '/desk',
    },
  },
  funknetz: {
    name: 'Lea Brinkmann',
    email: 'funknetz@example.org',
    roles: [['funknetz', 'holder']],
    try: {
      de: 'Unternehmen: über Gerätezählungen entscheiden',
      en: 'Company: decide about device counts',
      to: '/desk',
    },
  },
  senioren: {
    name: 'Gisela Thormann',
    email: 'senioren@example.org',
    roles: [['senioren', 'citizen']],
    try: {
      de: 'Seniorenbeirat: eine eigene Frage verfolgen',
      en: 'Senior council: follow its own question',
      to: '/questions',
    },
  },
  betrieb: {
    name: 'Pavel Brandt',
    email: 'betrieb@example.org',
    roles: [['statistik', 'operator']],
    try: {
      de: 'Betrieb: Postausgang und Zustand ansehen',
      en: 'Operator: see the outbox and the state of the hub',
      to: '/operator',
    },
  },
} as const satisfies Record<string, PersonPart>

/** The name under which the story knows a person. */
export type PersonKey = keyof typeof people

/** How many citizens without an organisation support and comment. */
export const CITIZENS = 60

/** Whom the demo offers for signing in first, in this order. */
export const offered: readonly PersonKey[] = [
  'lotsin',
  'jugendamt',
  'stadtwerke',
  'uni',
  'pruefung',
  'rat',
  'schattenplatz',
  'betrieb',
]
