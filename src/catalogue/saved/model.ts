/** How often a saved search writes. */
export const mailModes = ['never', 'daily', 'weekly'] as const

/** One of the mail modes. */
export type MailMode = (typeof mailModes)[number]

/** The part of a search that is kept: what stands in its address, without page and sort. */
export type KeptQuery = Readonly<Record<string, string | readonly string[]>>

/** A search somebody keeps. */
export type SavedSearch = {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly query: KeptQuery
  readonly mail: MailMode
  readonly locale: 'de' | 'en'
  readonly createdAt: Date
  readonly toldAt: Date
}

const DAY = 86_400_000

/** True once news of a search are due: a day or a week after the last look, with two hours' grace for late jobs. */
export function isDue(search: Pick<SavedSearch, 'mail' | 'toldAt'>, now: Date): boolean {
  if (search.mail === 'never') return false
  const wait = (search.mail === 'weekly' ? 7 : 1) * DAY - 2 * 3_600_000
  return now.getTime() - search.toldAt.getTime() >= wait
}
