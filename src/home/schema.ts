import { z } from 'zod'

/** What is searched for over all rooms; longer texts are cut, since nobody types them on purpose. */
export const searchSchema = z.object({
  q: z
    .string()
    .default('')
    .transform((text) => text.trim().slice(0, 200)),
})
