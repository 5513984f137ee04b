import { describe, expect, it } from 'vitest'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { addressOf, keysOf } from './keys.ts'
import type { Member } from './model.ts'
import { chooseWinner, joinClusters } from './model.ts'

const member = (id: string, change: Partial<Member> = {}): Member => ({
  id,
  sourceId: `source-${id}`,
  priority: 50,
  modified: '2025-01-01',
  createdAt: new Date('2025-01-01'),
  ...change,
})

describe('which of two entries comes first', () => {
  it('is the one its own house keeps, whatever the others say', () => {
    const own = member('a', { sourceId: null, modified: '2001-01-01' })
    expect(chooseWinner([member('b'), own])).toEqual({ winner: 'a', decidedBy: 'own-entry' })
  })
  it('is the newer one; without a date it loses', () => {
    expect(chooseWinner([member('a'), member('b', { modified: '2025-02-01' })])).toEqual({
      winner: 'b',
      decidedBy: 'newer',
    })
    expect(chooseWinner([member('a', { modified: null }), member('b')]).winner).toBe('b')
  })
  it('is that of the source of higher rank among equals, then the earlier one', () => {
    expect(chooseWinner([member('a'), member('b', { priority: 60 })])).toEqual({
      winner: 'b',
      decidedBy: 'priority',
    })
    const late = member('a', { createdAt: new Date('2026-01-01') })
    expect(chooseWinner([late, member('b')])).toEqual({ winner: 'b', decidedBy: 'earlier' })
  })
})

describe('marks of a record', () => {
  it('are its identifiers in one spelling and the addresses of its files', () => {
    const record = {
      ...emptyRecord(),
      identifier: 'https://GDK.example.org/ABCDEF01-1234-4123-8123-ABCDEF012345',
      distributions: [
        {
          ...emptyDistribution(),
          accessUrl: 'https://example.org/landing',
          downloadUrl: 'http://www.Example.org/a/b.csv?y=2&x=1#top',
          format: 'CSV',
        },
        { ...emptyDistribution(), downloadUrl: 'https://example.org/wms?', format: 'WMS_SRVC' },
      ],
    }
    expect(keysOf(record)).toEqual([
      { kind: 'identifier', key: 'abcdef01-1234-4123-8123-abcdef012345' },
      { kind: 'download', key: 'example.org/a/b.csv?x=1&y=2' },
    ])
  })
  it('are no bare hosts', () => {
    expect(addressOf('https://example.org/')).toBeNull()
    expect(addressOf('nonsense')).toBeNull()
  })
})

describe('joining entries', () => {
  const shared = [
    { kind: 'identifier', key: 'one', ids: ['a', 'b'] },
    { kind: 'download', key: 'x/y.csv', ids: ['b', 'c'] },
    { kind: 'identifier', key: 'two', ids: ['d', 'e'] },
  ] as const
  it('joins what shares a mark, over several steps, and says why', () => {
    const [first, second, ...more] = joinClusters(shared)
    expect(first!.members).toEqual(['a', 'b', 'c'])
    expect(first!.reasons.map((each) => each.key).toSorted()).toEqual(['one', 'x/y.csv'])
    expect(second!.members).toEqual(['d', 'e'])
    expect(more).toEqual([])
  })
  it('never joins what was told apart', () => {
    const apart = (x: string, y: string) => `${x}${y}` === 'ac' || `${x}${y}` === 'ca'
    expect(joinClusters(shared, apart).map((each) => each.members)).toEqual([
      ['a', 'b'],
      ['d', 'e'],
    ])
  })
})
