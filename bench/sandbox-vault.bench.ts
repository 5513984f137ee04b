import { existsSync, readFileSync } from 'node:fs'
import type { Block } from '../src/sandbox/engine/block.ts'
import { planSql } from '../src/sandbox/engine/plan.ts'
import { presets } from '../src/sandbox/engine/preset.ts'
import { protectBlock } from '../src/sandbox/engine/protect.ts'
import { startProcess, type VaultProcess } from '../src/sandbox/vault/process.ts'
import { defaultLimits } from '../src/sandbox/vault/room.ts'
import { benchRows, median } from './sandbox-cost.bench.ts'
import { factQuestions, unitQuestions } from './sandbox-questions.ts'
import { townFor, type BenchTown } from './sandbox-town.ts'

const analysts = 8
const preset = presets.allmende

/** The most memory a child process of this one has held, in MB; 0 where the system does not tell. */
function childPeakMb(): number {
  const children = `/proc/${process.pid}/task/${process.pid}/children`
  if (!existsSync(children)) return 0
  const pids = readFileSync(children, 'utf8').trim().split(' ').filter(Boolean)
  const peaks = pids.map((pid) => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return Math.max(0, ...peaks.map((kb) => Number(kb ?? 0) / 1024))
}

async function planAll(town: BenchTown, say: (line: string) => void): Promise<Block[]> {
  const blocks: Block[] = []
  const times: number[] = []
  for (const { sql } of [...unitQuestions, ...factQuestions]) {
    const used = process.cpuUsage()
    const plan = await planSql(sql, town.tables, preset)
    const { user, system } = process.cpuUsage(used)
    times.push((user + system) / 1000)
    blocks.push(...plan.blocks)
  }
  say(`planning: median ${median(times.slice(3)).toFixed(1)} ms (goal 5)`)
  return blocks
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now()
  return [await work(), performance.now() - started]
}

async function answer(vault: VaultProcess, block: Block, town: BenchTown): Promise<number> {
  const room = { tables: town.tables, preset, cellKey: new Uint8Array(32).fill(7) }
  const request = { op: 'cells', query: block.query, maxRows: defaultLimits.maxRows } as const
  return protectBlock(block, await vault.call(request, 600_000), room).shown
}

/** One vault process with the town's tables, its limits as in a hub: one analyst's questions, then eight at once. */
export async function bench(say: (line: string) => void): Promise<void> {
  const rows = benchRows()
  const { dir, town, tidy } = await townFor(rows)
  const vault = startProcess(defaultLimits)
  try {
    const blocks = await planAll(town, say)
    await vault.call(
      { op: 'attach', limits: defaultLimits, spill: dir, folder: '', tables: town.files },
      60_000,
    )
    await askAll(vault, blocks, town)
    const [alone, aloneMs] = await timed(() => askAll(vault, blocks, town))
    const [together, togetherMs] = await timed(() =>
      Promise.all(Array.from({ length: analysts }, () => askAll(vault, blocks, town))),
    )
    if (together.some((shown) => shown.join() !== alone.join())) throw new Error('different answers')
    say(`${blocks.length} questions to ${rows} people: one analyst ${(aloneMs / 1000).toFixed(1)} s`)
    say(
      `${analysts} analysts at once, all answered alike: ${(togetherMs / 1000).toFixed(1)} s, ${(togetherMs / aloneMs).toFixed(1)} × one`,
    )
    say(
      `the vault held at most ${childPeakMb().toFixed(0)} MB (its engine may use ${defaultLimits.memoryMb} MB)`,
    )
  } finally {
    vault.kill()
    await tidy()
  }
}

async function askAll(vault: VaultProcess, blocks: readonly Block[], town: BenchTown): Promise<number[]> {
  const shown: number[] = []
  for (const block of blocks) shown.push(await answer(vault, block, town))
  return shown
}
