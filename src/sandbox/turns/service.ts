import type { Ctx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { problems } from '../problems.ts'
import { slotsOf, type Slots } from '../vault/slots.ts'
import { endTurn, takeTurn } from './store.ts'

/** Whose budget a question spends: a room's for its whole life, a person's for the day over all rooms. */
export type Spender = { workspaceId: string; personId?: string | undefined }

/**
 * From `begin` to `end` a question alone looks at a room's budget and books what it costs; computing before goes on beside
 * others. Both may be called again; the end of the turn ends it too.
 */
export type Settling = { readonly begin: () => Promise<void>; readonly end: () => Promise<void> }

/** How many questions of a room are computed at a time, over all processes of the installation. */
const roomSlots = 4
/** How many questions may wait in a room, and of one person, in one process; more would outlast anybody's patience. */
const most = { inRoom: 32, ofPerson: 8 }
/** A turn that is not renewed for so long has lost its process; the next one takes it. */
const leaseSeconds = 30
/** Longer than any vault may compute, and as long as people wait. */
const patienceMs = 60_000
const pollMs = 40

const lines = new Map<string, { slots: Slots; inside: number }>()

/** First come, first served within this process; so the database is asked only about other processes. */
async function inLine<T>(key: string, count: number, run: () => Promise<T>): Promise<T> {
  const line = lines.get(key) ?? { slots: slotsOf(count), inside: 0 }
  line.inside += 1
  lines.set(key, line)
  try {
    return await line.slots(1, run)
  } finally {
    line.inside -= 1
    if (line.inside === 0) lines.delete(key)
  }
}

const waiting = new Map<string, number>()

async function counted<T>(key: string, limit: number, run: () => Promise<T>, full: () => Error): Promise<T> {
  const before = waiting.get(key) ?? 0
  if (before >= limit) throw full()
  waiting.set(key, before + 1)
  try {
    return await run()
  } finally {
    const left = (waiting.get(key) ?? 1) - 1
    if (left === 0) waiting.delete(key)
    else waiting.set(key, left)
  }
}

/**
 * Runs a question of a room beside at most three others. A person has one question at a time, so everybody who asks gets a
 * turn before anybody gets a second one. Holds no transaction. Refuses with `sandbox/queue-full` when too many wait already
 * or the wait takes too long.
 */
export function inTurn<T>(
  ctx: Ctx,
  { workspaceId, personId }: Spender,
  run: (settling: Settling) => Promise<T>,
): Promise<T> {
  const full = () => problems.queueFull({ workspaceId })
  const slots = Array.from({ length: roomSlots }, (_, i) => `slot:${workspaceId}:${i}`)
  const room = () =>
    inLine(`room:${workspaceId}`, roomSlots, () =>
      oneAtATime(ctx, { keys: [slots], workspaceId }, () => settled(ctx, workspaceId, run)),
    )
  // Always the person first: who holds a room waits for nobody, so nobody waits in a circle.
  const person = personId && `person:${personId}`
  const turn = person
    ? () => inLine(person, 1, () => oneAtATime(ctx, { keys: [person], workspaceId }, room))
    : room
  const inRoom = () => counted(`room:${workspaceId}`, most.inRoom, turn, full)
  return person ? counted(person, most.ofPerson, inRoom, full) : inRoom()
}

async function settled<T>(
  ctx: Ctx,
  workspaceId: string,
  run: (settling: Settling) => Promise<T>,
): Promise<T> {
  let release: (() => void) | undefined
  let over = false
  let held: Promise<void> | undefined
  let begun: Promise<void> | undefined
  const key = `workspace:${workspaceId}`
  const begin = () =>
    (begun ??= new Promise<void>((ready, fail) => {
      held = inLine(key, 1, () =>
        oneAtATime(ctx, { keys: [key], workspaceId }, () => {
          ready()
          if (over) return Promise.resolve()
          return new Promise<void>((done) => (release = done))
        }),
      )
      held.catch(fail)
    }))
  const end = async () => {
    over = true
    release?.()
    await held?.catch(() => undefined)
  }
  try {
    return await run({ begin, end })
  } finally {
    await end()
  }
}

/** What nobody else may do meanwhile (of a list: any one), and the room to which a refusal leads back. */
export type Turns = { keys: readonly (string | readonly string[])[]; workspaceId: string }

/**
 * Runs something while no other process of the installation holds one of the keys. Waits for them in their order; refuses with
 * `sandbox/queue-full` when that takes too long. Holds no transaction.
 */
export async function oneAtATime<T>(
  ctx: Ctx,
  { keys, workspaceId }: Turns,
  run: () => Promise<T>,
): Promise<T> {
  const holder = newId()
  const deadline = performance.now() + patienceMs
  const taken: string[] = []
  const renew = () => Promise.all(taken.map((key) => takeTurn(ctx.db, key, holder, leaseSeconds)))
  const beat = setInterval(() => void renew().catch(() => undefined), (leaseSeconds * 1000) / 3)
  try {
    for (const wanted of keys) {
      let found = await takeOne(ctx, [wanted].flat(), holder)
      while (found === undefined) {
        if (performance.now() > deadline) throw problems.queueFull({ workspaceId })
        await new Promise((later) => setTimeout(later, pollMs))
        found = await takeOne(ctx, [wanted].flat(), holder)
      }
      taken.push(found)
    }
    return await run()
  } finally {
    clearInterval(beat)
    for (const key of taken) await endTurn(ctx.db, key, holder)
  }
}

async function takeOne(ctx: Ctx, keys: readonly string[], holder: string): Promise<string | undefined> {
  for (const key of keys) if (await takeTurn(ctx.db, key, holder, leaseSeconds)) return key
  return undefined
}
