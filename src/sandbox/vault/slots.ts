/** Runs work when so many of the slots are free; first come, first served. */
export type Slots = <T>(need: number, work: () => Promise<T>) => Promise<T>

/** A number of slots that pieces of work share: one that needs all of them runs alone. */
export function slotsOf(count: number): Slots {
  const waiting: { need: number; start: () => void }[] = []
  let free = count
  const next = () => {
    const [first] = waiting
    if (!first || first.need > free) return
    waiting.shift()
    free -= first.need
    first.start()
    next()
  }
  return async (need, work) => {
    await new Promise<void>((start) => {
      waiting.push({ need, start })
      next()
    })
    try {
      return await work()
    } finally {
      free += need
      next()
    }
  }
}
