import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Ctx } from '../platform/context.ts'
import type { App, Call } from '../platform/http.ts'
import { rateLimit } from '../platform/http.ts'
import { page } from '../web/layout.tsx'
import { LinkArrow } from '../web/parts.tsx'
import type { Entry } from './model.ts'
import { messages } from './messages.ts'
import type { Filter } from './schema.ts'
import { filterSchema } from './schema.ts'
import {
  exportEntries,
  getEntry,
  listDays,
  listEntries,
  listOrganisationIds,
  readLength,
  verifyRegister,
} from './service.ts'
import type { EntryFilter } from './store.ts'
import type { Names } from './views.tsx'
import {
  ChainNote,
  DayTable,
  EntryTable,
  EntryView,
  FilterForm,
  HowToVerify,
  ListFoot,
  ListHead,
  VerificationView,
} from './views.tsx'

/** Gives names to organisations; the app hands it in, since this room knows none to its right. */
export type NamesOf = (ctx: Ctx, organisationIds: readonly string[]) => Promise<Names>

const toFilter = (f: Filter): EntryFilter => ({
  room: f.room,
  organisationId: f.organisation,
  from: f.from,
  to: f.to,
  q: f.q,
})

function queryOf(filter: Filter): string {
  const { cursor: _, ...rest } = filter
  const given = Object.entries(rest).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return new URLSearchParams(given).toString()
}

const readFilter = (c: Call): Filter => filterSchema.parse(c.req.query())

/** The public pages of the register. */
export function pages(app: App, namesOf: NamesOf): void {
  app.get('/transparency', (c) => registerPage(c, namesOf))
  app.get('/transparency/entries/:seq', (c) => entryPage(c, namesOf))
  app.get('/transparency/objects/:type/:id', (c) => objectPage(c, namesOf))
  app.get('/transparency/days', daysPage)
  app.get('/transparency/verify', verifyPage)
  app.post('/transparency/verify', rateLimit({ max: 6, seconds: 60 }), verifyNow)
  app.get('/transparency/register.json', (c) => stream(c, 'json'))
  app.get('/transparency/register.csv', (c) => stream(c, 'csv'))
}

async function registerPage(c: Call, namesOf: NamesOf): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const m = messages[view.locale]
  const filter = readFilter(c)
  const result = await listEntries(ctx, toFilter(filter), filter.cursor)
  const names = await namesOf(ctx, await listOrganisationIds(ctx))
  return page(
    c,
    {
      title: m.title,
      room: 'transparency',
      crumbs: [{ label: m.crumb }],
      lead: m.lead,
      under: <ChainNote view={view} total={await readLength(ctx)} />,
      aside: <FilterForm view={view} filter={filter} names={names} />,
      asideLabel: m.filter,
    },
    <section aria-labelledby="liste">
      <ListHead view={view} />
      <EntryTable view={view} entries={result.entries} names={names} />
      <ListFoot view={view} page={result} query={queryOf(filter)} />
    </section>,
  )
}

async function entryPage(c: Call, namesOf: NamesOf): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const m = messages[view.locale]
  const entry = await getEntry(ctx, Number(c.req.param('seq')))
  const names = await namesOf(ctx, entry.organisationId ? [entry.organisationId] : [])
  const title = m.entry({ n: view.number(entry.seq) })
  const crumbs = [{ label: m.crumb, href: '/transparency' }, { label: title }]
  return page(
    c,
    { title, room: 'transparency', crumbs, lead: entry.details.summary[view.locale], heading: 'x-large' },
    <EntryView view={view} entry={entry} names={names} />,
  )
}

async function objectPage(c: Call, namesOf: NamesOf): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const m = messages[view.locale]
  const filter = { objectType: c.req.param('type') ?? '', objectId: c.req.param('id') ?? '' }
  const result = await listEntries(ctx, filter, readFilter(c).cursor)
  const organisationIds = result.entries.flatMap((e) => e.organisationId ?? [])
  const names = await namesOf(ctx, organisationIds)
  const path = `/transparency/objects/${encodeURIComponent(filter.objectType)}/${encodeURIComponent(filter.objectId)}`
  const older = result.next ? `${path}?cursor=${result.next}` : undefined
  return page(
    c,
    {
      title: m.objectTitle,
      room: 'transparency',
      crumbs: [{ label: m.crumb, href: '/transparency' }, { label: m.objectTitle }],
      lead: m.objectLead,
      heading: 'x-large',
    },
    <div class="al-stack">
      <EntryTable view={view} entries={result.entries} names={names} />
      {older ? <LinkArrow href={view.href(older)}>{m.older}</LinkArrow> : null}
    </div>,
  )
}

async function daysPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const days = await listDays(c.get('ctx'))
  return page(
    c,
    {
      title: m.daysTitle,
      room: 'transparency',
      crumbs: [{ label: m.crumb, href: '/transparency' }, { label: m.daysTitle }],
      lead: m.daysLead,
      heading: 'x-large',
    },
    <DayTable view={view} days={days} />,
  )
}

function verifyPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  return page(
    c,
    {
      title: m.verifyTitle,
      room: 'transparency',
      crumbs: [{ label: m.crumb, href: '/transparency' }, { label: m.verifyTitle }],
      lead: m.verifyLead,
      heading: 'x-large',
    },
    <HowToVerify view={view} />,
  )
}

async function verifyNow(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const result = await verifyRegister(c.get('ctx'))
  return page(
    c,
    {
      title: m.verifyTitle,
      room: 'transparency',
      crumbs: [{ label: m.crumb, href: '/transparency' }, { label: m.verifyTitle }],
      heading: 'x-large',
    },
    <VerificationView view={view} result={result} />,
  )
}

function stream(c: Call, format: 'csv' | 'json'): Response {
  const entries = exportEntries(c.get('ctx'), toFilter(readFilter(c)))
  const body =
    format === 'csv'
      ? Readable.from(entries).map(toRow).pipe(csv())
      : Readable.from(jsonParts(entries)).map((part: string) => Buffer.from(part))
  return c.body(Readable.toWeb(body) as ReadableStream, 200, {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    'content-disposition': `attachment; filename="register.${format}"`,
  })
}

const csv = () => stringify({ header: true, bom: true, delimiter: ';', escape_formulas: true })

function toRow(entry: Entry): Record<string, string | number> {
  const { details, organisationId, ...rest } = entry
  return {
    ...rest,
    organisationId: organisationId ?? '',
    summary: details.summary.de,
    details: JSON.stringify(details),
  }
}

async function* jsonParts(entries: AsyncIterable<Entry>): AsyncGenerator<string> {
  let first = true
  yield '['
  for await (const entry of entries) {
    yield `${first ? '' : ','}\n${JSON.stringify(entry)}`
    first = false
  }
  yield '\n]\n'
}
