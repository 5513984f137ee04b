import type { Child } from 'hono/jsx'
import type { Ctx } from './context.ts'
import type { Localised } from './i18n.ts'
import type { View } from './view.ts'

/** A part that a room hands to a page of another room. Gives nothing where it has nothing to say; reads with the reader's rights. */
export type PagePart = {
  readonly id: string
  readonly render: (ctx: Ctx, view: View) => Promise<Child | null>
}

/** Something that waits for the signed-in person, shown on her desk. `until` is a calendar day. */
export type DeskTask = {
  readonly id: string
  readonly kind: 'decide' | 'review' | 'do'
  readonly title: Localised
  readonly text: Localised
  readonly href: string
  /** What the button says: „Ansehen und entscheiden“. */
  readonly action: Localised
  readonly until?: string | undefined
}

/** A hit of the search over all rooms. */
export type Hit = {
  readonly title: string
  readonly text: string
  readonly href: string
  readonly kind: Localised
}
