import type { Command, CommandArgs, CommandIo, ExitCode } from '../platform/command.ts'
import { textOption } from '../platform/command.ts'
import type { Ctx } from '../platform/context.ts'
import { dayOf } from '../platform/days.ts'
import { getQuestion } from './access/service.ts'
import { isNumber, states } from './model.ts'
import type { Question, State } from './model.ts'
import { rules } from './schema.ts'
import { advanceQuestion, getTimeline, listModeration, listQuestions, moderateQuestion } from './service.ts'

function asState(value: string | undefined): State | undefined {
  return states.find((state) => state === value)
}

function summary(question: Question) {
  const { number, state, visibility, people, organisations, title } = question
  return { number, state, visibility, people, organisations, title }
}

async function list(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const state = asState(textOption(args, 'state'))
  if (args.options['state'] !== undefined && !state) {
    io.note(`--state must be one of: ${states.join(', ')}`)
    return 2
  }
  const { questions } = await listQuestions(ctx, { state, q: textOption(args, 'search'), limit: 100 })
  if (io.json) io.out(JSON.stringify(questions.map(summary)))
  else
    for (const q of questions)
      io.out(
        `${q.number}  ${q.state.padEnd(11)}  ${String(q.people + q.organisations).padStart(5)}  ${q.title}`,
      )
  return 0
}

async function show(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const number = args.words[0] ?? ''
  if (!isNumber(number)) {
    io.note('Give the number of a question, such as 2026-017.')
    return 2
  }
  const question = await getQuestion(ctx, number)
  const timeline = await getTimeline(ctx, question.id)
  if (io.json) {
    io.out(JSON.stringify({ ...question, timeline }))
    return 0
  }
  io.out(`${question.number}  ${question.title}`)
  io.out(
    `${question.state}, ${question.visibility}, ${question.people} people, ${question.organisations} organisations`,
  )
  for (const entry of timeline) io.out(`${dayOf(entry.at)}  ${entry.text.en}`)
  return 0
}

async function advance(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [number = '', word = ''] = args.words
  const to = asState(word)
  if (!isNumber(number) || !to) {
    io.note(`Give a number and a state: 2026-017 and one of ${states.join(', ')}`)
    return 2
  }
  const { id } = await getQuestion(ctx, number)
  const note = textOption(args, 'note')
  const question = await advanceQuestion(ctx, { questionId: id, to, ...(note ? { note } : {}) })
  io.out(io.json ? JSON.stringify(summary(question)) : `${question.number}  ${question.state}`)
  return 0
}

async function moderate(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [number, decision] = args.words
  if (number === undefined) return queue(ctx, io)
  const wanted = (['approve', 'hide', 'ask-back', 'restore'] as const).find((each) => each === decision)
  const rule = rules.find((each) => each === textOption(args, 'rule'))
  const explained = wanted === 'approve' || wanted === 'restore' || rule !== undefined
  if (!isNumber(number) || !wanted || !explained) {
    io.note(
      `Give a number and approve, hide, ask-back or restore; hide and ask-back need --rule (${rules.join(', ')}).`,
    )
    return 2
  }
  const { id } = await getQuestion(ctx, number)
  await moderateQuestion(ctx, {
    questionId: id,
    decision: wanted,
    rule,
    note: textOption(args, 'note') ?? '',
  })
  const question = await getQuestion(ctx, number)
  io.out(io.json ? JSON.stringify(summary(question)) : `${question.number}  ${question.visibility}`)
  return 0
}

async function queue(ctx: Ctx, io: CommandIo): Promise<ExitCode> {
  const { questions, comments, replies } = await listModeration(ctx)
  const waiting = questions.map(({ number, title }) => ({ number, title }))
  if (io.json)
    io.out(JSON.stringify({ questions: waiting, comments: comments.length, replies: replies.length }))
  else {
    for (const each of waiting) io.out(`${each.number}  ${each.title}`)
    io.out(`${questions.length} questions, ${comments.length} contributions, ${replies.length} replies wait`)
  }
  return 0
}

/** Questions on the command line. */
export const commands: readonly Command[] = [
  {
    room: 'questions',
    verb: 'list',
    usage: 'list [--state STATE] [--search WORDS] [--json]',
    summary: 'List the newest visible questions, at most 100.',
    needsHub: true,
    run: list,
  },
  {
    room: 'questions',
    verb: 'show',
    usage: 'show NUMBER [--json]',
    summary: 'Show a question and its story.',
    needsHub: true,
    run: show,
  },
  {
    room: 'questions',
    verb: 'advance',
    usage: 'advance NUMBER STATE [--note TEXT] [--json]',
    summary: 'Move a question forward and tell those who follow it.',
    needsHub: true,
    run: advance,
  },
  {
    room: 'questions',
    verb: 'moderate',
    usage: 'moderate [NUMBER approve|hide|ask-back|restore [--rule RULE] [--note TEXT]] [--json]',
    summary:
      'Without a number: what waits. With one: decide whether a question is shown, and tell its author.',
    needsHub: true,
    run: moderate,
  },
]
