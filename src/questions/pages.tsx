import type { App } from '../platform/http.ts'
import { followingPages } from './following/pages.tsx'
import { listCsv, listFeed, listPage } from './listing/pages.tsx'
import { mergingPages } from './merging/pages.tsx'
import { moderationPages } from './moderation/pages.tsx'
import { raisePages } from './raise/pages.tsx'
import type { QuestionPanel } from './service.ts'
import { showPages } from './showing/pages.tsx'
import { supportPages } from './support/pages.tsx'
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
  supportPages(app)
  showPages(app, panels)
}
