import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort, runHub, spawnHub } from '../demo-server.ts'

const KILLS = Number(process.env['KILLS'] ?? 50)
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'allmende-kill-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

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

it(`loses nothing that was acknowledged when it is killed ${KILLS} times during the demo fill`, async () => {
  const random = mulberry(20261121)
  const done = new Set<string>()
  for (let n = 0; n < KILLS; n++) {
    const { child, output } = spawnHub({ dataDir, demo: true }, await freePort())
    const gone = new Promise((exit) => child.once('exit', exit))
    await new Promise((later) => setTimeout(later, 600 + random() * 3400))
    child.kill('SIGKILL')
    await gone
    for (const step of acknowledged(output())) {
      expect(done.has(step), `step ${step} ran again although it had been acknowledged`).toBe(false)
      done.add(step)
    }
  }
  const hub = await runHub({ dataDir, demo: true })
  for (const step of acknowledged(hub.output())) expect(done.has(step)).toBe(false)
  const entries = (await (await fetch(`${hub.url}/api/v1/transparency/entries`)).json()) as { total: number }
  expect(entries.total).toBeGreaterThan(0)
  await hub.kill()
  const report = execFileSync('bin/allmende', ['transparency', 'verify', '--json'], {
    env: { ...process.env, ALLMENDE_DATA: dataDir, LOG_LEVEL: 'error' },
  }).toString()
  expect(JSON.parse(report)).toMatchObject({ sound: true, entries: entries.total })
})
