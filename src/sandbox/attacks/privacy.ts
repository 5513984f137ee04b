import { epsilonOf, rhoNumber } from '../dp/accountant.ts'
import { answerPrivately, type PrivateAnswer, type PrivateQuestion } from '../dp/answer.ts'
import { lossOf } from '../dp/loss.ts'
import { seededBits, type Bits } from '../dp/bits.ts'
import type { StoredFigure } from '../dp/draw.ts'
import { planPrivately, type PrivateTerms } from '../dp/plan.ts'
import { samplerTiming } from '../dp/timing.ts'
import { brokenBudget, precisions, usualSetting, type RoomPrivacy } from '../privacy/model.ts'
import type { RawCells } from '../vault/contract.ts'
import type { TestRoom } from './target.ts'

/** An attack on the mode with differential privacy: the number of the reference list, and what was seen. */
export type PrivacyCheck = {
  readonly id: number
  readonly name: string
  readonly run: (room: TestRoom) => Promise<{ held: boolean; seen: string }>
}

const terms: PrivateTerms = {
  contribution: { groups: 4, rows: 4 },
  k: 10,
  thresholdDelta: 10_000_000n,
  salt: 'attack',
}

async function questionOf(
  room: TestRoom,
  sql: string,
  of: { bits: Bits; stored?: Map<string, StoredFigure> },
): Promise<PrivateQuestion> {
  const plan = await planPrivately(sql, { tables: room.room.tables, preset: room.room.preset, terms })
  const { vault, outer } = room
  return {
    plan,
    rho: precisions.usual,
    terms,
    stored: of.stored ?? new Map(),
    room: room.room,
    vault,
    outer,
    bits: of.bits,
  }
}

const numberIn = (answer: PrivateAnswer) => Number(answer.result.rows[0]?.[0] ?? 0)

/** The same question in a hundred spellings: one stored answer, one cost. */
async function repeating(room: TestRoom): Promise<{ held: boolean; seen: string }> {
  const stored = new Map<string, StoredFigure>()
  const bits = seededBits('repeat')
  const seen = new Set<number>()
  let rho = 0n
  for (let i = 0; i < 100; i++) {
    const sql = `SELECT COUNT(*) AS a${i} FROM kinder k${i} WHERE k${i}.kita AND k${i}.stadtteil = 'Nord'`
    const question = await questionOf(room, sql, { bits, stored })
    rho += lossOf(question).rho
    const answer = await answerPrivately(question)
    for (const figure of answer.fresh) stored.set(figure.key, figure)
    seen.add(numberIn(answer))
  }
  const held = seen.size === 1 && rho === precisions.usual
  return { held, seen: `${seen.size} figure in 100 spellings, ρ = ${rhoNumber(rho)} in all` }
}

/**
 * An attacker who knows everybody but one person guesses from a noisy count whether she is in the data. Half of the tries
 * have her; no guess may be right more often than the promise allows.
 */
async function membership(room: TestRoom, tries = 600): Promise<{ held: boolean; seen: string }> {
  const bits = seededBits('membership')
  const question = await questionOf(room, 'SELECT COUNT(DISTINCT kind_id) AS n FROM besuche', { bits })
  const known = 1_500
  let right = 0
  for (let i = 0; i < tries; i++) {
    const inside = bits(1) === 1n
    const raw: RawCells = { columns: ['x0'], rows: [[String(inside ? known : known - 1)]] }
    const answer = await answerPrivately({ ...question, vault: { query: () => Promise.resolve(raw) } })
    if (numberIn(answer) >= known === inside) right += 1
  }
  const epsilon = epsilonOf(rhoNumber(precisions.usual), 1e-6)
  const most = Math.exp(epsilon) / (1 + Math.exp(epsilon)) + 1e-6
  const share = right / tries
  const held = share <= most + 3 * Math.sqrt(0.25 / tries)
  return {
    held,
    seen: `right in ${(100 * share).toFixed(1)} % of ${tries} tries, ${(100 * most).toFixed(1)} % are allowed`,
  }
}

/** All with the condition minus all without: the same noise law for both, so the difference tells no more than each alone. */
async function differencing(room: TestRoom): Promise<{ held: boolean; seen: string }> {
  const island =
    "SELECT COUNT(*) AS n FROM kinder WHERE stadtteil IN ('Altstadt', 'Hafen', 'Nord', 'Süd', 'Insel')"
  const without = "SELECT COUNT(*) AS n FROM kinder WHERE stadtteil IN ('Altstadt', 'Hafen', 'Nord', 'Süd')"
  const bits = seededBits('difference')
  const differences: number[] = []
  for (let i = 0; i < 40; i++) {
    const [all, rest] = [await questionOf(room, island, { bits }), await questionOf(room, without, { bits })]
    differences.push(numberIn(await answerPrivately(all)) - numberIn(await answerPrivately(rest)))
  }
  const exact = differences.filter((d) => d === 3).length
  const spread = Math.sqrt(differences.reduce((sum, d) => sum + (d - 3) ** 2, 0) / differences.length)
  const held = spread > 10 && exact < 6
  return {
    held,
    seen: `three children differ; differences spread by ${spread.toFixed(0)}, ${exact} of 40 hit three`,
  }
}

/** A colleague asks until nothing is left: his own share ends first, the room's budget stays for the others. */
function exhaustion(): Promise<{ held: boolean; seen: string }> {
  const loss = { rho: precisions.fine, delta: 0n }
  let privacy: RoomPrivacy = { setting: usualSetting, decisions: [], spent: { rho: 0n, delta: 0n }, mine: 0n }
  let asked = 0
  while (brokenBudget(privacy, loss) === undefined) {
    asked += 1
    const rho = privacy.spent.rho + loss.rho
    privacy = { ...privacy, spent: { rho, delta: 0n }, mine: rho }
  }
  const left = usualSetting.rhoLimit - privacy.spent.rho
  const held = brokenBudget(privacy, loss) === 'person' && left > 0n
  return Promise.resolve({
    held,
    seen: `${asked} questions, then his share is spent; ρ = ${rhoNumber(left)} is left for others`,
  })
}

/** The attacks of the list that mean something else under differential privacy. */
export const privacyChecks: readonly PrivacyCheck[] = [
  { id: 2, name: 'differencing, with noise', run: differencing },
  { id: 4, name: 'membership of one person, all others known', run: (room) => membership(room) },
  { id: 5, name: 'averaging by repetition, with noise', run: repeating },
  { id: 39, name: 'timing of a DP sampler', run: () => Promise.resolve(samplerTiming()) },
  { id: 63, name: 'budget exhaustion by a colleague', run: exhaustion },
]
