import { z } from 'zod'
import { clauseKeys, legalBases, type ProtectionLevel } from './model.ts'

const id = z.string().trim().min(1).max(64) // ids are 36 characters; more is never one of ours
const day = z.iso.date()
const levels = ['basic', 'raised', 'high'] as const satisfies readonly ProtectionLevel[]

/** One party of a new agreement. */
const partySchema = z.object({ organisationId: id, part: z.enum(['holder', 'analyst', 'asker']) })

/** A new agreement. At least one holder and one analyst; the last day lies after the first. */
export const proposeSchema = z
  .object({
    questionId: id,
    title: z.string().trim().min(3).max(120), // one line on a phone and in the list
    purpose: z.string().trim().min(10).max(600), // a purpose longer than a paragraph is more than one purpose
    legalBasis: z.enum(legalBases),
    parties: z.array(partySchema).min(2).max(20), // a text with more parties is not negotiated in one room
    entryIds: z.array(id).min(1).max(50),
    protectionLevel: z.enum(levels).default('raised'),
    validFrom: day,
    validUntil: day,
    deletion: z.string().trim().max(400).default(''),
    benefit: z.string().trim().max(600).default(''),
  })
  .refine((input) => input.validFrom <= input.validUntil, {
    path: ['validUntil'],
    params: { code: 'before-start' },
  })
  .refine((input) => input.parties.some((one) => one.part === 'holder'), {
    path: ['parties'],
    params: { code: 'no-holder' },
  })
  .refine((input) => input.parties.some((one) => one.part === 'analyst'), {
    path: ['parties'],
    params: { code: 'no-analyst' },
  })
/** What {@link proposeSchema} accepts. */
export type ProposeAgreement = z.input<typeof proposeSchema>

const text = z.string().trim().max(4000) // two printed pages per clause are the most anybody reads

/** A change of one clause: its wording, or the values it holds. Missing parts stay as they are. */
export const changeClauseSchema = z.object({
  agreementId: id,
  clause: z.enum(clauseKeys),
  plain: text.optional(),
  legal: text.optional(),
  plainEn: text.optional(),
  legalEn: text.optional(),
  values: z
    .object({
      purpose: z.string().trim().min(10).max(600),
      legalBasis: z.enum(legalBases),
      protectionLevel: z.enum(levels),
      validFrom: day,
      validUntil: day,
      deletion: z.string().trim().max(400),
      benefit: z.string().trim().max(600),
    })
    .partial()
    .optional(),
  reason: z.string().trim().max(400).optional(),
})
/** What {@link changeClauseSchema} accepts. */
export type ChangeClause = z.input<typeof changeClauseSchema>

/** Something said about one clause, read by the parties only. */
export const discussClauseSchema = z.object({
  agreementId: id,
  clause: z.enum(clauseKeys),
  text: z.string().trim().min(2).max(2000),
})
/** What {@link discussClauseSchema} accepts. */
export type DiscussClause = z.input<typeof discussClauseSchema>

/** A signature for one party. `hash` is the text the signer read; a text changed meanwhile is refused. */
export const signSchema = z.object({
  agreementId: id,
  organisationId: id,
  hash: z.string().length(64).optional(),
})
/** What {@link signSchema} accepts. */
export type SignAgreement = z.input<typeof signSchema>

/** Withdrawal: at once, with a reason everybody can read. */
export const withdrawSchema = z.object({ agreementId: id, reason: z.string().trim().min(5).max(600) })
/** What {@link withdrawSchema} accepts. */
export type WithdrawAgreement = z.input<typeof withdrawSchema>

/** Ending because the purpose is fulfilled. */
export const endSchema = withdrawSchema
/** What {@link endSchema} accepts. */
export type EndAgreement = z.input<typeof endSchema>

/** Which agreements to list. */
export const listSchema = z.object({
  questionId: id.optional(),
  state: z.enum(['draft', 'proposed', 'signed', 'withdrawn', 'expired', 'ended']).optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
})
/** What {@link listSchema} accepts. */
export type ListAgreements = z.input<typeof listSchema>
