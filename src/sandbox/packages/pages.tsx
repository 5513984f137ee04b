import type { Json } from '../../platform/canonical.ts'
import { canonicalJson } from '../../platform/canonical.ts'
import type { App } from '../../platform/http.ts'
import { csvOf, packageOf } from './service.ts'

/** A released table to take along. What is not released is not found: before that nothing can be downloaded. */
export function packagePages(app: App): void {
  app.get('/sandbox/releases/:id/table.csv', async (c) => {
    const { sealed } = await packageOf(c.get('ctx'), c.req.param('id'))
    c.header('content-type', 'text/csv; charset=utf-8; header=present')
    c.header('content-disposition', `attachment; filename="freigabe-${c.req.param('id')}.csv"`)
    return c.body(csvOf(sealed))
  })
  app.get('/sandbox/releases/:id/package.json', async (c) => {
    const { sealed, sha256 } = await packageOf(c.get('ctx'), c.req.param('id'))
    c.header('content-type', 'application/json; charset=utf-8')
    c.header('content-disposition', `attachment; filename="freigabe-${c.req.param('id')}.json"`)
    c.header('x-package-sha256', sha256)
    return c.body(canonicalJson(sealed as unknown as Json))
  })
}
