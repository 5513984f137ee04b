import type { Ctx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { problems } from '../problems.ts'
import { endTurn, takeTurn } from './store.ts'

/** Whose budget a question spends: a room's for its whole life, a person's for the day over all rooms. */
export type Spender = { workspaceId: string; personId?: string | undefined }

/** How many questions may wait in one room of one process; more would outlast the patience of those who ask. */
const maxWaiting = 8
/** A turn that is not renewed for so long has lost its process; the next one takes it. */
const leaseSeconds = 30
/** Longer than any vault may compute, and as long as people wait. */
const patienceMs = 60_000
const pollMs = 40

const queues = new Map<string, { last: Promise<unknown>; waiting: number }>()

/**
 * Runs one question of a room (and of a person) after the other, over all processes of the installation, without holding a
 * transaction: what a question costs is booked before the next one looks at the budget. Refuses with
 * `sandbox/queue-full` when too many wait already or the wait takes too long.
 */
export async function inTurn<T>(ctx: Ctx, spender: Spender, run: () => Promise<T>): Promise<T> {
  const { workspaceId, personId } = spender
  const queue = queues.get(workspaceId) ?? { last: Promise.resolve(), waiting: 0 }
  if (queue.waiting >= maxWaiting) throw problems.queueFull({ workspaceId })
  queue.waiting += 1
  queues.set(workspaceId, queue)
  // Always the person first: who holds a room waits for nobody, so nobody waits in a circle.
  const keys = [...(personId ? [`person:${personId}`] : []), `workspace:${workspaceId}`]
  const mine = queue.last.then(
    () => oneAtATime(ctx, { keys, workspaceId }, run),
    () => oneAtATime(ctx, { keys, workspaceId }, run),
  )
  queue.last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    queue.waiting -= 1
    if (queue.waiting === 0) queues.delete(workspaceId)
  }
}

/** What nobody else may do meanwhile, and the room to which a refusal leads back. */
export type Turns = { keys: readonly string[]; workspaceId: string }

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
    for (const key of keys) {
      while (!(await takeTurn(ctx.db, key, holder, leaseSeconds))) {
        if (performance.now() > deadline) throw problems.queueFull({ workspaceId })
        await new Promise((later) => setTimeout(later, pollMs))
      }
      taken.push(key)
    }
    return await run()
  } finally {
    clearInterval(beat)
    for (const key of taken) await endTurn(ctx.db, key, holder)
  }
}
