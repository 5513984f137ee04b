import type { Attacker } from './attacker.ts'
import type { Town } from './town.ts'

/** A guess about a person, or null where the attacker learned nothing and guesses what most have. */
export type Guesses = Map<number, number>

/**
 * Averaging: the people of each small area are the difference of two large groups, with and without the area. Both are
 * split up in as many ways as the engine allows; the mean of the sums leaves little noise. Gives a chance per person.
 */
export async function averagingAttack(town: Town, attacker: Attacker, by: Effort): Promise<Guesses> {
  const guesses: Guesses = new Map()
  const [areas, ...others] = town.known
  const small = (areas?.values ?? []).filter((name) => name.startsWith('Rand'))
  const ways = waysOf(others.map((d) => d.name)).slice(0, by.ways)
  for (const area of small.slice(0, by.groups)) {
    const members = town.people.flatMap((p, i) => (p.values[0] === area ? [i] : []))
    const estimates = await differences(attacker, area, ways)
    if (estimates.length === 0) continue
    const mean = estimates.reduce((a, b) => a + b, 0) / estimates.length
    const noise = (by.noiseSd ** 2 * 4) / estimates.length
    const spread = by.share * (1 - by.share)
    const pull = spread / (members.length * spread + noise)
    for (const i of members) guesses.set(i, by.share + pull * (mean - members.length * by.share))
  }
  return guesses
}

/** How far an attack goes, and what the attacker knows beforehand. */
export type Effort = {
  readonly ways: number
  readonly groups: number
  readonly share: number
  readonly noiseSd: number
}

/** Nothing, each dimension, each pair: the ways to split a group. */
function waysOf(dimensions: readonly string[]): string[][] {
  const pairs = dimensions.flatMap((a, i) => dimensions.slice(i + 1).map((b) => [a, b]))
  return [[], ...dimensions.map((d) => [d]), ...pairs]
}

async function differences(
  attacker: Attacker,
  area: string,
  ways: readonly (readonly string[])[],
): Promise<number[]> {
  const found: number[] = []
  for (const way of ways) {
    const [more, less] = [await sumOf(attacker, `'Alt', '${area}'`, way), await sumOf(attacker, `'Alt'`, way)]
    if (more !== null && less !== null) found.push(more - less)
  }
  return found
}

/** The sum over all cells of a split; null as soon as one of them is protected or the question is refused. */
async function sumOf(attacker: Attacker, areas: string, way: readonly string[]): Promise<number | null> {
  const by = way.length > 0 ? `${way.join(', ')}, ` : ''
  const group = way.length > 0 ? ` GROUP BY ${way.join(', ')}` : ''
  const result = await attacker.ask(
    `SELECT ${by}COUNT(*) FROM leute WHERE leistung AND gebiet IN (${areas})${group}`,
  )
  const shown = result?.rows.map((row) => row.at(-1)) ?? [null]
  return shown.some((value) => typeof value !== 'number')
    ? null
    : shown.reduce<number>((sum, value) => sum + Number(value), 0)
}
