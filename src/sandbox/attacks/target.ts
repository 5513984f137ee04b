import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OuterEngine, SourceRow, Vault } from '../vault/contract.ts'
import { createOuterEngine } from '../vault/pool.ts'
import { ephemeralKeys } from '../vault/seal.ts'
import { openVault } from '../vault/vault.ts'
import { ask } from '../engine/ask.ts'
import { presets, type Preset } from '../engine/preset.ts'
import type { Answer, DataRoom, Ledger, ProtectedResult } from '../engine/result.ts'
import type { TableSpec } from '../engine/roles.ts'

/** A data room to be attacked, in tests and by `sandbox attack`: real vault and second engine in a folder of its own. */
export type TestRoom = {
  readonly vault: Vault
  readonly outer: OuterEngine
  readonly room: DataRoom
  readonly ask: (sql: string, options?: { preset?: Preset; ledger?: Ledger }) => Promise<Answer>
  /** Protected rows, or an error that names the refusal. */
  readonly rows: (sql: string, options?: { preset?: Preset }) => Promise<ProtectedResult['rows']>
  /** The code of the refusal, or 'answered'. */
  readonly code: (sql: string, options?: { preset?: Preset; ledger?: Ledger }) => Promise<string>
  readonly close: () => Promise<void>
}

/** A ledger in which nothing was spent yet. */
export const freshLedger: Ledger = {
  remaining: 1_000_000,
  seen: async () => new Set(),
  waysOf: async () => new Set(),
}

/** Opens a vault with the given tables. */
export async function createTestRoom(
  tables: readonly { spec: TableSpec; rows: Iterable<SourceRow> }[],
): Promise<TestRoom> {
  const dir = await mkdtemp(join(tmpdir(), 'allmende-room-'))
  const keys = { ...(await ephemeralKeys()), unit: seed(1), record: seed(2), cell: seed(3) }
  const vault = await openVault({ dir, keys, limits: { memoryMb: 256 } })
  const outer = createOuterEngine()
  for (const { spec, rows } of tables) await vault.ingest(spec, rows)
  const room: DataRoom = { tables: await vault.tables(), preset: presets.allmende, cellKey: keys.cell }
  const askRoom: TestRoom['ask'] = (sql, options = {}) =>
    ask({
      sql,
      room: { ...room, preset: options.preset ?? room.preset },
      vault,
      outer,
      ledger: options.ledger ?? freshLedger,
    })
  return {
    vault,
    outer,
    room,
    ask: askRoom,
    rows: async (sql, options) => {
      const answer = await askRoom(sql, options)
      if (answer.kind === 'refused') throw new Error(`refused: ${JSON.stringify(answer.refusal)}`)
      return answer.result.rows
    },
    code: async (sql, options) => {
      const answer = await askRoom(sql, options)
      return answer.kind === 'refused' ? answer.refusal.code : 'answered'
    },
    close: async () => {
      await Promise.all([vault.destroy(), outer.close()])
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Fixed secrets, so that a test draws the same noise each time. */
function seed(n: number): Uint8Array {
  return new Uint8Array(32).fill(n)
}

/** Every eighth name is spelled with combining characters: the same name all the same. */
function spelled(name: string, i: number): string {
  return i % 8 === 7 ? name.normalize('NFD') : name
}

const districts = ['Altstadt', 'Hafen', 'Nord', 'Süd']

/** Children with blocks, care and spending; the district "Insel" has three children only. */
export const children: { spec: TableSpec; rows: SourceRow[] } = {
  spec: {
    name: 'kinder',
    columns: [
      { name: 'kind_id', source: 'Kind-ID', type: 'text', role: 'unit', unitType: 'person' },
      { name: 'haushalt_id', source: 'HH', type: 'text', role: 'unit', unitType: 'household' },
      {
        name: 'stadtteil',
        source: 'Stadtteil',
        type: 'text',
        role: 'dimension',
        exact: true,
        domain: [...districts, 'Insel'],
        generalisations: [],
      },
      {
        name: 'alter_jahre',
        source: 'Alter',
        type: 'integer',
        role: 'dimension',
        exact: true,
        edges: { origin: 0, width: 3 },
        generalisations: [{ name: 'alter_3', kind: 'bands', width: 3, origin: 0 }],
      },
      {
        name: 'geburt',
        source: 'Geburtstag',
        type: 'date',
        role: 'dimension',
        exact: false,
        generalisations: [{ name: 'geburtsjahr', kind: 'calendar', to: 'year' }],
      },
      { name: 'kita', source: 'Kita', type: 'boolean', role: 'dimension', exact: true, generalisations: [] },
      { name: 'baublock', source: 'Block', type: 'text', role: 'key', key: 'baublock' },
      {
        name: 'ausgaben',
        source: 'Ausgaben',
        type: 'decimal',
        role: 'measure',
        lower: 0,
        upper: 1000,
        decimals: 2,
      },
      { name: 'name', source: 'Name', type: 'text', role: 'hidden' },
    ],
  },
  rows: Array.from({ length: 6_003 }, (_, i): SourceRow => {
    const island = i >= 6_000
    const age = (i * 7) % 18
    const spending = i % 5 === 0 ? 0 : ((i * 7919) % 40_000) / 100
    return [
      `k${i}`,
      `h${Math.floor(i / 2)}`,
      island ? 'Insel' : spelled(districts[i % 4] ?? '', i),
      age,
      `${2025 - age}-0${1 + (i % 9)}-15`,
      i % 3 > 0,
      `b${i % 24}`,
      spending,
      `Geheim ${i}`,
    ]
  }),
}

/** Heat by block: a lookup table with one row per block. One block of the children is missing. */
export const heat: { spec: TableSpec; rows: SourceRow[] } = {
  spec: {
    name: 'waermekarte',
    columns: [
      { name: 'baublock', source: 'Block', type: 'text', role: 'key', key: 'baublock' },
      {
        name: 'stufe',
        source: 'Stufe',
        type: 'text',
        role: 'dimension',
        exact: true,
        domain: ['heiß', 'kühl'],
        generalisations: [],
      },
      { name: 'temp', source: 'Temp', type: 'decimal', role: 'measure', lower: 0, upper: 50, decimals: 1 },
    ],
  },
  rows: Array.from({ length: 23 }, (_, i): SourceRow => [
    `b${i}`,
    i % 3 === 0 ? 'heiß' : 'kühl',
    24 + (i % 12),
  ]),
}

/** Visits: several rows per child; one child accounts for nearly all visits to the practice "Eck", three children go to "Selten". */
export const visits: { spec: TableSpec; rows: SourceRow[] } = {
  spec: {
    name: 'besuche',
    columns: [
      { name: 'kind_id', source: 'Kind', type: 'text', role: 'unit', unitType: 'person' },
      { name: 'praxis', source: 'Praxis', type: 'text', role: 'dimension', exact: true, generalisations: [] },
      {
        name: 'kosten',
        source: 'Kosten',
        type: 'integer',
        role: 'measure',
        lower: 0,
        upper: 500,
        decimals: 0,
      },
    ],
  },
  rows: [
    ...Array.from({ length: 9_000 }, (_, i): SourceRow => [
      `k${i % 1500}`,
      i % 2 === 0 ? 'Markt' : 'Park',
      (i * 37) % 300,
    ]),
    ...Array.from({ length: 40 }, (_, i): SourceRow => [`k${i}`, 'Eck', 1]),
    ...Array.from({ length: 3 }, (_, i): SourceRow => [`k${i + 60}`, 'Selten', 80]),
    ...Array.from({ length: 3_000 }, (): SourceRow => ['k7', 'Eck', 500]),
  ],
}

/** Homes: many residents, but only two households in the home "Linde". */
export const homes: { spec: TableSpec; rows: SourceRow[] } = {
  spec: {
    name: 'bewohner',
    columns: [
      { name: 'person_id', source: 'Person', type: 'text', role: 'unit', unitType: 'person' },
      { name: 'haushalt_id', source: 'HH', type: 'text', role: 'unit', unitType: 'household' },
      { name: 'heim', source: 'Heim', type: 'text', role: 'dimension', exact: true, generalisations: [] },
    ],
  },
  rows: Array.from({ length: 400 }, (_, i): SourceRow => [
    `p${i}`,
    i < 100 ? `l${i % 2}` : `h${i}`,
    i < 100 ? 'Linde' : i % 2 ? 'Eiche' : 'Buche',
  ]),
}
