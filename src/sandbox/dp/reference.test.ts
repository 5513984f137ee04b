import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rhoOf } from './accountant.ts'

// Test cases of another library: neighbouring data sets, noise, ε and δ. Instead of drawing a million times and voting, the
// largest advantage that any event has is added up exactly from the probabilities of our noise.
const folder = fileURLToPath(new URL('../../../../shared/fixtures/disclosure/dp-reference/', import.meta.url))

type Case = {
  name: string
  gaussian: boolean
  groups: number
  epsilon: number
  delta: number
  gap: number
  weight: number
}

function casesOf(
  file: string,
  weigh: (text: string, entry: number) => number,
  weightOf: (text: string) => number,
): Case[] {
  return readFileSync(`${folder}${file}`, 'utf8')
    .split(/\n\w+_dp_test_case \{/)
    .slice(1)
    .map((text) => {
      const lists = (name: string) =>
        [...text.matchAll(new RegExp(`\\b${name}: \\[([^\\]]*)\\]`, 'g'))].flatMap(([, list = '']) =>
          list.split(',').flatMap((n) => (n.trim() === '' ? [] : [weigh(text, Number(n))])),
        )
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
      const raw = /raw_increment_by/.test(text) ? 'raw_increment_by' : 'raw_entry'
      return {
        name: /name: "([^"]*)"/.exec(text)?.[1] ?? '',
        gaussian: text.includes('noise_type: GAUSSIAN'),
        groups: numberIn(text, 'max_partitions_contributed'),
        epsilon: numberIn(text, 'epsilon'),
        delta: numberIn(text, 'delta'),
        gap: Math.round(Math.abs(sum(lists(`neighbour_${raw}`)) - sum(lists(raw)))),
        weight: weightOf(text),
      }
    })
}

function numberIn(text: string, name: string): number {
  return Number(new RegExp(`\\b${name}: (-?[\\d.]+)`).exec(text)?.[1] ?? 0)
}

/** Σ max(0, P(x) − e^ε P(x − gap)): the δ that noise of this shape really needs for ε. */
function neededDelta(
  weight: (x: number) => number,
  width: number,
  of: { gap: number; epsilon: number },
): number {
  let all = 0
  for (let x = -width; x <= width; x++) all += weight(x)
  let delta = 0
  for (let x = -width; x <= width + of.gap; x++)
    delta += Math.max(0, (weight(x) - Math.exp(of.epsilon) * weight(x - of.gap)) / all)
  return delta
}

/** Sums are taken in tenths: whole numbers, as in the vault. */
const tenth = 10
const clamped = (text: string, entry: number) =>
  Math.round(tenth * Math.min(numberIn(text, 'upper_bound'), Math.max(numberIn(text, 'lower_bound'), entry)))
const largest = (text: string) =>
  Math.round(
    tenth * Math.max(Math.abs(numberIn(text, 'lower_bound')), Math.abs(numberIn(text, 'upper_bound'))),
  )

describe.skipIf(!existsSync(folder))('neighbouring data sets of another library', () => {
  const cases = existsSync(folder)
    ? [
        ...casesOf(
          'count_dp_test_cases.textproto',
          (_, n) => n,
          () => 1,
        ),
        ...casesOf('bounded_sum_dp_test_cases.textproto', clamped, largest),
      ]
    : []

  it('are enough to mean something', () => expect(cases.length).toBeGreaterThan(60))

  it.each(cases.filter((c) => c.gaussian))('cannot be told apart better than (ε, δ): $name', (c) => {
    const variance = (c.groups * c.weight ** 2) / (2 * rhoOf(c.epsilon, c.delta))
    const width = Math.ceil(12 * Math.sqrt(variance))
    expect(neededDelta((x) => Math.exp((-x * x) / 2 / variance), width, c)).toBeLessThanOrEqual(c.delta)
  })

  it.each(cases.filter((c) => !c.gaussian))('cannot be told apart better than ε: $name', (c) => {
    const scale = (c.groups * c.weight) / c.epsilon
    const width = Math.ceil(45 * scale)
    expect(neededDelta((x) => Math.exp(-Math.abs(x) / scale), width, c)).toBeLessThan(1e-9)
  })

  it('can be told apart where the noise is made for half of the sensitivity', () => {
    const c = cases.find((each) => each.gaussian && each.weight === 1 && each.groups === 1)!
    const variance = 0.25 / (2 * rhoOf(c.epsilon, c.delta))
    expect(neededDelta((x) => Math.exp((-x * x) / 2 / variance), 200, c)).toBeGreaterThan(c.delta)
  })
})
