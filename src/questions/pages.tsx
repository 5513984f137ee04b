import { z } from 'zod'
import { submit } from '../platform/http.ts'
import type { App, Call } from '../platform/http.ts'
import { general } from '../platform/problem.ts'
import { getQuestion } from './access/service.ts'
import { followingPages } from './following/pages.tsx'
import { listCsv, listFeed, listPage } from './listing/pages.tsx'
import { mergingPages } from './merging/pages.tsx'
import { moderationPages } from './moderation/pages.tsx'
import { raisePages } from './raise/pages.tsx'
import { supportQuestion, withdrawSupport } from './service.ts'
import type { QuestionPanel } from './service.ts'
import { showPages } from './showing/pages.tsx'
import { talkPages } from './talk/pages.tsx'

/** All pages of this room. `panels` are what rooms to the right add to a question's page, in the order of the path. */
export function pages(app: App, { panels }: { readonly panels: readonly QuestionPanel[] }): void {
  app.get('/questions', listPage)
  app.get('/questions/export.csv', listCsv)
  app.get('/questions/feed.atom', listFeed)
  raisePages(app)
  moderationPages(app)
  mergingPages(app)
  followingPages(app)
  talkPages(app)
  app.post('/questions/:number/support', (c) => supportForm(c, supportQuestion))
  app.post('/questions/:number/support/withdraw', (c) => supportForm(c, withdrawSupport))
  showPages(app, panels)
}

const forOrganisation = z.object({ organisationId: z.string().max(100).optional() })

function supportForm(c: Call, act: typeof supportQuestion): Promise<Response> {
  return submit(c, forOrganisation, {
    act: async (ctx, { organisationId }) => {
      const question = await getQuestion(ctx, c.req.param('number') ?? '')
      await act(ctx, { questionId: question.id, ...(organisationId ? { organisationId } : {}) })
      return `/questions/${question.number}#unterstuetzung`
    },
    invalid: () => {
      throw general.invalid({ where: 'organisationId' })
    },
  })
}
