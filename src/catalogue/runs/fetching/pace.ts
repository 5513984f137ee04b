const turns = new Map<string, number>()

/** Waits until this host may be asked again: `pace` milliseconds after the last request to it, whoever made that one. */
export async function takeTurn(host: string, pace: number): Promise<void> {
  const now = Date.now()
  const at = Math.max(now, turns.get(host) ?? 0)
  turns.set(host, at + pace)
  if (turns.size > 10_000) for (const [each, until] of turns) if (until < now) turns.delete(each)
  if (at > now) await sleep(at - now)
}

/** Leaves a host alone until a moment it named itself (`Retry-After`). */
export function holdBack(host: string, until: number): void {
  turns.set(host, Math.max(until, turns.get(host) ?? 0))
}

/** Milliseconds until this host may be asked again. */
export function waitFor(host: string): number {
  return Math.max(0, (turns.get(host) ?? 0) - Date.now())
}

/** Milliseconds a `Retry-After` asks for (RFC 9110 §10.2.3: seconds or a date); null if it says neither. */
export function retryAfter(value: string | undefined, now: number): number | null {
  if (!value) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** A pause. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms))
}
