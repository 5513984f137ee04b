import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmInventory, draftInventory } from '../src/catalogue/intake/service.ts'
import { proposeAgreement, signAgreement } from '../src/cooperation/service.ts'
import { transact } from '../src/platform/context.ts'
import {
  getQuestion,
  raiseQuestion,
  setNextDecision,
  supportQuestion,
  withdrawSupport,
} from '../src/questions/service.ts'
import { decideRelease, requestRelease, runQuery } from '../src/sandbox/service.ts'
import { listEntries, record, verifyRegister } from '../src/transparency/service.ts'
import { createSandboxCast, readyRoom, signedAgreement, type SandboxCast } from './fixtures/sandbox/room.ts'
import type { User, World } from './harness.ts'
import { createWorld } from './harness.ts'

// Many hands at once. On a PostgreSQL server these run on several connections side by side.

let world: World
let cast: SandboxCast
let crowd: readonly User[]
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  crowd = await Promise.all(Array.from({ length: 8 }, () => world.person({})))
})
afterAll(() => world.close())

const times = <T>(n: number, run: (i: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: n }, (_, i) => run(i)))
const done = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.filter((result) => result.status === 'fulfilled').length
const reasons = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []))
const lines = async (event: string, objectId: string) => {
  const { entries } = await listEntries(world.system, { room: event.split('.')[0]! }, undefined, 500)
  return entries.filter((entry) => entry.event === event && entry.objectId === objectId)
}

let raised = 0
const question = () =>
  raiseQuestion(world.as('steward').ctx, {
    title: `Was gilt, wenn viele zugleich kommen? ${++raised}`,
    why: 'Weil auf einem Server alles nebeneinander läuft.',
  })

describe('questions', () => {
  it('get numbers without gap or repeat when raised at once', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, question))
    const numbers = results.map((q) => Number(q.number.slice(5))).toSorted((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i))
  })

  it('count each supporter once, however many come at once and however often', async () => {
    const { id } = await question()
    const all = crowd.flatMap((user) => [user, user, user])
    expect(reasons(await times(all.length, (i) => supportQuestion(all[i]!.ctx, { questionId: id })))).toEqual(
      [],
    )
    expect((await getQuestion(world.system, id)).people).toBe(crowd.length)
    const leaving = crowd.slice(0, 3).flatMap((user) => [user, user])
    await times(leaving.length, (i) => withdrawSupport(leaving[i]!.ctx, { questionId: id }))
    expect((await getQuestion(world.system, id)).people).toBe(crowd.length - 3)
  })

  it('sent twice as one form are raised once', async () => {
    const form = {
      _once: crypto.randomUUID(),
      title: 'Kommt diese Frage zweimal an, wenn zweimal geklickt wird?',
      why: 'Die Leitung war langsam, da wurde noch einmal geklickt.',
    }
    const before = await world.hub.database.db.selectFrom('questions_question').select('id').execute()
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => world.as('steward').post('/questions/new', form)),
    )
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([303, 409, 409, 409])
    const after = await world.hub.database.db.selectFrom('questions_question').select('id').execute()
    expect(after).toHaveLength(before.length + 1)
  })

  it('go through although others hold what they need in the other order', async () => {
    const { id } = await question()
    const fromTheRight = () =>
      transact(world.system, async (ctx) => {
        const summary = { de: 'Etwas geschah.', en: 'Something happened.' }
        await record(ctx, { event: 'sandbox.tested', object: { type: 'question', id }, summary })
        await setNextDecision(ctx, { questionId: id, who: 'Rat' })
      })
    const results = await times(8, (i) =>
      i % 2 ? fromTheRight() : supportQuestion(crowd[i]!.ctx, { questionId: id }),
    )
    expect(reasons(results)).toEqual([])
    expect((await getQuestion(world.system, id)).people).toBe(4)
    expect(await lines('sandbox.tested', id)).toHaveLength(4)
  })
})

describe('agreements', () => {
  it('are signed once per party and come into force once', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const { id } = await proposeAgreement(cast.steward.ctx, {
      questionId: cast.questionId,
      title: 'Alle unterschreiben zugleich',
      purpose: 'Herausfinden, ob zwei Unterschriften zugleich eine zu viel sind.',
      legalBasis: 'public-task',
      parties: [
        { organisationId: cast.office, part: 'holder' },
        { organisationId: cast.university, part: 'analyst' },
      ],
      entryIds: [cast.officeEntry],
      validFrom: day(-1),
      validUntil: day(60),
    })
    const signers = [
      { user: cast.holder, organisationId: cast.office },
      { user: cast.analyst, organisationId: cast.university },
    ]
    const results = await times(6, (i) => {
      const { user, organisationId } = signers[i % 2]!
      return signAgreement(user.ctx, { agreementId: id, organisationId })
    })
    expect(done(results)).toBe(2)
    for (const reason of reasons(results)) expect(reason).toMatch(/^cooperation\//)
    expect(await lines('cooperation.agreement-signed', id)).toHaveLength(2)
    expect(await lines('cooperation.agreement-in-force', id)).toHaveLength(1)
  })
})

describe('releases', () => {
  it('are requested once and decided once per holder', async () => {
    const agreement = await signedAgreement(cast)
    const { workspace } = await readyRoom(cast, agreement)
    const sql = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'
    const query = await runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
    const context = 'Für die Antwort auf die Frage im Rat.'
    const requests = await times(4, () => requestRelease(cast.analyst.ctx, { queryId: query.id, context }))
    expect(done(requests)).toBe(1)
    const request = requests.find((result) => result.status === 'fulfilled')!
    const { id } = request.value
    const decisions = await times(4, () =>
      decideRelease(cast.reviewer.ctx, { releaseId: id, organisationId: cast.office, decision: 'approve' }),
    )
    expect(done(decisions)).toBe(1)
    expect(await lines('sandbox.release-approved', id)).toHaveLength(1)
  })
})

describe('inventories', () => {
  it('are taken over once, though confirmed twice at once', async () => {
    const rows = Array.from({ length: 45 }, (_, i) => `Liste ${i};Beschreibung der Liste ${i}`)
    const file = new File([['Titel;Beschreibung', ...rows].join('\n')], 'verzeichnis.csv')
    const draft = await draftInventory(cast.holder.ctx, { organisationId: cast.office, file })
    const results = await times(3, () => confirmInventory(cast.holder.ctx, draft.id))
    const entries = await world.hub.database.db
      .selectFrom('catalogue_entry')
      .select('id')
      .where('organisation_id', '=', cast.office)
      .execute()
    expect(entries).toHaveLength(1 + 45)
    expect(done(results)).toBe(1)
    expect(await lines('catalogue.inventory-imported', cast.office)).toHaveLength(1)
  })
})

describe('the register', () => {
  it('has no gap, no repeat and no broken link after all of this', async () => {
    expect((await verifyRegister(world.system)).faults).toEqual([])
  })
})
