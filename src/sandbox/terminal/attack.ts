import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { runSimulations } from '../attacks/simulation/campaign.ts'
import { runCurve } from '../attacks/simulation/curve.ts'
import { simulations } from '../attacks/simulation/simulations.ts'
import { attacks, runAttacks } from '../attacks/suite.ts'
import { stop, texts } from './arguments.ts'

/** `attack`: the list of attacks on generated tables; ends with 1 where one was not met as required. */
export async function runAttack(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  if (args.options['simulations'] !== undefined) return runSimulated(args, io)
  if (args.options['curve'] !== undefined) return runCurves(io)
  const wanted = new Set([...texts(args.options['only']), ...args.words].map(Number))
  const chosen = attacks.filter((a) => wanted.size === 0 || wanted.has(a.id))
  if (chosen.length === 0) stop(`--only takes numbers from 1 to ${attacks.length}`)
  io.note(`${chosen.length} attacks on generated tables`)
  const seen = await runAttacks(chosen)
  const failed = seen.filter((s) => s.seen !== s.required)
  if (io.json) io.out(JSON.stringify(seen, null, 2))
  else for (const s of seen) io.out([s.id, s.seen, s.name, s.detail].join('\t'))
  return failed.length === 0 ? 0 : 1
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** `attack --curve`: what campaigns reach with how many cells, under each level and under differential privacy. */
async function runCurves(io: CommandIo): Promise<ExitCode> {
  io.note('campaigns against a fair coin; takes some minutes')
  const curve = await runCurve()
  if (io.json) io.out(JSON.stringify(curve, null, 2))
  else
    for (const p of [...curve.budgets, ...curve.levels, ...curve.private]) {
      const what = 'rho' in p ? `rho ${p.rho}` : 'level' in p ? p.level : `1 cell per ${p.unitsPerCell}`
      io.out([p.people, what, percent(p.recovered), percent(p.oneTable), percent(p.baseline)].join('\t'))
    }
  return curve.levels.every((p) => p.withinOneTable) ? 0 : 1
}

/**
 * `attack --simulations`: whole campaigns against made-up towns; ends with 1 where one reached more than guessing, or with a
 * fair coin more than one ordinary table tells.
 */
async function runSimulated(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const only = [...texts(args.options['only']), ...texts(args.options['simulations']), ...args.words]
  const unknown = only.filter((id) => !simulations.some((s) => s.id === id))
  if (unknown.length > 0) stop(`--simulations: choose among ${simulations.map((s) => s.id).join(', ')}`)
  io.note('simulated attacks with fixed seeds; with --short in a small form')
  const judged = await runSimulations(args.options['short'] === undefined ? 'full' : 'short', only)
  if (io.json) io.out(JSON.stringify(judged, null, 2))
  else
    for (const j of judged)
      for (const [secret, of, held] of [
        ['rare', j, j.held],
        ['coin', j.worst, j.worst.withinOneTable],
      ] as const)
        io.out(
          [
            j.id,
            secret,
            held ? 'held' : 'failed',
            percent(of.recovered),
            percent(of.oneTable),
            percent(of.baseline),
          ].join('\t'),
        )
  return judged.every((j) => j.held && j.worst.withinOneTable) ? 0 : 1
}
