import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import { policy } from '../policy.ts'
import { holdBack, sleep, waitFor } from '../runs/fetching/pace.ts'
import { askLink } from './ask.ts'
import type { Link } from './model.ts'
import { linkAfter } from './model.ts'
import { checkNow } from './queue.ts'
import * as store from './store.ts'

/** One request a second to the same host, as a careful reader would. */
const PACE_MS = 1000
/** Hosts asked at the same time. */
const HOSTS = 8
const BATCH = 500

/** What a check came to. */
export type LinkReport = Readonly<Record<'asked' | 'ok' | 'failed' | 'later' | 'refused', number>>

/** How long and how fast to check. Tests ask without pauses. */
export type CheckOptions = { readonly budgetMs?: number; readonly pace?: number }

/**
 * Asks addresses whose time has come, host by host at a careful pace, until none is due or the time is over. Each answer is
 * kept at once.
 */
export async function checkLinks(ctx: Ctx, options: CheckOptions = {}): Promise<LinkReport> {
  requirePermission(ctx, policy, 'checkLinks')
  const { budgetMs = 10 * 60_000, pace = PACE_MS } = options
  const until = Date.now() + budgetMs
  const report = { asked: 0, ok: 0, failed: 0, later: 0, refused: 0 }
  const seen = new Set<string>()
  while (Date.now() < until) {
    const due = (await store.listDueLinks(ctx.db, ctx.now, BATCH)).filter((link) => !seen.has(link.id))
    if (due.length === 0) break
    for (const link of due) seen.add(link.id)
    await askHosts(ctx, due, { until, pace, report })
  }
  if (report.asked > 0) await noteCheck(ctx, report)
  return report
}

type Round = {
  readonly until: number
  readonly pace: number
  readonly report: Record<keyof LinkReport, number>
}

async function askHosts(ctx: Ctx, due: readonly Link[], round: Round): Promise<void> {
  const queues = [...Map.groupBy(due, (link) => link.host).values()]
  const worker = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) await askHost(ctx, queue, round)
  }
  await Promise.all(Array.from({ length: Math.min(HOSTS, queues.length) }, worker))
}

async function askHost(ctx: Ctx, queue: readonly Link[], round: Round): Promise<void> {
  for (const link of queue) {
    const wait = waitFor(link.host)
    // A host that wants to be left alone for long gets its turn another time.
    if (Date.now() + wait > round.until || wait > 30_000) return
    if (wait > 0) await sleep(wait)
    holdBack(link.host, Date.now() + round.pace)
    const outcome = await askLink(ctx.config, link, ctx.now)
    if (outcome.kind === 'later') holdBack(link.host, outcome.until.getTime())
    round.report.asked++
    round.report[outcome.kind]++
    const after = linkAfter(link, outcome, ctx.now)
    await store.saveOutcome(ctx.db, link.id, {
      state: after.state,
      status: 'status' in outcome ? outcome.status : null,
      note: 'note' in outcome ? outcome.note : null,
      checked_at: ctx.now,
      failed_at: after.failedAt,
      failures: after.failures,
      next_at: after.nextAt,
    })
  }
}

async function noteCheck(ctx: Ctx, report: LinkReport): Promise<void> {
  await transact(ctx, async (ctx) => {
    await record(ctx, {
      event: 'catalogue.links-checked',
      object: { type: 'catalogue', id: 'links' },
      summary: {
        de: 'Die Adressen von Datensätzen wurden geprüft.',
        en: 'The addresses of datasets were checked.',
      },
      href: '/catalogue/quality',
      details: { ...report },
    })
  })
}

/** Has the addresses asked soon, in the background, instead of at their next time. */
export async function startLinkCheck(ctx: Ctx): Promise<void> {
  requirePermission(ctx, policy, 'checkLinks')
  await ctx.enqueue(checkNow, {}, { key: 'now' })
}

/** The addresses of an entry as they answered; the caller has checked that the reader may see the entry. */
export async function linksOfEntry(ctx: Ctx, entryId: string): Promise<readonly store.CheckedLink[]> {
  requirePermission(ctx, policy, 'read')
  return (await store.listLinks(ctx.db, [entryId])).get(entryId) ?? []
}
