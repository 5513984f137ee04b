import type { Command } from '../platform/command.ts'
import { formatCommands } from './formats/commands.ts'
import { entryCommands } from './entries/commands.ts'
import { goneCommands } from './gone/commands.ts'
import { searchCommands } from './search/commands.ts'
import { worklistCommands } from './worklist/commands.ts'

/** The catalogue's verbs on the command line. */
export const commands: Command[] = [
  ...formatCommands,
  ...entryCommands,
  ...goneCommands,
  ...searchCommands,
  ...worklistCommands,
]
