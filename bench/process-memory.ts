import { readFileSync, readdirSync, writeFileSync } from 'node:fs'

// From /proc, so Linux only: what a process and all it has started hold in memory.

/** Watches a process and its children until `stop`, which gives the highest sum of resident memory seen, in MB. */
export type MemoryWatch = {
  readonly now: () => number
  readonly stop: () => { readonly together: number; readonly largest: number }
}

/** Looks every 100 ms; `largest` is the highest mark of the process itself as the kernel kept it. */
export function watchMemory(pid: number): MemoryWatch {
  forgetPeak(pid)
  let together = 0
  const look = () => {
    const sum = treeOf(pid).reduce((all, each) => all + statusOf(each, 'VmRSS'), 0)
    together = Math.max(together, sum)
    return sum / 1024
  }
  look()
  const timer = setInterval(look, 100)
  return {
    now: look,
    stop: () => {
      look()
      clearInterval(timer)
      return { together: Math.round(together / 1024), largest: Math.round(statusOf(pid, 'VmHWM') / 1024) }
    },
  }
}

// The kernel then starts its highest mark anew.
function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Then the mark includes the start.
  }
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const all = [root]
  for (const each of all) all.push(...(children.get(each) ?? []))
  return all
}

function parentOf(pid: number): number | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function statusOf(pid: number, what: string): number {
  try {
    return Number(
      new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0,
    )
  } catch {
    return 0
  }
}
