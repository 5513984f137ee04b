import { behaviourAttacks } from './behaviour.ts'
import { grammarAttacks } from './grammar.ts'
import { children, createTestRoom, heat, homes, visits, type TestRoom } from './target.ts'

/**
 * One attack of the reference list. `refused`: the question is not answered. `neutralised`: it is answered, but gives
 * nothing away. `governed`: decided by people and limits of the workspace, not by the engine. `open`: not yet dealt with.
 */
export type Outcome = 'refused' | 'neutralised' | 'governed' | 'open' | 'failed'

/** An executable attack: what must happen, and the run that tells what happened. */
export type Attack = {
  readonly id: number
  readonly name: string
  readonly required: Exclude<Outcome, 'failed'>
  readonly run: (room: TestRoom) => Promise<{ outcome: Outcome; seen: string }>
}

/** What was seen of one attack: the behaviour in one word, and what was looked at. */
export type Seen = {
  readonly id: number
  readonly name: string
  readonly required: Outcome
  readonly seen: Outcome
  readonly detail: string
}

/** All attacks in the order of the reference list. */
export const attacks: readonly Attack[] = [...grammarAttacks, ...behaviourAttacks].sort((a, b) => a.id - b.id)

/** Runs attacks against a data room of generated tables; every attack runs on the real vault and engine. */
export async function runAttacks(only: readonly Attack[] = attacks): Promise<Seen[]> {
  const room = await createTestRoom([children, heat, visits, homes])
  try {
    const seen: Seen[] = []
    for (const { id, name, required, run } of only) {
      const { outcome, seen: detail } = await run(room)
      seen.push({ id, name, required, seen: outcome, detail })
    }
    return seen
  } finally {
    await room.close()
  }
}
