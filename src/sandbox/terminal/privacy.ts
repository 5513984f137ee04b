import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { epsilonOf, perDelta, rhoBooked, rhoNumber, rhoOf, type Loss } from '../dp/accountant.ts'
import { answerPrivately, refusalOf, type PrivateAnswer } from '../dp/answer.ts'
import { lossOf } from '../dp/loss.ts'
import { systemBits } from '../dp/bits.ts'
import { usualContribution } from '../dp/bounding.ts'
import type { StoredFigure } from '../dp/draw.ts'
import { halfWidth } from '../dp/figure.ts'
import { planPrivately, type PrivatePlan, type PrivateTerms } from '../dp/plan.ts'
import type { Refusal } from '../engine/refusal.ts'
import type { DataRoom } from '../engine/result.ts'
import { refusalText } from '../engine/texts.ts'
import type { OuterEngine, Vault } from '../vault/contract.ts'
import { numberOf, stop } from './arguments.ts'

type Setting = {
  readonly questions: readonly string[]
  readonly room: DataRoom
  readonly vault: Pick<Vault, 'query'>
  readonly outer: Pick<OuterEngine, 'run'>
}
type Planned = { readonly plan: PrivatePlan } | { readonly refusal: Refusal }
type Answered = { readonly answer: PrivateAnswer; readonly cost: Loss } | { readonly refusal: Refusal }

/** Beyond this, the promise would allow anything: e^100 to one. */
const mostEpsilon = 100

/**
 * `query --dp --epsilon E --delta D`: the whole run is (E, D)-differentially private for each unit, shared equally among the
 * questions. Where a question splits by values that are not registered, half of D is for thresholds.
 */
export async function runPrivately(args: CommandArgs, io: CommandIo, setting: Setting): Promise<ExitCode> {
  const [epsilon, delta] = [numberOf(args, 'epsilon', 1), numberOf(args, 'delta', 1e-6)]
  if (!(epsilon > 0 && epsilon <= mostEpsilon)) stop(`--epsilon must be above 0 and at most ${mostEpsilon}`)
  if (!(delta > 0 && delta < 0.1)) stop('--delta must be above 0 and below 0.1')
  const bare = termsOf(args, setting.room, 0n)
  const planned = await Promise.all(setting.questions.map((sql) => planOf(sql, setting.room, bare)))
  const plans = planned.flatMap((p) => ('plan' in p ? [p.plan] : []))
  const thresholds = plans.flatMap((p) => p.blocks).filter((b) => b.threshold !== null).length
  const conversion = thresholds > 0 ? delta / 2 : delta
  const each = thresholds > 0 ? BigInt(Math.floor((delta / 2 / thresholds) * Number(perDelta))) : 0n
  const rho = rhoBooked(rhoOf(epsilon, conversion))
  const terms = { ...bare, thresholdDelta: each }
  const answered = await answerAll(planned, setting, { terms, rho: rho / BigInt(Math.max(1, plans.length)) })
  const spent = answered.reduce<Loss>(
    (sum, a) => ('cost' in a ? { rho: sum.rho + a.cost.rho, delta: sum.delta + a.cost.delta } : sum),
    { rho: 0n, delta: 0n },
  )
  const budget = budgetOf(spent, { epsilon, delta, conversion, rho })
  report(answered, { io, budget, conversion })
  return answered.some((a) => 'refusal' in a) ? 1 : 0
}

function termsOf(args: CommandArgs, room: DataRoom, thresholdDelta: bigint): PrivateTerms {
  const whole = (name: string, usual: number) => {
    const n = numberOf(args, name, usual)
    return Number.isInteger(n) && n >= 1 && n <= 1_000
      ? n
      : stop(`--${name} must be a whole number from 1 to 1000`)
  }
  const contribution = {
    groups: whole('groups', usualContribution.groups),
    rows: whole('rows-per-unit', usualContribution.rows),
  }
  const salt = Buffer.from(room.cellKey).toString('hex').slice(0, 32)
  return { contribution, k: room.preset.k, thresholdDelta, salt }
}

async function planOf(sql: string, room: DataRoom, terms: PrivateTerms): Promise<Planned> {
  try {
    return { plan: await planPrivately(sql, { tables: room.tables, preset: room.preset, terms }) }
  } catch (error) {
    return { refusal: refusalOf(error) }
  }
}

/** One question after the other, so that what was drawn for one is free for the next. */
async function answerAll(
  planned: readonly Planned[],
  setting: Setting,
  by: { terms: PrivateTerms; rho: bigint },
): Promise<Answered[]> {
  const stored = new Map<string, StoredFigure>()
  const bits = systemBits()
  const answered: Answered[] = []
  for (const one of planned) {
    if ('refusal' in one) {
      answered.push(one)
      continue
    }
    const question = { ...setting, ...by, plan: one.plan, stored, bits }
    try {
      const cost = lossOf(question)
      const answer = await answerPrivately(question)
      for (const figure of answer.fresh) stored.set(figure.key, figure)
      answered.push({ answer, cost })
    } catch (error) {
      answered.push({ refusal: refusalOf(error) })
    }
  }
  return answered
}

type Budget = {
  readonly rho: { readonly used: number; readonly limit: number }
  readonly epsilon: { readonly used: number; readonly limit: number }
  readonly delta: { readonly used: number; readonly limit: number }
}

function budgetOf(
  spent: Loss,
  of: { epsilon: number; delta: number; conversion: number; rho: bigint },
): Budget {
  const used = spent.rho > 0n ? of.conversion + Number(spent.delta) / Number(perDelta) : 0
  return {
    rho: { used: rhoNumber(spent.rho), limit: rhoNumber(of.rho) },
    epsilon: { used: epsilonOf(rhoNumber(spent.rho), of.conversion), limit: of.epsilon },
    delta: { used, limit: of.delta },
  }
}

function report(
  answers: readonly Answered[],
  by: { io: CommandIo; budget: Budget; conversion: number },
): void {
  const { io, budget } = by
  const shown = answers.map((a) => printable(a, by.conversion))
  if (io.json)
    io.out(JSON.stringify(shown.length === 1 ? { ...shown[0], budget } : { answers: shown, budget }, null, 2))
  for (const answer of answers) print(answer, io)
  if (!io.json)
    io.note(`epsilon ${budget.epsilon.used.toFixed(3)} of ${budget.epsilon.limit}, rho ${budget.rho.used}`)
}

function printable(answered: Answered, conversion: number): Record<string, unknown> {
  if ('refusal' in answered)
    return { kind: 'refused', refusal: { ...answered.refusal, ...refusalText(answered.refusal, 'en') } }
  const { result, planHash, resultHash, version } = answered.answer
  const rho = rhoNumber(answered.cost.rho)
  const confidence = result.sd?.map((row) =>
    row.map((sd) => (sd === null ? null : Number(halfWidth(sd).toPrecision(3)))),
  )
  return {
    kind: 'answered',
    mode: 'differential-privacy',
    planHash,
    resultHash,
    presetVersion: version,
    ...result,
    ...(confidence ? { confidence95: confidence } : {}),
    cost: { rho, epsilon: epsilonOf(rho, conversion), delta: Number(answered.cost.delta) / Number(perDelta) },
  }
}

function print(answered: Answered, io: CommandIo): void {
  if ('refusal' in answered) {
    const text = refusalText(answered.refusal, 'en')
    io.note(`${text.title}. ${text.detail} ${text.instead}`)
    return
  }
  if (io.json) return
  const { columns, rows, sd } = answered.answer.result
  io.out(columns.map((c) => c.name).join('\t'))
  for (const [r, row] of rows.entries())
    io.out(
      row
        .map((cell, i) => {
          const one = sd?.[r]?.[i]
          return one === undefined || one === null
            ? String(cell ?? '')
            : `${cell} ±${halfWidth(one).toPrecision(2)}`
        })
        .join('\t'),
    )
}
