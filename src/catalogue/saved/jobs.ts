import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { tellSavedSearches } from './mails.ts'

/** Every morning: one mail per person whose saved searches are due and have found something new. */
export const tellSaved = defineJob({
  name: 'catalogue.tell-saved-searches',
  payload: z.object({}),
  cron: '30 6 * * *',
  slow: true,
  run: async (ctx) => {
    await tellSavedSearches(ctx)
  },
})
