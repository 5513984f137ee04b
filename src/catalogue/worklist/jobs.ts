import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { clusterDuplicates } from '../duplicates/service.ts'
import { checkNow } from '../links/queue.ts'
import { checkLinks } from '../links/service.ts'
import { reckonGaps } from '../musterdatenkatalog/counting.ts'
import { matchEntries } from '../musterdatenkatalog/service.ts'
import * as queue from '../runs/queue.ts'
import { scoreEntries } from './scoring.ts'
import { housesWithWork, sendWorklistDigest } from './service.ts'

/** After a run: finds doubles, then reckons the quality of what changed. */
export const settleAfterRun = defineJob({
  ...queue.afterRun,
  run: async (ctx) => {
    await clusterDuplicates(ctx)
    await matchEntries(ctx)
    await reckonGaps(ctx)
    await scoreEntries(ctx)
  },
})

/** Twice an hour: the quality of entries that people edited or whose addresses were asked. */
export const scoreChangedEntries = defineJob({
  name: 'catalogue.score-entries',
  payload: z.object({}),
  cron: '15,45 * * * *',
  slow: true,
  run: async (ctx) => {
    await scoreEntries(ctx)
  },
})

/** Every two hours a few minutes of asking addresses whether they are still there. */
export const checkDueLinks = defineJob({
  name: 'catalogue.check-links',
  payload: z.object({}),
  cron: '30 */2 * * *',
  slow: true,
  run: async (ctx) => {
    await checkLinks(ctx)
  },
})

/** The same because a steward asked for it; what she sees on the dashboard is then reckoned anew. */
export const checkLinksNow = defineJob({
  ...checkNow,
  run: async (ctx) => {
    await checkLinks(ctx)
    await scoreEntries(ctx)
  },
})

/** The weekly mail about one house. */
export const sendHouseDigest = defineJob({
  name: 'catalogue.send-house-digest',
  payload: z.object({ organisationId: z.string() }),
  run: async (ctx, { organisationId }) => {
    await sendWorklistDigest(ctx, organisationId)
  },
})

/** On Monday mornings the mails to the houses that keep entries here, each by a job of its own. */
export const sendWeeklyDigests = defineJob({
  name: 'catalogue.send-worklists',
  payload: z.object({}),
  cron: '0 7 * * 1',
  run: async (ctx) => {
    for (const organisationId of await housesWithWork(ctx))
      await ctx.enqueue(sendHouseDigest, { organisationId }, { key: organisationId })
  },
})
