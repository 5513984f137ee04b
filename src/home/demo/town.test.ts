import { describe, expect, test } from 'vitest'
import { closestSubset } from './climate.ts'
import { aged } from './people.ts'
import { buildTown, consumption, deviceCounts, readingsOf, schoolChecks } from './registers.ts'
import { seeded } from './random.ts'
import {
  childrenTable,
  dailyHeatTable,
  heatTable,
  kitasTable,
  readingsTable,
  toCsv,
  treesTable,
  agesTable,
} from './tables.ts'
import { areaOf, blocksGeoJson, districtsGeoJson } from './town.ts'

const town = buildTown()
const { people, households } = town.population
const small = aged(town.population, 0, 5)
const share = (part: number, whole: number): number => part / whole

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length
  const [meanX, meanY] = [mean(0), mean(1)]
  let [xy, xx, yy] = [0, 0, 0]
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY)
    xx += (x - meanX) ** 2
    yy += (y - meanY) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

describe('the ground', () => {
  test('has 12 districts and 120 blocks that tile them', () => {
    expect(town.ground.districts).toHaveLength(12)
    expect(town.ground.blocks).toHaveLength(120)
    for (const district of town.ground.districts) {
      const own = town.ground.blocks.filter((block) => block.district === district)
      const sum = own.reduce((total, block) => total + areaOf(block.outline), 0)
      expect(Math.abs(sum / areaOf(district.outline) - 1)).toBeLessThan(1e-6)
      for (const block of own)
        expect(areaOf(block.outline)).toBeGreaterThan(areaOf(district.outline) / own.length / 2)
    }
  })

  test('writes closed rings, counter-clockwise, in degrees', () => {
    for (const feature of [
      ...districtsGeoJson(town.ground).features,
      ...blocksGeoJson(town.ground).features,
    ]) {
      const ring = feature.geometry.coordinates[0] ?? []
      expect(ring[0]).toEqual(ring.at(-1))
      expect(ring.length).toBeGreaterThan(3)
      const turn = ring
        .slice(1)
        .reduce((sum, [x, y], i) => sum + ((ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0)), 0)
      expect(turn).toBeGreaterThan(0)
      for (const [longitude, latitude] of ring)
        expect(longitude > 11 && longitude < 11.4 && latitude > 51 && latitude < 51.3).toBe(true)
    }
  })
})

describe('the people', () => {
  test('are about 60 000 in households of about two', () => {
    expect(people.length).toBeGreaterThan(59_000)
    expect(people.length).toBeLessThan(61_500)
    const size = share(people.length, households.length)
    expect(size).toBeGreaterThan(1.8)
    expect(size).toBeLessThan(2.3)
    const alone = share(households.filter((each) => each.people.length === 1).length, households.length)
    expect(alone).toBeGreaterThan(0.3)
    expect(alone).toBeLessThan(0.5)
  })

  test('have the ages of a German town', () => {
    const part = (from: number, to: number) => share(aged(town.population, from, to).length, people.length)
    expect(part(0, 5)).toBeGreaterThan(0.045)
    expect(part(0, 5)).toBeLessThan(0.085)
    expect(part(0, 17)).toBeGreaterThan(0.14)
    expect(part(0, 17)).toBeLessThan(0.25)
    expect(part(67, 120)).toBeGreaterThan(0.14)
    expect(part(67, 120)).toBeLessThan(0.25)
    expect(part(80, 120)).toBeGreaterThan(0.03)
    const women = share(people.filter((person) => person.sex === 'w').length, people.length)
    expect(Math.abs(women - 0.51)).toBeLessThan(0.02)
  })

  test('never leave a child alone', () => {
    for (const household of households) expect(household.people.some((person) => person.age >= 17)).toBe(true)
  })
})

const hot = new Map(town.climate.map((each) => [each.block, each.hot]))
function hotShare(code: string): number {
  const own = small.filter((child) => child.household.block.district.code === code)
  return share(own.filter((child) => hot.get(child.household.block)).length, own.length)
}

describe('where small children are most exposed on hot days', () => {
  test('is the Bahnhofsviertel, and least at the Nordhang', () => {
    const codes = town.ground.districts
      .map((district) => district.code)
      .filter((code) => code !== 'AUW' && code !== 'STE')
    const ranked = [...codes].sort((a, b) => hotShare(b) - hotShare(a))
    expect(ranked[0]).toBe('BHF')
    expect(ranked.at(-1)).toBe('NOR')
    expect(hotShare('BHF')).toBeCloseTo(0.7, 1)
    expect(hotShare('NOR')).toBeCloseTo(0.12, 1)
  })

  test('cannot be said for two districts with too few small children', () => {
    for (const code of ['AUW', 'STE']) {
      const own = small.filter((child) => child.household.block.district.code === code)
      expect(own.length).toBeGreaterThan(0)
      expect(own.length).toBeLessThan(10)
    }
  })

  test('follows the ground: sealed blocks are hotter, shaded ones cooler, and the sensors feel it', () => {
    expect(correlation(town.climate.map((each) => [each.sealed, each.excess]))).toBeGreaterThan(0.6)
    expect(correlation(town.climate.map((each) => [each.shaded, each.excess]))).toBeLessThan(-0.6)
    const sums = new Map<number, { sum: number; count: number }>()
    let peak = 0
    let readings = 0
    for (const { sensor, at, temperature } of readingsOf(town)) {
      readings += 1
      if (temperature === null) continue
      peak = Math.max(peak, temperature)
      if (at.getUTCHours() !== 13) continue
      const entry = sums.get(sensor.climate.excess) ?? { sum: 0, count: 0 }
      sums.set(sensor.climate.excess, { sum: entry.sum + temperature, count: entry.count + 1 })
    }
    expect(readings).toBe(42 * 92 * 24)
    expect(peak).toBeGreaterThan(35)
    expect(peak).toBeLessThan(44)
    expect(correlation([...sums].map(([excess, { sum, count }]) => [excess, sum / count]))).toBeGreaterThan(
      0.9,
    )
  })
})

describe('where kita places fail the families who need them', () => {
  const failing = (code: string): number => {
    const need = town.care.records.filter(
      (record) => record.needs && record.child.household.block.district.code === code,
    )
    return share(need.filter((record) => !record.kita).length, need.length)
  }

  test('is the Bahnhofsviertel, then the Weststadt, and hardly the Nordhang', () => {
    expect(failing('BHF')).toBeGreaterThan(0.28)
    expect(failing('WES')).toBeGreaterThan(0.23)
    expect(failing('BHF')).toBeGreaterThan(failing('WES'))
    expect(failing('NOR')).toBeLessThan(0.12)
  })

  test('leaves the sums whole: every child with a place is in a house that has one', () => {
    const placed = town.care.records.filter((record) => record.kita).length
    expect(town.care.kitas.reduce((sum, kita) => sum + kita.children, 0)).toBe(placed)
    for (const kita of town.care.kitas) expect(kita.places).toBeGreaterThanOrEqual(kita.children)
    expect(town.care.kitas.length).toBeGreaterThan(33)
    expect(town.care.kitas.length).toBeLessThan(43)
  })

  test('shows at the harbour in hours: the houses close before the shifts end', () => {
    const harbour = town.care.kitas.filter((kita) => kita.block.district.code === 'HAF')
    expect(harbour.length).toBeGreaterThan(0)
    for (const kita of harbour) expect(kita.closes).toBeLessThanOrEqual(15)
  })
})

describe('the other registers', () => {
  test('tie language before school to years of day care', () => {
    const checks = schoolChecks(town)
    const rate = (few: boolean) => {
      const own = checks.filter((check) => check.kitaYears <= 2 === few)
      return share(own.filter((check) => check.language === 'Förderbedarf').length, own.length)
    }
    expect(rate(true)).toBeGreaterThan(rate(false) * 1.3)
  })

  test('let consumption grow with the household', () => {
    const used = consumption(town)
    expect(used).toHaveLength(households.length)
    expect(correlation(used.map((each) => [each.household.people.length, each.water]))).toBeGreaterThan(0.7)
    expect(used.every((each) => each.electricity > 0 && each.heat > 0 && each.water > 0)).toBe(true)
  })

  test('count devices by block and hour, rounded, and nothing below thirty', () => {
    const counts = [...deviceCounts(town)]
    expect(counts).toHaveLength(120 * 168)
    const shown = counts.flatMap(({ devices }) => (devices === null ? [] : [devices]))
    expect(shown.length).toBeLessThan(counts.length)
    expect(shown.every((devices) => devices >= 30 && devices % 10 === 0)).toBe(true)
    const middle = (hour: number) =>
      counts.filter((each) => each.block.district.code === 'BHF' && each.weekday === 2 && each.hour === hour)
    const sum = (list: typeof counts) => list.reduce((total, each) => total + (each.devices ?? 0), 0)
    expect(sum(middle(11))).toBeGreaterThan(sum(middle(3)))
  })

  test('write CSV that reads back line by line', () => {
    const lines = toCsv(childrenTable(town)).trimEnd().split('\n')
    expect(lines).toHaveLength(small.length + 1)
    expect(lines[0]).toBe(
      'kind,haushalt,block,stadtteil,alter,geschlecht,alleinerziehend,bedarf,platz,warteliste,stunden',
    )
    expect(toCsv(heatTable(town)).split('\n')).toHaveLength(122)
    expect(toCsv(treesTable(town)).split('\n').length).toBeGreaterThan(4000)
    expect(toCsv(kitasTable(town))).toContain('Kita ')
    expect(toCsv(readingsTable(town)).split('\n')).toHaveLength(42 * 92 * 24 + 2)
    expect(toCsv(dailyHeatTable(town)).split('\n')).toHaveLength(94)
    expect(toCsv({ name: 'x', columns: ['a'], rows: [['b "c", d'], [null]] })).toBe('a\n"b ""c"", d"\n\n')
    const ages = [...agesTable(town).rows]
    expect(ages.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(people.length)
  })
})

describe('the generator', () => {
  test('gives the same town for the same seed and another for another', () => {
    const again = buildTown()
    expect(again.population.people.length).toBe(people.length)
    expect(toCsv(childrenTable(again))).toBe(toCsv(childrenTable(town)))
    expect(toCsv(childrenTable(buildTown(7)))).not.toBe(toCsv(childrenTable(town)))
  })

  test('draws evenly and picks the subset closest to a share', () => {
    const random = seeded(1, 'test')
    const draws = Array.from({ length: 20_000 }, () => random.int(1, 6))
    for (let face = 1; face <= 6; face++)
      expect(Math.abs(draws.filter((draw) => draw === face).length / 20_000 - 1 / 6)).toBeLessThan(0.012)
    expect([...closestSubset([10, 20, 70], 0.7)]).toEqual([2])
    expect(closestSubset([], 0.5).size).toBe(0)
  })
})
