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

/** One child process: requests are answered one after the other; a late one is interrupted, then killed. */
export type VaultProcess = {
  readonly call: <R extends Request>(request: R, timeoutMs: number) => Promise<Reply[R['op']]>
  readonly alive: () => boolean
  readonly kill: () => void
}

/** How long an interrupted request may take to stop before its process is killed. */
const graceMs = 1_000

/** Node, its engine and their code before any data: what the operating system's limit adds to the engine's. */
const baseMemoryMb = 1_000

/** Starts a vault process with no secrets in its environment and, where the system has it, an outer memory limit. */
export function startProcess(limits: VaultLimits): VaultProcess {
  const child = spawn(limits)
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const state = { next: 1, alive: true, late: false }
  child.on('message', (message: FromVault) => {
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if ('failure' in message) call?.reject(new VaultError(message.failure))
    else call?.resolve(message.value)
  })
  const ended = () => {
    state.alive = false
    for (const call of waiting.values()) call.reject(new VaultError(state.late ? 'time' : 'unavailable'))
    waiting.clear()
  }
  child.on('exit', ended)
  child.on('error', ended)
  const call = <R extends Request>(request: R, timeoutMs: number) =>
    new Promise<Reply[R['op']]>((resolve, reject) => {
      if (!state.alive) return reject(new VaultError('unavailable'))
      const id = state.next++
      const timers = watch(child, timeoutMs, () => (state.late = true))
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          timers.stop()
          then(value)
        }
      waiting.set(id, { resolve: settle(resolve as (value: unknown) => void), reject: settle(reject) })
      child.send({ id, request } satisfies ToVault, (error) => error && ended())
    })
  return { call, alive: () => state.alive, kill: () => void child.kill('SIGKILL') }
}

function watch(child: ChildProcess, timeoutMs: number, late: () => void) {
  let kill: NodeJS.Timeout | undefined
  const interrupt = setTimeout(() => {
    late()
    if (child.connected) child.send({ interrupt: true } satisfies ToVault, () => undefined)
    kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
  }, timeoutMs)
  return {
    stop: () => {
      clearTimeout(interrupt)
      clearTimeout(kill)
    },
  }
}

/** Beside this file: the source in development, its bundle in production. */
function workerFile(): string {
  const names = ['./worker.ts', './vault-worker.js', './worker.js']
  const files = names.map((name) => fileURLToPath(new URL(name, import.meta.url)))
  return files.find((file) => existsSync(file)) ?? (files[0] as string)
}

function spawn(limits: VaultLimits): ChildProcess {
  const node = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=512']
  const ceiling = prlimit()
  const bytes = (limits.memoryMb + baseMemoryMb) * 1024 * 1024
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
