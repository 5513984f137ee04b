import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asFeatures, fitProjection, labelPoint, pathOf, type Feature } from './geo.ts'
import { classBreaks } from './map.tsx'
import { address } from './pagination.tsx'
import { initials } from './list-parts.tsx'
import { extent, linear, thin, ticks } from './scale.ts'

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('scales', () => {
  test('choose round ticks that cover the values, never many', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        fc.pre(high - low > 1e-3)
        const values = ticks(low, high)
        expect(values[0]).toBeLessThanOrEqual(low + 1e-6)
        expect(values.at(-1)).toBeGreaterThanOrEqual(high - Math.abs(high) * 1e-9 - 1e-9)
        expect(values.length).toBeLessThan(14)
      }),
    )
  })

  test('map the ends of the domain to the ends of the range', () => {
    const scale = linear([10, 20], [0, 100])
    expect([scale(10), scale(15), scale(20)]).toEqual([0, 50, 100])
    expect(linear([5, 5], [7, 9])(5)).toBe(7)
  })

  test('ignore protected values and survive having none', () => {
    expect(extent([null, 3, null, 1])).toEqual([1, 3])
    expect(extent([null])).toEqual([0, 1])
    expect(thin([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7])
  })
})

const square: Feature = {
  type: 'Feature',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [11, 49],
        [11.1, 49],
        [11.1, 49.1],
        [11, 49.1],
        [11, 49],
      ],
    ],
  },
  properties: {},
}

describe('maps', () => {
  test('fit the features into the drawing, north up', () => {
    const projection = fitProjection([square], 620, 10)
    const [, northY] = projection.at([11, 49.1])
    const [, southY] = projection.at([11, 49])
    expect(northY).toBeLessThan(southY)
    expect(projection.height).toBeLessThanOrEqual(620)
    expect(pathOf(square, projection)).toMatch(/^M[\d. L]+Z$/)
  })

  test('put the label into the middle of the largest ring', () => {
    const projection = fitProjection([square], 620, 10)
    const middle = projection.at([11.05, 49.05])
    const label = labelPoint(square, projection)
    expect(Math.abs((label?.[0] ?? 0) - middle[0])).toBeLessThan(1)
    expect(Math.abs((label?.[1] ?? 0) - middle[1])).toBeLessThan(1)
  })

  test('survive empty and broken geometry', () => {
    const broken: Feature = {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [['x']] },
      properties: null,
    }
    const projection = fitProjection([broken])
    expect(pathOf(broken, projection)).toBe('')
    expect(labelPoint(broken, projection)).toBeUndefined()
    expect(asFeatures({ type: 'FeatureCollection', features: [null, 1, broken] })?.features).toHaveLength(1)
    expect(asFeatures('<html>')).toBeUndefined()
  })

  test('choose at most four class borders inside the range of the values', () => {
    expect(classBreaks([])).toEqual([])
    expect(classBreaks([0.5, 0.5])).toEqual([])
    const breaks = classBreaks([0.12, 0.29, 0.45, 0.7])
    expect(breaks.length).toBeLessThanOrEqual(4)
    for (const edge of breaks) expect(edge > 0.12 && edge < 0.7).toBe(true)
  })
})

describe('small parts', () => {
  test('take initials from the first and last word', () => {
    expect(initials('Stadtwerke Auenstadt')).toBe('SA')
    expect(initials('Jugendamt')).toBe('JU')
    expect(initials('Elterninitiative Schattenplatz e. V.')).toBe('EV')
    expect(initials('')).toBe('?')
  })

  test('build addresses without empty parts', () => {
    expect(address('/questions', { q: 'heiß & nass', state: undefined, tag: ['a', 'b'] })).toBe(
      '/questions?q=hei%C3%9F+%26+nass&tag=a&tag=b',
    )
    expect(address('/questions', {})).toBe('/questions')
  })
})
