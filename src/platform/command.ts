import type { Ctx } from './context.ts'

/** What a command may say and read; tests pass their own. */
export type CommandIo = {
  /** One line of the result on standard output. */
  readonly out: (line: string) => void
  /** Progress and remarks on standard error. */
  readonly note: (line: string) => void
  /** True with `--json`: print one JSON document instead of text. */
  readonly json: boolean
}

/** How a command ended: 0 done, 1 refused by a rule, 2 unusable input. */
export type ExitCode = 0 | 1 | 2

/** A parsed command line: what stands alone, and `--name value` / `--name` (true); repeated options become lists. */
export type CommandArgs = {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | true | readonly string[]>>
}

/** One verb of a room: `allmende <room> <verb>`. `needsHub: false` runs without opening a database. */
export type Command = {
  readonly room: string
  readonly verb: string
  /** How to call it, for `--help`, without the program's name: `import FILE [--dry-run]`. */
  readonly usage: string
  /** One sentence for `--help`. */
  readonly summary: string
} & (
  | {
      readonly needsHub: true
      readonly run: (ctx: Ctx, args: CommandArgs, io: CommandIo) => Promise<ExitCode>
    }
  | { readonly needsHub: false; readonly run: (args: CommandArgs, io: CommandIo) => Promise<ExitCode> }
)

/** The text of an option given once; undefined where it is missing, stands without a value, or is repeated. */
export function textOption(args: CommandArgs, name: string): string | undefined {
  const value = args.options[name]
  return typeof value === 'string' ? value : undefined
}
