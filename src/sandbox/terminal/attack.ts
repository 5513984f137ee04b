import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { runSimulations } from '../attacks/simulation/campaign.ts'
import { simulations } from '../attacks/simulation/simulations.ts'
import { attacks, runAttacks } from '../attacks/suite.ts'
import { stop, texts } from './arguments.ts'

/** `attack`: the list of attacks on generated tables; ends with 1 where one was not met as required. */
export async function runAttack(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  if (args.options['simulations'] !== undefined) return runSimulated(args, io)
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

/** `attack --simulations`: whole campaigns against made-up towns; ends with 1 where one reached more than guessing. */
async function runSimulated(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const only = [...texts(args.options['only']), ...texts(args.options['simulations']), ...args.words]
  const unknown = only.filter((id) => !simulations.some((s) => s.id === id))
  if (unknown.length > 0) stop(`--simulations: choose among ${simulations.map((s) => s.id).join(', ')}`)
  io.note('simulated attacks with fixed seeds; with --short in a small form')
  const judged = await runSimulations(args.options['short'] === undefined ? 'full' : 'short', only)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  if (io.json) io.out(JSON.stringify(judged, null, 2))
  else
    for (const j of judged)
      io.out([j.id, j.held ? 'held' : 'failed', percent(j.recovered), percent(j.baseline)].join('\t'))
  return judged.every((j) => j.held) ? 0 : 1
}
