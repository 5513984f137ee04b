import { rhoBooked } from '../../dp/accountant.ts'
import { answerPrivately, type PrivateQuestion } from '../../dp/answer.ts'
import { usualContribution } from '../../dp/bounding.ts'
import { seededBits } from '../../dp/bits.ts'
import type { StoredFigure } from '../../dp/draw.ts'
import { lossOf } from '../../dp/loss.ts'
import { planPrivately, type PrivateTerms } from '../../dp/plan.ts'
import { Refused } from '../../engine/refusal.ts'
import { thresholds } from '../../privacy/model.ts'
import type { TestRoom } from '../target.ts'
import type { Attacker } from './attacker.ts'

const terms: PrivateTerms = {
  contribution: usualContribution,
  k: 10,
  thresholdDelta: thresholds.each,
  salt: 'simulation',
}

/** An analyst with bad intent in a room with differential privacy: so many questions of ρ = `each`, then nothing is left. */
export function privateAttackerIn(
  room: TestRoom,
  by: { each: number; questions: number; seed: number },
): Attacker {
  const stored = new Map<string, StoredFigure>()
  const refused: Record<string, number> = {}
  const bits = seededBits(`simulation ${by.seed}`)
  const rho = rhoBooked(by.each)
  let left = rho * BigInt(by.questions)
  let [questions, answered] = [0, 0]
  const priced = async (sql: string): Promise<PrivateQuestion | null> => {
    const plan = await planned(room, sql, refused)
    const question = plan && { plan, rho, terms, stored, room: room.room, ...engines(room), bits }
    if (!question || lossOf(question).rho <= left) return question
    refused['privacy-budget'] = (refused['privacy-budget'] ?? 0) + 1
    return null
  }
  const ask: Attacker['ask'] = async (sql) => {
    questions++
    const question = await priced(sql)
    if (!question) return null
    left -= lossOf(question).rho
    const answer = await answerPrivately(question)
    for (const figure of answer.fresh) stored.set(figure.key, figure)
    answered++
    return answer.result
  }
  return {
    ask,
    tally: () => ({ questions, answered, refused: { ...refused }, cells: 0 }),
    exhausted: () => (refused['privacy-budget'] ?? 0) > 20,
  }
}

const engines = ({ vault, outer }: TestRoom) => ({ vault, outer })

async function planned(room: TestRoom, sql: string, refused: Record<string, number>) {
  try {
    return await planPrivately(sql, { tables: room.room.tables, preset: room.room.preset, terms })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    refused[error.refusal.code] = (refused[error.refusal.code] ?? 0) + 1
    return null
  }
}
