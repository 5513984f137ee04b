import type { VaultLimits } from './contract.ts'
import { startProcess, type VaultProcess } from './process.ts'

/** Gives vault processes; one is always started before it is needed, so that a killed vault is back at once. */
export type Spare = { readonly take: (limits: VaultLimits) => VaultProcess; readonly close: () => void }

/** How long after one is taken the next is started: not while the taken one opens its tables. */
const restMs = 2_000

/** Keeps one process in reserve from the first use on; about 100 MB that wait. */
export function createSpare(): Spare {
  const state: { process?: VaultProcess | undefined; limits?: VaultLimits; timer?: NodeJS.Timeout } = {}
  const refill = (limits: VaultLimits) => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => {
      if (!state.process?.alive()) state.process = startProcess(limits)
    }, restMs)
    state.timer.unref()
  }
  const take = (limits: VaultLimits): VaultProcess => {
    const { process: waiting } = state
    // The operating system's limit is set at the start: a process for other limits does not serve.
    const fits = waiting?.alive() && state.limits?.memoryMb === limits.memoryMb
    if (fits) state.process = undefined
    state.limits = limits
    refill(limits)
    return fits && waiting ? waiting : startProcess(limits)
  }
  const close = () => {
    clearTimeout(state.timer)
    state.process?.kill()
    state.process = undefined
  }
  return { take, close }
}
