import type { Command } from '../platform/command.ts'
import { formatCommands } from './dcat/commands.ts'
import { entryCommands } from './entries/commands.ts'

/** The catalogue's verbs on the command line. */
export const commands: Command[] = [...formatCommands, ...entryCommands]
