import { z } from 'zod'
import type { AnyJob } from '../platform/jobs.ts'
import { defineJob } from '../platform/jobs.ts'
import { executeRun, resumeStuckRuns, withdrawMissingEntries } from './runs/jobs.ts'
import { remindOfCampaigns } from './campaign/jobs.ts'
import { settleGoneEntries } from './gone/jobs.ts'
import { matchModelDatasets, reckonModelDatasets, reckonModelDatasetsNow } from './musterdatenkatalog/jobs.ts'
import { forgetPreviews } from './previews/jobs.ts'
import { tellSaved } from './saved/jobs.ts'
import { clearSearchLog } from './search/jobs.ts'
import { forgetDrafts, harvestDue } from './sources/service.ts'
import {
  checkDueLinks,
  checkLinksNow,
  scoreChangedEntries,
  sendHouseDigest,
  sendWeeklyDigests,
  settleAfterRun,
} from './worklist/jobs.ts'

/** Forgets at night what nobody confirmed within a week. */
const forgetOldDrafts = defineJob({
  name: 'catalogue.forget-drafts',
  payload: z.object({}),
  cron: '10 3 * * *',
  run: (ctx) => forgetDrafts(ctx),
})

/** Starts every hour the sources whose time has come. */
const harvestDueSources = defineJob({
  name: 'catalogue.harvest-due',
  payload: z.object({}),
  cron: '5 * * * *',
  run: (ctx) => harvestDue(ctx),
})

/** The catalogue's background work. */
export const jobs: readonly AnyJob[] = [
  executeRun as AnyJob,
  resumeStuckRuns as AnyJob,
  forgetOldDrafts as AnyJob,
  matchModelDatasets as AnyJob,
  reckonModelDatasets as AnyJob,
  reckonModelDatasetsNow as AnyJob,
  forgetPreviews as AnyJob,
  remindOfCampaigns as AnyJob,
  harvestDueSources as AnyJob,
  withdrawMissingEntries as AnyJob,
  settleGoneEntries as AnyJob,
  settleAfterRun as AnyJob,
  scoreChangedEntries as AnyJob,
  checkDueLinks as AnyJob,
  checkLinksNow as AnyJob,
  sendHouseDigest as AnyJob,
  sendWeeklyDigests as AnyJob,
  tellSaved as AnyJob,
  clearSearchLog as AnyJob,
]
