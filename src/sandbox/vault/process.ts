import { fork, type ChildProcess } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '../../platform/config.ts'
import type { VaultFailure, VaultLimits } from './contract.ts'
import type { FromVault, Reply, Request, ToVault } from './protocol.ts'

/** A failure of the closed list; its message is that word and nothing else. */
export class VaultError extends Error {
  constructor(failure: VaultFailure) {
    super(failure)
    this.name = 'VaultError'
  }
}

/**
 * One child process, several requests at a time. A late request is interrupted; if it does not stop, the process is killed:
 * the late one fails with `time`, the others with `unavailable`. `retire` ends it once its last request is answered.
 */
export type VaultProcess = {
  readonly call: <R extends Request>(request: R, timeoutMs: number) => Promise<Reply[R['op']]>
  readonly alive: () => boolean
  readonly kill: () => void
  readonly retire: () => void
}

/** How long an interrupted request may take to stop before its process is killed. */
const graceMs = 1_000

/** Node, its engine and their code before any data: what the operating system's limit adds to the engine's. */
const baseMemoryMb = 1_000

type Waiting = {
  readonly resolve: (value: unknown) => void
  readonly reject: (failure: VaultFailure) => void
  late: boolean
}
type Calls = Map<number, Waiting>

/**
 * Starts a vault process with no secrets in its environment and, where the system has it, an outer memory limit. `heapMb`:
 * what its own code may hold beside the engine.
 */
export function startProcess(limits: VaultLimits, heapMb = 512): VaultProcess {
  const child = spawn(limits, heapMb)
  const waiting: Calls = new Map()
  const state = { next: 1, alive: true, retired: false }
  const settle = (id: number, act: (call: Waiting) => void) => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (call) act(call)
    if (state.retired && waiting.size === 0) child.kill('SIGKILL')
  }
  child.on('message', (message: FromVault) =>
    settle(message.id, (call) =>
      'failure' in message ? call.reject(message.failure) : call.resolve(message.value),
    ),
  )
  const ended = () => {
    state.alive = false
    for (const id of waiting.keys()) settle(id, (call) => call.reject(call.late ? 'time' : 'unavailable'))
  }
  child.on('exit', ended)
  child.on('error', ended)
  const call = <R extends Request>(request: R, timeoutMs: number) => {
    if (!state.alive) return Promise.reject(new VaultError('unavailable'))
    const id = state.next++
    const reply = expect(child, waiting, { id, timeoutMs })
    child.send({ id, request } satisfies ToVault, (error) => error && ended())
    return reply as Promise<Reply[R['op']]>
  }
  const retire = () => {
    state.retired = true
    if (waiting.size === 0) child.kill('SIGKILL')
  }
  return { call, alive: () => state.alive && !state.retired, kill: () => void child.kill('SIGKILL'), retire }
}

/** Waits for one answer: interrupts the request when it is late, kills the process when that does not help. */
function expect(
  child: ChildProcess,
  waiting: Calls,
  { id, timeoutMs }: { id: number; timeoutMs: number },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let kill: NodeJS.Timeout | undefined
    const interrupt = setTimeout(() => {
      mine.late = true
      if (child.connected) child.send({ interrupt: id } satisfies ToVault, () => undefined)
      kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
    }, timeoutMs)
    const stop = () => {
      clearTimeout(interrupt)
      clearTimeout(kill)
    }
    const mine: Waiting = {
      late: false,
      resolve: (value) => (stop(), resolve(value)),
      reject: (failure) => (stop(), reject(new VaultError(failure))),
    }
    waiting.set(id, mine)
  })
}

/** Beside this file: the source in development, its bundle in production. */
function workerFile(): string {
  const names = ['./worker.ts', './vault-worker.js', './worker.js']
  const files = names.map((name) => fileURLToPath(new URL(name, import.meta.url)))
  return files.find((file) => existsSync(file)) ?? (files[0] as string)
}

function spawn(limits: VaultLimits, heapMb: number): ChildProcess {
  const node = ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${heapMb}`]
  const ceiling = prlimit()
  const bytes = (limits.memoryMb + baseMemoryMb + heapMb - 512) * 1024 * 1024
  return fork(workerFile(), [], {
    serialization: 'advanced',
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    ...(ceiling
      ? { execPath: ceiling, execArgv: [`--data=${bytes}`, '--core=0', process.execPath, ...node] }
      : { execPath: process.execPath, execArgv: node }),
  })
}

let found: string | null | undefined

function prlimit(): string | null {
  if (found !== undefined) return found
  found = ['/usr/bin/prlimit', '/bin/prlimit'].find(isExecutable) ?? null
  return found
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
