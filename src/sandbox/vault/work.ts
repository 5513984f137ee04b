import type { VaultLimits } from './contract.ts'
import { startProcess, type VaultProcess } from './process.ts'
import { slotsOf } from './slots.ts'

/** Gives a process to a piece of work of our own: it runs no text of anybody, and each piece opens an engine of its own. */
export type Work = <T>(limits: VaultLimits, run: (worker: VaultProcess) => Promise<T>) => Promise<T>

/** A process for each piece of work, gone afterwards. */
export const alone: Work = async (limits, run) => {
  const worker = startProcess(limits)
  try {
    return await run(worker)
  } finally {
    worker.kill()
  }
}

/** How long a process waits for the next piece: comparisons of a release come one after the other. */
const idleMs = 3_000

/** One process for pieces that follow each other, one at a time; a piece that fails takes its process with it. */
export function createSharedWork(): { readonly work: Work; readonly close: () => void } {
  const inSlot = slotsOf(1)
  const state: { process?: VaultProcess | undefined; memoryMb?: number; timer?: NodeJS.Timeout } = {}
  const end = () => {
    clearTimeout(state.timer)
    state.process?.kill()
    state.process = undefined
  }
  const take = (limits: VaultLimits): VaultProcess => {
    clearTimeout(state.timer)
    // The operating system's limit is set at the start: a process for other limits does not serve.
    if (!state.process?.alive() || state.memoryMb !== limits.memoryMb) {
      end()
      state.process = startProcess(limits)
      state.memoryMb = limits.memoryMb
    }
    return state.process
  }
  const work: Work = (limits, run) =>
    inSlot(1, async () => {
      try {
        return await run(take(limits))
      } catch (error) {
        end()
        throw error
      } finally {
        state.timer = setTimeout(end, idleMs)
        state.timer.unref()
      }
    })
  return { work, close: end }
}
