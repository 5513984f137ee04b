import type { App, Call } from '../../platform/http.ts'
import { datasetRdf } from '../feed/service.ts'
import { answerDocument } from '../feed/answer.ts'
import { endingNames, rdfForms } from '../feed/negotiate.ts'
import { problems } from '../problems.ts'
import { ActionError } from './errors.ts'
import { showGroup } from './groups.ts'
import { titlesOfHouse } from './houses.ts'
import { showPackage } from './resources.ts'

/** The addresses CKAN portals have, led to the pages here: bookmarks and `/dataset/NAME.rdf` of harvesters go on working. */
export function actionPages(app: App): void {
  app.get('/dataset', (c) => c.redirect(c.get('view').href('/catalogue'), 301))
  app.get('/dataset/:name{.+\\.(?:ttl|rdf|xml|jsonld|n3)}', (c) => rdfOf(c, c.req.param('name')))
  app.get('/dataset/:name', async (c) => {
    const id = await idOf(c, c.req.param('name'))
    return c.redirect(c.get('view').href(`/catalogue/datasets/${id}`), 301)
  })
  app.get('/organization/:name', async (c) => {
    const [title] = await titlesOfHouse(c.get('ctx'), c.req.param('name'))
    if (title === undefined) throw problems.notFound()
    return c.redirect(c.get('view').href(`/catalogue?holder=${encodeURIComponent(title)}`), 301)
  })
  app.get('/group/:name', async (c) => {
    const group = await found(() => showGroup(c.get('ctx'), { id: c.req.param('name') }))
    return c.redirect(c.get('view').href(`/catalogue?topic=${group.name.toUpperCase()}`), 301)
  })
}

async function idOf(c: Call, name: string): Promise<string> {
  return (await found(() => showPackage(c.get('ctx'), { id: name }))).id
}

async function rdfOf(c: Call, file: string): Promise<Response> {
  const at = file.lastIndexOf('.')
  const name = file.slice(at + 1)
  const { format, type } = rdfForms[endingNames[name]!]
  const body = await datasetRdf(c.get('ctx'), await idOf(c, file.slice(0, at)), format)
  return answerDocument(c, name === 'n3' ? 'text/n3' : type, body)
}

/** People get our page for what is not there, not CKAN's envelope. */
async function found<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof ActionError) throw problems.notFound()
    throw error
  }
}
