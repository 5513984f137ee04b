import { createHash } from 'node:crypto'
import type { Json } from '../platform/canonical.ts'
import { canonicalJson, sha256Hex } from '../platform/canonical.ts'
import type { Localised } from '../platform/i18n.ts'

/** Who acted, as far as the public learns it: a role, never a person. */
export type ActorRole =
  'public' | 'hub' | 'citizen' | 'holder' | 'steward' | 'analyst' | 'reviewer' | 'council' | 'operator'

/** One line of the register. `seq` counts from 1 without gaps; `hash` covers all other fields and the line before. */
export type Entry = {
  readonly seq: number
  readonly id: string
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string
  readonly event: string
  readonly objectType: string
  readonly objectId: string
  readonly organisationId: string | null
  readonly actorRole: ActorRole
  readonly details: {
    readonly summary: Localised
    readonly href?: string
    readonly [key: string]: Json | undefined
  }
  readonly previousHash: string
  readonly hash: string
}

/** The hash before the first entry. */
export const GENESIS = '0'.repeat(64)

/** SHA-256 over the canonical JSON (RFC 8785) of an entry without its own hash. */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  const { seq, id, at, event, objectType, objectId, organisationId, actorRole, details, previousHash } = entry
  const covered = {
    seq,
    id,
    at,
    event,
    objectType,
    objectId,
    organisationId,
    actorRole,
    details,
    previousHash,
  }
  return sha256Hex(canonicalJson(covered as Json))
}

/** Root of the Merkle tree over entry hashes in their order, with the leaf and node prefixes of RFC 6962 §2.1. */
export function merkleRoot(hashes: readonly string[]): string {
  let level = hashes.map((hash) => digest(0, Buffer.from(hash, 'hex')))
  if (level.length === 0) return sha256Hex('')
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1]
      above.push(right ? digest(1, level[i]!, right) : level[i]!)
    }
    level = above
  }
  return level[0]!.toString('hex')
}

function digest(prefix: number, ...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256').update(Buffer.of(prefix))
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** What a check found wrong at one place. */
export type Fault = {
  readonly seq: number
  readonly kind: 'content-changed' | 'link-broken' | 'sequence-broken' | 'tail-missing' | 'day-root-differs'
  readonly note: string
}

/** An end of the chain: the number and the hash of its last entry. */
export type Head = { readonly seq: number; readonly hash: string }

/**
 * Walks the chain entry by entry; feed it in the order of `seq`, then ask for the end. Holds one entry at a time. `before`
 * is the end as known before the walk: the walk must pass it. `after` is the end as known afterwards: it must cover all.
 */
export function createChainCheck(before?: Head): {
  readonly take: (entry: Entry) => readonly Fault[]
  readonly end: (after?: Head) => readonly Fault[]
  readonly count: () => number
} {
  let last: Head = { seq: 0, hash: GENESIS }
  let passed = !before || before.seq === 0
  let count = 0
  return {
    take: (entry) => {
      const faults = faultsOf(entry, last)
      last = entry
      if (entry.seq === before?.seq && entry.hash === before.hash) passed = true
      count++
      return faults
    },
    end: (after) => {
      const missing = { seq: last.seq, kind: 'tail-missing' as const }
      return [
        ...(passed ? [] : [{ ...missing, note: `the register ended at ${before?.seq}, now at ${last.seq}` }]),
        ...(after && after.seq < last.seq
          ? [{ ...missing, note: `nothing was recorded after ${after.seq}` }]
          : []),
      ]
    },
    count: () => count,
  }
}

function faultsOf(entry: Entry, before: Head): Fault[] {
  const faults: Fault[] = []
  const found = (kind: Fault['kind'], note: string) => faults.push({ seq: entry.seq, kind, note })
  if (entry.seq !== before.seq + 1)
    found('sequence-broken', `follows ${before.seq}; something was removed or reordered`)
  if (entry.previousHash !== before.hash) found('link-broken', `does not continue ${before.seq}`)
  if (hashEntry(entry) !== entry.hash) found('content-changed', 'hash does not fit its content')
  return faults
}

/** The calendar day (UTC) an entry belongs to. */
export function dayOf(at: string): string {
  return at.slice(0, 10)
}
