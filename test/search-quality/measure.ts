import { analyserOf } from '../../src/catalogue/engine/analyse.ts'
import { createBuilder } from '../../src/catalogue/engine/build.ts'
import { layerOf } from '../../src/catalogue/engine/collection.ts'
import { findIn } from '../../src/catalogue/engine/find.ts'
import { learnWords, lexiconOf } from '../../src/catalogue/engine/lexicon.ts'
import { parseTyped } from '../../src/catalogue/engine/parse.ts'
import type { Entry } from './corpus.ts'
import { openLite } from '../../src/platform/embedded.ts'

/** Answers a query with keys of entries, best first. */
export type Engine = (query: string) => Promise<readonly string[]>

/** How far down results are looked at for recall. */
const DEPTH = 100

/** Our index over the entries. */
export function indexEngine(entries: readonly Entry[]): Engine {
  const builder = createBuilder()
  for (const { document } of entries) builder.add(document)
  const analyse = analyserOf(lexiconOf(learnWords(builder.wordCounts())))
  const layers = [layerOf(builder.seal(analyse))]
  const keys = new Map(entries.map((entry) => [entry.document.id, entry.key]))
  const search = (query: string, need: 'all' | 'some') =>
    findIn(layers, analyse, {
      typed: parseTyped(query),
      need,
      visible: () => undefined,
      only: () => undefined,
      facets: [],
      years: [],
      order: 'fit',
      after: undefined,
      offset: 0,
      limit: DEPTH,
      facetLimit: 0,
      now: 0,
    })
  return async (query) => {
    const strict = search(query, 'all')
    // As the page does: where no entry has all the words, it shows those that have some of them.
    const found = strict.total > 0 ? strict : search(query, 'some')
    return found.hits.map((hit) => keys.get(hit.id)!)
  }
}

/** PostgreSQL's own full text over the same columns: German configuration, weights by field, `ts_rank`. */
export async function postgresEngine(
  entries: readonly Entry[],
): Promise<Engine & { close: () => Promise<void> }> {
  const lite = await openLite({ dataDir: 'memory://' })
  await lite.exec(`create table entry (key text primary key, title text, words text, summary text, search tsvector
    generated always as (setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', words), 'B')
      || setweight(to_tsvector('german', summary), 'C')) stored)`)
  for (const { key, facts } of entries)
    await lite.query('insert into entry values ($1, $2, $3, $4)', [
      key,
      facts.title,
      facts.words,
      facts.summary,
    ])
  const run = async (query: string) => {
    const { rows } = await lite.query<{ key: string }>(
      `select key from entry, plainto_tsquery('german', $1) q where search @@ q order by ts_rank(search, q) desc, key limit ${DEPTH}`,
      [query],
    )
    return rows.map((row) => row.key)
  }
  return Object.assign(run, { close: () => lite.close() })
}

/** Judgements of one query: how well each entry answers it (2 = what was looked for, 1 = also of use); all others 0. */
export type Judged = {
  readonly q: string
  readonly kind: string
  readonly good: Readonly<Record<string, number>>
}

/** Normalised discounted cumulative gain of the first ten (gain 2^grade − 1), and the share of all good entries found. */
export function scoreOf(found: readonly string[], good: Readonly<Record<string, number>>) {
  const gain = (grade: number, at: number) => (2 ** grade - 1) / Math.log2(at + 2)
  const ideal = Object.values(good)
    .sort((a, b) => b - a)
    .slice(0, 10)
    .reduce((sum, grade, at) => sum + gain(grade, at), 0)
  const own = found.slice(0, 10).reduce((sum, key, at) => sum + gain(good[key] ?? 0, at), 0)
  const all = Object.keys(good)
  return { ndcg: own / ideal, recall: all.filter((key) => found.includes(key)).length / all.length }
}

/** Means over queries, as a whole and by kind. */
export type Table = ReadonlyMap<string, { n: number; ndcg: number; recall: number }>

/** Runs all judged queries; the line `all` is the mean over all of them. */
export async function measure(engine: Engine, judged: readonly Judged[]): Promise<Table> {
  const scores = await Promise.all(
    judged.map(async ({ q, kind, good }) => ({ kind, ...scoreOf(await engine(q), good) })),
  )
  const kinds = ['all', ...new Set(judged.map((each) => each.kind))]
  return new Map(
    kinds.map((kind) => {
      const of = scores.filter((score) => kind === 'all' || score.kind === kind)
      const mean = (pick: 'ndcg' | 'recall') => of.reduce((sum, score) => sum + score[pick], 0) / of.length
      return [kind, { n: of.length, ndcg: mean('ndcg'), recall: mean('recall') }]
    }),
  )
}
