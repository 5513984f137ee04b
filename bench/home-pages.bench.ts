import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runHub } from '../test/demo-server.ts'

const RATE = 50
const SECONDS = 20

/** The ten pages people open most, with the first question, entry and answer the demo has. */
async function mainPages(url: string): Promise<string[]> {
  const first = async (list: string, pattern: RegExp) => {
    const found = pattern.exec(await (await fetch(url + list)).text())?.[1]
    if (!found) throw new Error(`no link like ${pattern} on ${list}`)
    return found
  }
  return [
    '/',
    '/questions',
    await first('/questions', /href="(\/questions\/\d{4}-\d+)"/),
    '/catalogue',
    await first('/catalogue', /href="(\/catalogue\/datasets\/[0-9a-f-]{36})"/),
    '/cooperation',
    '/answers',
    await first('/answers', /href="(\/answers\/\d{4}-\d+)"/),
    '/transparency',
    '/sandbox',
  ]
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)]!

/** Open load: requests leave at the given rate whatever the answers take, as visitors do. */
async function load(url: string, pages: readonly string[]): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(pages.map((page) => [page, []]))
  const pending: Promise<void>[] = []
  const start = performance.now()
  for (let i = 0; i < RATE * SECONDS; i++) {
    const wait = start + (i * 1000) / RATE - performance.now()
    if (wait > 0) await new Promise((later) => setTimeout(later, wait))
    const page = pages[i % pages.length]!
    pending.push(time(url + page).then((ms) => void times.get(page)!.push(ms)))
  }
  await Promise.all(pending)
  return times
}

async function time(url: string): Promise<number> {
  const started = performance.now()
  const response = await fetch(url)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return performance.now() - started
}

/** Start of an existing demo, then the latency of the main pages under load, against the bare `/health` in the same run. */
export async function bench(say: (line: string) => void): Promise<void> {
  const kept = process.env['BENCH_DEMO']
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'allmende-bench-')))
  if (!existsSync(join(dataDir, 'database'))) {
    const filling = await runHub({ dataDir, demo: true, timeoutMs: 600_000 })
    say(`first start with the fill: ${(filling.startMs / 1000).toFixed(1)} s`)
    await filling.kill()
  }
  const hub = await runHub({ dataDir, demo: true })
  try {
    say(`start of an existing demo: ${(hub.startMs / 1000).toFixed(2)} s (goal 3)`)
    const pages = await mainPages(hub.url)
    await load(hub.url, pages.slice(0, 2)) // warm the code
    const times = await load(hub.url, pages)
    const bare = quantile((await load(hub.url, ['/health'])).get('/health')!, 0.95)
    for (const [page, values] of times) {
      say(
        `${page.padEnd(60)} p50 ${quantile(values, 0.5).toFixed(1)} ms  p95 ${quantile(values, 0.95).toFixed(1)} ms`,
      )
    }
    const all = [...times.values()].flat()
    say(
      `all at ${RATE}/s: p50 ${quantile(all, 0.5).toFixed(1)} ms, p95 ${quantile(all, 0.95).toFixed(1)} ms (goal 50), ${(quantile(all, 0.95) / bare).toFixed(1)} × /health`,
    )
  } finally {
    await hub.kill()
    if (!kept) await rm(dataDir, { recursive: true, force: true })
  }
}
