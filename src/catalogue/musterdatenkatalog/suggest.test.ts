import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readDcatFile } from '../dcat/read.ts'
import { textIn } from '../model.ts'
import judged from './judged.json' with { type: 'json' }
import { suggestConcepts } from './suggest.ts'
import { concepts, conceptAddress, conceptAt, conceptOf, mdkThemes } from './taxonomy.ts'

const fixtures = '../shared/fixtures/'
const rostock = `${fixtures}dcat/catalogues/govdata-dashboard/rostock-catalog-original-input.rdf.gz`
const koeln = `${fixtures}harvest/ckan/koeln-dkan-2014/`
const missing = existsSync(rostock) && existsSync(koeln) ? '' : ' (skipped: ../shared/fixtures missing)'

const best = (title: string) => suggestConcepts({ title })[0]?.concept.id

describe('the taxonomy', () => {
  it('has the 26 themes and 242 model datasets of version 4, each once', () => {
    expect(mdkThemes).toHaveLength(26)
    expect(concepts).toHaveLength(242)
    expect(new Set(concepts.map(({ id }) => id)).size).toBe(242)
  })
  it('knows a model dataset by its address, by an old spelling, and no other address', () => {
    expect(conceptAt(conceptAddress('wetter/hitze'))?.de).toBe('Hitze')
    expect(
      conceptAt('http://musterdatenkatalog.de/def/musterdatensatz/abfallwirtschaft/abfallkalender/')?.id,
    ).toBe('abfallentsorgung/abfallkalender')
    expect(conceptAt('https://musterdatenkatalog.de/def/musterdatensatz/haushalt/finanzplan')).toBeUndefined()
    expect(conceptAt('https://example.org/wetter/hitze')).toBeUndefined()
  })
})

describe('suggestions', () => {
  it.each([
    ['Spielplätze der Hansestadt', 'freizeit/spielplatzUndSpielstaette'],
    ['Müllabfuhrtermine 2026', 'abfallentsorgung/abfallkalender'],
    ['Bodenrichtwerte', 'bau/grundstuecksbewertung'],
    ['Radzählstellen, Stundenwerte', 'verkehr/radverkehr/messung'],
    ['Hitzebelastung am Tag', 'wetter/hitze'],
    ['Straßenbäume', 'floraUndFauna/baumbestand/baumkataster'],
  ])('for %s begin with %s', (title, id) => {
    expect(best(title)).toBe(id)
  })
  it('are none where nothing speaks for any', () => {
    expect(suggestConcepts({ title: 'Xylophon 2026' })).toEqual([])
    expect(suggestConcepts({ title: '' })).toEqual([])
  })
  it('take keywords and description into account, less than the title', () => {
    const [first] = suggestConcepts({ title: 'Standorte', keywords: ['Trinkbrunnen'] })
    expect(first?.concept.id).toBe('bau/brunnen')
    expect(first!.score).toBeLessThan(0.7)
  })
  it(`fit real titles of two cities: the judged one first for 95 of 100, among five for 98${missing}`, async (test) => {
    if (missing) return test.skip()
    const titles = [...(await rostockTitles()), ...koelnTitles()]
    const ranks = titles.map(({ title, id }) =>
      suggestConcepts({ title }).findIndex((each) => each.concept.id === id),
    )
    expect(titles.length).toBeGreaterThan(190)
    expect(ranks.filter((rank) => rank === 0).length / titles.length).toBeGreaterThan(0.95)
    expect(ranks.filter((rank) => rank >= 0).length / titles.length).toBeGreaterThan(0.98)
  })
  it('are made of ids the taxonomy has', () => {
    const all = [...Object.values(judged.rostock), ...Object.values(judged.koeln)]
    expect(all.filter((id) => !conceptOf(id))).toEqual([])
  })
})

async function rostockTitles() {
  const wanted: Readonly<Record<string, string>> = judged.rostock
  const { records } = await readDcatFile(gunzipSync(readFileSync(rostock)), {
    filename: 'catalog.rdf',
    contentType: undefined,
    baseIri: undefined,
  } as never)
  return records.flatMap(({ record }) => {
    const id = wanted[(record.identifier ?? '').slice(0, 8)]
    return id ? [{ title: textIn(record.title, 'de'), id }] : []
  })
}

function koelnTitles() {
  return Object.entries(judged.koeln).map(([file, id]) => {
    const { title } = JSON.parse(readFileSync(`${koeln}${file}.json`, 'utf8')) as { title: string }
    return { title, id }
  })
}
