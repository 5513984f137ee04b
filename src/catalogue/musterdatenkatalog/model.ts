import type { Concept, Theme } from './taxonomy.ts'

/** How an entry came by its model dataset: its record says so, people said so, or its words suggest it. */
const ways = ['stated', 'confirmed', 'dismissed', 'suggested'] as const

/** How an entry came by its model dataset. */
export type Way = (typeof ways)[number]

/** What is there of a model dataset: open, there but not open, probably there, or nothing. */
export const states = ['open', 'held', 'probable', 'missing'] as const

/** What is there of a model dataset. */
export type GapState = (typeof states)[number]

/** An entry under a model dataset. */
export type Matched = {
  readonly entryId: string
  readonly title: string
  readonly holderName: string
  readonly open: boolean
  readonly way: Way
}

/** What there is of one model dataset: how many entries, whether any is sure, any sure one open, and the first of them. */
export type There = {
  readonly sure: boolean
  readonly sureOpen: boolean
  readonly count: number
  /** At most `MAX_SHOWN`, the surest and best first. */
  readonly entries: readonly Matched[]
}

/** The same before anybody looks at it: the first entries by their ids, and how each came by its model dataset. */
export type Counted = Omit<There, 'entries'> & {
  readonly concept: string
  readonly ids: readonly string[]
  readonly ways: readonly Way[]
}

/** How many entries one line shows. */
export const MAX_SHOWN = 10

/** One line of the comparison: a model dataset, what is there of it, and the entries. */
export type GapLine = { readonly concept: Concept; readonly state: GapState } & Pick<
  There,
  'count' | 'entries'
>

/** A theme with its lines. */
export type GapTheme = { readonly theme: Theme; readonly lines: readonly GapLine[] }

/** The whole comparison with the number of model datasets in each state. */
export type Gaps = {
  readonly themes: readonly GapTheme[]
  readonly counts: Readonly<Record<GapState, number>>
  /** When it was counted; null: just now. */
  readonly reckonedAt: Date | null
}

/** “Sonstiges” is no dataset a town should have. */
const noDataset = 'sonstiges/sonstiges'

/** Compares what is there with what a municipality typically has. */
export function compareWith(
  themes: readonly Theme[],
  there: ReadonlyMap<string, There>,
  reckonedAt: Date | null = null,
): Gaps {
  const counts = { open: 0, held: 0, probable: 0, missing: 0 }
  const compared = themes.flatMap((theme) => {
    const lines = theme.concepts
      .filter((concept) => concept.id !== noDataset)
      .map((concept) => lineOf(concept, there.get(concept.id)))
    for (const line of lines) counts[line.state]++
    return lines.length === 0 ? [] : [{ theme, lines }]
  })
  return { themes: compared, counts, reckonedAt }
}

function lineOf(concept: Concept, there: There | undefined): GapLine {
  if (!there) return { concept, state: 'missing', count: 0, entries: [] }
  const state = there.sureOpen ? 'open' : there.sure ? 'held' : 'probable'
  return { concept, state, count: there.count, entries: there.entries }
}
