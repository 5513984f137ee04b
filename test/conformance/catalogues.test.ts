import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileContext } from '../../src/catalogue/formats/format.ts'
import { readDocument, type ReadDocument } from '../../src/catalogue/formats/read.ts'
import { fixture, fixtureFiles, hasFixtures } from './fixtures.ts'

const folders = ['dcat/catalogues', 'harvest']

const documents = new Map<string, ReadDocument>()

beforeAll(async () => {
  for (const path of folders.flatMap(fixtureFiles)) {
    const filename = basename(path)
    const input = { bytes: fixture(path), filename, context: fileContext(filename) }
    documents.set(path, await readDocument(input, undefined))
  }
}, 300_000)

/** One line per file: form, number of datasets, announced total, and each kind of finding with how often it came. */
function lineOf(path: string, found: ReadDocument): string {
  const codes = new Map<string, number>()
  for (const { code } of [...found.findings, ...found.records.flatMap((each) => each.findings)])
    codes.set(code, (codes.get(code) ?? 0) + 1)
  const findings = [...codes.entries()].map(([code, n]) => `${code}:${n}`).sort()
  const total = found.total === null ? '' : `/${found.total}`
  return [
    path,
    `${found.format ?? '-'}.${found.syntax}`,
    `${found.records.length}${total}`,
    ...findings,
  ].join(' ')
}

/** What a text search finds in the source, independent of any reader; null for forms that can not be counted so. */
function countedBySearch(path: string): number | null {
  const bytes = fixture(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const matches = (pattern: RegExp): number =>
    [...text.replace(/<!--[\s\S]*?-->/g, '').matchAll(pattern)].length
  if (/^harvest\/csw\/(?!udata.*-(dcat|geodcatap)-)/.test(path))
    return matches(
      /<(\w+:)?(MD_Metadata|MI_Metadata|CHE_MD_Metadata)[\s>]|<csw(30)?:(Record|SummaryRecord|BriefRecord)[\s>]/g,
    )
  if (path.endsWith('.rdf') || path.endsWith('.rdf.gz')) {
    const abouts = [...text.matchAll(/<dcat:Dataset\s[^>]*rdf:(?:about|nodeID)="([^"]*)"/g)].map((m) => m[1])
    const described = matches(/<rdf:type rdf:resource="http:\/\/www.w3.org\/ns\/dcat#Dataset"/g)
    return new Set(abouts).size + matches(/<dcat:Dataset\s*>/g) + described
  }
  return null
}

// Where a search of the text counts differently from what is there, and why.
const otherwise: Record<string, string> = {
  'harvest/csw/ckanext-spatial/gemini2.1/error_bad_xml.xml': 'the record is cut off',
}

describe.skipIf(!hasFixtures)('real catalogues (skipped: shared/fixtures is missing)', () => {
  it(
    'reads every file in the expected form, with the expected number of datasets and findings',
    { timeout: 300_000 },
    async () => {
      const lines: string[] = []
      for (const [path, found] of documents) lines.push(lineOf(path, found))
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/catalogues.txt')
    },
  )

  it('finds as many datasets as a plain search of the text', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    let compared = 0
    for (const [path, { records }] of documents) {
      const counted = countedBySearch(path)
      if (counted === null || otherwise[path]) continue
      compared += 1
      // The search counts datasets in RDF, but every record of ISO, services too.
      const iso = path.startsWith('harvest/csw/')
      const read = records.filter(({ record }) => iso || !record.service).length
      if (read !== counted) wrong.push(`${path}: read ${read}, counted ${counted}`)
    }
    expect(wrong).toEqual([])
    expect(compared).toBeGreaterThan(100)
  })

  it(
    'gives every record a name at its source and a title, or says why not',
    { timeout: 300_000 },
    async () => {
      const nameless: string[] = []
      for (const [path, { records, format }] of documents) {
        if (format === 'data') continue
        for (const { remoteId, record } of records)
          if (remoteId === null && record.identifier !== null) nameless.push(path)
      }
      expect(nameless).toEqual([])
    },
  )
})
