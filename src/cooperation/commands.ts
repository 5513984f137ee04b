import type { Command, CommandArgs, CommandIo, ExitCode } from '../platform/command.ts'
import { textOption } from '../platform/command.ts'
import type { Ctx } from '../platform/context.ts'
import { agreementStates, type Agreement } from './model.ts'
import { writePolicy } from './odrl/write.ts'
import { keepTerms } from './ending/service.ts'
import { getAgreement, getSignedText, listAgreements } from './service.ts'

async function list(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const state = agreementStates.find((each) => each === textOption(args, 'state'))
  if (args.options['state'] !== undefined && !state) {
    io.note(`--state must be one of: ${agreementStates.join(', ')}`)
    return 2
  }
  const all: Agreement[] = []
  for (let cursor: string | undefined; ;) {
    const { agreements, next } = await listAgreements(ctx, { state, cursor })
    all.push(...agreements)
    if (!next) break
    cursor = next
  }
  if (io.json) io.out(JSON.stringify(all))
  else for (const one of all) io.out(`${one.id}  ${one.state}  ${one.validUntil}  ${one.title}`)
  return 0
}

/** The room's verbs on the command line. */
export const commands: Command[] = [
  {
    room: 'cooperation',
    verb: 'list',
    usage: 'list [--state STATE]',
    summary: 'Lists agreements with state, last day and title.',
    needsHub: true,
    run: list,
  },
  {
    room: 'cooperation',
    verb: 'text',
    usage: 'text ID',
    summary: 'Prints the canonical text whose SHA-256 the parties sign.',
    needsHub: true,
    run: async (ctx, args, io) => {
      const [id] = args.words
      if (!id) return 2
      io.out(await getSignedText(ctx, id))
      return 0
    },
  },
  {
    room: 'cooperation',
    verb: 'policy',
    usage: 'policy ID',
    summary: 'Prints the ODRL policy of an agreement as JSON-LD.',
    needsHub: true,
    run: async (ctx, args, io) => {
      const [id] = args.words
      if (!id) return 2
      io.out(JSON.stringify(writePolicy(await getAgreement(ctx, id), ctx.config.url), null, 2))
      return 0
    },
  },
  {
    room: 'cooperation',
    verb: 'keep-terms',
    usage: 'keep-terms',
    summary: 'Starts, reminds and expires agreements by today’s date.',
    needsHub: true,
    run: async (ctx) => {
      await keepTerms(ctx)
      return 0
    },
  },
]
