import type { App } from '../platform/http.ts'
import { atlasPages } from './atlas/pages.tsx'
import { actionPages } from './action/pages.tsx'
import { campaignPages } from './campaign/pages.tsx'
import { comparingPages } from './comparing/pages.tsx'
import { editingPages } from './editing/pages.tsx'
import { entryPages } from './entries/pages.tsx'
import { feedPages } from './feed/pages.tsx'
import { gonePages } from './gone/pages.tsx'
import { intakePages } from './intake/pages.tsx'
import { mappingPages } from './mapping/pages.tsx'
import { holderPages } from './holders/pages.tsx'
import { modelDatasetPages } from './musterdatenkatalog/pages.tsx'
import { previewPages } from './previews/pages.tsx'
import { duplicatePages } from './duplicates/pages.tsx'
import { feedbackPages } from './feedback/pages.tsx'
import { quarantinePages } from './quarantine/pages.tsx'
import { requestPages } from './requests/pages.tsx'
import { worklistPages } from './worklist/pages.tsx'
import { sourcePages } from './sources/pages.tsx'
import { feedPages as searchFeeds } from './saved/feed-pages.ts'
import { savedPages } from './saved/pages.tsx'
import { searchPages } from './search/pages.tsx'

/** All pages of the catalogue. */
export function pages(app: App): void {
  searchPages(app)
  atlasPages(app)
  searchFeeds(app)
  savedPages(app)
  feedPages(app)
  actionPages(app)
  editingPages(app)
  intakePages(app)
  mappingPages(app)
  requestPages(app)
  quarantinePages(app)
  duplicatePages(app)
  worklistPages(app)
  feedbackPages(app)
  sourcePages(app)
  gonePages(app)
  modelDatasetPages(app)
  campaignPages(app)
  comparingPages(app)
  holderPages(app)
  previewPages(app)
  entryPages(app)
}
