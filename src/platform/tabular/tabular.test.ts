import { gzipSync, deflateRawSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertValue, inferColumn } from './columns.ts'
import { decodeText } from './decode.ts'
import { readTable, sniffDialect } from './dialect.ts'
import { readDelimited } from './read.ts'
import { defaultTableLimits } from './table.ts'
import { unpack } from './unpack.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))
const codes = (findings: { code: string }[]): string[] => findings.map((f) => f.code)

describe('decoding', () => {
  it('reads UTF-8, UTF-16 and windows-1252', () => {
    expect(decodeText(bytes('\uFEFFGröße')).text).toBe('Größe')
    expect(decodeText(latin('Gr\xf6\xdfe')).encoding).toBe('windows-1252')
    expect(decodeText(latin('Gr\xf6\xdfe')).text).toBe('Größe')
    expect(decodeText(Uint8Array.from(Buffer.from('Name;Größe\n', 'utf16le'))).text).toBe('Name;Größe\n')
  })

  it('keeps UTF-8 with a single broken byte', () => {
    const broken = Buffer.concat([Buffer.from('äöüäöüäöüäöü'), Buffer.from([0xff]), Buffer.from('ende')])
    const result = decodeText(broken)
    expect(result.encoding).toBe('utf-8')
    expect(codes(result.findings)).toContain('encoding-broken')
  })

  it('says that umlauts are encoded twice', () => {
    expect(codes(decodeText(bytes('StraÃŸe, FlÃ¼sse')).findings)).toContain('encoding-double')
  })
})

describe('sniffing', () => {
  it('finds semicolons although values hold decimal commas', () => {
    expect(sniffDialect('Ort;Wert\nA;1,5\nB;2,5\nC;3,25\n')).toMatchObject({ delimiter: ';', headerRow: 0 })
  })

  it('skips lines above the header', () => {
    const text =
      'Bevölkerung der Stadt\nStand: 2024\n\nBezirk;Einwohner;Fläche\nMitte;100;2,5\nNord;200;3,5\n'
    const table = readTable(text)
    expect(table.header).toEqual(['Bezirk', 'Einwohner', 'Fläche'])
    expect(table.rows).toHaveLength(2)
    expect(codes(table.findings)).toContain('preamble')
  })

  it('names columns itself when data start at once', () => {
    const table = readTable('1;Innere Verwaltung\n2;Sicherheit\n3;Schule\n')
    expect(table.header).toEqual(['Spalte 1', 'Spalte 2'])
    expect(codes(table.findings)).toContain('no-header')
  })

  it('makes repeated names different', () => {
    expect(readTable('Wert;Wert;wert 2;\n1;2;3;4\n').header).toEqual([
      'Wert',
      'Wert 2',
      'wert 2 2',
      'Spalte 4',
    ])
  })

  it('reads on when a quotation mark is never closed', () => {
    const table = readTable(`a;b\n"offen;1\n${'x;2\n'.repeat(400_000)}`)
    expect(codes(table.findings)).toContain('quotes-broken')
    expect(table.rows.length).toBeGreaterThan(400_000)
  })
})

describe('types', () => {
  const type = (cells: string[], name = 'x', decimal?: ',' | '.'): string =>
    inferColumn(name, 0, cells, decimal).type

  it('tells numbers, keys, dates and words apart', () => {
    expect(type(['1', '2', '-3'])).toBe('integer')
    expect(type(['1.234,5', '2,0'])).toBe('decimal')
    expect(type(['01234', '98765'])).toBe('text')
    expect(type(['44789', '44801'], 'PLZ')).toBe('text')
    expect(type(['2024-02-29', '2024-03-01'])).toBe('date')
    expect(type(['2024-02-30', '2024-03-01'])).toBe('text')
    expect(type(['1.2.24 16:47', '02.12.2024 00:00'])).toBe('datetime')
    expect(type(['2015-01-01', '2015-01-01T01:00:00'])).toBe('datetime')
    expect(type(['2015', '2016'], 'Baujahr')).toBe('year')
    expect(type(['ja', 'nein', ''])).toBe('boolean')
    expect(type(['7.1569', '12.2024'])).toBe('decimal')
    expect(type(['', 'k.A.', 'NA'])).toBe('empty')
  })

  it('takes marks of official statistics as missing among numbers', () => {
    const column = inferColumn('x', 0, ['1', '-', '.', '3', ''])
    expect(column).toMatchObject({ type: 'integer', missing: 3, misfits: 0, min: 1, max: 3 })
  })

  it('settles 1.234 by the rest of the table', () => {
    expect(inferColumn('x', 0, ['1.234', '2.500'], ',')).toMatchObject({
      type: 'integer',
      thousands: '.',
      max: 2500,
    })
    expect(inferColumn('x', 0, ['1.234', '2.500'], '.')).toMatchObject({ type: 'decimal', max: 2.5 })
  })

  it('prefers the day first where a date can be read in two ways', () => {
    const column = inferColumn('x', 0, ['1/2/2024', '3/4/2024'])
    expect(convertValue('1/2/2024', column)).toBe('2024-02-01')
    expect(convertValue('1/13/2024', inferColumn('x', 0, ['1/13/2024', '1/2/2024']))).toBe('2024-01-13')
  })
})

describe('limits', () => {
  it('refuses a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const result = await unpack(bomb, defaultTableLimits.maxBytes)
    expect(result.bytes).toBeNull()
    expect(codes(result.findings)).toEqual(['packed-bomb'])
  })

  it('refuses a ZIP whose directory lies about the size', async () => {
    const lying = zipOf('daten.csv', Buffer.alloc(4 * 1024 * 1024), 10)
    expect(codes((await readDelimited(lying)).findings)).toEqual(['packed-damaged'])
  })

  it('opens a ZIP with one file', async () => {
    const content = Buffer.from('a;b\n1;2\n')
    const result = await readDelimited(zipOf('daten.csv', content, content.length))
    expect(result.table.header).toEqual(['a', 'b'])
  })

  it('reads a table of 600 columns and says so', async () => {
    const line = (f: (i: number) => string): string => Array.from({ length: 600 }, (_, i) => f(i)).join(';')
    const text = `${line((i) => `s${i}`)}\n${line(String)}\n${line(String)}\n`
    const result = await readDelimited(bytes(text))
    expect(result.columns).toHaveLength(600)
    expect(codes(result.findings)).toContain('many-columns')
  })

  it('leaves out what exceeds the limits and says so', async () => {
    const limits = { ...defaultTableLimits, maxRows: 5, maxColumns: 2, maxCell: 10 }
    const text = `a;b;c\n${'1;zzzzzzzzzzzzzzzzz;3\n'.repeat(9)}`
    const result = await readDelimited(bytes(text), { limits })
    expect(result.table.rows).toHaveLength(5)
    expect(result.columns).toHaveLength(2)
    expect(codes(result.findings)).toEqual(
      expect.arrayContaining(['rows-left-out', 'columns-left-out', 'cells-cut']),
    )
  })

  it('names the format of a file that is no table', async () => {
    const result = await readDelimited(bytes('%PDF-1.7 …'))
    expect(result.findings[0]?.text.de).toContain('PDF')
  })
})

describe('any input', () => {
  it('never throws and gives rows as wide as the header', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (input) => {
        const result = await readDelimited(input)
        for (const row of result.table.rows) expect(row).toHaveLength(result.table.header.length)
        expect(result.columns).toHaveLength(result.table.header.length)
      }),
      { numRuns: 300 },
    )
  })

  it('gives back the cells of a table it can write itself', () => {
    const word = fc.stringMatching(/^[a-zäöü]{1,8}$/)
    const row = fc.tuple(word, fc.integer(), word)
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 30 }), (rows) => {
        const text = `Name;Anzahl;Ort\n${rows.map((r) => r.join(';')).join('\n')}\n`
        const table = readTable(text)
        expect(table.rows).toEqual(rows.map((r) => r.map(String)))
      }),
    )
  })

  it('reads back any quoted cell', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\r'))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 10 }), (cells) => {
        const quoted = cells.map((c) => `"${c.replaceAll('"', '""')}";"x"`).join('\n')
        const dialect = { delimiter: ';', quote: '"', headerRow: 0 } as const
        const table = readTable(`"a";"b"\n${quoted}\n`, dialect)
        expect(table.rows.map((r) => r[0])).toEqual(cells)
      }),
    )
  })
})

/** A ZIP archive with one packed file; `size` is what its directory claims. */
function zipOf(name: string, content: Buffer, size: number): Uint8Array {
  const packed = deflateRawSync(content)
  const file = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(file.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(file.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length + file.length, 12)
  end.writeUInt32LE(local.length + file.length + packed.length, 16)
  return Buffer.concat([local, file, packed, entry, file, end])
}
