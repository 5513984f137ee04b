import {
  draftAnswer,
  getAnswer,
  publishAnswer,
  recordDecision,
  recordIndicator,
} from '../../answers/service.ts'
import type { DraftAnswer } from '../../answers/schema.ts'
import { getRelease } from '../../sandbox/service.ts'
import type { Stage, Step } from './stage.ts'

/** One district as the released table has it; null is protected. */
interface Line {
  name: string
  children: number | null
  hot: number | null
  share: number | null
}

async function releasedLines(stage: Stage): Promise<Line[]> {
  const { rows } = await getRelease(stage.as('uni'), stage.id('release:hitze'))
  const figure = (value: unknown) => (typeof value === 'number' ? value : null)
  return rows.map((row) => ({
    name: String(row[0]),
    children: figure(row[1]),
    hot: figure(row[2]),
    share: figure(row[3]),
  }))
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0)

/** „acht“ for 12.5 %: every how manieth child it is. */
function everyNth(share: number): string {
  const words = ['vierte', 'fünfte', 'sechste', 'siebte', 'achte', 'neunte', 'zehnte', 'elfte', 'zwölfte']
  return words[Math.min(words.length - 1, Math.max(0, Math.round(100 / share) - 4))] as string
}

const COUNTS = ['keinem', 'einem', 'zwei', 'drei', 'vier', 'fünf', 'sechs']
const TENTHS = ['null', 'einem', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn']

async function heatDraft(stage: Stage): Promise<DraftAnswer> {
  const lines = await releasedLines(stage)
  const shown = lines.filter((line) => line.share !== null)
  const top = shown[0] as Line
  const low = shown.at(-1) as Line
  const half = shown.filter((line) => (line.share ?? 0) > 50).map((line) => line.name)
  const hot = sum(shown.map((line) => line.hot))
  const all = sum(shown.map((line) => line.children))
  const tenths = TENTHS[Math.round((top.share ?? 0) / 10)] as string
  const lowShare = low.share ?? 0
  const releaseId = stage.id('release:hitze')
  const gap = (top.share ?? 0) - lowShare
  const places = new Intl.ListFormat('de', { type: 'conjunction' }).format(half)
  return {
    questionId: stage.id('question:hitze'),
    title: `${tenths[0]?.toUpperCase()}${tenths.slice(1)} von zehn kleinen Kindern im ${top.name} wohnen in einer heißen Straße`,
    lead: `Am ${low.name} ist es nur etwa jedes ${everyNth(lowShare)}. Entscheidend ist weniger das Wetter als der Belag: Wo Asphalt liegt und Bäume fehlen, staut sich die Wärme bis in die Nacht.`,
    finding: [
      `In ${COUNTS[half.length] ?? half.length} Stadtteilen lebt mehr als die Hälfte der kleinen Kinder in Straßen, die sich an Sommertagen stark aufheizen: ${places}. Gemeinsam ist ihnen viel versiegelter Boden und wenig Schatten.`,
      `Zwischen ${top.name} und ${low.name} liegen ${gap} Prozentpunkte. Das ist kein Zufall einzelner Tage, es ist die Bauweise.`,
      'Die Altstadt schneidet besser ab als erwartet. Ihre engen Gassen liegen am Nachmittag im Schatten der Häuser.',
      'In Auwiesen und Steinbruch leben so wenige kleine Kinder, dass eine Zahl Rückschlüsse auf Familien erlauben könnte. Diese Werte bleiben geschützt.',
    ].join('\n\n'),
    method:
      'Die Daten des Jugendamts und der Universität lagen vom 12. Mai an gemeinsam in der Sandbox. Für jeden Baublock sagt die Wärmekarte, ob er heiß ist: an mindestens zehn Tagen im Sommer 2025 über 38 Grad gefühlte Temperatur um 14 Uhr. Gezählt wurden die Kinder unter sechs Jahren je Stadtteil, einmal alle und einmal die in heißen Blöcken.\n\nJede Zahl ist zum Schutz der Familien leicht verändert und auf fünf gerundet. Die Anteile können deshalb um etwa zwei Prozentpunkte abweichen.',
    limits: [
      'Wir kennen den Wohnort, nicht die Wohnung. Ein Dachgeschoss ist heißer als ein Keller.',
      'Die Wärmekarte zeigt den Sommer 2025. Neue Gebäude am Hafen fehlen.',
      'Ob Kitas Jalousien oder Lüftung haben, wissen wir noch nicht. Das Gebäudemanagement schreibt es bis Ende Oktober auf.',
    ],
    facts: [
      {
        value: new Intl.NumberFormat('de').format(hot).replace('.', '\u202f'),
        label: `kleine Kinder wohnen in heißen Straßen, das sind ${Math.round((100 * hot) / all)} Prozent in den berechneten Stadtteilen`,
      },
      {
        value: `${Math.round((top.share ?? 0) / lowShare)}-mal`,
        label: `so häufig wie am ${low.name} trifft es Kinder im ${top.name}`,
      },
      {
        value: String(lines.length - shown.length),
        label: 'Stadtteile bleiben geschützt, weil dort zu wenige kleine Kinder leben',
      },
    ],
    releaseIds: [releaseId],
    chart: {
      title: 'Anteil in heißen Straßen',
      note: 'Kinder unter 6 Jahren, in Prozent',
      releaseId,
      label: 'stadtteil',
      value: 'anteil',
    },
    map: {
      title: 'Anteil der Kinder unter 6 Jahren, die in einer heißen Straße wohnen',
      note: 'Nach Stadtteil, Sommer 2025, in Prozent',
      entryId: stage.id('entry:stadtteile'),
      releaseId,
      label: 'stadtteil',
      value: 'anteil',
    },
    licence: 'cc-by-4.0',
  }
}

async function publishOnce(stage: Stage): Promise<void> {
  const ctx = stage.as('lotsin')
  const { state } = await getAnswer(ctx, stage.id('answer:hitze'))
  if (state === 'draft') await publishAnswer(ctx, { answerId: stage.id('answer:hitze') })
}

/** The answer to the heat question: written, published as open data, decided on in the council, looked at again in autumn. */
export const answerSteps: readonly Step[] = [
  {
    name: 'answer-draft',
    at: '2026-06-26T10:00',
    run: async (stage) => ({
      'answer:hitze': (await draftAnswer(stage.as('uni'), await heatDraft(stage))).id,
    }),
  },
  { name: 'answer-published', at: '2026-07-02T10:00', slow: true, run: publishOnce },
  {
    name: 'answer-decided',
    at: '2026-07-14T19:00',
    run: async (stage) => {
      await recordDecision(stage.as('rat'), {
        answerId: stage.id('answer:hitze'),
        decidedOn: '2026-07-14',
        paper: '2026/118',
        yes: 31,
        no: 6,
        abstain: 1,
        decided:
          'Sonnensegel an vier Kitas im Bahnhofsviertel und in der Weststadt, bis Mai 2027.\n60 neue Bäume in den heißesten Straßen, ab Herbst 2026.\nZwei Schulhöfe bleiben im Sommer nachmittags für alle geöffnet.',
        rejected: 'Tempo 20 in der Bahnhofstraße. Der Rat sieht keinen Zusammenhang mit der Frage.',
      })
    },
  },
  {
    name: 'answer-effect',
    at: '2026-10-08T17:00',
    run: async (stage) => {
      const hot = sum((await releasedLines(stage)).map((line) => line.hot))
      const goal = Math.round((hot * 2) / 3 / 5) * 5
      await recordIndicator(stage.as('lotsin'), {
        answerId: stage.id('answer:hitze'),
        name: 'Kleine Kinder in heißen Straßen ohne Schattenplatz in der Nähe',
        unit: 'Kinder',
        points: `2025: ${hot}\n2026: ${Math.round((hot * 0.91) / 5) * 5}`,
        goalYear: 2028,
        goalValue: goal,
        assessment:
          'Die ersten Sonnensegel hängen, zwei Schulhöfe sind offen. Der Weg stimmt, das Tempo reicht noch nicht für das Ziel. Wir prüfen jeden Oktober neu, öffentlich.',
        nextReview: '2027-10-07',
      })
    },
  },
]
