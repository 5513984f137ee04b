import { csvText } from '../../platform/csv.ts'
import type { App, Call } from '../../platform/http.ts'
import { getQuestion } from '../../questions/service.ts'
import { page } from '../../web/layout.tsx'
import { drawMap } from '../mapping/drawing.ts'
import { criteria } from '../mapping/fit.ts'
import { messages as mapping } from '../mapping/messages.ts'
import { mapRows } from '../mapping/rows.ts'
import { listNeeds, namesOfHouses } from '../mapping/service.ts'
import { gapNote } from '../mapping/views.tsx'
import { words } from '../messages.ts'
import { messages } from './messages.ts'
import { compareSources } from './service.ts'
import { ComparisonView } from './views.tsx'

/** Sources side by side, and the data map of a question as table and image. */
export function comparingPages(app: App): void {
  app.get('/catalogue/compare', (c) => comparePage(c))
  app.get('/catalogue/needs/:question/map.csv', (c) => mapCsv(c))
  app.get('/catalogue/needs/:question/map.svg', (c) => mapSvg(c))
}

async function comparePage(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const needId = c.req.query('need')
  const shown = await compareSources(c.get('ctx'), { needId, entryIds: c.req.queries('entry') ?? [] })
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
      lead: shown.need ? text.leadNeed({ what: view.quote(shown.need.what) }) : text.lead,
      heading: 'x-large',
      robots: 'noindex',
    },
    <ComparisonView view={view} shown={shown} />,
  )
}

async function rowsOf(c: Call) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const question = await getQuestion(ctx, c.req.param('question') ?? '')
  const lines = await listNeeds(ctx, question.id)
  const names = await namesOfHouses(ctx)
  return { question, rows: mapRows(view.locale, lines, (line) => gapNote(view, line, names)) }
}

async function mapCsv(c: Call): Promise<Response> {
  const { question, rows } = await rowsOf(c)
  const { locale } = c.get('view')
  const columns = mapping[locale].columns
  const base = c.get('ctx').config.url
  const head = [
    columns.need,
    columns.found,
    messages[locale].kind,
    messages[locale].holder,
    ...criteria.map((name) => columns[name]),
    'URL',
  ]
  const body = rows.map((row) => [
    row.need,
    row.entry?.title ?? mapping[locale].missing,
    row.entry?.kind ?? '',
    row.entry?.holder ?? row.gap,
    ...criteria.map((_, n) =>
      row.cells[n] ? `${messages[locale].legend[row.cells[n].level]}: ${row.cells[n].text}` : '',
    ),
    row.entry ? `${base}/catalogue/datasets/${row.entry.id}` : '',
  ])
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="datenlandkarte-${question.number}.csv"`)
  return c.body(csvText([head, ...body]))
}

async function mapSvg(c: Call): Promise<Response> {
  const { question, rows } = await rowsOf(c)
  const view = c.get('view')
  const text = messages[view.locale]
  const columns = mapping[view.locale].columns
  c.header('content-type', 'image/svg+xml; charset=utf-8')
  c.header('content-disposition', `inline; filename="datenlandkarte-${question.number}.svg"`)
  return c.body(
    drawMap({
      title: question.title,
      source: text.mapSource({
        url: `${c.get('ctx').config.url}/questions/${question.number}`,
        when: view.date(c.get('ctx').now),
      }),
      columns: criteria.map((name) => columns[name]),
      rows,
      missing: mapping[view.locale].missing,
      legend: text.legend,
      language: view.locale,
    }),
  )
}
