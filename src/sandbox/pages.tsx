import type { App } from '../platform/http.ts'
import { comparePages } from './compare/pages.tsx'
import { decidingPages } from './deciding/pages.tsx'
import { helpPages } from './help/pages.tsx'
import { mapPages } from './maps/pages.tsx'
import { notebookPages } from './notebooks/pages.tsx'
import { packagePages } from './packages/pages.tsx'
import { privacyPages } from './privacy/pages.tsx'
import { queryPages } from './queries/pages.tsx'
import { releasePages } from './releases/pages.tsx'
import { requestPages } from './requests/pages.tsx'
import { rulePages } from './rules/pages.tsx'
import { savedPages } from './saved/pages.tsx'
import { tablePages } from './tables/pages.tsx'
import { workspacePages } from './workspaces/pages.tsx'

/** All pages of the sandbox. */
export function pages(app: App): void {
  workspacePages(app)
  tablePages(app)
  queryPages(app)
  privacyPages(app)
  helpPages(app)
  comparePages(app)
  mapPages(app)
  savedPages(app)
  notebookPages(app)
  rulePages(app)
  requestPages(app)
  packagePages(app)
  decidingPages(app)
  releasePages(app)
}
