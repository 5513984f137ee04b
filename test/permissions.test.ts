import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy as answers } from '../src/answers/policy.ts'
import { draftAnswer } from '../src/answers/service.ts'
import { policy as catalogue } from '../src/catalogue/policy.ts'
import { createEntry, publishDataset, shareEntries } from '../src/catalogue/service.ts'
import { emptyRecord } from '../src/catalogue/model.ts'
import { policy as cooperation } from '../src/cooperation/policy.ts'
import { draftAgreement, proposeAgreement } from '../src/cooperation/service.ts'
import { policy as home } from '../src/home/policy.ts'
import { policy as identity } from '../src/identity/policy.ts'
import type { Policy } from '../src/platform/permission.ts'
import { isProblem } from '../src/platform/problem.ts'
import { policy as questions } from '../src/questions/policy.ts'
import { personalData } from '../src/questions/service.ts'
import { policy as transparency } from '../src/transparency/policy.ts'
import { answerInput, createStage, type Stage } from './fixtures/answers/released.ts'
import type { User, World } from './harness.ts'
import { createWorld, permissionMatrix } from './harness.ts'

// A verb that no permission matrix tries is a verb nobody has seen refused. Most rooms try theirs beside their code; what
// shows itself only as something hidden, or is called by another room alone, is tried here.

const src = join(import.meta.dirname, '..', 'src')
const files = readdirSync(src, { recursive: true }).map(String)
const rooms = files.filter((file) => /^[a-z]+\/policy\.ts$/.test(file)).map((file) => file.split('/')[0]!)

/** The text of each call of `permissionMatrix` for a room, here and in its own tests. */
function matricesOf(room: string): readonly string[] {
  const own = files
    .filter((file) => file.startsWith(`${room}/`) && /\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(join(src, file), 'utf8'))
  const here = readFileSync(import.meta.filename, 'utf8')
    .split(/^describe\(/m)
    .filter((part) => part.startsWith(`'${room}'`))
  return [...own, ...here]
    .flatMap((text) => text.split('permissionMatrix(').slice(1))
    .map((text) => text.split(/^ {0,2}\)|^ {0,2}\}\)/m)[0]!)
}

const isTried = (matrices: readonly string[], verb: string) => {
  const name = /^\w+$/.test(verb) ? verb : `'${verb}'`
  return matrices.some((text) => new RegExp(`[\\s{]${name}: \\{`).test(text))
}

describe('every permission', () => {
  it('is looked for in all rooms that have some', () => {
    expect(rooms.toSorted()).toEqual(
      'answers catalogue cooperation home identity questions sandbox transparency'.split(' '),
    )
  })

  it.each(rooms)('of %s is tried by every role', async (room) => {
    const { policy } = (await import(join(src, room, 'policy.ts'))) as { policy: Policy }
    const matrices = matricesOf(room)
    // What nobody is granted belongs to the hub itself and has no address.
    const byPeople = Object.keys(policy).filter((verb) => policy[verb]!.length > 0)
    expect(byPeople.filter((verb) => !isTried(matrices, verb))).toEqual([])
  })
})

let world: World
let stage: Stage
let town: string
beforeAll(async () => {
  world = await createWorld()
  town = world.organisationId
  stage = await createStage(world)
})
afterAll(() => world.close())

const ours = () => ({ organisationIds: [town] })

/** A use case without an address of its own, answered as over HTTP. */
async function calling(run: () => Promise<unknown>): Promise<Response> {
  try {
    await run()
    return new Response(null, { status: 204 })
  } catch (error) {
    if (isProblem(error)) return new Response(null, { status: error.spec.status })
    throw error
  }
}

/** What is hidden from a reader is refused to her. */
const hidden = (response: Response) =>
  response.status === 404 ? new Response(null, { status: 403 }) : response

describe('home', () => {
  permissionMatrix(() => world, home, {
    'read start': { request: (user) => user.get('/') },
    search: { request: (user) => user.get('/search?q=kinder') },
    'use desk': { request: (user) => user.get('/desk') },
    operate: { request: (user) => user.get('/operator') },
  })
  permissionMatrix(
    () => world,
    { operate: home.operate },
    { operate: { request: (user) => user.get('/operator/outbox') } },
  )
})

describe('transparency', () => {
  permissionMatrix(
    () => world,
    { verify: transparency.verify },
    { verify: { request: (user) => user.post('/transparency/verify') } },
  )
})

describe('identity', () => {
  const seesMembers = async (user: User) => {
    const text = await (await user.get(`/identity/organisations/${stage.cast.office}`)).text()
    return new Response(null, { status: text.includes('Hanna Halter') ? 200 : 403 })
  }
  permissionMatrix(() => world, { seeMembers: identity.seeMembers }, { seeMembers: { request: seesMembers } })
})

describe('questions', () => {
  const { leave, reply, own, represent } = questions
  permissionMatrix(
    () => world,
    { leave, reply, own, represent },
    {
      leave: { request: (user) => user.get('/questions/leave/no-such-link') },
      reply: { request: (user) => user.get('/questions/decisions/no-such-link') },
      own: {
        request: (user) => calling(() => personalData.export(user.ctx, stage.cast.holder.personId)),
        whose: () => ({ authorId: stage.cast.holder.personId }),
      },
      represent: {
        request: (user) =>
          user.json('POST', '/api/v1/questions', {
            title: `Was fragt eine Organisation, ${user.personId}?`,
            why: 'Weil sie es für ihre Leute wissen will.',
            organisationId: town,
          }),
        whose: ours,
      },
    },
  )
})

describe('catalogue', () => {
  const { publish, share } = catalogue
  permissionMatrix(
    () => world,
    { publish, share },
    {
      publish: {
        request: (user) =>
          calling(() =>
            publishDataset(user.ctx, {
              title: 'Offene Zahlen',
              description: 'Zahlen, die offen sind.',
              organisationId: town,
              licence: 'http://dcat-ap.de/def/licenses/cc-zero',
              files: [],
            }),
          ),
        whose: ours,
      },
      share: {
        request: (user) =>
          calling(() =>
            shareEntries(user.ctx, { agreementId: stage.agreementId, entryIds: [], organisationIds: [] }),
          ),
      },
    },
  )
})

describe('cooperation', () => {
  const { readInside, signAsAsker } = cooperation
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  let entryId: string
  beforeAll(async () => {
    const record = { ...emptyRecord(), title: { de: 'Zahlen' }, description: { de: 'Zahlen der Stadt.' } }
    entryId = (await createEntry(world.system, { organisationId: stage.cast.office, record })).id
  })
  const terms = () => ({
    questionId: stage.cast.questionId,
    title: 'Rechte der Fragenden',
    purpose: 'Herausfinden, wer hier was darf und wer nicht.',
    legalBasis: 'not-personal' as const,
    parties: [
      { organisationId: stage.cast.office, part: 'holder' as const },
      { organisationId: stage.cast.university, part: 'analyst' as const },
      { organisationId: town, part: 'asker' as const },
    ],
    entryIds: [entryId],
    validFrom: day(0),
    validUntil: day(5),
  })
  const parties = () => ({ organisationIds: [stage.cast.office, stage.cast.university, town] })
  permissionMatrix(
    () => world,
    { readInside, signAsAsker },
    {
      readInside: {
        request: async (user) => {
          const { id } = await draftAgreement(world.system, terms())
          return hidden(await user.get(`/cooperation/agreements/${id}`))
        },
        whose: parties,
      },
      signAsAsker: {
        request: async (user) => {
          const { id } = await proposeAgreement(world.system, terms())
          return user.post(`/cooperation/agreements/${id}/sign`, { organisationId: town })
        },
        whose: ours,
      },
    },
  )
})

describe('answers', () => {
  let number: string
  let parties: readonly string[]
  beforeAll(async () => {
    const draft = await draftAnswer(stage.cast.analyst.ctx, answerInput(stage))
    number = draft.number
    parties = draft.parties.map((party) => party.organisationId)
  })
  permissionMatrix(
    () => world,
    { readDraft: answers.readDraft },
    {
      readDraft: {
        request: async (user) => hidden(await user.get(`/answers/${number}/preview`)),
        whose: () => ({ organisationIds: parties }),
      },
    },
  )
})
