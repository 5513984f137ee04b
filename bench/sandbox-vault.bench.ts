import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InnerQuery } from '../src/sandbox/engine/inner.ts'
import type { TableSpec } from '../src/sandbox/engine/roles.ts'
import type { SourceRow, Vault, VaultPool } from '../src/sandbox/vault/contract.ts'
import { createVaultPool } from '../src/sandbox/vault/pool.ts'

const people = 1_000_000
const spec: TableSpec = {
  name: 'people',
  columns: [
    { name: 'id', source: 'id', type: 'integer', role: 'unit', unitType: 'person' },
    {
      name: 'district',
      source: 'district',
      type: 'integer',
      role: 'dimension',
      exact: true,
      generalisations: [],
    },
    { name: 'age', source: 'age', type: 'integer', role: 'dimension', exact: true, generalisations: [] },
    {
      name: 'income',
      source: 'income',
      type: 'integer',
      role: 'measure',
      lower: 0,
      upper: 9_999,
      decimals: 0,
    },
  ],
}

function* rows(): Generator<SourceRow> {
  for (let i = 0; i < people; i++) yield [i, (i * 7919) % 40, (i * 31) % 90, (i * 7919) % 9_999]
}

const byDistrict: InnerQuery = {
  table: 'people',
  join: null,
  dimensions: [{ table: 'people', column: 'district' }],
  conditions: [],
  aggregates: [{ kind: 'rows' }],
  unitType: 'person',
  otherUnits: [],
  onePerUnit: true,
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Processes of vaults that this process has started. */
function vaultProcesses(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(/\s+/)
  return children
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('vault/worker'))
}

const residentMb = (pid: number | 'self') =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** A vault with a million people: loading, first and warm answer, kill and return, eight at a time, sizes of unit sets. */
export async function bench(say: (line: string) => void): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'allmende-bench-vault-'))
  const pool = await createVaultPool({ dir, spare: true })
  try {
    const vault = await pool.open('bench')
    const loaded = await timed(() => vault.ingest(spec, rows()))
    say(`loading ${people.toLocaleString('en')} rows: ${(loaded / 1000).toFixed(1)} s`)
    const first = await timed(() => vault.query(byDistrict))
    const warm = Math.min(...(await repeat(5, () => timed(() => vault.query(byDistrict)))))
    say(`first answer ${first.toFixed(0)} ms, warm ${warm.toFixed(0)} ms`)
    await returns(vault, warm, say)
    const eight = await timed(() => Promise.all(Array.from({ length: 8 }, () => vault.query(byDistrict))))
    say(`eight at a time ${eight.toFixed(0)} ms = ${(eight / warm).toFixed(1)} × one`)
    for (const pid of vaultProcesses()) say(`vault process: ${residentMb(pid).toFixed(0)} MB at most`)
    await unitSets(pool, vault, say)
    say(`this process: ${residentMb('self').toFixed(0)} MB at most`)
  } finally {
    await pool.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const seen: T[] = []
  for (let i = 0; i < times; i++) seen.push(await work())
  return seen
}

/** kill -9, then the time to the next answer; the reserve has had time to start, as between two kills in life. */
async function returns(vault: Vault, warm: number, say: (line: string) => void): Promise<void> {
  const times = await repeat(5, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    const [running] = vaultProcesses()
    if (running) process.kill(running, 'SIGKILL')
    return timed(() => vault.query(byDistrict))
  })
  const [median = 0] = times.toSorted((a, b) => a - b).slice(2)
  say(
    `killed, next answer after ${times.map((t) => t.toFixed(0)).join(', ')} ms; median ${median.toFixed(0)} ms = ${(median / warm).toFixed(0)} × warm`,
  )
}

async function unitSets(pool: VaultPool, vault: Vault, say: (line: string) => void): Promise<void> {
  const cells = Array.from({ length: 40 }, (_, i) => [i])
  const kept = await timed(() => vault.keepUnitSets('a', byDistrict, cells))
  await vault.keepUnitSets('b', { ...byDistrict, dimensions: [] }, [[]])
  const room = (id: string) => ({ roomId: 'bench', id })
  const compared = await timed(() => pool.compareUnitSets(room('a'), room('b'), { below: 10 }))
  say(
    `unit sets of 40 cells and a million people: kept in ${kept.toFixed(0)} ms, compared in ${compared.toFixed(0)} ms`,
  )
}
