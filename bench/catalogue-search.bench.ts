import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyserOf } from '../src/catalogue/engine/analyse.ts'
import { createBuilder } from '../src/catalogue/engine/build.ts'
import type { Collection } from '../src/catalogue/engine/collection.ts'
import { layerOf } from '../src/catalogue/engine/collection.ts'
import { findIn } from '../src/catalogue/engine/find.ts'
import { learnWords, lexiconOf } from '../src/catalogue/engine/lexicon.ts'
import { mergeSegments } from '../src/catalogue/engine/merge.ts'
import { pack, unpack } from '../src/catalogue/engine/packing.ts'
import { visibleIn } from '../src/catalogue/engine/sight.ts'
import { searchInput } from '../src/catalogue/schema.ts'
import { inquiryOf } from '../src/catalogue/search/indexed.ts'
import { loadSnapshot, saveSnapshot } from '../src/catalogue/search/snapshot.ts'
import { corpusDocument } from './search-corpus.ts'
import { searches } from './search-queries.ts'

const SIZE = Number(process.env['BENCH_SIZE'] ?? 160_000)
const SEARCHES = 400

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)]!

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(2)} s`
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`

function build(say: (line: string) => void): Collection {
  const generated = performance.now()
  const builder = createBuilder()
  let taken = 0
  for (let index = 0; index < SIZE; index++) {
    const document = corpusDocument(index)
    const started = performance.now()
    builder.add(document)
    taken += performance.now() - started
  }
  say(
    `${SIZE} entries generated and read: ${seconds(generated)}, of that ${(taken / 1000).toFixed(2)} s reading`,
  )
  const started = performance.now()
  const words = learnWords(builder.wordCounts())
  say(`words learned: ${words.length} in ${seconds(started)}`)
  const sealing = performance.now()
  const lexicon = lexiconOf(words)
  const analyse = analyserOf(lexicon)
  const segment = unpack(pack(builder.seal(analyse)))
  say(
    `sealed: ${seconds(sealing)}, ${segment.terms.offsets.length - 1} terms, ${segment.postings.docs.length} postings`,
  )
  return { layers: [layerOf(segment)], lexicon, analyse, revision: 1 }
}

async function reload(collection: Collection, say: (line: string) => void): Promise<Collection> {
  const folder = await mkdtemp(join(tmpdir(), 'allmende-search-'))
  try {
    const path = join(folder, 'index.bin')
    const saving = performance.now()
    await saveSnapshot(path, { collection, position: { xid: '1', seq: '1' }, learned: SIZE })
    say(`snapshot: ${megabytes((await stat(path)).size)}, written in ${seconds(saving)}`)
    const loading = performance.now()
    const { collection: loaded } = (await loadSnapshot(path))!
    findIn(loaded.layers, loaded.analyse, inquiry(loaded, { q: 'Baum' }))
    say(`load to the first answer: ${seconds(loading)} (goal 2)`)
    return loaded
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const anonymous = { kind: 'anonymous' } as const

function inquiry(collection: Collection, input: Parameters<typeof searchInput.parse>[0]) {
  return {
    ...inquiryOf({ actor: anonymous, now: new Date() }, collection, searchInput.parse(input)),
    visible: (layer: Parameters<typeof visibleIn>[0]) => visibleIn(layer, { all: false, houses: [] }),
  }
}

function measure(collection: Collection, say: (line: string) => void, name: string): void {
  const times: number[] = []
  const work: number[] = []
  let hits = 0
  for (const round of [0, 1]) {
    for (const search of searches(SEARCHES)) {
      const asked = inquiry(collection, search)
      const cpu = process.threadCpuUsage()
      const started = performance.now()
      hits += findIn(collection.layers, collection.analyse, asked).total
      if (round === 0) continue
      times.push(performance.now() - started)
      const used = process.threadCpuUsage(cpu)
      work.push((used.user + used.system) / 1000)
    }
  }
  say(
    `${name}: p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms (goal 10), p99 ${quantile(times, 0.99).toFixed(1)} ms, ${Math.round(hits / SEARCHES / 2)} hits on average`,
  )
  say(
    `work of the thread alone: p50 ${quantile(work, 0.5).toFixed(2)} ms, p95 ${quantile(work, 0.95).toFixed(2)} ms, p99 ${quantile(work, 0.99).toFixed(1)} ms`,
  )
  const all = inquiry(collection, {})
  const started = performance.now()
  findIn(collection.layers, collection.analyse, all)
  say(`everything without words, all facets: ${(performance.now() - started).toFixed(1)} ms`)
}

/** The index by itself: building, writing, loading, memory, searching with all facets, merging. */
export async function bench(say: (line: string) => void): Promise<void> {
  const built = build(say)
  const collection = await reload(built, say)
  measure(collection, say, `search with facets over ${SIZE}`)
  const { layers } = collection
  say(
    `memory: index ${megabytes(pack(layers[0]!.segment).memory.byteLength)}, process ${megabytes(process.memoryUsage().rss)}`,
  )
  const merging = performance.now()
  mergeSegments(layers)
  say(`merged anew: ${seconds(merging)}`)
}
