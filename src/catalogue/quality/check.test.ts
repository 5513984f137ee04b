import { describe, expect, it } from 'vitest'
import { emptyDistribution, emptyRecord, type DatasetRecord } from '../model.ts'
import { licenceIri } from '../dcat/licences.ts'
import { checkRecord } from './check.ts'
import { qualityRules } from './rules.ts'

const good: DatasetRecord = {
  ...emptyRecord(),
  title: { de: 'Baumkataster' },
  description: {
    de: 'Alle städtischen Bäume an Straßen und in Grünanlagen mit Art, Pflanzjahr, Höhe und Standort, Stand 2026.',
  },
  publisher: { id: null, name: { de: 'Stadt Auenstadt' }, type: null, url: null, email: null },
  contacts: [
    {
      id: null,
      kind: 'organisation',
      name: 'Grünflächenamt',
      email: 'gruen@auenstadt.example',
      phone: null,
      url: null,
    },
  ],
  keywords: [{ text: 'Bäume', lang: 'de' }],
  themes: ['ENVI'],
  ags: '99000001',
  geocodingLevel: 'municipality',
  periods: [{ id: null, start: '2026-01-01', end: '2026-12-31' }],
  frequency: 'ANNUAL',
  modified: '2026-03-01',
  contributorIds: ['http://dcat-ap.de/def/contributors/auenstadt'],
  distributions: [
    {
      ...emptyDistribution(),
      accessUrl: 'https://a.example/b.csv',
      downloadUrl: 'https://a.example/b.csv',
      format: 'CSV',
      mediaType: 'text/csv',
      licence: licenceIri('dl-zero-de/2.0'),
    },
  ],
}

const codes = (record: DatasetRecord, now?: Date): string[] =>
  checkRecord(record, now).findings.map((f) => f.code)

describe('quality', () => {
  it('gives a complete record 100', () => {
    expect(checkRecord(good, new Date('2026-11-01'))).toEqual({ score: 100, findings: [] })
  })

  it('has rules with different ids and texts in both languages', () => {
    expect(new Set(qualityRules.map((r) => r.id)).size).toBe(qualityRules.length)
    for (const rule of qualityRules) expect(rule.text.de && rule.text.en && rule.weight > 0).toBeTruthy()
  })

  it.each<[string, Partial<DatasetRecord>]>([
    ['record.title', { title: {} }],
    ['record.publisher', { publisher: null }],
    ['record.contact', { contacts: [] }],
    ['record.theme-list', { themes: ['BAUM'] }],
    ['record.period-order', { periods: [{ id: null, start: '2026-05', end: '2025' }] }],
    ['record.dates', { modified: 'gestern' }],
    ['record.markup', { description: { de: `${good.description['de']}<script>x</script>` } }],
    ['record.licence', { distributions: [{ ...emptyDistribution(), accessUrl: 'https://a.example/' }] }],
    ['record.reason', { access: { ...good.access, type: 'closed' } }],
  ])('finds %s', (code, change) => {
    const broken = { ...good, ...change }
    expect(codes(broken)).toContain(code)
    expect(checkRecord(broken).score).toBeLessThan(100)
  })

  it('asks for the attribution text only where the licence wants it', () => {
    const [file] = good.distributions
    const by = {
      ...good,
      distributions: [{ ...(file ?? emptyDistribution()), licence: licenceIri('dl-by-de/2.0') }],
    }
    expect(codes(by)).toEqual(['record.attribution'])
  })

  it('calls data stale after the promised interval and some patience', () => {
    expect(codes(good, new Date('2027-05-01'))).toEqual([])
    expect(codes(good, new Date('2028-01-01'))).toEqual(['record.current'])
  })

  it('says how many points a fix brings, and they add up', () => {
    const result = checkRecord(emptyRecord())
    const gains = result.findings.reduce((sum, f) => sum + f.gain, 0)
    expect(Math.abs(gains + result.score - 100)).toBeLessThan(3)
  })
})
