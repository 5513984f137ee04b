import type { Command } from '../platform/command.ts'
import { getPublished, listAnswers, publishAnswer } from './service.ts'

/** The room's verbs on the command line. */
export const commands: Command[] = [
  {
    room: 'answers',
    verb: 'list',
    usage: 'list',
    summary: 'Lists published answers with number, version and finding.',
    needsHub: true,
    run: async (ctx, _args, io) => {
      const { answers } = await listAnswers(ctx)
      const lines = answers.map(({ answer, current }) => ({
        number: answer.number,
        version: current.version,
        title: current.content.title,
      }))
      if (io.json) io.out(JSON.stringify(lines))
      else for (const line of lines) io.out(`${line.number}  ${line.version}  ${line.title}`)
      return 0
    },
  },
  {
    room: 'answers',
    verb: 'show',
    usage: 'show NUMBER',
    summary: 'Prints a published answer as JSON.',
    needsHub: true,
    run: async (ctx, args, io) => {
      const [number] = args.words
      if (!number) return 2
      const { current } = await getPublished(ctx, number)
      io.out(JSON.stringify(current, null, io.json ? 0 : 2))
      return 0
    },
  },
  {
    room: 'answers',
    verb: 'publish',
    usage: 'publish NUMBER [--changes TEXT]',
    summary: 'Publishes the draft of an answer as its next version.',
    needsHub: true,
    run: async (ctx, args, io) => {
      const [number] = args.words
      if (!number) return 2
      const { changes } = args.options
      const { version, sha256 } = await publishAnswer(ctx, {
        answerId: number,
        ...(typeof changes === 'string' ? { changes } : {}),
      })
      io.out(io.json ? JSON.stringify({ version, sha256 }) : `${number}  ${version}  ${sha256}`)
      return 0
    },
  },
]
