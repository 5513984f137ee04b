import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freePort, runHub, spawnHub } from '../demo-server.ts'

const KILLS = Number(process.env['KILLS'] ?? 50)

/** A small seeded generator, so that a failing run can be repeated. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The steps the fill said it had done: what was acknowledged before the kill. */
const acknowledged = (output: string) => [...output.matchAll(/^✓ (\S+)/gm)].map((match) => match[1]!)

type Town = { readonly dataDir: string; readonly done: Set<string> }
const newTown = async (): Promise<Town> => ({
  dataDir: await mkdtemp(join(tmpdir(), 'allmende-kill-')),
  done: new Set(),
})

/** Remembers what was acknowledged. A step that had been acknowledged before must not run again: it would have been lost. */
function remember(town: Town, output: string): void {
  for (const step of acknowledged(output)) {
    expect(town.done.has(step), `step ${step} ran again although it had been acknowledged`).toBe(false)
    town.done.add(step)
  }
}

/** Starts the hub, kills it after a while; true if the fill was still going on. */
async function startAndKill(town: Town, afterMs: number): Promise<boolean> {
  const { child, output } = spawnHub({ dataDir: town.dataDir, demo: true }, await freePort())
  const gone = new Promise((exit) => child.once('exit', exit))
  await new Promise((later) => setTimeout(later, afterMs))
  child.kill('SIGKILL')
  await gone
  remember(town, output())
  return !output().includes('http://localhost')
}

/** Lets the fill come to its end, and checks the register from outside: gives what the check says. */
async function finish(town: Town): Promise<unknown> {
  const hub = await runHub({ dataDir: town.dataDir, demo: true })
  remember(town, hub.output())
  const entries = (await (await fetch(`${hub.url}/api/v1/transparency/entries`)).json()) as { total: number }
  await hub.kill()
  const env = { ...process.env, ALLMENDE_DATA: town.dataDir, LOG_LEVEL: 'error' }
  const report: unknown = JSON.parse(
    execFileSync('bin/allmende', ['transparency', 'verify', '--json'], { env }).toString(),
  )
  await rm(town.dataDir, { recursive: true, force: true })
  expect(report).toMatchObject({ entries: entries.total })
  return report
}

it(`loses nothing that was acknowledged when it is killed ${KILLS} times during the demo fill`, async () => {
  const random = mulberry(20261121)
  const reports: unknown[] = []
  let town = await newTown()
  for (let kills = 0; kills < KILLS;) {
    if (await startAndKill(town, 500 + random() * 2500)) kills++
    else {
      reports.push(await finish(town))
      town = await newTown()
    }
  }
  reports.push(await finish(town))
  for (const report of reports) expect(report).toMatchObject({ sound: true, faults: [] })
})
