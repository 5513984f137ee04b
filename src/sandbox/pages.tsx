import type { App } from '../platform/http.ts'
import { privacyPages } from './privacy/pages.tsx'
import { queryPages } from './queries/pages.tsx'
import { releasePages } from './releases/pages.tsx'
import { tablePages } from './tables/pages.tsx'
import { workspacePages } from './workspaces/pages.tsx'

/** All pages of the sandbox. */
export function pages(app: App): void {
  workspacePages(app)
  tablePages(app)
  queryPages(app)
  privacyPages(app)
  releasePages(app)
}
