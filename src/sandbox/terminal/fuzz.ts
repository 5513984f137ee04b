import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { fuzzFunctions, fuzzQuestions, type Fuzzed } from '../attacks/fuzz.ts'
import { numberOf, stop } from './arguments.ts'

/** `fuzz`: mutated questions and every function of the engine’s catalogue; ends with 1 where something broke or leaked. */
export async function runFuzz(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const count = numberOf(args, 'count', 10_000)
  const seed = numberOf(args, 'seed', 1)
  const answers = numberOf(args, 'answers', 2_000)
  if (!Number.isInteger(count) || count < 1 || count > 10_000_000) stop('--count must be a whole number')
  const questions = await fuzzQuestions({ count, seed, answers }, io.note)
  const functions = await fuzzFunctions({ answers })
  if (io.json) io.out(JSON.stringify({ seed, questions, functions }, null, 2))
  else for (const [name, of] of Object.entries({ questions, functions })) print(name, of, io)
  return [questions, functions].every((f) => f.crashes.length === 0 && f.leaks.length === 0) ? 0 : 1
}

function print(name: string, of: Fuzzed, io: CommandIo): void {
  const refused = Object.values(of.refused).reduce((a, b) => a + b, 0)
  io.out(
    `${name}\t${of.questions} asked\t${refused} refused\t${of.planned} planned\t${of.answered} answered\t${of.crashes.length} broke\t${of.leaks.length} leaked`,
  )
  for (const line of [...of.crashes, ...of.leaks].slice(0, 20)) io.note(line)
}
