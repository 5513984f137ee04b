import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFile } from './describe.ts'
import { meaningOf } from './dictionary.ts'
import type { PreviewGeo } from './geojson.ts'
import { guessCrs, toDegrees } from './projection.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const codes = (findings: { code: string }[]): string[] => findings.map((f) => f.code)

describe('describing a file', () => {
  it('shows measures over days as lines, in order and with gaps', async () => {
    const days = Array.from(
      { length: 9 },
      (_, i) => `${9 - i}.6.2025;${18 + i},5;${i === 3 ? '' : 24 + i};${i * 1000}`,
    )
    const { preview } = await describeFile(bytes(`Tag;Mittel;Höchstwert;Besuche\n${days.join('\n')}\n`), {
      filename: 'werte.csv',
    })
    expect(preview?.chart).toBeUndefined()
    expect(preview?.series?.label).toBe('Tag')
    expect(preview?.series?.lines.map(({ name }) => name)).toEqual(['Mittel', 'Höchstwert'])
    const [first, second] = preview?.series?.lines ?? []
    expect(first?.points.slice(0, 2)).toEqual([
      ['2025-06-01', 26.5],
      ['2025-06-02', 25.5],
    ])
    expect(second?.points.find(([day]) => day === '2025-06-06')).toEqual(['2025-06-06', null])
  })

  it('proposes title, period, place, meanings and a map for a table of points', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `Baum ${i};${i % 2 ? 'Linde' : 'Ahorn'};${2000 + i};51,9${i + 10};7,6${i + 10}`,
    )
    const d = await describeFile(
      bytes(`Bezeichnung;Baumart;Pflanzjahr;Breitengrad;Längengrad\n${rows.join('\n')}\n`),
      { filename: 'baumkataster_2024.csv' },
    )
    expect(d.record).toMatchObject({
      title: { de: 'Baumkataster 2024' },
      themes: ['ENVI'],
      access: { type: 'open' },
      periods: [{ start: '2024' }],
    })
    expect(d.record.columns.map((c) => c.meaning)).not.toContain('')
    expect(d.record.places[0]?.bbox).toEqual([7.61, 51.91, 7.629, 51.929])
    expect((d.preview?.geo as PreviewGeo | undefined)?.features).toHaveLength(20)
    expect(d.preview?.chart).toMatchObject({
      label: 'Baumart',
      items: [
        { label: 'Ahorn', value: 10 },
        { label: 'Linde', value: 10 },
      ],
    })
  })

  it('shows no values of a table that may point to persons, and proposes no open access', async () => {
    const d = await describeFile(
      bytes('Vorname;Nachname;Geburtsdatum;Befund\nErika;Muster;01.02.1980;x\nMax;Muster;03.04.1990;y\n'),
      { filename: 'esu.csv' },
    )
    expect(d.record.access).toMatchObject({ type: 'sandbox', grounds: ['personal'] })
    expect(codes(d.findings)).toContain('personal')
    expect(JSON.stringify([d.preview, d.record])).not.toMatch(/Erika|Muster|1980/)
  })

  it('turns projected and swapped coordinates into degrees', async () => {
    const utm = await describeFile(bytes('name;rechts_utm;hoch_utm\na;374000;5706000\nb;375000;5707000\n'), {
      filename: 'a.csv',
    })
    expect(utm.record.places[0]?.bbox?.map((n) => Math.floor(n))).toEqual([7, 51, 7, 51])
    const swapped = await describeFile(bytes('name;lon;lat\na;51.9;7.6\nb;51.8;7.5\n'), { filename: 'b.csv' })
    expect(codes(swapped.findings)).toContain('coordinates-swapped')
    expect(swapped.record.places[0]?.bbox).toEqual([7.5, 51.8, 7.6, 51.9])
  })

  it('leaves out a place far away', async () => {
    const point = (x: number, y: number): object => ({
      type: 'Feature',
      properties: { name: 'p' },
      geometry: { type: 'Point', coordinates: [x, y] },
    })
    const document = {
      type: 'FeatureCollection',
      features: [...Array.from({ length: 9 }, (_, i) => point(7 + i / 10, 51)), point(0.1, 0.1)],
    }
    const d = await describeFile(bytes(JSON.stringify(document)), { filename: 'x.geojson' })
    expect(codes(d.findings)).toContain('points-astray')
    expect(d.record.places[0]?.bbox).toEqual([7, 51, 7.8, 51])
  })

  it.each([
    ['bild.png', [0x89, 0x50, 0x4e, 0x47, 1, 2, 3], 'not-a-table'],
    ['x.geojson', [...bytes('{"type":"FeatureCollection","features":[')], 'json-syntax'],
    ['x.json', [...bytes('{"a":1}')], 'json-no-table'],
    ['x.parquet', [...bytes('PAR1xxxxxxxxxxxx')], 'parquet-unreadable'],
    ['x.csv.gz', [0x1f, 0x8b, 8, 0, 1, 2], 'packed-damaged'],
    ['leer.csv', [], 'empty'],
  ])('says what is wrong with %s', async (filename, content, code) => {
    const d = await describeFile(Uint8Array.from(content), { filename })
    expect(codes(d.findings)).toContain(code)
    expect(d.preview).toBeNull()
    expect(d.record.title['de']).not.toBe('')
  })

  it('never throws on any bytes under any name', async () => {
    const name = fc.constantFrom('a.csv', 'a.geojson', 'a.xlsx', 'a.parquet', 'a.gz')
    const start = fc.constantFrom(
      '',
      'PK\u0003\u0004',
      'PAR1',
      '{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":',
      'lat;lon\n',
    )
    await fc.assert(
      fc.asyncProperty(name, start, fc.uint8Array({ maxLength: 200 }), async (filename, s, tail) => {
        const d = await describeFile(Buffer.concat([Buffer.from(s, 'latin1'), tail]), { filename })
        expect(typeof d.record.title['de']).toBe('string')
      }),
      { numRuns: 200 },
    )
  })
})

describe('coordinates', () => {
  it('gives Münster for its UTM and Gauß-Krüger coordinates', () => {
    // The same playground in both systems; its place in degrees is known from the town's own file.
    const [lon, lat] = toDegrees(3_405_248, 5_759_252, 'EPSG:31467')
    expect(Math.hypot((lon - 7.6205) * 68_000, (lat - 51.9591) * 111_000)).toBeLessThan(30)
    const [x, y] = toDegrees(500_000, 5_761_038.212, 'EPSG:25832')
    expect(x).toBeCloseTo(9, 9)
    expect(y).toBeCloseTo(52, 5)
  })

  it('tells the systems apart', () => {
    expect([
      guessCrs(7.6, 51.9),
      guessCrs(374_000, 5_706_000),
      guessCrs(32_374_000, 5_706_000),
      guessCrs(3_405_248, 5_759_252),
      guessCrs(1, 2_000_000),
    ]).toEqual(['EPSG:4326', 'EPSG:25832', 'EPSG:25832', 'EPSG:31467', null])
  })
})

describe('names of columns', () => {
  it.each([
    ['PLZ', 'Postleitzahl', null],
    ['Nabenhöhe (m)', 'Höhe', 'm'],
    ['stadtteilschluessel', 'Nummer des Stadtteils', null],
    ['Ansatz 2017 in EUR', 'Betrag', 'EUR'],
    ['Geburtsdatum', 'Geburtsdatum', null],
  ])('%s means %s', (name, meaning, unit) => {
    expect(meaningOf(name)).toMatchObject({ de: meaning, unit })
  })

  it('says nothing about names it does not know', () => {
    expect(meaningOf('qx17')).toBeNull()
  })
})

const cities = join(import.meta.dirname, '../../../../shared/fixtures/cities')

describe.skipIf(!existsSync(cities))('city files (skipped: shared/fixtures/cities is missing)', () => {
  it('describes every file, and these as expected', { timeout: 180_000 }, async () => {
    const files = readdirSync(cities, { recursive: true })
      .map(String)
      .filter((f) => /\.(csv|xlsx|geojson)(\.gz)?$/i.test(f))
    expect(files.length).toBeGreaterThan(90)
    const seen: Record<string, string> = {}
    for (const file of files) {
      const d = await describeFile(readFileSync(join(cities, file)), { filename: file })
      expect([file, d.preview !== null]).toEqual([file, true])
      expect([file, d.findings.filter((f) => f.severity === 'error')]).toEqual([file, []])
      const period = d.record.periods[0]
      seen[file] =
        `${d.format} ${d.rowCount}×${d.columns.length} ${d.record.themes.join('+')} ${period?.start ?? ''}/${period?.end ?? ''} ${d.record.places[0]?.bbox ? 'map' : ''}`.trim()
    }
    expect(seen).toMatchObject({
      'bochum/bochum_daycare_centers.csv': 'CSV 195×18 EDUC / map',
      'koeln/budget/gesamtergebnisplan.csv': 'CSV 26×7 ECON+GOVE 2010/2015',
      'muenster/spielplaetze.geojson': 'GEOJSON 332×8 ENVI+EDUC / map',
      'muenster/unfaelle/unfalldaten15.csv.gz': 'CSV 10111×42 TRAN+JUST 2015-01-01/2015-12-31',
      'muenster/verkehrsdaten/fahrrad/Wetter_2016_2017_taeglich.xlsx':
        'XLSX 470×9 ENVI 2016-07-13/2017-10-25',
      'muenster-od-ms/ladesaeulen/ladesaeulen-muenster.csv': 'CSV 166×26 TRAN+ENER 2016-12-12/2024-03-06 map',
      'wesel/hhplan2017.csv': 'CSV 5972×15 ECON+GOVE 2015/2022',
    })
  })
})
