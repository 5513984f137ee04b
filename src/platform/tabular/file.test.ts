import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTableFile } from './file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readTableFile(bytes(text))
const codes = (file: { findings: readonly { code: string }[] }) => file.findings.map((f) => f.code)

/** A dBASE table of one text, one number, one date and one logical column. */
function dbf(rows: readonly (readonly [string, string, string, string])[], language = 0x57): Uint8Array {
  const fields: [string, string, number][] = [
    ['PLZ', 'C', 5],
    ['WERT', 'N', 8],
    ['TAG', 'D', 8],
    ['OK', 'L', 1],
  ]
  const header = Buffer.alloc(32 + fields.length * 32 + 1)
  header.set([3, 124, 1, 2], 0)
  header.writeUInt32LE(rows.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(23, 10)
  header[29] = language
  for (const [i, [name, type, length]] of fields.entries()) {
    header.write(name, 32 + i * 32, 'latin1')
    header.write(type, 43 + i * 32, 'latin1')
    header[48 + i * 32] = length
  }
  header[header.length - 1] = 0x0d
  const body = rows.map(([a, b, c, d]) => ` ${a.padEnd(5)}${b.padStart(8)}${c.padEnd(8)}${d}`)
  return Buffer.concat([header, Buffer.from(body.join(''), 'latin1')])
}

describe('official tables', () => {
  const genesis = [
    'Bevölkerung: Kreise, Stichtag, Geschlecht',
    'Fortschreibung des Bevölkerungsstandes',
    ';;Bevölkerungsstand;;',
    ';;männlich;weiblich;Insgesamt',
    ';;Anzahl;Anzahl;Anzahl',
    '05515;Münster;151.201;165.202;316.403',
    '05111;Düsseldorf;300.112;319.182;619.294',
    '05112;Duisburg;248.000;254.211;502.211',
    '__________',
    '© Statistisches Bundesamt (Destatis), 2024',
    'Stand: 12.03.2024 / 10:11:12',
  ].join('\n')

  test('title lines, a header of several rows with merged cells, and notes below are taken apart', async () => {
    const file = await read(genesis)
    expect(file.table.header.slice(2)).toEqual([
      'Bevölkerungsstand männlich Anzahl',
      'Bevölkerungsstand weiblich Anzahl',
      'Bevölkerungsstand Insgesamt Anzahl',
    ])
    expect(file.table.rows).toHaveLength(3)
    expect(file.columns.map((c) => c.type)).toEqual(['text', 'text', 'integer', 'integer', 'integer'])
    expect(file.columns[2]).toMatchObject({ min: 151_201, max: 300_112, thousands: '.' })
    expect(codes(file)).toEqual(expect.arrayContaining(['footer', 'header-joined', 'preamble']))
  })

  test('rows of separators only are left out and counted', async () => {
    const file = await read('a;b;c\n1;2;3\n;;\n4;5;6\n;;\n')
    expect([file.table.rows.length, codes(file)]).toEqual([2, ['empty-rows']])
  })

  test('a German date among American ones keeps its day', async () => {
    const file = await read(`datum,n\n${'1/31/2008,1\n'.repeat(120)}08.02.2008,1\n`)
    expect(file.columns[0]).toMatchObject({ type: 'date', max: '2008-02-08', misfits: 0 })
  })

  test('given names are no missing values, house numbers with letters are no numbers', async () => {
    const file = await read('name;hausnr;n\nNil;0001;1\nNan;0001a;NA\nEva;0003;2\nNA;0002;3\n')
    expect(file.columns.map((c) => [c.type, c.missing])).toEqual([
      ['text', 1],
      ['text', 0],
      ['integer', 1],
    ])
  })
})

describe('other formats', () => {
  test('dBASE: declared texts stay text, dates and yes/no are read, deleted rows are left out', async () => {
    const rows = dbf([
      ['48147', '12.5', '20240131', 'T'],
      ['M\u00fcns', '****', '00000000', '?'],
      ['50667', '-3', '20240201', 'N'],
    ])
    const file = await readTableFile(rows)
    expect([file.format, file.encoding]).toEqual(['dbf', 'windows-1252'])
    expect(file.table.rows[1]).toEqual(['Müns', '', '', ''])
    expect(file.columns.map((c) => c.type)).toEqual(['text', 'decimal', 'date', 'boolean'])
    rows[161 + 23] = 0x2a
    expect(codes(await readTableFile(rows))).toContain('deleted-rows')
  })

  test('dBASE of old DOS programs keeps its umlauts, and a cut file says so', async () => {
    const rows = dbf([['M\u0081ns', '1', '20240131', 'T']], 0x02)
    expect((await readTableFile(rows)).table.rows[0]?.[0]).toBe('Müns')
    const cut = dbf([
      ['1', '1', '20240131', 'T'],
      ['2', '2', '20240131', 'F'],
    ]).subarray(0, 200)
    expect(codes(await readTableFile(cut))).toContain('cut')
  })

  test('GeoJSON gives attributes and the place of points, shapes are left out with a finding', async () => {
    const features = [
      {
        type: 'Feature',
        properties: { n: 1, a: { b: 'x' } },
        geometry: { type: 'Point', coordinates: [7.6, 51.9] },
      },
      { type: 'Feature', properties: { n: 2 }, geometry: { type: 'Polygon', coordinates: [[[7, 51]]] } },
    ]
    const file = await read(JSON.stringify({ type: 'FeatureCollection', features }))
    expect(file.table.header).toEqual(['n', 'a.b', 'geometry.longitude', 'geometry.latitude'])
    expect(file.table.rows).toEqual([
      ['1', 'x', '7.6', '51.9'],
      ['2', '', '', ''],
    ])
    expect([file.format, codes(file)]).toEqual(['geojson', ['shapes-left-out']])
  })

  test('JSON: one list is the table, several or none are refused', async () => {
    const one = await read('{"result":{"records":[{"a":1,"b":[1,2],"c":[{"x":1}]},{"a":2}]}}')
    expect([one.table.header, one.table.rows[0], codes(one)]).toEqual([
      ['a', 'b'],
      ['1', '1 | 2'],
      ['nested-column', 'json-list'],
    ])
    expect(codes(await read('{"a":[{"x":1}],"b":[{"y":1}]}'))).toEqual(['json-many-lists'])
    expect(codes(await read('{"title":"x"}'))).toEqual(['json-no-list'])
    expect(codes(await read('{"a":[{"x":1'))).toEqual(['json-broken'])
  })

  test('KML gives names, attributes and places', async () => {
    const place =
      '<Placemark><name>Ö</name><ExtendedData><Data name="n"><value>3</value></Data></ExtendedData>'
    const file = await read(
      `<?xml version="1.0"?><kml xmlns="k"><Document>${place}<Point><coordinates>7.6,51.9,0</coordinates></Point></Placemark></Document></kml>`,
    )
    expect([file.format, file.table.header, file.table.rows]).toEqual([
      'kml',
      ['name', 'n', 'geometry.longitude', 'geometry.latitude'],
      [['Ö', '3', '7.6', '51.9']],
    ])
    expect(codes(await read('<kml><Placemark></kml>'))).toEqual(['xml-broken'])
  })

  test.each([
    ['shapes', Buffer.from('0000270a00000000', 'hex'), 'shapes-only'],
    ['projection', bytes('PROJCS["ETRS_1989_UTM_Zone_32N",GEOGCS["x"]]'), 'projection-only'],
    ['XML', bytes('<?xml version="1.0"?><metadata/>'), 'xml-no-table'],
    ['Markdown', bytes('# Legende\n- eins\n- zwei\n'), 'no-table'],
    ['a page', bytes('<!doctype html><html></html>'), 'xml-no-table'],
  ])('%s are refused with the reason', async (_name, content, code) => {
    expect(codes(await readTableFile(content))).toEqual([code])
  })
})

describe('broken and hostile files', () => {
  const good = [
    bytes('a;b\n1;2\n3;4\n'),
    dbf([['48147', '12.5', '20240131', 'T']]),
    bytes(
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":1},"geometry":null}]}',
    ),
    bytes('<kml><Placemark><name>x</name></Placemark></kml>'),
    gzipSync('a;b\n1;2\n'),
  ]

  test('cut anywhere and with any bit turned they give a table or a reason, never an error', async () => {
    const change = fc.record({
      file: fc.nat(good.length - 1),
      at: fc.nat(400),
      bit: fc.nat(7),
      cut: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ file, at, bit, cut }) => {
        const copy = Uint8Array.from(good[file] ?? [])
        const where = at % copy.length
        copy[where] = (copy[where] ?? 0) ^ (1 << bit)
        const found = await readTableFile(cut ? copy.subarray(0, where) : copy)
        expect(found.table.rows.length + found.findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 400, seed: 7 },
    )
  })

  test('a cell of five million characters is refused with the reason', async () => {
    const file = await read(`a;b\n1;2\n${'x'.repeat(5_000_000)};2\n3;4\n`)
    expect([codes(file), file.table.rows]).toEqual([['record-too-long'], []])
  })

  test.each([
    ['zero bytes', new Uint8Array(5_000)],
    ['a list nested ten thousand deep', bytes(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)],
    ['objects nested ten thousand deep', bytes(`[${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]`)],
    ['a key that is a prototype', bytes('[{"__proto__":{"x":1},"a":1}]')],
    ['a dBASE header that points nowhere', Buffer.concat([dbf([]), Buffer.alloc(3)])],
  ])('%s do no harm', async (_name, content) => {
    const file = await readTableFile(content)
    expect(file.table.rows.length).toBeLessThan(3)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('what copying and exporting leaves behind', () => {
  test('lines that end in three ways are lines', async () => {
    const file = await read('a,b,c\r\n1,2,3\n4,5,6\r7,8,9\r\n')
    expect(file.table.rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ])
  })

  test('more digits than a number can hold are a key, in CSV and in JSON', async () => {
    const csv = await read('id;n\n9007199254740993;1\n9007199254740992;2\n')
    expect([csv.columns[0]?.type, csv.columns[0]?.distinct]).toEqual(['text', 2])
    const json = await read('[{"id":9007199254740993,"n":1},{"id":9007199254740992,"n":2}]')
    expect(json.table.rows.map((row) => row[0])).toEqual(['9007199254740993', '9007199254740992'])
  })

  test('errors of formulas are no values, and days in several forms are named', async () => {
    const days = ['2024-01-05', '5.1.2024', '2024-01-07', '8.1.2024', '2024-01-09']
    const file = await read(`tag;n\n${days.map((d, i) => `${d};${i === 2 ? '#DIV/0!' : i}`).join('\n')}\n`)
    expect(file.columns.map((c) => [c.type, c.missing])).toEqual([
      ['text', 0],
      ['integer', 1],
    ])
    expect(codes(file)).toEqual(expect.arrayContaining(['formula-errors', 'dates-mixed']))
  })

  test('years above a row of names belong to the names', async () => {
    const rows = Array.from({ length: 6 }, (_, i) => `B${i};${i};${2 * i};${3 * i};${4 * i}`)
    const file = await read(['Bezirk;2022;;2023;', ';m;w;m;w', ...rows].join('\n'))
    expect(file.table.header).toEqual(['Bezirk', '2022 m', '2022 w', '2023 m', '2023 w'])
  })

  test('numbers with apostrophes keep their decimal point; a line of JSON each is a list', async () => {
    const file = await read("ort;zahl\nA;1'234.50\nB;2'000.25\n")
    expect(file.columns[1]).toMatchObject({ type: 'decimal', decimal: '.', max: 2000.25 })
    expect((await read('{"a":1}\n{"a":2}\n')).table.rows).toEqual([['1'], ['2']])
  })
})
