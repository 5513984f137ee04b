import type { Ctx } from '../../platform/context.ts'
import type { Spread } from '../engine/clusters.ts'
import { createSpreading } from '../engine/clusters.ts'
import type { Collection } from '../engine/collection.ts'
import type { Condition } from '../engine/condition.ts'
import { testOf } from '../engine/condition.ts'
import { dayNumber } from '../engine/count.ts'
import type { Wanted } from '../engine/expand.ts'
import { nearest } from '../engine/expand.ts'
import type { Found as Answer, Inquiry } from '../engine/find.ts'
import { findIn } from '../engine/find.ts'
import { likelier } from '../engine/hints.ts'
import type { Layer } from '../engine/merge.ts'
import { parseTyped } from '../engine/parse.ts'
import { visibleIn } from '../engine/sight.ts'
import type { EntrySummary } from '../entries/model.ts'
import { sightOf, summaryColumns, toSummary, visibleEntries } from '../entries/store.ts'
import { asksForAll } from './asked.ts'
import type { Found } from './model.ts'
import { facetNames, periodYears, readCursor, writeCursor } from './model.ts'
import { snippetOf } from './snippet.ts'
import type { Search } from './tables.ts'

const FACET_VALUES = 40
const MAX_KEPT = 40

/** Searches the index, and reads the hits through the visibility policy of the tables. */
export async function searchIndex(ctx: Ctx, index: Collection, search: Search): Promise<Found> {
  const inquiry = inquiryOf(ctx, index, search)
  const { answer, spread } = asksForAll(search)
    ? answerForAll(ctx, index, inquiry)
    : answerWith(index, inquiry, search)
  const hits = await readHits(ctx, answer)
  const last = answer.hits.at(-1)
  const terms = termsOf(answer.wanted)
  return {
    hits,
    total: answer.total,
    holders: answer.values['holder'] ?? 0,
    facets: answer.facets,
    next: answer.more && last ? writeCursor({ value: String(last.key), id: last.id }) : undefined,
    related: [...new Set(answer.wanted.flatMap((each) => each.relatives))].slice(0, 4),
    corrected: correctionsOf(answer.wanted, hits, index),
    meant: answer.total <= 2 ? meantBy(ctx, index, search, answer) : undefined,
    spread: search.spread ? spread : undefined,
    snippets: new Map(hits.map((hit) => [hit.id, snippetOf(hit.summary, terms, index.analyse)])),
  }
}

type Spreaded = { readonly answer: Answer; readonly spread: Spread | undefined }

function answerWith(
  index: Collection,
  inquiry: Inquiry,
  { spread, bbox }: Pick<Search, 'spread' | 'bbox'>,
): Spreaded {
  const spreading = spread ? createSpreading() : undefined
  const answer = findIn(index.layers, index.analyse, { ...inquiry, each: spreading?.add })
  return { answer, spread: spreading?.result(bbox) }
}

const answersForAll = new WeakMap<Collection, Map<string, Spreaded>>()

/** The whole catalogue without words and choices: asked for most often, and the most to count; kept until it changes. */
function answerForAll(ctx: Ctx, index: Collection, inquiry: Inquiry): Spreaded {
  const { all, houses } = sightOf(ctx.actor)
  const key = [all, ...houses, inquiry.order, inquiry.limit, ...inquiry.years].join(' ')
  const known = answersForAll.get(index) ?? new Map<string, Spreaded>()
  const found = known.get(key) ?? answerWith(index, inquiry, { spread: true, bbox: undefined })
  if (known.size < MAX_KEPT) answersForAll.set(index, known.set(key, found))
  return found
}

/** A search in the terms of the index. */
export function inquiryOf(ctx: Pick<Ctx, 'actor' | 'now'>, index: Collection, search: Search): Inquiry {
  const cursor = readCursor(search.cursor)
  const key = cursor && (search.sort === 'title' ? cursor.value : Number(cursor.value))
  return {
    typed: parseTyped(search.q),
    need: search.match,
    visible: visibleTo(ctx),
    only: onlyWhere(index, within(search)),
    // Keywords are too many to be listed; they narrow only where one is chosen.
    facets: facetNames
      .filter((facet) => facet !== 'tag' || search.tag.length > 0)
      .map((facet) => ({ facet, chosen: search[facet] })),
    years: periodYears(ctx.now),
    order: search.sort,
    after: cursor && key !== undefined && !Number.isNaN(key) ? { key, id: cursor.id } : undefined,
    offset: 0,
    limit: search.limit,
    facetLimit: FACET_VALUES,
    now: ctx.now.getTime(),
  }
}

/** The documents the actor may know of, by the same rule as `visibleEntries`. */
export function visibleTo(ctx: Pick<Ctx, 'actor'>): (layer: Layer) => Uint8Array | undefined {
  const sight = sightOf(ctx.actor)
  return (layer) => visibleIn(layer, sight)
}

/** Conditions as tests of one layer after the other; none where nothing is asked. */
export function onlyWhere(index: Collection, conditions: readonly Condition[]): Inquiry['only'] {
  if (conditions.length === 0) return () => undefined
  return (layer) => testOf({ all: conditions }, layer, index)
}

const YEAR_ONE = '0001-01-01'
const YEAR_LAST = '9999-12-31'

function within(search: Search): Condition[] {
  const found: Condition[] = []
  if (search.from || search.to)
    found.push({
      period: { from: dayNumber(search.from ?? YEAR_ONE), to: dayNumber(search.to ?? YEAR_LAST) },
    })
  if (search.bbox) found.push({ box: search.bbox })
  if (search.modifiedSince) found.push({ modified: { from: Date.parse(search.modifiedSince) } })
  return found
}

/** The found entries in their order; what has been hidden or taken away since the index heard of it is left out. */
export async function readHits(ctx: Ctx, answer: Pick<Answer, 'hits'>): Promise<EntrySummary[]> {
  if (answer.hits.length === 0) return []
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(summaryColumns)
    .where(
      'v.id',
      'in',
      answer.hits.map((hit) => hit.id),
    )
    .where('v.state', '=', 'live')
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return answer.hits.flatMap((hit) => {
    const row = byId.get(hit.id)
    return row ? [toSummary(row)] : []
  })
}

const termsOf = (wanted: readonly Wanted[]) =>
  new Set(wanted.flatMap((each) => each.ways.filter((way) => way.worth > 0.3).flatMap((way) => way.terms)))

/** The words that were taken for others, with those others as they are written in the hits. */
function correctionsOf(wanted: readonly Wanted[], hits: readonly EntrySummary[], index: Collection) {
  return wanted.flatMap(({ word, instead }) =>
    instead === undefined ? [] : [{ from: word, to: writtenIn(hits, instead, index) }],
  )
}

/** A base form as a reader would write it: as it stands in the hits, else as it is. */
function writtenIn(hits: readonly EntrySummary[], term: string, index: Collection): string {
  for (const hit of hits)
    for (const [word] of `${hit.title} ${hit.words}`.slice(0, 4000).matchAll(/[\p{L}\p{N}]+/gu))
      if (index.analyse(word.toLowerCase(), 'de').key === term) return word
  return term
}

/** What was probably meant where hardly anything was found: the same search with likelier spellings. */
function meantBy(ctx: Ctx, index: Collection, search: Search, answer: Answer): string | undefined {
  const words = { layers: index.layers, analyse: index.analyse, visible: visibleTo(ctx) }
  let text = search.q
  for (const { word, key, instead } of answer.wanted) {
    if (instead !== undefined) continue
    const n = nearest(words, key).find((each) => each.term === key)?.n ?? 0
    const other = likelier(words, key, n)
    if (other) text = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu'), other)
  }
  return text === search.q ? undefined : text
}
