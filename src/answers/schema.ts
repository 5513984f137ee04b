import { z } from 'zod'
import { bilingual } from '../platform/form-errors.ts'
import { licenceKeys } from './model.ts'

const id = z.string().trim().min(1).max(64)
const column = z.string().trim().min(1).max(200)
const day = z.iso.date()

/** A chart or map names one released table and two of its columns. */
const figure = z.object({
  title: z.string().trim().min(3).max(160),
  note: z.string().trim().max(300).default(''),
  releaseId: id,
  label: column,
  value: column,
})

/** What an author writes. A finding fits the head of a page; texts are at most a few pages. */
const draftContent = z.object({
  title: z.string().trim().min(10).max(160),
  lead: z.string().trim().max(400).default(''),
  finding: z.string().trim().min(20).max(10_000),
  method: z.string().trim().max(10_000).default(''),
  limits: z.array(z.string().trim().min(1).max(500)).max(20).default([]),
  facts: z
    .array(z.object({ value: z.string().trim().min(1).max(30), label: z.string().trim().min(3).max(160) }))
    .max(4)
    .default([]),
  releaseIds: z.array(id).min(1).max(20),
  chart: figure.nullable().default(null),
  map: figure.extend({ entryId: id }).nullable().default(null),
  licence: z.enum(licenceKeys).default('cc-by-4.0'),
  publisherId: id.nullable().default(null),
})

/** A new draft for a question. */
export const draftSchema = draftContent.extend({ questionId: id })
/** Input of `draftAnswer`. */
export type DraftAnswer = z.input<typeof draftSchema>

/** Changes to a draft; everything is sent again. */
export const updateSchema = draftContent.extend({ answerId: id })
/** Input of `updateAnswer`. */
export type UpdateAnswer = z.input<typeof updateSchema>

/** Publishing; from the second version on `changes` says what is new. */
export const publishSchema = z.object({ answerId: id, changes: z.string().trim().max(500).default('') })
/** Input of `publishAnswer`. */
export type PublishAnswer = z.input<typeof publishSchema>

/** Which answers to list. */
export const listSchema = z.object({ questionId: id.optional(), cursor: z.string().max(100).optional() })
/** Input of `listAnswers`. */
export type ListAnswers = z.input<typeof listSchema>

const count = z.coerce.number().int().min(0).max(10_000)
const blank = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** What the council decided about an answer. */
export const decisionSchema = z.object({
  answerId: id,
  decidedOn: day,
  paper: z.string().trim().max(120).default(''),
  yes: blank(count),
  no: blank(count),
  abstain: blank(count),
  decided: z.string().trim().min(3).max(4000),
  rejected: z.string().trim().max(1000).default(''),
})
/** Input of `recordDecision`. */
export type RecordDecision = z.input<typeof decisionSchema>

const pointLine = /^\s*(\d{4})\s*[:;=]\s*(-?\d+(?:[.,]\d+)?)\s*$/
const points = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((text) => text.split(/\r?\n/).every((line) => line.trim() === '' || pointLine.test(line)), {
    message: bilingual(
      'Bitte je Zeile ein Jahr und einen Wert, zum Beispiel 2026: 1180.',
      'Please one year and one value per line, for example 2026: 1180.',
    ),
  })
  .transform((text) => text.split(/\r?\n/).flatMap(pointOf))

function pointOf(line: string): { year: number; value: number }[] {
  const match = pointLine.exec(line)
  return match ? [{ year: Number(match[1]), value: Number(match[2]?.replace(',', '.')) }] : []
}

/** A figure that shows whether it helped, with a public assessment. `points` are lines like `2026: 1180`. */
export const indicatorSchema = z.object({
  answerId: id,
  name: z.string().trim().min(3).max(160),
  unit: z.string().trim().max(60).default(''),
  points,
  goalYear: blank(z.coerce.number().int().min(1990).max(2100)),
  goalValue: blank(z.coerce.number().min(-1e12).max(1e12)),
  assessment: z.string().trim().min(10).max(2000),
  nextReview: blank(day),
})
/** Input of `recordIndicator`. */
export type RecordIndicator = z.input<typeof indicatorSchema>
