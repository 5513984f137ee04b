import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { terms } from '../../../test/fixtures/cooperation/terms.ts'
import { readClauses } from '../charter/text.ts'
import type { Agreement } from '../model.ts'
import { fontBytes, unpackWoff } from './font.ts'
import { writePdf } from './write.ts'

const signature = {
  organisationId: 'o-analyst',
  name: 'Łukasz Groß',
  role: 'analyst',
  hash: 'f'.repeat(64),
  version: 1,
  signedAt: new Date('2026-05-01T10:00:00Z'),
  valid: true,
}
const agreement: Agreement = {
  id: 'a-1',
  questionId: 'q-1',
  title: 'Hitze und „kleine“ Kinder',
  state: 'proposed',
  version: 1,
  charter: '1',
  hash: 'f'.repeat(64),
  terms,
  overrides: {},
  parties: terms.parties,
  entryIds: ['e-1'],
  purpose: terms.purpose,
  protectionLevel: 'raised',
  validFrom: terms.validFrom,
  validUntil: terms.validUntil,
  createdBy: null,
  createdAt: new Date(0),
  proposedAt: new Date(0),
  signedAt: null,
  inForceAt: null,
  endedAt: null,
  endReason: null,
  signatures: [signature],
}

/** Every stream of a PDF, unpacked. */
function streams(pdf: Buffer): string[] {
  const found: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue
    const packed = pdf.subarray(at + 7, pdf.indexOf('endstream', at))
    try {
      found.push(inflateSync(packed).toString('latin1'))
    } catch {
      found.push(packed.toString('latin1'))
    }
  }
  return found
}

/** The texts as a reader copies them: each shown string through the fonts' own ToUnicode maps. */
function textsOf(pdf: Buffer): string[] {
  const all = streams(pdf)
  const tables = all.filter((one) => one.includes('beginbfrange')).map(toUnicode)
  const shown = all.flatMap((one) => [...one.matchAll(/\[(.*?)\] TJ/g)].map((match) => match[1] ?? ''))
  const hex = (line: string) => [...line.matchAll(/<([0-9a-f]+)>/g)].map((match) => match[1] ?? '').join('')
  return tables.map((table) =>
    shown
      .map((line) =>
        units(hex(line))
          .map((glyph) => table.get(glyph) ?? '?')
          .join(''),
      )
      .join('\n'),
  )
}

/** A ToUnicode map: ranges `<first> <last> [<text> <text> …]`. */
function toUnicode(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const range of cmap.matchAll(/<([0-9a-f]+)>\s*<[0-9a-f]+>\s*\[([^\]]*)\]/g)) {
    const first = Number.parseInt(range[1] ?? '', 16)
    const texts = [...(range[2] ?? '').matchAll(/<([0-9a-f\s]*)>/g)].map((match) =>
      String.fromCharCode(...units(match[1] ?? '')),
    )
    texts.forEach((text, index) => table.set(first + index, text))
  }
  return table
}

function units(hex: string): number[] {
  return (hex.replace(/\s/g, '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))
}

it('carries the text, with umlauts and foreign letters, so that it can be read aloud and copied', async () => {
  const pdf = await writePdf({ agreement, clauses: readClauses(agreement, 'de'), url: 'https://x.example' })
  const texts = textsOf(pdf).join('\n')
  for (const words of [
    'Vereinbarung: Hitze und „kleine“ Kinder',
    '§ 4 Dauer und Löschung',
    '30. September 2026',
    'Universität (Auswertung): Łukasz Groß',
    'noch offen',
  ])
    expect(texts).toContain(words)
  const raw = pdf.toString('latin1')
  for (const tag of ['/S /Document', '/S /H1', '/S /H2', '/S /P', '/Marked true', '/DisplayDocTitle true'])
    expect(raw).toContain(tag)
})

it('unpacks the font to what it was made from and refuses other files', () => {
  const font = fontBytes('Regular')
  expect(font.readUInt32BE(0)).toBe(0x00010000)
  expect(font.readUInt16BE(4)).toBeGreaterThan(8)
  // The head table's magic number stands where the directory says (OpenType, table "head").
  const directory = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16)
  const head = directory.find((at) => font.toString('latin1', at, at + 4) === 'head') ?? 0
  expect(font.readUInt32BE(font.readUInt32BE(head + 8) + 12)).toBe(0x5f0f3cf5)
  expect(() => unpackWoff(Buffer.from('wOF2 something else'))).toThrow('not a WOFF')
})
