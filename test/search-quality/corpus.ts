import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sha256Hex } from '../../src/platform/canonical.ts'
import { factsOf } from '../../src/catalogue/entries/model.ts'
import type { Facts } from '../../src/catalogue/entries/model.ts'
import { fileContext } from '../../src/catalogue/formats/format.ts'
import { readDocument } from '../../src/catalogue/formats/read.ts'
import type { DatasetRecord } from '../../src/catalogue/model.ts'
import { recordForFace, textIn } from '../../src/catalogue/model.ts'
import type { SearchDocument } from '../../src/catalogue/engine/segment.ts'
import { documentOf } from '../../src/catalogue/search/documents.ts'

const fixtures = join(import.meta.dirname, '..', '..', '..', 'shared', 'fixtures')

/** Catalogues of German towns and states among the fixtures. */
const files = [
  'dcat/catalogues/govdata-dashboard/rostock-catalog-original-input.rdf.gz',
  'harvest/ckan/odm-city-catalogues/bonn_catalog.json',
  'harvest/ckan/odm-city-catalogues/koeln_catalog.json',
  'harvest/ckan/koeln-dkan-2014/*.json',
  'harvest/csw/fisbroker-berlin/*.xml',
  'harvest/csw/gdi-de/*.xml',
  'harvest/csw/braunschweig/*.xml',
]

/** One real entry: the columns the database searches, and the same as the index takes it. */
export type Entry = { readonly key: string; readonly facts: Facts; readonly document: SearchDocument }

/** True where the fixture catalogues are there to be read. */
export const haveFixtures = existsSync(join(fixtures, files[0]!))

/** All entries of the catalogues, each once: the same title and description count as the same. Keys are stable. */
export async function readCorpus(): Promise<Entry[]> {
  const found = new Map<string, Entry>()
  for (const path of files.flatMap((pattern) => globSync(join(fixtures, pattern)).sort())) {
    const bytes = await readFile(path)
    const input = { bytes, filename: basename(path), context: fileContext(basename(path)) }
    const read = await readDocument(input, undefined).catch(() => undefined)
    for (const { record } of read?.records ?? []) {
      const entry = entryOf(record)
      if (entry) found.set(entry.key, entry)
    }
  }
  return [...found.values()]
}

function entryOf(full: DatasetRecord): Entry | undefined {
  const holder = full.publisher ? textIn(full.publisher.name, 'de') : 'Unbekannt'
  const facts = factsOf(full, holder)
  if (facts.title === '–') return undefined
  const key = sha256Hex(`${facts.title}\n${facts.summary}`).slice(0, 8)
  const record = recordForFace(full, 'public')
  const document = documentOf({
    id: `${key}-0000-4000-8000-000000000000`,
    organisation_id: 'house',
    holder_name: holder,
    source: null,
    visibility: 'public',
    access: full.access.type,
    ...facts,
    quality: 50,
    modified_at: new Date(0),
    partners: null,
    titles: record.title,
    keywords: record.keywords,
    columns: record.columns,
    spots: record.places,
    ags: record.ags,
  })
  return { key, facts, document }
}
