import { describe, expect, it } from 'vitest'
import { createBuilder } from './build.ts'
import type { Collection } from './collection.ts'
import { countLive, emptyCollection, layerOf, withChange, withMerged } from './collection.ts'
import type { Inquiry } from './find.ts'
import { findIn } from './find.ts'
import { completions } from './hints.ts'
import { mergeSegments } from './merge.ts'
import { pack, unpack } from './packing.ts'
import { parseTyped } from './parse.ts'
import type { SearchDocument } from './segment.ts'
import { visibleIn } from './sight.ts'

const idOf = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`

function document(
  n: number,
  title: string,
  given: Partial<SearchDocument> & { tags?: string[] } = {},
): SearchDocument {
  const { tags = [], ...rest } = given
  return {
    id: idOf(n),
    title,
    keywords: [],
    holder: 'Umweltamt',
    text: '',
    facets: {
      access: ['open'],
      kind: ['dataset'],
      topic: [],
      holder: ['Umweltamt'],
      format: [],
      licence: [],
      place: [],
      region: [],
      source: ['own'],
      tag: tags,
      organisation: ['house-a'],
      partner: [],
    },
    visibility: 'public',
    starts: null,
    ends: null,
    quality: 50,
    modified: n * 1000,
    bbox: null,
    ...rest,
  }
}

const facets = (more: Partial<SearchDocument['facets']>) => ({
  facets: { ...document(0, '').facets, ...more },
})

function add(collection: Collection, documents: readonly SearchDocument[]): Collection {
  const builder = createBuilder()
  for (const each of documents) builder.add(each)
  const segment = unpack(pack(builder.seal(collection.analyse)))
  return withChange(collection, { gone: documents.map((each) => each.id), segment })
}

function ask(collection: Collection, q: string, given: Partial<Inquiry> = {}) {
  const found = findIn(collection.layers, collection.analyse, {
    typed: parseTyped(q),
    need: 'all',
    visible: () => undefined,
    only: () => undefined,
    facets: [],
    years: [2026, 2025, 2024],
    order: 'fit',
    after: undefined,
    offset: 0,
    limit: 10,
    facetLimit: 10,
    now: 0,
    ...given,
  })
  return { ...found, ids: found.hits.map((hit) => Number(hit.id.slice(-12))) }
}

const empty = emptyCollection()

describe('ranking', () => {
  it('puts a word in the title before one among the keywords, the holder and the description', () => {
    const index = add(empty, [
      document(1, 'Anlagen', { text: 'Alle Brunnen der Stadt mit Lage' }),
      document(2, 'Anlagen', { holder: 'Brunnen GmbH' }),
      document(3, 'Anlagen', { keywords: ['Brunnen', 'Wasser'] }),
      document(4, 'Brunnen und Anlagen'),
    ])
    expect(ask(index, 'Brunnen').ids).toEqual([4, 3, 2, 1])
  })
  it('puts the word itself before a compound that contains it', () => {
    const index = add(empty, [document(1, 'Baumkataster'), document(2, 'Baum')])
    expect(ask(index, 'Baum').ids).toEqual([2, 1])
  })
  it('lets quality decide between hits that fit alike', () => {
    const index = add(empty, [document(1, 'Pegel', { quality: 10 }), document(2, 'Pegel', { quality: 90 })])
    expect(ask(index, 'Pegel').ids).toEqual([2, 1])
  })
  it.each(['fit', 'newest', 'title', 'quality'] as const)(
    'pages sorted by %s through all hits, each once',
    (order) => {
      let index = empty
      for (let at = 0; at < 3; at++)
        index = add(
          index,
          Array.from({ length: 8 }, (_, n) => document(at * 8 + n, `Pegel ${n % 3}`, { quality: n })),
        )
      const seen: number[] = []
      let after: Inquiry['after']
      for (;;) {
        const page = ask(index, 'Pegel', { order, after, limit: 5 })
        seen.push(...page.ids)
        const last = page.hits.at(-1)
        if (!page.more || !last) break
        after = { key: last.key, id: last.id }
      }
      expect(seen).toHaveLength(24)
      expect(new Set(seen).size).toBe(24)
    },
  )
})

describe('while the catalogue changes', () => {
  it('passes over none of the hits that stay, though each change makes words a little rarer', () => {
    const titles = Array.from({ length: 60 }, (_, n) =>
      document(n, `Pegel ${'Messung '.repeat(n % 7)}`, { quality: (n * 13) % 100 }),
    )
    const others = Array.from({ length: 60 }, (_, n) => document(100 + n, 'Brunnen'))
    let index = add(empty, [...titles, ...others])
    const seen: number[] = []
    let after: Inquiry['after']
    for (let round = 0; ; round++) {
      const page = ask(index, 'Pegel', { after, limit: 7 })
      seen.push(...page.ids)
      const last = page.hits.at(-1)
      if (!page.more || !last) break
      after = { key: last.key, id: last.id }
      index = add(index, [document(500 + (round % 2), `Anderes ${round}`)])
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual(titles.map((_, n) => n))
  })
})

describe('what was typed', () => {
  const index = add(empty, [
    document(1, 'Bäume an der Straße'),
    document(2, 'Straße der Bäume'),
    document(3, 'Kinderspielplätze', { text: 'Spielgeräte' }),
    document(4, 'Tree inventory', { text: 'The list of all the trees in the city and of what they are' }),
  ])
  it('finds phrases by the order of words', () => {
    expect(ask(index, '"Bäume an der Straße"').ids).toEqual([1])
    expect(ask(index, '"Straße Bäume"').ids).toEqual([])
  })
  it('leaves out what is not wanted', () => {
    expect(ask(index, 'Bäume -"der Bäume"').ids).toEqual([1])
    expect(ask(index, '-Baum').ids.toSorted((a, b) => a - b)).toEqual([3, 4])
  })
  it('forgives misspellings and says what it took them for', () => {
    const found = ask(index, 'Kinderspielpletze')
    expect(found.ids).toEqual([3])
    expect(found.wanted[0]?.instead).toBe('kinderspielplatz')
  })
  it('finds English texts by English endings', () => {
    expect(ask(index, 'inventories').ids).toEqual([4])
  })
  it('asks for half of the words where that is wanted', () => {
    expect(ask(index, 'Bäume Quastenflosser').ids).toEqual([])
    expect(ask(index, 'Bäume Quastenflosser', { need: 'some' }).ids.toSorted((a, b) => a - b)).toEqual([1, 2])
  })
})

describe('counting', () => {
  const index = add(
    add(empty, [
      document(1, 'Pegel A', facets({ access: ['open'], topic: ['ENVI', 'TRAN'] })),
      document(2, 'Pegel B', facets({ access: ['closed'], topic: ['ENVI'] })),
    ]),
    [
      document(3, 'Pegel C', {
        ...facets({ access: ['open'], topic: ['HEAL'] }),
        starts: 20_089,
        ends: 20_100,
      }),
    ],
  )
  it('counts each facet without its own choice, over all layers', () => {
    const found = ask(index, 'Pegel', {
      facets: [
        { facet: 'access', chosen: ['open'] },
        { facet: 'topic', chosen: ['ENVI'] },
        { facet: 'period', chosen: [] },
      ],
    })
    const count = (value: string) => found.facets.find((each) => each.value === value)?.count
    expect(found.ids).toEqual([1])
    expect([count('open'), count('closed'), count('ENVI'), count('HEAL'), count('TRAN')]).toEqual([
      1, 1, 1, 1, 1,
    ])
    expect(count('2025')).toBeUndefined()
    expect(ask(index, '', { facets: [{ facet: 'period', chosen: ['2025'] }] }).ids).toEqual([3])
  })
})

describe('who sees what', () => {
  const index = add(empty, [
    document(1, 'Offener Pegel'),
    document(2, 'Geheimwort', { visibility: 'own' }),
    document(3, 'Partnerwort', { visibility: 'partners', ...facets({ partner: ['house-b'] }) }),
  ])
  const sight =
    (...houses: string[]) =>
    (layer: Parameters<typeof visibleIn>[0]) =>
      visibleIn(layer, { all: false, houses })
  it('shows, counts and completes only what the reader may know of', () => {
    const of = (...houses: string[]) =>
      ask(index, '', { visible: sight(...houses) }).ids.toSorted((a, b) => a - b)
    expect([of(), of('house-a'), of('house-b')]).toEqual([[1], [1, 2, 3], [1, 3]])
    const words = (...houses: string[]) =>
      completions({ layers: index.layers, analyse: index.analyse, visible: sight(...houses) }, 'geheim', 5)
    expect(words()).toEqual([])
    expect(words('house-a')).toHaveLength(1)
    expect(ask(index, 'Geheimwrot', { visible: sight() }).wanted[0]?.instead).toBeUndefined()
    expect(ask(index, 'Geheimwrot', { visible: sight('house-a') }).wanted[0]?.instead).toBeDefined()
  })
})

describe('changes', () => {
  it('replaces an entry, takes one out, and merges layers without a difference in answers', () => {
    let index = add(empty, [
      document(1, 'Alter Titel'),
      document(2, 'Brunnen'),
      document(3, 'Pegel am Fluss'),
    ])
    index = add(index, [document(1, 'Neuer Titel', { tags: ['neu'] })])
    index = withChange(index, { gone: [idOf(2)] })
    expect(countLive(index)).toBe(2)
    expect(ask(index, 'Alter').ids).toEqual([])
    const before = ['Titel', 'Pegel', 'Brunnen', '"Pegel am Fluss"', ''].map((q) => ask(index, q).ids)
    const merge = { from: 0, layers: index.layers, segment: mergeSegments(index.layers) }
    // Taken out while the merge was under way: it must not come back.
    const meanwhile = withChange(index, { gone: [idOf(3)] })
    expect(ask(withMerged(meanwhile, merge), 'Pegel').ids).toEqual([])
    const merged = withMerged(index, merge)
    expect(merged.layers).toHaveLength(1)
    expect(['Titel', 'Pegel', 'Brunnen', '"Pegel am Fluss"', ''].map((q) => ask(merged, q).ids)).toEqual(
      before,
    )
    expect(layerOf(merged.layers[0]!.segment).dead).toHaveLength(2)
  })
})
