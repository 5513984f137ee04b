import type { Command, CommandIo, ExitCode } from '../platform/command.ts'
import { buildTown } from './demo/registers.ts'
import type { ModelTown } from './demo/registers.ts'
import * as tables from './demo/tables.ts'

/** The registers of the model town, by the name of the file they make. */
const registers: Readonly<Record<string, (town: ModelTown) => tables.RegisterTable>> = {
  kinder: tables.childrenTable,
  waermekarte: tables.heatTable,
  messnetz: tables.readingsTable,
  baeume: tables.treesTable,
  kitas: tables.kitasTable,
  belegung: tables.occupancyTable,
  einschulung: tables.schoolTable,
  verbrauch: tables.consumptionTable,
  geraete: tables.devicesTable,
  altersgruppen: tables.agesTable,
}

async function writeRegister(name: string | undefined, io: CommandIo): Promise<ExitCode> {
  const table = name ? registers[name] : undefined
  if (table) {
    io.out(tables.toCsv(table(buildTown())).trimEnd())
    return 0
  }
  io.note(`Which register? ${Object.keys(registers).join(', ')}`)
  return 2
}

/** The model town on the command line. */
export const commands: readonly Command[] = [
  {
    room: 'home',
    verb: 'demo-register',
    usage: 'demo-register NAME',
    summary:
      'Print a register of the model town as CSV, to describe it or to put it into a vault of the demo.',
    needsHub: false,
    run: (args, io) => writeRegister(args.words[0], io),
  },
]
