import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Entry } from './corpus.ts'
import { haveFixtures, readCorpus } from './corpus.ts'
import type { Judged, Table } from './measure.ts'
import { indexEngine, measure, postgresEngine, scoreOf } from './measure.ts'

const judged = JSON.parse(await readFile(join(import.meta.dirname, 'judged.json'), 'utf8')) as Judged[]

describe('the measure', () => {
  it('is one for the best order, less for a worse one, and nothing where nothing good is found', () => {
    const good = { a: 2, b: 1 }
    expect(scoreOf(['a', 'b'], good)).toEqual({ ndcg: 1, recall: 1 })
    expect(scoreOf(['b', 'a'], good).ndcg).toBeLessThan(1)
    expect(scoreOf(['x', 'a'], good)).toMatchObject({ recall: 0.5 })
    expect(scoreOf(['x'], good)).toEqual({ ndcg: 0, recall: 0 })
  })
})

// Without the fixture catalogues there is nothing to search in.
describe.skipIf(!haveFixtures)('search over real catalogues of German towns', () => {
  let entries: Entry[]
  let ours: Table
  let plain: Table
  let stop: () => Promise<void>
  beforeAll(async () => {
    entries = await readCorpus()
    const postgres = await postgresEngine(entries)
    stop = postgres.close
    ours = await measure(indexEngine(entries), judged)
    plain = await measure(postgres, judged)
  }, 240_000)
  afterAll(() => stop?.())

  it('has at least 150 judged queries of every kind over entries that exist', () => {
    expect(judged.length).toBeGreaterThanOrEqual(150)
    expect(new Set(judged.map((each) => each.kind))).toEqual(
      new Set(['exact', 'inflection', 'umlaut', 'compound', 'place', 'synonym', 'typo']),
    )
    const keys = new Set(entries.map((entry) => entry.key))
    const unknown = judged.flatMap((each) => Object.keys(each.good)).filter((key) => !keys.has(key))
    expect(unknown).toEqual([])
  })

  it('ranks better than PostgreSQL’s full text, and finds more', () => {
    const [index, full] = [ours.get('all')!, plain.get('all')!]
    expect(index.ndcg).toBeGreaterThan(full.ndcg + 0.12)
    expect(index.recall).toBeGreaterThan(full.recall + 0.15)
    expect(index.ndcg).toBeGreaterThan(0.78)
  })

  it.each(['exact', 'inflection', 'umlaut', 'compound', 'place', 'synonym', 'typo'])(
    'is at no kind of query worse: %s',
    (kind) => {
      expect(ours.get(kind)!.ndcg).toBeGreaterThanOrEqual(plain.get(kind)!.ndcg)
      expect(ours.get(kind)!.recall).toBeGreaterThanOrEqual(plain.get(kind)!.recall)
    },
  )
})
