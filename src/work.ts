import { z } from 'zod'
import { backUpDaily } from './platform/backup.ts'
import type { Subscription } from './platform/events.ts'
import { deliveryJob } from './platform/events.ts'
import { forgetSubmissions } from './platform/http.ts'
import type { AnyJob } from './platform/jobs.ts'
import { defineJob } from './platform/jobs.ts'
import { sendQueuedMail } from './platform/mail.ts'
import * as identity from './identity/jobs.ts'
import * as questions from './questions/jobs.ts'
import * as catalogue from './catalogue/jobs.ts'
import * as cooperation from './cooperation/jobs.ts'
import * as sandbox from './sandbox/jobs.ts'
import * as transparency from './transparency/jobs.ts'

const forget = defineJob({
  name: 'platform.forget-submissions',
  payload: z.object({}),
  cron: '40 3 * * *',
  run: forgetSubmissions,
})

const subscriptions: readonly Subscription[] = [...sandbox.subscriptions, ...questions.subscriptions]

/** Every background job of every room, and the one that delivers news between rooms. */
export const allJobs: readonly AnyJob[] = [
  forget as AnyJob,
  backUpDaily as AnyJob,
  sendQueuedMail as AnyJob,
  deliveryJob(subscriptions),
  ...transparency.jobs,
  ...sandbox.jobs,
  ...catalogue.jobs,
  ...cooperation.jobs,
  ...identity.jobs,
  ...questions.jobs,
]
