import { changeClause, discussClause, proposeAgreement, signAgreement } from '../../cooperation/service.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { Step } from './stage.ts'

type Part = 'holder' | 'analyst' | 'asker'

type AgreementPart = {
  key: string
  at: string
  question: string
  title: string
  purpose: string
  legalBasis: 'public-task' | 'research' | 'not-personal'
  level: 'basic' | 'raised' | 'high'
  parties: readonly (readonly [OrganisationKey, Part])[]
  entries: readonly string[]
  from: string
  until: string
  benefit: string
}

const parts: readonly AgreementPart[] = [
  {
    key: 'hitze',
    at: '2026-04-22T10:00',
    question: 'hitze',
    title: 'Hitze und kleine Kinder',
    purpose:
      'Wir zählen zusammen, wie viele Kinder unter sechs Jahren je Stadtteil in einer heißen Straße wohnen. Das Ergebnis zeigt, wo Schatten zuerst gebraucht wird. Für nichts anderes.',
    legalBasis: 'public-task',
    level: 'raised',
    parties: [
      ['jugendamt', 'holder'],
      ['stadtwerke', 'holder'],
      ['uni', 'holder'],
      ['uni', 'analyst'],
      ['schattenplatz', 'asker'],
    ],
    entries: ['kinder', 'messnetz', 'waermekarte'],
    from: '2026-05-04',
    until: '2026-09-30',
    benefit: 'Das Jugendamt bekommt die geprüfte Tabelle für seine Planung.',
  },
  {
    key: 'kita',
    at: '2026-08-20T10:00',
    question: 'kita',
    title: 'Kita-Plätze, wo sie fehlen',
    purpose:
      'Wir zählen zusammen, in welchem Stadtteil Familien mit Bedarf keinen Platz haben, ob die Öffnungszeiten passen und was ein Platz für die Sprache der Kinder ausmacht.',
    legalBasis: 'public-task',
    level: 'raised',
    parties: [
      ['jugendamt', 'holder'],
      ['gesundheitsamt', 'holder'],
      ['uni', 'analyst'],
      ['traeger', 'asker'],
    ],
    entries: ['kinder', 'belegung', 'einschulung'],
    from: '2026-10-05',
    until: lastDay(),
    benefit: 'Jugendamt und Träger bekommen die Tabellen, das Gesundheitsamt die Auswertung zur Sprache.',
  },
  {
    key: 'sprache',
    at: '2026-10-19T10:00',
    question: 'kita',
    title: 'Kita-Jahre und Sprache',
    purpose:
      'Wir zählen, wie viele Kinder vor der Einschulung Hilfe beim Sprechen brauchen, je nachdem, wie lange sie in der Kita waren. Weil es um die Gesundheit von Kindern geht, wird nur mit Differential Privacy gefragt.',
    legalBasis: 'public-task',
    level: 'raised',
    parties: [
      ['gesundheitsamt', 'holder'],
      ['uni', 'analyst'],
    ],
    entries: ['einschulung'],
    from: '2026-11-02',
    until: lastDay(),
    benefit: 'Das Gesundheitsamt bekommt die Auswertung für seinen Bericht.',
  },
  {
    key: 'linie12',
    at: '2026-11-03T10:00',
    question: 'linie12',
    title: 'Ausfälle der Linie 12 am Abend',
    purpose:
      'Wir zählen Ausfälle nach 20 Uhr je Monat und vergleichen sie mit der Zahl der Menschen, die dann unterwegs sind.',
    legalBasis: 'not-personal',
    level: 'basic',
    parties: [
      ['linien', 'holder'],
      ['funknetz', 'holder'],
      ['uni', 'analyst'],
    ],
    entries: ['fahrten', 'geraete'],
    from: '2026-11-16',
    until: lastDay(),
    benefit: 'Die Auenlinien sehen zum ersten Mal, wie viele Menschen ein Ausfall trifft.',
  },
]

// A year from now at least, so that the sandbox of the demo is open whenever somebody tries it.
function lastDay(): string {
  const year = Math.max(2027, new Date().getFullYear() + 1)
  return `${year}-12-31`
}

const proposeSteps: readonly Step[] = parts.map(
  ({ key, at, question, parties, entries, level, from, until, ...terms }) => ({
    name: `agreement-${key}`,
    at,
    run: async (stage) => {
      const agreement = await proposeAgreement(stage.as('lotsin'), {
        questionId: stage.id(`question:${question}`),
        title: terms.title,
        purpose: terms.purpose,
        legalBasis: terms.legalBasis,
        benefit: terms.benefit,
        parties: parties.map(([organisation, part]) => ({
          organisationId: stage.organisation(organisation),
          part,
        })),
        entryIds: entries.map((entry) => stage.id(`entry:${entry}`)),
        protectionLevel: level,
        validFrom: from,
        validUntil: until,
      })
      return { [`agreement:${key}`]: agreement.id }
    },
  }),
)

const talkSteps: readonly Step[] = [
  {
    name: 'agreement-hitze-asked',
    at: '2026-04-23T14:00',
    run: (stage) =>
      discussClause(stage.as('jugendamt'), {
        agreementId: stage.id('agreement:hitze'),
        clause: 'output',
        text: 'In Auwiesen und Steinbruch leben sehr wenige kleine Kinder. Bleibt es dabei, dass unter zehn Kindern gar keine Zahl herauskommt?',
      }),
  },
  {
    name: 'agreement-hitze-answered',
    at: '2026-04-23T16:00',
    run: (stage) =>
      discussClause(stage.as('uni'), {
        agreementId: stage.id('agreement:hitze'),
        clause: 'output',
        text: 'Ja. Solche Zahlen zeigt die Sandbox auch uns nicht. In der Karte werden die beiden Stadtteile schraffiert.',
      }),
  },
  {
    name: 'agreement-hitze-changed',
    at: '2026-04-24T10:00',
    run: async (stage) => {
      await changeClause(stage.as('stadtwerke'), {
        agreementId: stage.id('agreement:hitze'),
        clause: 'benefit',
        values: {
          benefit:
            'Das Jugendamt bekommt die geprüfte Tabelle für seine Planung, die Stadtwerke eine Liste der heißen Straßen ohne Messpunkt.',
        },
        reason: 'Damit wissen wir, wo neue Messpunkte am meisten nützen.',
      })
    },
  },
  {
    name: 'agreement-kita-asked',
    at: '2026-08-27T10:00',
    run: (stage) =>
      discussClause(stage.as('gesundheit'), {
        agreementId: stage.id('agreement:kita'),
        clause: 'data',
        text: 'Die Untersuchungen gehen nur nach Stadtteil hinein, nicht nach Baublock. So ist es mit der Datenschutzbeauftragten besprochen.',
      }),
  },
]

const signatures: readonly (readonly [key: string, at: string, by: PersonKey, OrganisationKey])[] = [
  ['hitze', '2026-04-28T09:00', 'schattenplatz', 'schattenplatz'],
  ['hitze', '2026-05-04T09:00', 'stadtwerke', 'stadtwerke'],
  ['hitze', '2026-05-05T09:00', 'uni', 'uni'],
  ['hitze', '2026-05-08T09:00', 'jugendamt', 'jugendamt'],
  ['kita', '2026-09-08T09:00', 'traeger', 'traeger'],
  ['kita', '2026-09-15T09:00', 'uni', 'uni'],
  ['kita', '2026-09-29T09:00', 'gesundheit', 'gesundheitsamt'],
  ['kita', '2026-10-05T09:00', 'jugendamt', 'jugendamt'],
  ['sprache', '2026-10-28T09:00', 'uni', 'uni'],
  ['sprache', '2026-10-30T09:00', 'gesundheit', 'gesundheitsamt'],
  ['linie12', '2026-11-10T09:00', 'uni', 'uni'],
]

const signSteps: readonly Step[] = signatures.map(([key, at, by, organisation]) => ({
  name: `sign-${key}-${organisation}`,
  at,
  run: async (stage) => {
    await signAgreement(stage.as(by), {
      agreementId: stage.id(`agreement:${key}`),
      organisationId: stage.organisation(organisation),
    })
  },
}))

/** Agreements: one fulfilled, two in force, one that waits for two signatures. */
export const agreementSteps: readonly Step[] = [...proposeSteps, ...talkSteps, ...signSteps]
