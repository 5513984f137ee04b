import { describe, expect, it } from 'vitest'
import type { Rated } from './fit.ts'
import { akin, rate, score } from './fit.ts'
import type { Need, NeedId } from './model.ts'
import { answered, isMapped, needState, readGrain, readPace } from './model.ts'

const need: Need = {
  id: '0190a000-0000-7000-8000-000000000001' as NeedId,
  questionId: '0190a000-0000-7000-8000-000000000002',
  position: 1,
  what: 'Wie heiß es wird',
  unit: '°C',
  space: null,
  place: null,
  starts: '2023-01-01',
  ends: '2025-12-31',
  granularity: 'block',
  frequency: null,
  topic: 'ENVI',
}
const entry: Rated = {
  kind: 'dataset',
  words: new Set(['lufttemperatur', 'hitze']),
  topics: ['ENVI'],
  starts: '2020-01-01',
  ends: null,
  grain: 'address',
  pace: 'hourly',
  modified: '2026-01-10',
  formats: ['CSV'],
  access: 'open',
}
const today = '2026-11-21'
const fit = (changed: Partial<Rated>, wanted: Partial<Need> = {}, words = ['hitze']) =>
  rate({ ...need, ...wanted }, new Set(words), { ...entry, ...changed }, today)

describe('the fit of a dataset for a need', () => {
  it('is full in everything for a dataset that has it all', () => {
    const fits = fit({})
    expect(Object.values(fits).map((each) => each.level)).toEqual(Array(6).fill('full'))
    expect(score(fits)).toBe(100)
  })

  it('leaves open for a service what only the data behind it can tell', () => {
    const bare = { starts: null, grain: null, pace: null, formats: [] }
    const service = fit({ ...bare, kind: 'service' })
    expect(service.period).toEqual({ level: 'part', reason: 'data-behind' })
    expect(service.granularity.reason).toBe('data-behind')
    expect(service.format).toEqual({ level: 'part', reason: 'service' })
    // The day of the service's last change is not one of its data.
    expect(service.freshness).toEqual({ level: 'part', reason: 'data-behind' })
    expect(fit(bare).freshness).toMatchObject({ level: 'full', reason: 'up-to-date' })
  })

  it('tells the topic by words and by the topic itself, and nothing counts without it', () => {
    expect(fit({ topics: [] }).topic).toEqual({ level: 'full', reason: 'related-words' })
    expect(fit({}, {}, ['hunde', 'katzen', 'vögel']).topic).toEqual({ level: 'part', reason: 'few-words' })
    const other = fit({ topics: ['TRAN'] }, {}, ['hunde'])
    expect(other.topic.level).toBe('none')
    expect(score(other)).toBe(0)
  })

  it.each([
    [{ starts: null, ends: null }, 'part', 'period-unknown', undefined],
    [{ starts: '2024-06-01' }, 'part', 'starts-late', '2024'],
    [{ ends: '2024-12-31' }, 'part', 'ends-early', '2024'],
    [{ starts: '2010-01-01', ends: '2012-12-31' }, 'none', 'other-period', '2010–2012'],
    [{ starts: '2023-01-01', ends: '2025-12-31' }, 'full', 'covers', '2023–2025'],
  ] as const)('rates the period %j as %s', (changed, level, reason, value) => {
    expect(fit(changed).period).toEqual({ level, reason, ...(value ? { value } : {}) })
  })

  it('takes a need without an end as one up to now', () => {
    expect(fit({ starts: '2024-06-01' }, { ends: null }).period.reason).toBe('starts-late')
    expect(fit({ ends: '2025-12-31' }, { ends: null }).period.level).toBe('full')
    expect(fit({ ends: '2024-12-31' }, { ends: null }).period.reason).toBe('ends-early')
  })

  it.each([
    ['block', 'full'],
    ['district', 'part'],
    ['town', 'none'],
    [null, 'part'],
  ] as const)('rates the grain %s as %s where blocks are needed', (grain, level) => {
    expect(fit({ grain }).granularity.level).toBe(level)
  })

  it('rates freshness by age, or by the pace where one is needed', () => {
    expect(fit({ modified: '2026-01-01' }, { ends: null }).freshness.reason).toBe('up-to-date')
    expect(fit({ modified: '2023-01-01' }, { ends: null }).freshness).toEqual({
      level: 'part',
      reason: 'some-years-old',
      value: '2023',
    })
    expect(fit({ modified: '2015-01-01' }, { ends: null }).freshness.level).toBe('none')
    expect(
      fit({ modified: '2015-06-01' }, { starts: '2015-01-01', ends: '2015-12-31' }).freshness.level,
    ).toBe('full')
    expect(fit({ pace: 'daily' }, { frequency: 'hourly' }).freshness.level).toBe('part')
    expect(fit({ pace: 'yearly' }, { frequency: 'daily' }).freshness.level).toBe('none')
  })

  it('rates formats by how a machine can read them', () => {
    expect(fit({ formats: ['PDF'] }).format.level).toBe('none')
    expect(fit({ formats: ['HTML'] }).format.level).toBe('part')
    expect(fit({ formats: ['PDF', 'GEOJSON'] }).format).toEqual({
      level: 'full',
      reason: 'machine-readable',
      value: 'GEOJSON',
    })
    expect(fit({ formats: [] }).format.level).toBe('part')
  })

  it('rates access from open to closed', () => {
    const levels = (['open', 'partner', 'sandbox', 'on-request', 'closed'] as const).map(
      (access) => fit({ access }).access.level,
    )
    expect(levels).toEqual(['full', 'part', 'part', 'part', 'none'])
  })
})

describe('words and scales', () => {
  it('finds German compounds from both ends, but not short scraps', () => {
    expect(akin('temperatur', 'lufttemperatur')).toBe(true)
    expect(akin('kita', 'kitabelegung')).toBe(true)
    expect(akin('ort', 'sport')).toBe(false)
  })
  it('reads grains out of words and paces out of codes', () => {
    expect([
      readGrain('je Baublock'),
      readGrain('nach Stadtteil'),
      readGrain('Haushalt'),
      readGrain(null),
    ]).toEqual(['block', 'district', 'address', null])
    expect([
      readPace('ANNUAL'),
      readPace('http://publications.europa.eu/resource/authority/frequency/DAILY'),
      readPace('UNKNOWN'),
    ]).toEqual(['yearly', 'daily', null])
  })
  it('counts a need as open only while nobody has it and nobody is asked', () => {
    expect([needState(1, []), needState(0, ['open']), needState(0, ['declined']), needState(0, [])]).toEqual([
      'mapped',
      'asked',
      'gap',
      'gap',
    ])
    expect([isMapped([]), isMapped(['mapped', 'asked']), isMapped(['mapped', 'gap'])]).toEqual([
      false,
      true,
      false,
    ])
    expect([
      answered('open', 'promise'),
      answered('promised', 'decline'),
      answered('asked-back', 'promise'),
    ]).toEqual(['promised', undefined, undefined])
  })
})
