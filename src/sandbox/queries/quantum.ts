/**
 * The moment at which an answer may be given, in ms after the question: the next of quantum·1, ·2, ·4, ·8 … So the time of an
 * answer tells its class only, whether it was given, refused or failed. 0 switches it off.
 */
export function replyAt(elapsedMs: number, quantumMs: number): number {
  if (quantumMs <= 0) return elapsedMs
  let at = quantumMs
  while (at < elapsedMs) at *= 2
  return at
}

/** Runs work and lets its outcome, good or bad, go on at such a moment only. `ms`: the class, not the time it took. */
export async function inQuantum<T>(
  quantumMs: number,
  work: () => Promise<T>,
): Promise<{ value: T; ms: number }> {
  const started = performance.now()
  const wait = async () => {
    const at = replyAt(performance.now() - started, quantumMs)
    const rest = started + at - performance.now()
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    return at
  }
  try {
    const value = await work()
    return { value, ms: Math.round(await wait()) }
  } catch (error) {
    await wait()
    throw error
  }
}
