import { z } from 'zod'
import { subscribe } from '../platform/events.ts'
import { defineJob } from '../platform/jobs.ts'
import { sendDigest, tellFollowers } from './following/jobs.ts'
import { confirmDraft, forgetDrafts } from './raise/service.ts'
import { confirmSupport } from './support/service.ts'

const confirmed = z.object({ purpose: z.string(), payload: z.unknown(), personId: z.string() })
const draft = z.object({ draftId: z.string() })
const support = z.object({ questionId: z.string(), follow: z.boolean() })

/** Acts on an address confirmed by mail: a question sent without an account now waits for the steward, support now counts. */
const takeConfirmed = defineJob({
  name: 'questions.take-confirmed',
  payload: confirmed,
  run: async (ctx, { purpose, payload, personId }) => {
    if (purpose === 'questions.raise') await confirmDraft(ctx, { ...draft.parse(payload), personId })
    if (purpose === 'questions.support') await confirmSupport(ctx, { ...support.parse(payload), personId })
  },
})

/** Forgets what nobody confirmed. */
const forgetUnconfirmed = defineJob({
  name: 'questions.forget-unconfirmed',
  payload: z.object({}),
  cron: '20 3 * * *',
  run: (ctx) => forgetDrafts(ctx),
})

/** Background work of this room. */
export const jobs = [takeConfirmed, forgetUnconfirmed, tellFollowers, sendDigest]

/** Events this room reacts to; one is its own, so that mails never hold up the step itself. */
export const subscriptions = [
  subscribe('identity.confirmed', takeConfirmed),
  subscribe('questions.advanced', tellFollowers),
]
