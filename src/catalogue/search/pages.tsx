import type { App, Call } from '../../platform/http.ts'
import type { View } from '../../platform/view.ts'
import { page } from '../../web/layout.tsx'
import type { Ctx } from '../../platform/context.ts'
import { organisationsOf } from '../../platform/context.ts'
import { outlinesIn } from '../atlas/outlines.ts'
import { words } from '../messages.ts'
import { MAX_Q, searchInput } from '../schema.ts'
import type { Asked } from './asked.ts'
import { asksForAll } from './asked.ts'
import { exportCsv } from './export.ts'
import { messages } from './messages.ts'
import type { Found } from './model.ts'
import { searchEntries } from './service.ts'
import { suggestSearches } from './suggest.ts'
import { valueNames } from './value-names.ts'
import { SuggestionList } from './suggest-views.tsx'
import { SearchHead, SearchPage } from './views.tsx'

/** What an address asks of the search; unusable values count as not said. */
export function askedOf(c: Call): Asked {
  const raw: Record<string, string | string[]> = {}
  for (const [name, values] of Object.entries(c.req.queries()))
    raw[name] = values.length === 1 ? values[0]! : values
  // What is too long is cut; left out it would ask for everything.
  if (raw['q'] !== undefined) raw['q'] = [raw['q']].flat().join(' ').trim().slice(0, MAX_Q)
  const { limit, spread, ...wanted } = raw
  void [limit, spread]
  const parsed = searchInput.safeParse(wanted)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) delete wanted[String(issue.path[0])]
  return searchInput.catch(searchInput.parse({})).parse(wanted)
}

/** The search page, its suggestions and its hits as CSV. */
export function searchPages(app: App): void {
  app.get('/catalogue', showHits)
  app.get('/catalogue/suggest', showSuggestions)
  app.get('/catalogue/export.csv', (c) => exportCsv(c, askedOf(c)))
}

async function showHits(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const asked = askedOf(c)
  const found = await searchEntries(ctx, { ...asked, spread: true })
  const mayAdd = organisationsOf(ctx.actor, 'holder', 'steward').length > 0
  const all = asksForAll(asked) ? found : await searchEntries(ctx, { limit: 1 })
  const names = await valueNames(ctx, found, asked)
  const outlines = found.spread?.clusters.length ? await outlinesIn(ctx, found.spread.window) : undefined
  const near = found.total === 0 ? await nearest(ctx, asked) : undefined
  return page(
    c,
    {
      title: words[view.locale].catalogue,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room }],
      lead: leadOf(view, all),
      heading: 'x-large',
      under: <SearchHead view={view} asked={asked} found={found} />,
      bare: true,
      islands: ['enhance'],
      ...(asked.cursor || asked.q ? { robots: 'noindex' } : {}),
    },
    <SearchPage {...{ view, asked, found, near, names, outlines, mayAdd }} />,
  )
}

/** The closest entries where none has all the words; the choices of facets stay. */
async function nearest(ctx: Ctx, asked: Asked): Promise<Found | undefined> {
  if (asked.q.split(/\s+/).length < 2) return undefined
  return searchEntries(ctx, { ...asked, match: 'some', limit: 5, cursor: undefined })
}

async function showSuggestions(c: Call): Promise<Response> {
  const view = c.get('view')
  const found = await suggestSearches(c.get('ctx'), c.req.query('q') ?? '')
  return c.html(<SuggestionList view={view} found={found} />)
}

function leadOf(view: View, all: { total: number; holders: number }): string {
  const text = messages[view.locale]
  return all.total > 0
    ? text.lead({ n: view.number(all.total), holders: view.number(all.holders) })
    : text.leadEmpty
}
