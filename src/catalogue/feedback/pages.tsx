import type { App } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { answerFeedbackInput, feedbackInput } from '../schema.ts'
import { answerFeedback, giveFeedback } from './service.ts'

/** Remarks about an entry and their answers; both lead back to the entry. */
export function feedbackPages(app: App): void {
  app.post('/catalogue/datasets/:id/feedback', (c) =>
    submit(c, feedbackInput, {
      act: async (ctx, input) => {
        await giveFeedback(ctx, { ...input, entryId: c.req.param('id') })
        return `/catalogue/datasets/${c.req.param('id')}?said=1#passt`
      },
      invalid: () => {
        throw general.invalid({ where: 'kind' })
      },
    }),
  )
  app.post('/catalogue/datasets/:id/feedback/answer', (c) =>
    submit(c, answerFeedbackInput, {
      act: async (ctx, input) => `/catalogue/datasets/${(await answerFeedback(ctx, input)).entryId}#passt`,
      invalid: () => {
        throw general.invalid({ where: 'answer' })
      },
    }),
  )
}
