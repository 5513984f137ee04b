import { parseArgs } from 'node:util'
import type { Command, CommandArgs, CommandIo, ExitCode } from './platform/command.ts'
import type { Ctx } from './platform/context.ts'
import { isProblem } from './platform/problem.ts'
import { commands as answers } from './answers/commands.ts'
import { commands as catalogue } from './catalogue/commands.ts'
import { commands as cooperation } from './cooperation/commands.ts'
import { commands as home } from './home/commands.ts'
import { commands as identity } from './identity/commands.ts'
import { commands as questions } from './questions/commands.ts'
import { commands as sandbox } from './sandbox/commands.ts'
import { commands as transparency } from './transparency/commands.ts'

/** Every verb of every room. */
export const allCommands: readonly Command[] = [
  ...transparency,
  ...identity,
  ...questions,
  ...catalogue,
  ...cooperation,
  ...sandbox,
  ...answers,
  ...home,
]

/** What the command line needs from outside; tests pass their own. */
export type CliParts = {
  readonly commands: readonly Command[]
  readonly openCtx: () => Promise<{ ctx: Ctx; close: () => Promise<void> }>
  readonly out: (line: string) => void
  readonly note: (line: string) => void
}

/** Runs `allmende <room> <verb> …`. 0 done, 1 refused by a rule, 2 unusable input or call. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<ExitCode> {
  const { words, options } = parseCommandLine(argv)
  const [room, verb, ...rest] = words
  const command = parts.commands.find((each) => each.room === room && each.verb === verb)
  if (!command || options['help']) return help(parts, room, verb, options['help'] === true)
  const io: CommandIo = { out: parts.out, note: parts.note, json: options['json'] === true }
  return runCommand(command, { words: rest, options }, io, parts)
}

async function runCommand(
  command: Command,
  args: CommandArgs,
  io: CommandIo,
  parts: CliParts,
): Promise<ExitCode> {
  if (!command.needsHub) return guarded(io, () => command.run(args, io))
  const { ctx, close } = await parts.openCtx()
  try {
    return await guarded(io, () => command.run(ctx, args, io))
  } finally {
    await close()
  }
}

async function guarded(io: CommandIo, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run()
  } catch (error) {
    if (!isProblem(error)) throw error
    const text = error.spec.en
    if (io.json) io.out(JSON.stringify({ type: error.type, title: text.title, detail: text.detail }))
    else io.note(`${text.title}. ${text.detail}`)
    return error.spec.status >= 500 || error.spec.status === 400 || error.spec.status === 422 ? 2 : 1
  }
}

/** `--name value`, `--name=value` and `--flag`; words stay in order. A repeated option becomes a list. */
export function parseCommandLine(argv: readonly string[]): CommandArgs {
  const { tokens } = parseArgs({ args: [...argv], strict: false, allowPositionals: true, tokens: true })
  const words: string[] = []
  const options: Record<string, string | true | readonly string[]> = {}
  let open: string | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (open) add(options, open, token.value)
      else words.push(token.value)
      open = undefined
    }
    if (token.kind !== 'option') continue
    if (token.value !== undefined) add(options, token.name, token.value)
    else options[token.name] ??= true
    open = token.value === undefined && !flags.has(token.name) ? token.name : undefined
  }
  return { words, options }
}

const flags = new Set([
  'json',
  'help',
  'dp',
  'dry-run',
  'yes',
  'all',
  'fresh',
  'simulations',
  'short',
  'renew',
])

function add(options: Record<string, string | true | readonly string[]>, name: string, value: string): void {
  const before = options[name]
  if (before === undefined || before === true) options[name] = value
  else options[name] = Array.isArray(before) ? [...before, value] : [before as string, value]
}

function help(parts: CliParts, room: string | undefined, verb: string | undefined, asked: boolean): ExitCode {
  const say = asked || !room ? parts.out : parts.note
  const fitting = parts.commands.filter((c) => (!room || c.room === room) && (!verb || c.verb === verb))
  const shown = fitting.length ? fitting : parts.commands
  if (room && !fitting.length) say(`There is no “allmende ${[room, verb].filter(Boolean).join(' ')}”.`)
  say('allmende serve                     start the hub')
  say('allmende backup [FILE]             copy of the embedded database, with a check')
  for (const command of shown) {
    say(`allmende ${command.room} ${command.usage}`)
    say(`    ${command.summary}`)
  }
  return asked || !room ? 0 : 2
}
