import {
  advanceQuestion,
  commentOnQuestion,
  mergeQuestions,
  moderateComment,
  moderateQuestion,
  raiseQuestion,
  supportQuestion,
} from '../../questions/service.ts'
import { CITIZENS, type OrganisationKey, type PersonKey } from './cast.ts'
import { askedQuestions, saidThings } from './words-questions.ts'
import { seeded } from './random.ts'
import type { Stage, Step } from './stage.ts'

const raiseSteps: readonly Step[] = askedQuestions.map(({ key, at, by, organisation, ...text }) => ({
  name: `raise-${key}`,
  at,
  run: async (stage) => {
    const ctx = typeof by === 'number' ? stage.citizen(by) : stage.as(by)
    const asked = await raiseQuestion(ctx, {
      ...text,
      ...(organisation ? { organisationId: stage.organisation(organisation) } : {}),
    })
    return { [`question:${key}`]: asked.id, [`number:${key}`]: asked.number }
  },
}))

// The newest question still waits for the data guide: somebody has to try it.
const approveSteps: readonly Step[] = askedQuestions
  .filter((part) => typeof part.by === 'number' && part.key !== 'radweg')
  .map(({ key, at }) => ({
    name: `approve-${key}`,
    at: `${at.slice(0, 10)}T22:00`,
    run: (stage) =>
      moderateQuestion(stage.as('lotsin'), { questionId: stage.id(`question:${key}`), decision: 'approve' }),
  }))

/** Days after which citizens have supported a question, and how many of the sixty. */
const supporters: readonly (readonly [
  key: string,
  at: string,
  count: number,
  organisations: readonly (readonly [PersonKey, OrganisationKey])[],
])[] = [
  [
    'hitze',
    '2026-03-25T19:00',
    52,
    [
      ['senioren', 'senioren'],
      ['traeger', 'traeger'],
    ],
  ],
  ['schulweg', '2026-04-01T19:00', 44, [['schattenplatz', 'schattenplatz']]],
  ['grundwasser', '2026-04-20T19:00', 23, []],
  ['kita', '2026-04-28T19:00', 47, [['schattenplatz', 'schattenplatz']]],
  ['linie12', '2026-06-22T19:00', 38, []],
  ['senioren', '2026-08-03T19:00', 31, [['schattenplatz', 'schattenplatz']]],
]

const supportSteps: readonly Step[] = supporters.map(([key, at, count, organisations]) => ({
  name: `support-${key}`,
  at,
  run: async (stage) => {
    const questionId = stage.id(`question:${key}`)
    const random = seeded(7, key)
    for (let index = 0; index < CITIZENS; index++) {
      if (index < count - 8 || (index < count + 12 && random.chance(0.4)))
        await supportQuestion(stage.citizen(index), { questionId })
    }
    for (const [person, organisation] of organisations) {
      await supportQuestion(stage.as(person), {
        questionId,
        organisationId: stage.organisation(organisation),
      })
    }
  },
}))

const talkSteps: readonly Step[] = saidThings.map(({ question, at, by, organisation, ...said }, index) => ({
  name: `talk-${index + 1}`,
  at,
  run: async (stage) => {
    const ctx = typeof by === 'number' ? stage.citizen(by) : stage.as(by)
    const questionId = stage.id(`question:${question}`)
    const { id, visibility } = await commentOnQuestion(ctx, {
      questionId,
      ...said,
      ...(organisation ? { organisationId: stage.organisation(organisation) } : {}),
    })
    if (visibility === 'pending')
      await moderateComment(stage.as('lotsin'), { commentId: id, decision: 'approve' })
    return { [`comment:${index + 1}`]: id }
  },
}))

function prioritise(stage: Stage, key: string, place: number): Promise<unknown> {
  return advanceQuestion(stage.as('lotsin'), {
    questionId: stage.id(`question:${key}`),
    to: 'prioritised',
    note: {
      de: `In der Frühjahrsrunde aufgenommen, Platz ${place}`,
      en: `Taken up in the spring round, place ${place}`,
    },
    mark: { de: `Platz ${place}`, en: `Place ${place}` },
    decides: {
      who: { de: 'Die Datenlotsin', en: 'The data guide' },
      what: {
        de: 'Sie schreibt auf, welche Daten die Frage braucht, und sucht sie.',
        en: 'She writes down which data the question needs and looks for them.',
      },
    },
  })
}

const orderSteps: readonly Step[] = [
  {
    name: 'priority-hitze',
    at: '2026-04-02T16:00',
    run: async (stage) => void (await prioritise(stage, 'hitze', 1)),
  },
  {
    name: 'priority-kita',
    at: '2026-05-06T16:00',
    run: async (stage) => void (await prioritise(stage, 'kita', 2)),
  },
  {
    name: 'priority-grundwasser',
    at: '2026-05-06T17:00',
    run: async (stage) => void (await prioritise(stage, 'grundwasser', 3)),
  },
  {
    name: 'priority-schulweg',
    at: '2026-05-06T18:00',
    run: async (stage) => void (await prioritise(stage, 'schulweg', 4)),
  },
  {
    name: 'priority-linie12',
    at: '2026-07-06T16:00',
    run: async (stage) => void (await prioritise(stage, 'linie12', 1)),
  },
  {
    name: 'merge-spielplatz',
    at: '2026-05-22T10:00',
    run: async (stage) => {
      await mergeQuestions(stage.as('lotsin'), {
        questionId: stage.id('question:spielplatz'),
        intoNumber: stage.id('number:hitze'),
        note: 'Beide Fragen suchen Schatten für kleine Kinder. Der Spielplatz kommt als Ort dazu.',
      })
    },
  },
]

/** Questions from asking to order: raised, shown, supported, talked about, merged, taken up. */
export const questionSteps: readonly Step[] = [
  ...raiseSteps,
  ...approveSteps,
  ...supportSteps,
  ...talkSteps,
  ...orderSteps,
]
