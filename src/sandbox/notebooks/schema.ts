import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'
import { runQuerySchema } from '../schema.ts'

const id = z.uuid()
const ticked = z
  .union([z.boolean(), z.string()])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true' || value === 'yes')
const name = z.string().trim().min(1).max(120)

/** Keeps a question under a name. */
export const saveQuerySchema = runQuerySchema.omit({ title: true }).extend({ title: name, shared: ticked })

/** Renames or shares a kept question. */
export const changeSavedSchema = z.object({ savedId: id, title: name, shared: ticked })

/** Starts a page of steps. */
export const startNotebookSchema = z.object({
  workspaceId: id,
  title: name,
  queryId: z.union([z.literal(''), id]).optional(),
})

/** Sets a result on a page; a new page needs a title. */
export const toPageSchema = z
  .object({
    notebookId: z.union([z.literal(''), id]).default(''),
    title: z.string().trim().max(120).default(''),
  })
  .refine(({ notebookId, title }) => notebookId !== '' || title !== '', {
    path: ['title'],
    message: bilingual('Bitte geben Sie der neuen Seite einen Titel.', 'Please give the new page a title.'),
  })

const step = z.object({
  /** A few paragraphs; a page is read in minutes. */
  text: z.string().trim().max(5_000).default(''),
  queryId: z.union([z.literal(''), z.null(), id]).default(null),
  shownAs: z.enum(['table', 'bars', 'line', 'map']).default('table'),
})

/** A page with all its steps; fifty are far more than anyone reads. */
export const writeNotebookSchema = z.object({
  notebookId: id,
  title: name,
  shared: ticked,
  steps: z.array(step).max(50),
})

/** The form of a page: `s0.text`, `s0.query`, `s0.as`, `s0.at` (place) per step, in the order of the places. */
export const notebookFormSchema = z.record(z.string(), z.unknown()).transform((flat, ctx) => {
  const text = (field: string) => (typeof flat[field] === 'string' ? flat[field] : '')
  const steps: { at: number; text: string; queryId: string; shownAs: string }[] = []
  for (let i = 0; i < 60 && flat[`s${i}.text`] !== undefined; i += 1) {
    const at = Number(text(`s${i}.at`))
    if (text(`s${i}.drop`)) continue
    steps.push({
      at: Number.isFinite(at) ? at : i,
      text: text(`s${i}.text`),
      queryId: text(`s${i}.query`),
      shownAs: text(`s${i}.as`) || 'table',
    })
  }
  const ordered = steps
    .toSorted((a, b) => a.at - b.at)
    .map(({ text, queryId, shownAs }) => ({ text, queryId, shownAs }))
  const parsed = writeNotebookSchema
    .omit({ notebookId: true })
    .safeParse({ title: text('title'), shared: text('shared'), steps: ordered })
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] === 'steps' ? `s${Number(path[1] ?? 0)}.text` : String(path[0] ?? 'title')
    ctx.addIssue({ code: 'custom', path: [field], message })
  }
  return z.NEVER
})

/** Outlines for maps as GeoJSON text. */
export const addMapSchema = z.object({
  workspaceId: id,
  title: name,
  geojson: z
    .string()
    .min(2)
    .max(3 * 1024 * 1024),
})

/** Outlines from a file of the catalogue; `position`: which of the dataset's files. */
export const takeOutlinesSchema = z.object({
  workspaceId: id,
  entryId: z.uuid(),
  position: z.coerce.number().int().min(0).max(999),
})

/** Input of `saveQuery`. */
export type SaveQuery = z.input<typeof saveQuerySchema>
/** Input of `changeSaved`. */
export type ChangeSaved = z.input<typeof changeSavedSchema>
/** Input of `startNotebook`. */
export type StartNotebook = z.input<typeof startNotebookSchema>
/** Input of `writeNotebook`. */
export type WriteNotebook = z.input<typeof writeNotebookSchema>
/** Input of `takeOutlines`. */
export type TakeOutlines = z.input<typeof takeOutlinesSchema>
/** Input of `addMap`. */
export type AddMap = z.input<typeof addMapSchema>
