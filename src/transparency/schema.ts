import { z } from 'zod'

const blank = (value: unknown) => (value === '' ? undefined : value)
const day = z.preprocess(blank, z.iso.date().optional().catch(undefined))
// U+0000 cannot be stored, so nothing can be found by it.
const storable = /^[^\0]*$/
const word = z.preprocess(blank, z.string().max(200).regex(storable).optional().catch(undefined))

/** What a reader may filter the register by. Unusable values count as not given, so that any old link still shows a page. */
export const filterSchema = z.object({
  room: z.preprocess(
    blank,
    z
      .string()
      .regex(/^[a-z]+$/)
      .max(30)
      .optional()
      .catch(undefined),
  ),
  organisation: word,
  from: day,
  to: day,
  q: word,
  cursor: z.preprocess(blank, z.coerce.number().int().positive().optional().catch(undefined)),
})

/** A checked filter. */
export type Filter = z.infer<typeof filterSchema>
