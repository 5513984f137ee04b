import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A hub of its own process, as an operator would run it. */
export type RunningHub = {
  readonly url: string
  readonly pid: number
  /** What it has printed so far on standard output. */
  readonly output: () => string
  /** Milliseconds from start to the first answer. */
  readonly startMs: number
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>
}

/** How to start it: the data folder is the caller's. */
export type RunOptions = {
  readonly dataDir: string
  readonly demo?: boolean
  readonly env?: Record<string, string>
  readonly timeoutMs?: number
}

/** A free port on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** Starts the process without waiting for it. Ends with the caller's `kill`. */
export function spawnHub(options: RunOptions, port: number): { child: ChildProcess; output: () => string } {
  const child = spawn('bin/allmende', ['serve'], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      ALLMENDE_DATA: options.dataDir,
      ALLMENDE_DEMO: String(options.demo ?? false),
      ALLMENDE_AGS: '00990001',
      ALLMENDE_TOWN: 'Auenstadt',
      LOG_LEVEL: 'error',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text }
}

/** Starts a hub and waits until it is ready to answer. Throws with its output if it ends or does not answer in time. */
export async function runHub(options: RunOptions): Promise<RunningHub> {
  const port = await freePort()
  const started = performance.now()
  const { child, output } = spawnHub(options, port)
  const url = `http://localhost:${port}`
  const deadline = started + (options.timeoutMs ?? 300_000)
  while (!(await answers(`${url}/ready`))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The hub did not start:\n${output()}`)
    }
    await new Promise((later) => setTimeout(later, 25))
  }
  return {
    url,
    pid: child.pid!,
    output,
    startMs: performance.now() - started,
    kill: (signal = 'SIGTERM') =>
      new Promise((gone) => {
        if (child.exitCode !== null || child.signalCode !== null) return gone()
        child.once('exit', () => gone())
        child.kill(signal)
      }),
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
