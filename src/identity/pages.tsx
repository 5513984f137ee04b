import type { App } from '../platform/http.ts'
import { pages as accountPages } from './account/pages.tsx'
import { pages as confirmationPages } from './confirmations/pages.tsx'
import type { PersonalData } from './model.ts'
import { pages as organisationPages } from './organisations/pages.tsx'
import { pages as peoplePages } from './people/pages.tsx'
import { pages as townPages } from './towns/pages.tsx'
import { pages as signInPages } from './sign-in/pages.tsx'

/** All pages of this room. `sources`: what other rooms keep about people, for their own copy and for erasure. */
export function pages(app: App, sources: readonly PersonalData[] = []): void {
  signInPages(app)
  confirmationPages(app)
  accountPages(app, sources)
  organisationPages(app)
  peoplePages(app)
  townPages(app)
}
