import type { Command } from '../platform/command.ts'
import { writePolicy } from './odrl/write.ts'
import { keepTerms } from './ending/service.ts'
import { getAgreement, getSignedText, listAgreements } from './service.ts'

/** The room's verbs on the command line. */
export const commands: Command[] = [
  {
    room: 'cooperation',
    verb: 'list',
    usage: 'list [--state STATE]',
    summary: 'Lists agreements with state, last day and title.',
    needsHub: true,
    run: async (ctx, args, io) => {
      const state = args.options['state']
      const { agreements } = await listAgreements(
        ctx,
        typeof state === 'string' ? { state: state as 'signed' } : {},
      )
      if (io.json) io.out(JSON.stringify(agreements))
      else for (const one of agreements) io.out(`${one.id}  ${one.state}  ${one.validUntil}  ${one.title}`)
      return 0
    },
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
