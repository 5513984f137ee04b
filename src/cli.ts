import type { Command, CommandArgs, CommandIo, ExitCode } from './platform/command.ts'
import { flagsOf, parseCommandLine, unknownOption } from './platform/command-line.ts'
import type { Ctx } from './platform/context.ts'
import { isProblem } from './platform/problem.ts'

const rooms: Readonly<Record<string, () => Promise<{ readonly commands: readonly Command[] }>>> = {
  transparency: () => import('./transparency/commands.ts'),
  identity: () => import('./identity/commands.ts'),
  questions: () => import('./questions/commands.ts'),
  catalogue: () => import('./catalogue/commands.ts'),
  cooperation: () => import('./cooperation/commands.ts'),
  sandbox: () => import('./sandbox/commands.ts'),
  answers: () => import('./answers/commands.ts'),
  home: () => import('./home/commands.ts'),
}

/** Every verb of a room, which alone is loaded; of all rooms where no room has that name. */
export async function commandsOf(room?: string): Promise<readonly Command[]> {
  const wanted = room && Object.hasOwn(rooms, room) ? [rooms[room]!] : Object.values(rooms)
  return (await Promise.all(wanted.map((load) => load()))).flatMap(({ commands }) => commands)
}

/** What the command line needs from outside; tests pass their own. */
export type CliParts = {
  readonly commands: readonly Command[]
  readonly openCtx: () => Promise<{ ctx: Ctx; close: () => Promise<void> }>
  /** Whether a fault of ours is shown with its stack; asked when there is one. */
  readonly debug: () => boolean
  readonly out: (line: string) => void
  readonly note: (line: string) => void
}

/** Runs `allmende <room> <verb> …`. 0 done, 1 refused by a rule, 2 unusable input or call. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<ExitCode> {
  const { words, options } = parseCommandLine(argv, flagsOf(parts.commands))
  const [room, verb, ...rest] = words
  const command = parts.commands.find((each) => each.room === room && each.verb === verb)
  if (!command && options['json'] && !options['help']) {
    const title = `There is no “allmende ${[room, verb].filter(Boolean).join(' ')}”.`
    parts.out(JSON.stringify({ type: '/problems/unknown-command', title, status: 404 }))
  }
  if (!command || options['help']) return help(parts, room, verb, options['help'] === true)
  const io: CommandIo = { out: parts.out, note: parts.note, json: options['json'] === true }
  // A mistyped option that is passed over could loosen what it was meant to protect.
  const unknown = unknownOption(options, command)
  if (unknown) return tellUsage(command, io, `There is no option --${unknown}. `)
  return withUsage(command, io, (heard) => runCommand(command, { words: rest, options }, heard, parts))
}

async function runCommand(
  command: Command,
  args: CommandArgs,
  io: CommandIo,
  parts: CliParts,
): Promise<ExitCode> {
  if (!command.needsHub) return guarded(io, parts.debug, () => command.run(args, io))
  const { ctx, close } = await parts.openCtx()
  try {
    return await guarded(io, parts.debug, () => command.run(ctx, args, io))
  } finally {
    await close()
  }
}

/** A verb that ends as unusable without a word was called without what it needs: its usage says what. */
async function withUsage(
  command: Command,
  io: CommandIo,
  run: (io: CommandIo) => Promise<ExitCode>,
): Promise<ExitCode> {
  let silent = true
  const heard = (say: (line: string) => void) => (line: string) => {
    silent = false
    say(line)
  }
  const code = await run({ ...io, out: heard(io.out), note: heard(io.note) })
  return code === 2 && silent ? tellUsage(command, io) : code
}

function tellUsage(command: Command, io: CommandIo, why = ''): ExitCode {
  const title = `${why}Usage: allmende ${command.room} ${command.usage}`
  if (io.json) io.out(JSON.stringify({ type: 'about:blank', title, status: 400 }))
  else io.note(title)
  return 2
}

async function guarded(io: CommandIo, debug: () => boolean, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run()
  } catch (error) {
    if (!isProblem(error)) return unexpected(error, io, debug)
    const text = error.spec.en
    if (io.json) io.out(JSON.stringify({ type: error.type, title: text.title, detail: text.detail }))
    else io.note(`${text.title}. ${text.detail}`)
    return error.spec.status >= 500 || error.spec.status === 400 || error.spec.status === 422 ? 2 : 1
  }
}

/** A fault of ours still ends in one line that a script can read; the stack is for those who mend it. */
function unexpected(error: unknown, io: CommandIo, debug: () => boolean): ExitCode {
  const detail = error instanceof Error ? error.message : String(error)
  if (io.json) io.out(JSON.stringify({ type: 'about:blank', title: 'Unexpected error', detail }))
  io.note(`Unexpected error: ${detail}`)
  if (debug() && error instanceof Error) io.note(error.stack ?? '')
  return 2
}

function help(parts: CliParts, room: string | undefined, verb: string | undefined, asked: boolean): ExitCode {
  const say = asked || !room ? parts.out : parts.note
  const fitting = parts.commands.filter((c) => (!room || c.room === room) && (!verb || c.verb === verb))
  const shown = fitting.length ? fitting : parts.commands
  if (room && !fitting.length) say(`There is no “allmende ${[room, verb].filter(Boolean).join(' ')}”.`)
  say('With --json a verb prints one JSON document where it has something to say.')
  say('allmende serve                     start the hub')
  say('allmende backup [FILE]             copy of the embedded database, with a check')
  for (const command of shown) {
    say(`allmende ${command.room} ${command.usage}`)
    say(`    ${command.summary}`)
  }
  return asked || !room ? 0 : 2
}
