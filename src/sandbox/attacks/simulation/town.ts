import type { SourceRow } from '../../vault/contract.ts'
import type { TableSpec } from '../../engine/roles.ts'
import { chanceOf } from './chance.ts'

/** A made-up table of people in which the attacker knows everything but one yes or no per person. */
export type Town = {
  readonly spec: TableSpec
  readonly rows: readonly SourceRow[]
  readonly people: readonly Person[]
  /** Names of the dimensions the attacker knows of everybody, with their values. */
  readonly known: readonly { readonly name: string; readonly values: readonly string[] }[]
}

/** What is known of a person (one value per known dimension) and what is secret. */
export type Person = { readonly values: readonly string[]; readonly secret: boolean }

const small = ['Rand 1', 'Rand 2', 'Rand 3', 'Rand 4', 'Rand 5', 'Rand 6', 'Rand 7', 'Rand 8']
const areas = ['Alt', 'Hafen', 'Nord', 'Süd', ...small]
const columns = [
  { name: 'gebiet', values: areas },
  { name: 'alter_gruppe', values: ['0-17', '18-29', '30-49', '50-64', '65+'] },
  { name: 'geschlecht', values: ['m', 'w'] },
  { name: 'haushalt', values: ['1', '2', '3', '4+'] },
  { name: 'schule', values: ['ohne', 'mittel', 'hoch'] },
  { name: 'arbeit', values: ['ja', 'nein', 'in Ausbildung'] },
  { name: 'wohnt', values: ['Miete', 'Eigentum'] },
  { name: 'auto', values: ['ja', 'nein'] },
] as const

/** The small areas hold 1 to 9 people each; the others share the rest. */
function areaOf(i: number): string {
  let from = 0
  for (const [at, name] of small.entries()) {
    const size = 1 + ((at * 4) % 9)
    if (i < from + size) return name
    from += size
  }
  return areas[i % 4] ?? ''
}

/** Makes a town of `size` people; `share` of them have the secret, independent of all else: nothing can be guessed from groups. */
export function townOf(size: number, share: number, seed: number): Town {
  const chance = chanceOf(seed)
  const people = Array.from({ length: size }, (_, i): Person => ({
    values: columns.map(({ values }, c) =>
      c === 0 ? areaOf(i) : (values[Math.floor(chance() * values.length)] ?? ''),
    ),
    secret: chance() < share,
  }))
  const spec: TableSpec = {
    name: 'leute',
    columns: [
      { name: 'person_id', source: 'ID', type: 'text', role: 'unit', unitType: 'person' },
      ...columns.map(
        ({ name, values }) =>
          ({
            name,
            source: name,
            type: 'text',
            role: 'dimension',
            exact: true,
            domain: [...values],
            generalisations: [],
          }) as const,
      ),
      { name: 'leistung', source: 'L', type: 'boolean', role: 'dimension', exact: true, generalisations: [] },
    ],
  }
  return {
    spec,
    rows: people.map((p, i): SourceRow => [`p${i}`, ...p.values, p.secret]),
    people,
    known: columns,
  }
}

/** What guessing without a single question gets right: everybody has what most have. */
export function baselineOf(people: readonly Person[]): number {
  const share = people.filter((p) => p.secret).length / Math.max(1, people.length)
  return Math.max(share, 1 - share)
}
