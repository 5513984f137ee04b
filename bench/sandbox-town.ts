import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { quoteName, quoteValue } from '../src/sandbox/engine/print.ts'
import { unitTypesOf, type TableSpec, type VaultTable } from '../src/sandbox/engine/roles.ts'
import { arrange, keepPart } from '../src/sandbox/vault/arranged.ts'
import { storedColumns } from '../src/sandbox/vault/stored.ts'

const dimension = { role: 'dimension', exact: true, generalisations: [] } as const
const money = { role: 'measure', lower: 0, upper: 50_000, decimals: 2 } as const

/** A town's residents; the household is a unit of its own, so every question must keep enough households too. */
const person: TableSpec = {
  name: 'person',
  columns: [
    { name: 'person_id', source: 'id', type: 'integer', role: 'unit', unitType: 'person' },
    { name: 'household_id', source: 'hh', type: 'integer', role: 'unit', unitType: 'household' },
    { name: 'district', source: 'd', type: 'text', ...dimension },
    { name: 'block', source: 'b', type: 'text', ...dimension },
    { name: 'sex', source: 's', type: 'text', ...dimension },
    {
      name: 'age',
      source: 'a',
      type: 'integer',
      ...dimension,
      edges: { origin: 0, width: 1 },
      generalisations: [{ name: 'age_5', kind: 'bands', width: 5, origin: 0 }],
    },
    { name: 'family', source: 'f', type: 'text', ...dimension },
    { name: 'daycare', source: 'k', type: 'boolean', ...dimension },
    { name: 'income', source: 'i', type: 'decimal', ...money },
    { name: 'hours', source: 'h', type: 'integer', role: 'measure', lower: 0, upper: 80, decimals: 0 },
  ],
}

const household: TableSpec = {
  name: 'household',
  columns: [
    { name: 'household_id', source: 'id', type: 'integer', role: 'unit', unitType: 'household' },
    { name: 'kind', source: 'k', type: 'text', ...dimension },
    { name: 'rent', source: 'r', type: 'decimal', ...money },
  ],
}

/** Visits to doctors: ten rows per person. */
const visit: TableSpec = {
  name: 'visit',
  columns: [
    { name: 'person_id', source: 'id', type: 'integer', role: 'unit', unitType: 'person' },
    { name: 'practice', source: 'p', type: 'text', ...dimension },
    { name: 'field', source: 'f', type: 'text', ...dimension },
    { name: 'year', source: 'y', type: 'integer', ...dimension },
    { name: 'cost', source: 'c', type: 'integer', role: 'measure', lower: 0, upper: 500, decimals: 0 },
  ],
}

/** The generated tables, as an analyst would have them without protection. Deterministic; ids are plain numbers. */
function rawTables(rows: number): Record<string, { rows: number; sql: string }> {
  const households = Math.floor(rows / 5)
  const patients = Math.floor(rows / 10)
  const pick = (words: string, seed: number) => `${words}[1 + (hash(i, ${seed}) % len(${words}))::INTEGER]`
  const income =
    '(exp(7 + ((hash(i, 8) % 1000) + (hash(i, 9) % 1000) + (hash(i, 10) % 1000)) / 1000.0 - 1.5) * 100)'
  return {
    household: {
      rows: households,
      sql: `SELECT i::BIGINT AS household_id, ${pick("['own', 'rent', 'home', 'other']", 1)} AS kind,
        (30000 + hash(i, 2) % 150000)::BIGINT AS rent FROM range(${households}) t(i)`,
    },
    person: {
      rows,
      sql: `SELECT i::BIGINT AS person_id, (hash(i, 3) % ${households})::BIGINT AS household_id,
        'D' || lpad(((i * 20) // ${rows})::VARCHAR, 2, '0') AS district,
        'B' || lpad((i // 1700)::VARCHAR, 4, '0') AS block,
        ${pick("['f', 'm', 'f', 'm', 'f', 'm', 'd']", 4)} AS sex, (hash(i, 5) % 95)::BIGINT AS age,
        ${pick("['single', 'married', 'divorced', 'widowed']", 11)} AS family, hash(i, 6) % 100 < 37 AS daycare,
        CASE WHEN hash(i, 7) % 20 = 0 THEN 0 ELSE ${income}::BIGINT END AS income,
        CASE WHEN hash(i, 12) % 3 = 0 THEN NULL ELSE (hash(i, 13) % 60)::BIGINT END AS hours FROM range(${rows}) t(i)`,
    },
    visit: {
      rows,
      sql: `SELECT (hash(i, 21) % ${patients})::BIGINT AS person_id, 'P' || (hash(i, 22) % 200)::VARCHAR AS practice,
        ${pick("['eyes', 'heart', 'skin', 'teeth', 'children', 'other']", 23)} AS field,
        (2020 + hash(i, 24) % 5)::BIGINT AS year, (hash(i, 25) % 500)::BIGINT AS cost FROM range(${rows}) t(i)`,
    },
  }
}

/** A generated town: raw tables in one file, each protected table as a vault keeps it in one of its own. */
export type BenchTown = {
  readonly raw: string
  readonly files: readonly { name: string; file: string }[]
  readonly tables: readonly VaultTable[]
}

/** Counts the forms in which towns were kept: one in an older form is generated anew. */
const form = 3

/**
 * A folder with a town of `rows` people and visits and a fifth as many households, and what tidies it up. BENCH_DIR names
 * a folder in which the town is kept for the next run.
 */
export async function townFor(
  rows: number,
): Promise<{ dir: string; town: BenchTown; tidy: () => Promise<void> }> {
  const kept = process.env['BENCH_DIR']
  const dir = kept ? join(kept, `town-${rows}`) : await mkdtemp(join(tmpdir(), 'allmende-bench-'))
  await mkdir(dir, { recursive: true })
  await chmod(dir, 0o755)
  const note = join(dir, `town-${form}.json`)
  const town = existsSync(note)
    ? (JSON.parse(readFileSync(note, 'utf8')) as BenchTown)
    : await generateTown(dir, rows)
  writeFileSync(note, JSON.stringify(town))
  return { dir, town, tidy: async () => (kept ? undefined : rm(dir, { recursive: true, force: true })) }
}

async function generateTown(dir: string, rows: number): Promise<BenchTown> {
  const raw = join(dir, 'raw.duckdb')
  const made = rawTables(rows)
  await write(raw, async (connection) => {
    for (const [name, { sql }] of Object.entries(made)) await connection.run(`CREATE TABLE ${name} AS ${sql}`)
    const nothing = JSON.stringify({ complete: [], nonZero: [], most: {}, parts: [], coded: {}, rare: {} })
    await connection.run(`CREATE TABLE arranged AS SELECT ${quoteValue(nothing)} AS how`)
  })
  const specs = [person, household, visit]
  const files = specs.map(({ name }) => ({ name, file: join(dir, `${name}.duckdb`) }))
  for (const spec of specs) await protectedTable(spec, raw, join(dir, `${spec.name}.duckdb`))
  const tables = specs.map((spec): VaultTable => {
    const onePerUnit =
      spec === person ? ['person' as const] : spec === household ? ['household' as const] : []
    const facts = { snapshot: 1, excluded: 0, clamped: 0, uniqueKeys: [], onePerUnit }
    return { spec, rows: made[spec.name]?.rows ?? 0, ...facts }
  })
  return { raw, files, tables }
}

async function write(file: string, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  rmSync(file, { force: true })
  const instance = await DuckDBInstance.create(file, { memory_limit: '4GB' })
  const connection = await instance.connect()
  await work(connection)
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
}

/** As a vault stores it, but with a plain hash for keys: the same columns, much sooner. */
async function protectedTable(spec: TableSpec, raw: string, file: string): Promise<void> {
  const made: Record<string, string> = { age_5: 'age // 5 * 5' }
  for (const unit of unitTypesOf(spec)) {
    made[`_uid_${unit}`] = `(hash(${unit}_id, 31) >> 1)`
    made[`_k_${unit}`] = `(hash(${unit}_id, 32) >> 33)`
  }
  const columns = storedColumns(spec).map(
    ({ name, type }) => `(${made[name] ?? quoteName(name)})::${type} AS ${quoteName(name)}`,
  )
  await write(file, async (connection) => {
    await connection.run(`ATTACH ${quoteValue(raw)} AS raw (READ_ONLY)`)
    await connection.run(`CREATE TABLE data AS SELECT ${columns.join(', ')} FROM raw.${quoteName(spec.name)}`)
    await connection.run('DETACH raw')
    const units = unitTypesOf(spec).map((unit) => `_uid_${unit}`)
    const measures = spec.columns.filter((c) => c.role === 'measure').map((c) => c.name)
    const how = await arrange(connection, { sorted: spec === visit ? '_uid_person' : null, units, measures })
    await keepPart(connection, how)
  })
}
