import { z } from 'zod'
import { isUuid } from '../../platform/ids.ts'
import { MOST_DAYS } from './model.ts'

const id = z.string().refine(isUuid)
const days = z.coerce.number().int().min(0).max(MOST_DAYS)

/** One gone entry. */
export const oneGone = z.object({ id })

/** Pins a gone entry or lets it go again. */
export const keepInput = oneGone.extend({ keep: z.stringbool() })

/** All entries gone for at least so many days, of one source or of all. */
export const goneForInput = z.object({
  days,
  source: z.preprocess((value) => (value === '' ? undefined : value), id.optional()),
})

/** What to remove over the REST interface: these entries (a page at most), or all gone for so many days. */
export const removalInput = z.union([z.object({ ids: z.array(id).min(1).max(100) }), goneForInput])

/** Input of `removeGone`. */
export type Removal = z.input<typeof removalInput>
