import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { attacks, runAttacks } from '../attacks/suite.ts'
import { stop, texts } from './arguments.ts'

/** `attack`: the list of attacks on generated tables; ends with 1 where one was not met as required. */
export async function runAttack(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
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
