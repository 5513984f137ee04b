import type { EntryKey } from './keys.ts'

/** An entry as far as deciding between doubles needs it. `sourceId` null: kept here by its own house. */
export type Member = {
  readonly id: string
  readonly sourceId: string | null
  readonly priority: number
  readonly modified: string | null
  readonly createdAt: Date
}

/** Why the first of a cluster comes first. */
export type Decision = 'own-entry' | 'newer' | 'priority' | 'earlier' | 'steward'

/**
 * Which of several descriptions of the same data is shown: the one its own house keeps here, then the one changed last, then
 * the source of higher rank (GovData's rule), then the one that came first. One without a date loses.
 */
export function chooseWinner(members: readonly Member[]): { winner: string; decidedBy: Decision } {
  const [first, second] = members.toSorted(byRank)
  if (!first) throw new RangeError('a cluster has members')
  return { winner: first.id, decidedBy: second ? reasonOf(first, second) : 'earlier' }
}

const rank = (member: Member) => (member.sourceId === null ? 1 : 0)

function byRank(a: Member, b: Member): number {
  return (
    rank(b) - rank(a) ||
    (b.modified ?? '').localeCompare(a.modified ?? '') ||
    b.priority - a.priority ||
    a.createdAt.getTime() - b.createdAt.getTime() ||
    a.id.localeCompare(b.id)
  )
}

function reasonOf(first: Member, second: Member): Decision {
  if (rank(first) !== rank(second)) return 'own-entry'
  if (first.modified !== second.modified) return 'newer'
  return first.priority === second.priority ? 'earlier' : 'priority'
}

/** Entries that share a mark, each from another source. */
export type Shared = EntryKey & { readonly ids: readonly string[] }

/** Entries that belong together, with the marks that say so. */
export type Cluster = { readonly members: readonly string[]; readonly reasons: readonly EntryKey[] }

/** Joins entries that share marks, but none across a pair a steward has told apart. Members and clusters in stable order. */
export function joinClusters(
  shared: readonly Shared[],
  apart: (a: string, b: string) => boolean = () => false,
): Cluster[] {
  const groups = new Map<string, Set<string>>()
  const reasons = new Map<string, EntryKey[]>()
  for (const { kind, key, ids } of shared) {
    for (const id of ids.slice(1)) {
      const a = groups.get(ids[0]!) ?? new Set([ids[0]!])
      const b = groups.get(id) ?? new Set([id])
      if (a !== b && [...a].some((x) => [...b].some((y) => apart(x, y)))) continue
      for (const each of b) a.add(each)
      for (const each of a) groups.set(each, a)
      reasons.set(id, [...(reasons.get(id) ?? []), { kind, key }])
    }
  }
  return [...new Set(groups.values())].map((members) => ({
    members: [...members].sort(),
    reasons: distinct([...members].flatMap((id) => reasons.get(id) ?? [])).slice(0, 5),
  }))
}

function distinct(keys: readonly EntryKey[]): EntryKey[] {
  return [...new Map(keys.map((each) => [`${each.kind} ${each.key}`, each])).values()]
}
