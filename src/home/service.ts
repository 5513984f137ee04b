import { deskTasks as answersTasks, searchHits as answersHits } from '../answers/service.ts'
import { deskTasks as catalogueTasks, searchHits as catalogueHits } from '../catalogue/service.ts'
import { deskTasks as cooperationTasks, searchHits as cooperationHits } from '../cooperation/service.ts'
import type { Ctx } from '../platform/context.ts'
import { countWaitingMails, findOutboxMail, listOutbox } from '../platform/mail.ts'
import type { QueuedMail } from '../platform/mail.ts'
import type { DeskTask, Hit } from '../platform/panel.ts'
import { requirePermission } from '../platform/permission.ts'
import { general } from '../platform/problem.ts'
import { isUuid } from '../platform/ids.ts'
import { deskTasks as questionsTasks, searchHits as questionsHits } from '../questions/service.ts'
import { deskTasks as sandboxTasks, searchHits as sandboxHits } from '../sandbox/service.ts'
import { countEvents, readLength } from '../transparency/service.ts'
import { policy } from './policy.ts'

/** Figures of the start page, all from the register. */
export type StartFigures = { readonly released: number; readonly refused: number; readonly entries: number }

const releasedEvents = ['sandbox.release-approved']
const refusedEvents = ['sandbox.refused', 'sandbox.release-rejected']

/** What the start page counts. */
export async function readStart(ctx: Ctx): Promise<StartFigures> {
  requirePermission(ctx, policy, 'read start')
  const by = await countEvents(ctx, [...releasedEvents, ...refusedEvents])
  const sum = (events: readonly string[]) => events.reduce((all, event) => all + (by.get(event) ?? 0), 0)
  return { released: sum(releasedEvents), refused: sum(refusedEvents), entries: await readLength(ctx) }
}

/** Everything in all rooms that waits for the signed-in person, what is due first on top. */
export async function listTasks(ctx: Ctx): Promise<readonly DeskTask[]> {
  requirePermission(ctx, policy, 'use desk')
  const tasks: DeskTask[] = []
  for (const list of [sandboxTasks, cooperationTasks, catalogueTasks, questionsTasks, answersTasks]) {
    tasks.push(...(await list(ctx)))
  }
  return tasks.toSorted((a, b) => (a.until ?? '9999').localeCompare(b.until ?? '9999'))
}

/** Hits of all rooms for a word, each as far as the reader may see them. Nothing for fewer than two characters. */
export async function searchAll(ctx: Ctx, q: string): Promise<readonly Hit[]> {
  requirePermission(ctx, policy, 'search')
  if (q.length < 2) return []
  const hits: Hit[] = []
  for (const search of [answersHits, questionsHits, catalogueHits, cooperationHits, sandboxHits])
    hits.push(...(await search(ctx, q)))
  return hits
}

/** How the hub is doing, for its operator. */
export type Condition = {
  readonly jobs: { readonly waiting: number; readonly running: number; readonly failed: number }
  readonly mails: number
  readonly entries: number
  readonly embedded: boolean
  /** The newest copy of the embedded database. */
  readonly backup: { readonly at: Date; readonly size: number } | undefined
}

/** Reads the condition of the hub. For the operator only. */
export async function readCondition(ctx: Ctx): Promise<Condition> {
  requirePermission(ctx, policy, 'operate')
  return {
    jobs: await ctx.queue.counts(),
    mails: await countWaitingMails(ctx),
    entries: await readLength(ctx),
    embedded: !ctx.config.databaseUrl,
    backup: await ctx.resources.backups?.last(),
  }
}

/** Mails in the outbox, newest first. For the operator only. */
export async function listMails(ctx: Ctx, before?: string): Promise<readonly QueuedMail[]> {
  requirePermission(ctx, policy, 'operate')
  return listOutbox(ctx, before && isUuid(before) ? before : undefined)
}

/** One mail of the outbox. For the operator only; refuses with not-found once it was sent. */
export async function readMail(ctx: Ctx, id: string): Promise<QueuedMail> {
  requirePermission(ctx, policy, 'operate')
  const mail = isUuid(id) ? await findOutboxMail(ctx, id) : undefined
  if (!mail) throw general.notFound()
  return mail
}
