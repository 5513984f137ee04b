import type { Answer, Ledger } from '../../engine/result.ts'
import type { Preset } from '../../engine/preset.ts'
import type { TestRoom } from '../target.ts'

/** An analyst with bad intent: asks through the engine, within the budget of one workspace, and keeps count. */
export type Attacker = {
  readonly ask: (sql: string) => Promise<Extract<Answer, { kind: 'answered' }>['result'] | null>
  /** How many questions were answered, refused by which reason, and how many cells were spent. */
  readonly tally: () => Tally
  readonly exhausted: () => boolean
}

/** What an attack has cost. */
export type Tally = {
  readonly questions: number
  readonly answered: number
  readonly refused: Readonly<Record<string, number>>
  readonly cells: number
}

/** Opens an attacker with the whole budget of a workspace and nothing spent yet. */
export function attackerIn(room: TestRoom, preset: Preset): Attacker {
  const cells = new Set<string>()
  const ways = new Map<string, Set<string>>()
  const refused: Record<string, number> = {}
  let [questions, answered] = [0, 0]
  const ledger: Ledger = {
    get remaining() {
      return preset.cellsPerProject - cells.size
    },
    seen: async (keys) => new Set(keys.filter((key) => cells.has(key))),
    waysOf: async (base) => ways.get(base) ?? new Set(),
    spentOn: async () => cells.size,
  }
  const ask: Attacker['ask'] = async (sql) => {
    questions++
    const answer = await room.ask(sql, { ledger, preset })
    if (answer.kind === 'refused') {
      refused[answer.refusal.code] = (refused[answer.refusal.code] ?? 0) + 1
      return null
    }
    answered++
    for (const key of answer.spending.fresh) cells.add(key)
    for (const { base, way } of answer.spending.partitions)
      ways.set(base, (ways.get(base) ?? new Set()).add(way))
    return answer.result
  }
  return {
    ask,
    tally: () => ({ questions, answered, refused: { ...refused }, cells: cells.size }),
    exhausted: () => (refused['budget'] ?? 0) + (refused['table-budget'] ?? 0) > 20,
  }
}
