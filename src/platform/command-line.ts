import { parseArgs } from 'node:util'
import type { Command, CommandArgs } from './command.ts'

type Options = Record<string, string | true | readonly string[]>

/** The options that take no value, by the usages of these commands: `[--yes]`, but not `--name NAME`. */
export function flagsOf(commands: readonly Pick<Command, 'usage'>[]): ReadonlySet<string> {
  const named = commands.flatMap(({ usage }) => [
    ...usage.matchAll(/--([A-Za-z][\w-]*)(?![\w-]| [A-Za-z\d])/g),
  ])
  return new Set(['json', 'help', ...named.map(([, name]) => name!)])
}

/** The first option that the usage of a command does not name; undefined where it knows all of them. */
export function unknownOption(
  options: CommandArgs['options'],
  { usage }: Pick<Command, 'usage'>,
): string | undefined {
  const known = new Set([...usage.matchAll(/--([A-Za-z][\w-]*)/g)].map(([, name]) => name))
  return Object.keys(options).find((name) => name !== 'json' && name !== 'help' && !known.has(name))
}

/** `--name value`, `--name=value` and `--flag`; words stay in order. A repeated option becomes a list. */
export function parseCommandLine(argv: readonly string[], flags: ReadonlySet<string>): CommandArgs {
  const { tokens } = parseArgs({ args: [...argv], strict: false, allowPositionals: true, tokens: true })
  const words: string[] = []
  const options: Options = {}
  let open: string | undefined
  let number = -1
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (open) add(options, open, token.value)
      else words.push(token.value)
      open = undefined
    }
    if (token.kind !== 'option' || token.index === number) continue
    // A negative number is a value, though it looks like a row of short options.
    const text = argv[token.index] ?? ''
    if (open && /^-[\d.]/.test(text)) {
      add(options, open, text)
      number = token.index
      open = undefined
      continue
    }
    if (token.value !== undefined) add(options, token.name, token.value)
    else options[token.name] ??= true
    open = token.value === undefined && !flags.has(token.name) ? token.name : undefined
  }
  return { words, options }
}

function add(options: Options, name: string, value: string): void {
  const before = options[name]
  if (before === undefined || before === true) options[name] = value
  else options[name] = Array.isArray(before) ? [...before, value] : [before as string, value]
}
