import { z } from 'zod'
import { isUuid } from '../platform/ids.ts'
import { answers, grains, paces } from './mapping/model.ts'
import { accessTypes, entryKinds, topics, visibilities } from './entries/model.ts'
import type { Preview } from './entries/model.ts'
import type { DatasetRecord } from './model.ts'
import { feedbackKinds } from './feedback/model.ts'
import { MOST_DAYS } from './gone/model.ts'
import { schedules } from './runs/model.ts'

const id = z.string().refine(isUuid)
/** Organisations carry ids of the account system, which are not UUIDs. */
const organisationId = z.string().min(1).max(100)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const line = (max: number) => z.string().trim().max(max)
/** Empty form fields mean "not said". */
const blank = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema)
/** One form field sent once arrives as text, sent twice as a list. */
const many = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(schema).max(50),
  )

/** A record as the format readers make it; its shape was checked where it was read. */
const recordInput = z.custom<DatasetRecord>(
  (value) => typeof value === 'object' && value !== null && 'title' in value,
)

/** A new entry from a record. `partners` are organisations that see the partner face without an agreement. */
export const createInput = z.object({
  organisationId,
  record: recordInput,
  visibility: z.enum(visibilities).default('public'),
  grain: z.enum(grains).optional(),
  partners: z.array(organisationId).max(50).default([]),
  preview: z.custom<Preview>().optional(),
  way: z.enum(['form', 'inventory', 'file', 'dcat', 'answer', 'proposal']).default('form'),
})

/** Input of `createEntry`. */
export type CreateEntry = z.input<typeof createInput>

/** Changes to an entry. `version` is the one the editor saw; an older one is refused, so nobody overwrites the other. */
export const updateInput = createInput
  .omit({ organisationId: true, way: true })
  .partial()
  .extend({ id, version: z.coerce.number().int().min(1).optional() })

/** Input of `updateEntry`. */
export type UpdateEntry = z.input<typeof updateInput>

/** The form of an entry, field by field. 4000 characters of description are two screens; 50 keywords are more than any real record needs. */
export const entryForm = z.object({
  organisationId,
  title: line(200).min(4),
  description: line(4000).min(20),
  keywords: line(2000).default(''),
  concept: line(200).default(''),
  topic: many(z.enum(topics)),
  access: z.enum(accessTypes),
  visibility: z.enum(visibilities),
  accessNote: line(1000).default(''),
  reasons: many(z.enum(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])),
  place: line(200).default(''),
  grain: blank(z.enum(grains).optional()),
  starts: blank(
    z
      .string()
      .regex(/^\d{4}(-\d{2}){0,2}$/)
      .optional(),
  ),
  ends: blank(
    z
      .string()
      .regex(/^\d{4}(-\d{2}){0,2}$/)
      .optional(),
  ),
  frequency: blank(z.string().max(30).optional()),
  format: line(40).default(''),
  url: blank(
    z
      .url({ protocol: /^https?$/ })
      .max(1000)
      .optional(),
  ),
  licence: blank(z.url().max(300).optional()),
  contactEmail: blank(z.email().max(200).optional()),
  columns: line(200_000).default(''),
  columnsFace: blank(z.enum(['public', 'partner', 'holder']).optional()),
  sourceSystem: line(200).default(''),
  location: line(500).default(''),
  note: line(2000).default(''),
  partners: many(organisationId),
  version: blank(z.coerce.number().int().min(1).optional()),
})

/** The entry form as it was filled in. */
export type EntryForm = z.output<typeof entryForm>

/** A steward's proposal: the form's fields that should change, with a word why. */
export const proposeInput = entryForm.extend({ reasonWhy: line(500).min(5) })

/** The holder's decision about a proposal; declining needs a word why. */
export const decideProposalInput = z
  .object({ proposalId: id, decision: z.enum(['accept', 'decline']), reason: line(500).default('') })
  .refine((input) => input.decision === 'accept' || input.reason.length > 0, { path: ['reason'] })

/** Input of `decideProposal`. */
export type DecideProposal = z.input<typeof decideProposalInput>

/** West, south, east, north in degrees, as one text with commas: the part of the map that is looked at. */
const box = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map(Number) : value),
  z
    .tuple([z.number().gte(-180), z.number().gte(-90), z.number().lte(180), z.number().lte(90)])
    .refine(([west, south, east, north]) => west <= east && south <= north),
)

/** Letters of a search that are looked at: more than anyone types, and what a word in it costs stays small. */
export const MAX_Q = 200

/**
 * What one may search for: words ("in quotes" as a phrase, -word as not wanted), facets (OR within, AND across), a span of
 * days, a part of the map, a cursor. A page holds at most 100. `match: some` asks for half of the words only.
 */
export const searchInput = z.object({
  q: line(MAX_Q).default(''),
  match: z.enum(['all', 'some']).default('all').catch('all'),
  access: many(z.enum(accessTypes)).default([]),
  kind: many(z.enum(entryKinds)).default([]),
  topic: many(z.enum(topics)).default([]),
  holder: many(line(300)).default([]),
  format: many(line(60)).default([]),
  licence: many(line(300)).default([]),
  place: many(line(200)).default([]),
  region: many(z.string().regex(/^\d{2}(\d{3}){0,2}$/)).default([]),
  period: many(z.string().regex(/^(\d{4}|older)$/)).default([]),
  quality: many(z.enum(['good', 'fair', 'poor'])).default([]),
  source: many(line(300)).default([]),
  tag: many(line(200)).default([]),
  from: blank(day.optional()),
  to: blank(day.optional()),
  bbox: blank(box.optional()),
  sort: z.enum(['fit', 'newest', 'title', 'quality']).default('fit').catch('fit'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  modifiedSince: z.iso.datetime({ offset: true }).optional(),
  spread: z.boolean().default(false).catch(false),
})

/** Input of `searchEntries`. */
export type SearchEntries = z.input<typeof searchInput>

/** A dataset made of answers' tables; files are already in the blob store. */
export const publishInput = z.object({
  title: line(200).min(1),
  description: line(10_000).min(1),
  organisationId,
  licence: z.string().max(300),
  files: z
    .array(
      z.object({
        name: z.string().regex(/^[\w.-]{1,120}$/),
        mediaType: line(100),
        sha256: z.string().length(64),
        size: z.number().int().min(0),
      }),
    )
    .max(100),
  keywords: z.array(line(100)).max(100).default([]),
  topics: z.array(z.enum(topics)).default([]),
  temporal: z.object({ start: z.string().optional(), end: z.string().optional() }).optional(),
  spatial: line(200).optional(),
  sourceEntryIds: z.array(id).max(200).default([]),
  landingPage: z.string().max(1000).optional(),
  columns: z
    .array(z.object({ name: line(200), meaning: line(500), unit: z.string().nullish() }))
    .max(500)
    .default([]),
  preview: z.custom<Preview>().optional(),
})

/** Input of `publishDataset`. */
export type PublishDataset = z.input<typeof publishInput>

/** A file for an inventory, a description or an import. The size limit is the hub's upload limit. */
export const fileInput = z.object({
  organisationId,
  file: z.instanceof(File).refine((file) => file.size > 0),
})

/** A dropped data file; with `publish` the file itself becomes an open download. */
export const dropInput = fileInput.extend({ publish: z.enum(['on', 'true']).optional() })

/** How a source is read: its rhythm, milliseconds between two requests (a minute at most), and its rank among doubles. */
const reading = {
  schedule: z.enum(schedules),
  pace: z.coerce.number().int().min(0).max(60_000),
  priority: z.coerce.number().int().min(0).max(100),
}

/** A new source to harvest. `format`: how it is read, where a preview has shown it. */
export const sourceInput = z.object({
  organisationId,
  name: line(200).min(3),
  url: z.url({ protocol: /^https?$/ }).max(1000),
  format: blank(z.enum(['dcat', 'ckan', 'csw', 'ogc', 'oai', 'inventory', 'schema-org']).optional()),
  schedule: blank(reading.schedule.optional()),
  pace: blank(reading.pace.optional()),
  priority: blank(reading.priority.optional()),
})

/** Changed settings of a source. `removeAfter`: days until its gone entries are removed (ten years at most); empty keeps them. */
export const sourceSettings = z.object({
  sourceId: id,
  name: line(200).min(3),
  ...reading,
  removeAfter: blank(z.coerce.number().int().min(1).max(MOST_DAYS).optional()),
})

/** Input of `changeSource`. */
export type ChangeSource = z.input<typeof sourceSettings>

/** Input of `addSource`. */
export type AddSource = z.input<typeof sourceInput>

/** One line of what a question needs to know. */
export const needInput = z.object({
  questionId: id,
  what: line(200).min(3),
  unit: blank(line(100).optional()),
  space: blank(line(100).optional()),
  place: blank(line(100).optional()),
  starts: blank(day.optional()),
  ends: blank(day.optional()),
  granularity: blank(z.enum(grains).optional()),
  frequency: blank(z.enum(paces).optional()),
  topic: blank(z.enum(topics).optional()),
})

/** Input of `addNeed`. */
export type AddNeed = z.input<typeof needInput>

/** Takes an entry for a need, or with `accept: false` sets it aside. */
export const mapInput = z.object({ needId: id, entryId: id, accept: z.boolean().default(true) })

/** Input of `mapNeed`. */
export type MapNeed = z.input<typeof mapInput>

/** A request to a probable holder; two weeks to answer unless said otherwise. */
export const requestInput = z.object({
  needId: id,
  organisationId,
  message: line(2000).min(10),
  due: blank(day.optional()),
})

/** Input of `requestData`. */
export type RequestData = z.input<typeof requestInput>

/** The holder's answer; declining and asking back need words, a promise may name a day. */
export const answerInput = z
  .object({
    requestId: id,
    answer: z.enum(answers),
    text: line(2000).default(''),
    promisedFor: blank(day.optional()),
  })
  .refine((input) => input.answer === 'promise' || input.text.length > 4, { path: ['text'] })

/** Input of `answerRequest`. */
export type AnswerRequest = z.input<typeof answerInput>

/** The asker's reply to a question that came back; the request then waits for the holder again. */
export const replyInput = z.object({ requestId: id, text: line(2000).min(3) })

/** Input of `replyToRequest`. */
export type ReplyToRequest = z.input<typeof replyInput>

/** Whether data suit, from a fixed list; 1000 characters of explanation are two paragraphs. */
export const feedbackInput = z.object({
  entryId: id,
  kind: z.enum(feedbackKinds),
  text: line(1000).default(''),
})

/** Input of `giveFeedback`. */
export type GiveFeedback = z.input<typeof feedbackInput>

/** The house's answer to a remark. */
export const answerFeedbackInput = z.object({ feedbackId: id, answer: line(1000).min(3) })

/** Input of `answerFeedback`. */
export type AnswerFeedback = z.input<typeof answerFeedbackInput>
