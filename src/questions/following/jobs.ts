import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { sendDailyDigests, sendStepNotices } from './service.ts'

/** Tells step-by-step followers that a question has moved. */
export const tellFollowers = defineJob({
  name: 'questions.tell-followers',
  payload: z.object({ questionId: z.string() }),
  run: async (ctx, { questionId }) => {
    await sendStepNotices(ctx, { questionId })
  },
})

/** Every morning: one mail per daily follower who has news. */
export const sendDigest = defineJob({
  name: 'questions.send-digest',
  payload: z.object({}),
  cron: '0 7 * * *',
  run: async (ctx) => {
    await sendDailyDigests(ctx)
  },
})
