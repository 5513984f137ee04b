import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Measured } from './hub-process.ts'
import { startMeasured } from './hub-process.ts'
import { watchMemory } from './process-memory.ts'

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 160_000)
const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? 0
const wait = (ms: number) => new Promise((later) => setTimeout(later, ms))

type Source = {
  readonly url: string
  readonly say: (line: string) => Promise<void>
  readonly child: ChildProcess
}

// The catalogue answers from a process of its own, so that its work is not measured with ours.
async function startSource(entries: number, folder: string): Promise<Source> {
  const script = join(import.meta.dirname, 'catalogue-server.ts')
  const child = spawn(process.execPath, [script, String(entries), folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const [first] = (await once(child.stdout!, 'data')) as [Buffer]
  const say = async (line: string) => {
    child.stdin!.write(`${line}\n`)
    await once(child.stdout!, 'data')
  }
  process.once('exit', () => child.kill('SIGKILL'))
  return { url: first.toString().trim(), say, child }
}

// Pages are made before they are asked for, as a catalogue with a cache has them.
async function warm(url: string, next: (from: number) => string, pages: number): Promise<void> {
  for (let page = 0; page < pages; page++) await (await fetch(url + next(page))).arrayBuffer()
}

type Run = Record<'read' | 'created' | 'changed' | 'unchanged', number> & {
  readonly id: string
  readonly state: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

/** Somebody opens a page four times a second while a run goes on; gives its times in milliseconds. */
async function visit(hub: Measured, going: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (going()) {
    const started = performance.now()
    // A connection that was kept may be closed just then; the next look counts.
    const seen = await fetch(`${hub.url}/catalogue/quality`).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    )
    if (seen) times.push(performance.now() - started)
    await wait(250)
  }
  return times
}

/** Reads a source once; what follows a run (duplicates, score, index) is waited for and counts for the memory. */
async function harvest(hub: Measured, sourceId: string): Promise<string> {
  const memory = watchMemory(hub.pid)
  let run = (await (await hub.ask(`/api/v1/catalogue/sources/${sourceId}/runs`, {})).json()) as Run
  const pages = visit(hub, () => run.finishedAt === null)
  while (run.finishedAt === null) {
    await wait(200)
    run = (await (await hub.ask(`/api/v1/catalogue/runs/${run.id}`)).json()) as Run
  }
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
  const times = await pages
  const meanwhile = memory.stop()
  const after = watchMemory(hub.pid)
  await settle(hub)
  const later = after.stop()
  return (
    `${run.read} in ${seconds.toFixed(1)} s = ${Math.round(run.read / seconds)}/s, ` +
    `${run.created} new, ${run.changed} changed, ${run.unchanged} unchanged, ${run.state}; ` +
    `memory at most ${meanwhile.together} MB (hub alone ${meanwhile.largest}), ` +
    `in the minutes after ${later.together} MB (${later.largest}), goal 512; ` +
    `a page meanwhile p50 ${quantile(times, 0.5).toFixed(0)} ms p95 ${quantile(times, 0.95).toFixed(0)} ms`
  )
}

/** Waits until nothing is in the queue and the hub has been idle for some seconds. */
async function settle(hub: Measured): Promise<void> {
  const most = Date.now() + Number(process.env['BENCH_SETTLE_MS'] ?? 240_000)
  let last = cpuOf(hub.pid)
  for (let quiet = 0; quiet < 5 && Date.now() < most;) {
    await wait(1000)
    const now = cpuOf(hub.pid)
    quiet = now - last < 15 ? quiet + 1 : 0
    last = now
  }
}

/** Hundredths of a second of processor time a process has used. */
function cpuOf(pid: number): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

async function addSource(hub: Measured, name: string, url: string): Promise<string> {
  const body = { organisationId: hub.houseId, name, url, pace: 0 }
  return ((await (await hub.ask('/api/v1/catalogue/sources', body)).json()) as { id: string }).id
}

/** A catalogue of GovData's size, read anew, unchanged and with a hundredth changed, as CKAN and (a tenth of it) as DCAT pages. */
export async function bench(say: (line: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allmende-bench-'))
  const source = await startSource(ENTRIES, join(dataDir, 'pages'))
  const small = await startSource(Math.ceil(ENTRIES / 10), join(dataDir, 'small-pages'))
  const hosts = [source, small].map(({ url }) => new URL(url).host).join(',')
  const hub = await startMeasured({ dataDir, env: { ALLMENDE_FETCH_ALLOW: hosts } })
  try {
    await settle(hub)
    say(
      `load of the machine: ${loadavg()
        .map((each) => each.toFixed(1))
        .join(' ')}`,
    )
    say(`memory of the idle hub: ${Math.round(watchMemory(hub.pid).now())} MB`)
    await readCkan(hub, source, say)
    const dcat = `${small.url}/catalog.ttl?page=1`
    await warm(small.url, (page) => `/catalog.ttl?page=${page + 1}`, Math.ceil(ENTRIES / 1000))
    const id = await addSource(hub, 'DCAT', dcat)
    say(`DCAT in Turtle, all new (goal 300/s): ${await harvest(hub, id)}`)
    say(`DCAT in Turtle, same pages (goal 3000/s): ${await harvest(hub, id)}`)
    say(
      `load of the machine: ${loadavg()
        .map((each) => each.toFixed(1))
        .join(' ')}`,
    )
  } finally {
    source.child.kill()
    small.child.kill()
    await hub.kill()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function readCkan(hub: Measured, source: Source, say: (line: string) => void): Promise<void> {
  const step = 250
  const at = (page: number) => `/api/3/action/package_search?rows=${step}&start=${page * step}&sort=id+asc`
  const pages = Math.ceil(ENTRIES / step)
  await warm(source.url, at, pages)
  const id = await addSource(hub, 'CKAN', `${source.url}/api/3/action/package_search`)
  say(`CKAN, all new (goal 300/s): ${await harvest(hub, id)}`)
  say(`CKAN, same pages (goal 3000/s): ${await harvest(hub, id)}`)
  await source.say(`change ${Math.floor(ENTRIES * 0.99)}`)
  await warm(source.url, at, pages)
  say(
    `CKAN, every page stamped anew, one record in a hundred changed (goal 3000/s): ${await harvest(hub, id)}`,
  )
}
