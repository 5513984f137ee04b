import type { Ctx } from '../../platform/context.ts'
import type { Collection } from '../engine/collection.ts'
import { findIn } from '../engine/find.ts'
import { parseTyped } from '../engine/parse.ts'
import { relativesOf } from '../engine/relatives.ts'
import type { EntrySummary } from '../entries/model.ts'
import { readHits, visibleTo } from './indexed.ts'

/** Entries that share words with a text, best first. Related words count as well, so "Hitze" finds "Temperatur". */
export async function similarInIndex(
  ctx: Ctx,
  index: Collection,
  wanted: { readonly text: string; readonly limit: number },
): Promise<EntrySummary[]> {
  const typed = parseTyped(wanted.text.replaceAll(/["„“”*-]/g, ' '))
  const related = typed.words.flatMap(({ word }) => {
    const { key, parts } = index.analyse(word, 'de')
    return relativesOf(key, parts)
  })
  const words = [...typed.words, ...related.map((word) => ({ word, beginning: false }))]
  const answer = findIn(index.layers, index.analyse, {
    typed: { words: words.slice(0, 24), phrases: [], without: [] },
    need: 'any',
    visible: visibleTo(ctx),
    only: () => undefined,
    facets: [],
    years: [],
    order: 'fit',
    after: undefined,
    offset: 0,
    limit: wanted.limit,
    facetLimit: 0,
    now: ctx.now.getTime(),
  })
  return readHits(ctx, answer)
}
