import type { App } from './platform/http.ts'
import { aboutPages } from './home/about/pages.tsx'
import { deskPages } from './home/desk/pages.tsx'
import { interfacePages } from './home/interfaces/pages.tsx'
import { operatorPages } from './home/operator/pages.tsx'
import { searchPages } from './home/search/pages.tsx'
import { sitemapPages } from './home/sitemap/pages.ts'
import { startPages } from './home/start/pages.tsx'
import { api as identityApi } from './identity/api.ts'
import { pages as identityPages } from './identity/pages.tsx'
import { namesOfOrganisations } from './identity/service.ts'
import { api as questionsApi } from './questions/api.ts'
import { pages as questionsPages } from './questions/pages.tsx'
import { inWorkPart } from './questions/panels.tsx'
import { personalData as questionsData } from './questions/service.ts'
import { api as catalogueApi } from './catalogue/api.ts'
import { pages as cataloguePages } from './catalogue/pages.tsx'
import { benefitPart, carePart, holdersPanel, myDataPart, needsPanel, workPart } from './catalogue/panels.tsx'
import { personalData as catalogueData } from './catalogue/service.ts'
import { api as cooperationApi } from './cooperation/api.ts'
import { pages as cooperationPages } from './cooperation/pages.tsx'
import { panels as cooperationPanels } from './cooperation/panels.tsx'
import { personalData as cooperationData } from './cooperation/service.ts'
import { api as sandboxApi } from './sandbox/api.ts'
import { pages as sandboxPages } from './sandbox/pages.tsx'
import { panels as sandboxPanels } from './sandbox/panels.tsx'
import { personalData as sandboxData } from './sandbox/service.ts'
import { api as answersApi } from './answers/api.ts'
import { pages as answersPages } from './answers/pages.tsx'
import { newestAnswerPart, panels as answersPanels } from './answers/panels.tsx'
import { personalData as answersData } from './answers/service.ts'
import { api as transparencyApi } from './transparency/api.ts'
import { pages as transparencyPages } from './transparency/pages.tsx'

/** One line per room: its pages, its REST routes, and the panels that rooms to its right add. */
export function addRooms(app: App): void {
  transparencyPages(app, namesOfOrganisations)
  transparencyApi(app)
  identityPages(app, [questionsData, catalogueData, cooperationData, sandboxData, answersData])
  identityApi(app)
  questionsPages(app, {
    panels: [needsPanel, holdersPanel, ...cooperationPanels, ...sandboxPanels, ...answersPanels],
  })
  questionsApi(app)
  cataloguePages(app)
  catalogueApi(app)
  cooperationPages(app)
  cooperationApi(app)
  sandboxPages(app)
  sandboxApi(app)
  answersPages(app)
  answersApi(app)
  startPages(app, [inWorkPart, newestAnswerPart])
  deskPages(app, { main: [myDataPart], aside: [benefitPart, carePart, workPart] })
  searchPages(app)
  operatorPages(app)
  aboutPages(app)
  interfacePages(app)
  sitemapPages(app)
}
