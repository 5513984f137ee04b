import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Command, CommandIo, ExitCode } from '../platform/command.ts'
import type { Entry, Fault } from './model.ts'
import { createChainCheck } from './model.ts'
import { exportEntries, verifyRegister } from './service.ts'

function report(io: CommandIo, entries: number, faults: readonly Fault[], extra: object = {}): ExitCode {
  if (io.json) io.out(JSON.stringify({ sound: faults.length === 0, entries, faults, ...extra }))
  else {
    for (const fault of faults) io.out(`${fault.seq}: ${fault.kind}: ${fault.note}`)
    io.out(
      faults.length === 0
        ? `${entries} entries, the chain is complete`
        : `${faults.length} faults in ${entries} entries`,
    )
  }
  return faults.length === 0 ? 0 : 1
}

const exported = z.array(
  z.looseObject({
    seq: z.int(),
    at: z.string(),
    previousHash: z.string(),
    hash: z.string(),
    details: z.looseObject({}),
  }),
)

async function verifyExport(path: string, io: CommandIo): Promise<ExitCode> {
  let entries: Entry[]
  try {
    entries = exported.parse(JSON.parse(await readFile(path, 'utf8'))) as unknown as Entry[]
  } catch {
    io.note(`${path} is no export of the register (JSON list of entries).`)
    return 2
  }
  const check = createChainCheck()
  const faults = entries.toSorted((a, b) => a.seq - b.seq).flatMap((entry) => [...check.take(entry)])
  return report(io, check.count(), faults)
}

/** The register on the command line. */
export const commands: readonly Command[] = [
  {
    room: 'transparency',
    verb: 'verify',
    usage: 'verify [--json]',
    summary:
      'Check every entry, link and closed day of this hub; exit 1 if anything was changed, removed or reordered.',
    needsHub: true,
    run: async (ctx, _args, io) => {
      const { entries, faults, days, head } = await verifyRegister(ctx)
      return report(io, entries, faults, { days, head })
    },
  },
  {
    room: 'transparency',
    verb: 'verify-export',
    usage: 'verify-export FILE [--json]',
    summary: 'Check a downloaded register (JSON) without a hub.',
    needsHub: false,
    run: async (args, io) => {
      const path = args.words[0]
      if (path) return verifyExport(path, io)
      io.note('Which file? allmende transparency verify-export register.json')
      return 2
    },
  },
  {
    room: 'transparency',
    verb: 'export',
    usage: 'export',
    summary: 'Print the whole register, one JSON entry a line.',
    needsHub: true,
    run: async (ctx, _args, io) => {
      for await (const entry of exportEntries(ctx, {})) io.out(JSON.stringify(entry))
      return 0
    },
  },
]
