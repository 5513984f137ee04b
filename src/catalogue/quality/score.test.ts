import { describe, expect, it } from 'vitest'
import { emptyDistribution, emptyRecord } from '../model.ts'
import type { DatasetRecord } from '../model.ts'
import type { Answered } from './metrics.ts'
import { dimensions, metrics } from './metrics.ts'
import { service } from '../dcat/examples.ts'
import { checkRecord } from './check.ts'
import { scoreService } from './service-score.ts'
import { dueDays, ratingOf, scoreInventory, scoreRecord, stalenessOn } from './score.ts'

const FILE = 'https://example.org/baeume.csv'
const full: DatasetRecord = {
  ...emptyRecord(),
  title: { de: 'Bäume' },
  description: { de: 'Alle Bäume der Stadt mit Art und Standort.' },
  keywords: [{ text: 'Baum', lang: 'de' }],
  themes: ['ENVI'],
  places: [{ id: null, label: { de: 'Auenstadt' }, bbox: null, derived: false }],
  periods: [{ id: null, start: '2025', end: null }],
  publisher: { id: null, name: { de: 'Umweltamt' }, type: null, url: null, email: null },
  contacts: [
    { id: null, kind: 'organisation', name: 'Amt', email: 'amt@example.org', phone: null, url: null },
  ],
  issued: '2024-01-01',
  modified: '2025-01-01',
  frequency: 'MONTHLY',
  languages: ['DEU'],
  distributions: [
    {
      ...emptyDistribution(),
      accessUrl: FILE,
      downloadUrl: FILE,
      format: 'CSV',
      mediaType: 'text/csv',
      licence: 'http://dcat-ap.de/def/licenses/dl-zero-de/2.0',
      rights: 'https://example.org/rechte',
      byteSize: 10,
    },
  ],
}
const answers = new Map<string, Answered>([[FILE, 'ok']])
const without = (change: Partial<DatasetRecord>) => ({ ...full, ...change })
const withFile = (change: Partial<DatasetRecord['distributions'][number]>) =>
  without({ distributions: [{ ...full.distributions[0]!, ...change }] })

describe('the 405-point score', () => {
  it('has 405 points in five dimensions', () => {
    const sum = (name: string) =>
      metrics.filter((each) => each.dimension === name).reduce((all, each) => all + each.points, 0)
    expect(dimensions.map(sum)).toEqual([100, 100, 110, 75, 20])
  })

  it('gives all of them to a complete entry whose addresses answer', () => {
    expect(scoreRecord(full, answers)).toMatchObject({ total: 405, rating: 'excellent', fixes: [] })
  })

  it.each<[string, DatasetRecord, number]>([
    ['keyword', without({ keywords: [] }), 30],
    ['category', without({ themes: [] }), 30],
    ['spatial', without({ places: [] }), 20],
    ['temporal', without({ periods: [] }), 20],
    ['download-url', withFile({ downloadUrl: null }), 20],
    ['format', withFile({ format: null }), 20],
    ['media-type', withFile({ mediaType: null }), 10],
    ['format-listed', withFile({ mediaType: 'csv' }), 10],
    ['non-proprietary', withFile({ format: 'XLSX' }), 20],
    ['machine-readable', withFile({ format: 'PDF' }), 20],
    ['dcat-ap', withFile({ accessUrl: null }), 30],
    ['licence', withFile({ licence: null }), 20],
    ['licence-listed', withFile({ licence: 'https://example.org/eigene' }), 10],
    ['access-right', without({ access: { ...full.access, assumed: true } }), 10],
    ['access-right-listed', without({ access: { ...full.access, assumed: true } }), 5],
    ['contact', without({ contacts: [] }), 20],
    ['publisher', without({ publisher: null }), 10],
    ['rights', withFile({ rights: null }), 5],
    ['file-size', withFile({ byteSize: null }), 5],
    ['issued', without({ issued: null }), 5],
    ['modified', without({ modified: null }), 5],
  ])('takes the points of %s from an entry without it', (id, record, points) => {
    const score = scoreRecord(record, answers)
    expect(score.fixes).toContainEqual({ id, gain: points })
    expect(score.total).toBeLessThanOrEqual(405 - points)
  })

  it('takes points for dead addresses, and none off the list of fixes for addresses nobody asked', () => {
    const dead = scoreRecord(full, new Map([[FILE, 'broken']]))
    expect(dead.total).toBe(325)
    expect(dead.fixes.map((fix) => fix.id)).toEqual(['access-url-answers', 'download-url-answers'])
    expect(scoreRecord(full)).toMatchObject({ total: 325, fixes: [] })
  })

  it('counts the best distribution, and names the largest gain first', () => {
    const { licence } = full.distributions[0]!
    const poor = { ...emptyDistribution(), accessUrl: 'https://example.org/x', licence }
    expect(scoreRecord(without({ distributions: [poor, ...full.distributions] }), answers).total).toBe(405)
    const { fixes } = scoreRecord(without({ keywords: [], issued: null }), answers)
    expect(fixes.map((fix) => fix.gain)).toEqual([30, 5])
  })

  it('says one thing of an entry that names no place to get the data', () => {
    const { fixes, total } = scoreRecord(without({ distributions: [] }), answers)
    expect(fixes).toEqual([{ id: 'distribution', gain: 220 }])
    expect(total).toBe(405 - 220)
  })

  it('draws the borders of the ratings where the European dashboard does', () => {
    expect([351, 350, 221, 220, 121, 120].map(ratingOf)).toEqual([
      'excellent',
      'good',
      'good',
      'sufficient',
      'sufficient',
      'bad',
    ])
  })
})

describe('the score of data that are not open', () => {
  it('asks for the reason and the way to ask, not for files', () => {
    const closed = without({ access: { ...full.access, type: 'closed' }, distributions: [] })
    const score = scoreInventory(closed)
    expect(score.fixes.map((fix) => fix.id)).toContain('inventory-reason')
    const better = scoreInventory({ ...closed, access: { ...closed.access, reasons: ['f'] } })
    expect(better.total - score.total).toBe(20)
  })
})

describe('the score of a service', () => {
  const [endpoint] = service.service!.endpoints
  it('asks for nothing only files and data can have', () => {
    expect(scoreService(service)).toEqual({ total: 100, fixes: [] })
    expect(checkRecord(service).findings.map((each) => each.code)).toEqual(['record.level'])
  })

  it('takes points for what a service can have', () => {
    const bare = { ...service.service!, descriptions: [], licence: null }
    const { total, fixes } = scoreService({ ...service, service: bare })
    expect(total).toBe(67)
    expect(fixes.map((fix) => fix.id)).toEqual(['service-description', 'licence', 'licence-listed'])
    const closed = scoreService({ ...service, access: { ...full.access, type: 'on-request' } })
    expect(closed.fixes.map((fix) => fix.id)).toEqual(['inventory-reason'])
  })

  it('counts whether it answers, once it was asked', () => {
    const withFile = { ...service, distributions: [{ ...emptyDistribution(), accessUrl: endpoint! }] }
    const scoreAs = (state: Answered) => scoreService(withFile, new Map([[endpoint!, state]])).total
    expect(['ok', 'unknown', 'broken'].map((state) => scoreAs(state as Answered))).toEqual([100, 100, 90])
    const [described] = service.service!.descriptions
    expect(scoreService(service, new Map([[described!, 'broken']])).total).toBe(90)
  })
})

describe('freshness', () => {
  it('is due after the promised interval and late after half of it once more', () => {
    const due = dueDays(full)!
    expect(due).toEqual({ dueOn: '2025-02-01', lateOn: '2025-02-17' })
    expect(['2025-01-31', '2025-02-01', '2025-02-17'].map((day) => stalenessOn(due, day))).toEqual([
      'current',
      'due',
      'overdue',
    ])
  })
  it('is unknown without a promise or a date', () => {
    expect(dueDays(without({ frequency: 'IRREG' }))).toBeNull()
    expect(dueDays(without({ modified: null, issued: null }))).toBeNull()
    expect(stalenessOn(null, '2025-01-01')).toBe('unknown')
  })
})
