import { baseWords } from '../src/catalogue/engine/words-german.ts'
import { facesOf, factsOf } from '../src/catalogue/entries/model.ts'
import type { DatasetRecord } from '../src/catalogue/model.ts'
import type { SearchDocument } from '../src/catalogue/engine/segment.ts'
import { documentOf } from '../src/catalogue/search/documents.ts'
import { govdataLikeEntry } from './govdata-like.ts'

// The generator of the harvest bench has few words; a search meets tens of thousands. Compounds of the shipped base words,
// drawn as in real language (Zipf), are added to titles, keywords and descriptions.

const VOCABULARY = 60_000

function vocabulary(): string[] {
  const bases = [...baseWords()].filter((word) => word.length > 3)
  return Array.from({ length: VOCABULARY }, (_, at) => {
    if (at % 3 === 0) return bases[(at * 7919) % bases.length]!
    const [first, second] = [
      bases[(at * 7919) % bases.length]!,
      bases[(Math.floor(at / 7) * 104_729 + 13) % bases.length]!,
    ]
    return first + second
  })
}

const list = vocabulary()

/** A word by rank, common ones often: log-uniform ranks give Zipf's law with exponent one. */
export function zipfWord(share: number): string {
  return list[Math.floor(Math.exp(share * Math.log(VOCABULARY))) - 1]!
}

function random(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    mixed ^= mixed >>> 16
    return (mixed >>> 0) / 4294967296
  }
}

const words = (draw: () => number, n: number) => Array.from({ length: n }, () => zipfWord(draw())).join(' ')

/** The record of this number: shaped like GovData, with a vocabulary of 60 000 words. */
export function corpusRecord(index: number): DatasetRecord {
  const record = govdataLikeEntry(index, 1)
  const draw = random(index + 1)
  const title = `${record.title['de']} ${words(draw, 3)}`
  const description = `${record.description['de']} ${words(draw, 10 + Math.floor(draw() * 30))}`
  const keywords = [
    ...record.keywords,
    ...words(draw, 3)
      .split(' ')
      .map((text) => ({ text, lang: 'de' })),
  ]
  const ags = `${String(1 + (index % 16)).padStart(2, '0')}${String(index % 400).padStart(3, '0')}${String(index % 90).padStart(3, '0')}`
  return { ...record, title: { de: title }, description: { de: description }, keywords, ags }
}

const idOf = (index: number) => `0190a000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`

/** The same record as the index takes it; every fiftieth is known to its house only. */
export function corpusDocument(index: number): SearchDocument {
  const record = corpusRecord(index)
  const holder = record.publisher!.name['de']!
  return documentOf({
    id: idOf(index),
    organisation_id: `house-${index % 200}`,
    holder_name: holder,
    source: `Quelle ${index % 40}`,
    visibility: index % 50 === 0 ? 'own' : 'public',
    access: record.access.type,
    ...factsOf(record, holder),
    quality: index % 101,
    modified_at: new Date(1_600_000_000_000 + index * 60_000),
    partners: null,
    ...recordParts(facesOf(record).record),
  })
}

function recordParts(record: DatasetRecord) {
  const { title: titles, keywords, columns, places: spots, ags } = record
  return { titles, keywords, columns, spots, ags }
}
