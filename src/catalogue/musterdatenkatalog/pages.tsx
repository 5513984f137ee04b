import { organisationsOf } from '../../platform/context.ts'
import { csvText } from '../../platform/csv.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { problems } from '../problems.ts'
import { messages } from './messages.ts'
import { chooseModelDatasetInput, compareInput } from './schema.ts'
import { listNamedPlaces } from './places.ts'
import { chooseModelDataset, compareWithModel, suggestFor } from './service.ts'
import { GapView, SuggestionList } from './views.tsx'

/** The comparison with what a municipality typically has, suggestions while typing, and the choice at an entry. */
export function modelDatasetPages(app: App): void {
  app.get('/catalogue/model-datasets', (c) => comparison(c))
  app.get('/catalogue/model-datasets.csv', (c) => comparisonCsv(c))
  app.get('/catalogue/model-datasets/suggest', (c) =>
    c.html(<SuggestionList view={c.get('view')} found={suggestFor(c.get('ctx'), c.req.query('q') ?? '')} />),
  )
  app.post('/catalogue/datasets/:id/model-dataset', (c) =>
    submit(c, chooseModelDatasetInput, {
      act: async (ctx, input) => {
        const entry = await chooseModelDataset(ctx, { ...input, entryId: c.req.param('id') })
        return `/catalogue/datasets/${entry.id}#model-dataset`
      },
      invalid: () => {
        throw problems.notFound()
      },
    }),
  )
}

async function comparison(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const chosen = compareInput.parse(c.req.query())
  const gaps = await compareWithModel(ctx, chosen)
  const places = await listNamedPlaces(ctx)
  const mayAdd = organisationsOf(ctx.actor, 'holder', 'steward').length > 0
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
      lead: text.lead,
      heading: 'x-large',
    },
    <GapView view={view} shown={{ gaps, places, chosen, mayAdd }} />,
  )
}

async function comparisonCsv(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const { locale } = c.get('view')
  const text = messages[locale]
  const gaps = await compareWithModel(ctx, compareInput.parse(c.req.query()))
  const rows = gaps.themes.flatMap(({ theme, lines }) =>
    lines.map((line) => [
      theme[locale],
      line.concept[locale],
      text.facts[line.state],
      String(line.count),
      line.entries.map((entry) => `${entry.title} (${entry.holderName})`).join('; '),
    ]),
  )
  const columns = [text.theme, text.concept, text.state, text.count, text.entries]
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="musterdatensaetze.csv"')
  return c.body(csvText([columns, ...rows]))
}
