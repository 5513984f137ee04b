import { z } from 'zod'
import { MAX_Q, searchInput } from '../schema.ts'
import { mailModes } from './model.ts'

/** A saved search: what it is called, how often it writes, and its query as an address has it. 2000 signs are longer than any. */
export const saveInput = z.object({
  name: z.string().trim().min(2).max(120),
  mail: z.enum(mailModes),
  query: z.string().max(2000).default(''),
})

/** Input of `saveSearch`. */
export type SaveSearch = z.input<typeof saveInput>

/** A change of name or mail. */
export const changeInput = saveInput.omit({ query: true }).extend({ id: z.uuid() })

/** Input of `changeSearch`. */
export type ChangeSearch = z.input<typeof changeInput>

const kept = searchInput.pick({
  q: true,
  access: true,
  kind: true,
  topic: true,
  holder: true,
  format: true,
  licence: true,
  place: true,
  region: true,
  period: true,
  quality: true,
  source: true,
  tag: true,
  from: true,
  to: true,
  bbox: true,
})

/** The search in an address; what cannot be read of it is left out. */
export function readQuery(text: string): z.output<typeof kept> {
  const raw: Record<string, unknown> = {}
  const given = new URLSearchParams(text)
  for (const name of new Set(given.keys())) {
    const values = given.getAll(name)
    raw[name] = values.length > 1 ? values : values[0]
    if (name === 'q') raw[name] = values.join(' ').trim().slice(0, MAX_Q)
  }
  const read = kept.safeParse(raw)
  if (read.success) return read.data
  for (const issue of read.error.issues) delete raw[String(issue.path[0])]
  return kept.catch(kept.parse({})).parse(raw)
}
