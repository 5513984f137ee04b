import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { completions } from '../engine/hints.ts'
import { tokensOf } from '../engine/tokens.ts'
import type { EntryKind } from '../entries/model.ts'
import { policy } from '../policy.ts'
import { visibleTo } from './indexed.ts'
import { indexOf, searchEntries } from './service.ts'

/** What could be meant while typing: whole searches ending in a word that begins so, and entries. */
export type Suggestions = {
  readonly searches: readonly { readonly q: string; readonly n: number }[]
  readonly entries: readonly SuggestedEntry[]
}

/** An entry that could be meant. */
export type SuggestedEntry = {
  readonly id: string
  readonly title: string
  readonly holder: string
  readonly kind: EntryKind
}

const WORDS = 4
const ENTRIES = 5

/**
 * Suggestions for what has been typed so far, from entries the actor may see alone: a word that stands only in a closed
 * entry is never offered. None for less than two letters, and none while the index is loading.
 */
export async function suggestSearches(ctx: Ctx, typed: string): Promise<Suggestions> {
  requirePermission(ctx, policy, 'read')
  const text = typed.trim().slice(0, 100)
  const last = tokensOf(text, 12).at(-1) ?? ''
  const index = last.length < 2 ? undefined : await indexOf(ctx)
  if (!index) return { searches: [], entries: [] }
  const words = { layers: index.layers, analyse: index.analyse, visible: visibleTo(ctx) }
  const begun = completions(words, last, WORDS + 1).filter(({ word }) => word !== last)
  const found = await searchEntries(ctx, { q: `${text}*`, limit: ENTRIES })
  return {
    searches: begun.slice(0, WORDS).map(({ word, n }) => ({ q: startOf(text, last) + word, n })),
    entries: found.hits.map(({ id, title, holderName, kind }) => ({ id, title, holder: holderName, kind })),
  }
}

// What stands before the word that is being typed stays as it is.
function startOf(text: string, last: string): string {
  return text.slice(0, Math.max(0, text.toLowerCase().lastIndexOf(last)))
}
