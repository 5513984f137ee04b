import { addNeed, answerRequest, finishMap, mapNeed, requestData } from '../../catalogue/service.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { Step } from './stage.ts'
import { needs } from './words-needs.ts'

const needSteps: readonly Step[] = Object.entries(needs).flatMap(
  ([question, { at, found, list }]): Step[] => [
    {
      name: `needs-${question}`,
      at,
      run: async (stage) => {
        const ids: Record<string, string> = {}
        for (const { key, entry: _, ...need } of list) {
          const made = await addNeed(stage.as('lotsin'), {
            ...need,
            questionId: stage.id(`question:${question}`),
          })
          ids[`need:${question}-${key}`] = made.id
        }
        return ids
      },
    },
    {
      name: `found-${question}`,
      at: found,
      run: async (stage) => {
        for (const { key, entry } of list) {
          if (entry)
            await mapNeed(stage.as('lotsin'), {
              needId: stage.id(`need:${question}-${key}`),
              entryId: stage.id(`entry:${entry}`),
            })
        }
      },
    },
  ],
)

type Asked = { key: string; need: string; at: string; to: OrganisationKey; message: string; due: string }

const requests: readonly Asked[] = [
  {
    key: 'haeuser',
    need: 'hitze-haeuser',
    at: '2026-04-14T10:00',
    to: 'gebaeude',
    message:
      'Ob Kitas Jalousien oder Lüftung haben, steht nirgends gesammelt. Habt ihr eine Liste der Häuser mit ihrer Ausstattung?',
    due: '2026-05-06',
  },
  {
    key: 'brunnen',
    need: 'grundwasser-brunnen',
    at: '2026-11-12T10:00',
    to: 'stadtwerke',
    message:
      'Kennt ihr die Hausbrunnen in Neudorf und Klosterfeld, zum Beispiel aus den Anmeldungen für Wasserzähler?',
    due: '2026-12-01',
  },
]

const requestSteps: readonly Step[] = requests.map(({ key, need, at, to, message, due }) => ({
  name: `request-${key}`,
  at,
  run: async (stage) => {
    const request = await requestData(stage.as('lotsin'), {
      needId: stage.id(`need:${need}`),
      organisationId: stage.organisation(to),
      message,
      due,
    })
    return { [`request:${key}`]: request.id }
  },
}))

type Reply = {
  key: string
  at: string
  by: PersonKey
  answer: 'promise' | 'decline' | 'ask-back'
  text: string
  promisedFor?: string
}

const replies: readonly Reply[] = [
  {
    key: 'haeuser',
    at: '2026-04-17T11:00',
    by: 'gebaeude',
    answer: 'promise',
    text: 'Eine Liste gibt es nicht, aber wir gehen bis zum Herbst durch alle 38 Häuser und schreiben es auf.',
    promisedFor: '2026-10-31',
  },
]

const replySteps: readonly Step[] = replies.map(({ key, at, by, ...reply }) => ({
  name: `reply-${key}`,
  at,
  run: async (stage) =>
    void (await answerRequest(stage.as(by), { requestId: stage.id(`request:${key}`), ...reply })),
}))

const finished: readonly (readonly [string, string])[] = [
  ['hitze', '2026-04-20T09:00'],
  ['kita', '2026-06-02T09:00'],
  ['linie12', '2026-07-20T09:00'],
]

const finishSteps: readonly Step[] = finished.map(([question, at]) => ({
  name: `mapped-${question}`,
  at,
  run: async (stage) => void (await finishMap(stage.as('lotsin'), stage.id(`question:${question}`))),
}))

/** What each question needs, what was found, who was asked for the gaps. Grundwasser keeps an open gap on purpose. */
export const mapSteps: readonly Step[] = [...needSteps, ...requestSteps, ...replySteps, ...finishSteps]
