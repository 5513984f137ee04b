import { z } from 'zod'
import { isNumber, states } from './model.ts'
import { isUuid } from '../platform/ids.ts'

// Control signs never carry meaning here and some break what reads the text later (a NUL is refused by PostgreSQL).
const line = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim())
    .max(max)
const prose = (max: number) =>
  z
    .string()
    .overwrite((text) =>
      text
        .replaceAll('\r\n', '\n')
        .replaceAll(/[^\P{Cc}\n\t]/gu, '')
        .trim(),
    )
    .max(max)
const id = z.string().refine(isUuid)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** A text in one language for both, or in both. */
const localisedText = z.union([
  z
    .string()
    .trim()
    .min(1)
    .max(500)
    .transform((text) => ({ de: text, en: text })),
  z.object({ de: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) }),
])

/** Only addresses on this hub or full https addresses may stand behind a link. */
const linkTarget = z
  .string()
  .max(500)
  .regex(/^(\/(?!\/)|https:\/\/)/)

/** What a person writes. The title fits two lines of a page head; the other limits keep a page readable in five minutes. */
export const questionText = z.object({
  title: line(160).min(12),
  why: prose(4000).min(20),
  concerns: line(500).default(''),
  place: line(200).default(''),
  effectGoal: prose(500).default(''),
  effectMeasure: line(500).default(''),
  effectBaseline: line(300).default(''),
  effectReview: line(300).default(''),
})

/** A new question; `organisationId` must be one of the author's. `similarSeen` is how many similar ones were shown before. */
export const raiseInput = questionText.extend({
  organisationId: z.string().max(100).optional(),
  signature: line(80).default(''),
  follow: z.boolean().default(true),
  similarSeen: z.number().int().min(0).max(50).default(0),
})

/** Input of `raiseQuestion`. */
export type RaiseQuestion = z.input<typeof raiseInput>

/** A question sent without an account. `clientHash` stands for the sender's address, never the address itself. */
export const submitInput = raiseInput.omit({ organisationId: true }).extend({
  email: z.email().max(254),
  clientHash: z.string().max(64),
})

/** Input of `submitQuestion`. */
export type SubmitQuestion = z.input<typeof submitInput>

/** Changes to a question's text by its author or a steward, before the first decision. */
export const editInput = questionText.extend({ questionId: id })

/** Input of `editQuestion`. */
export type EditQuestion = z.input<typeof editInput>

/** What the list can be narrowed to. `q` looks in all texts; a page holds at most 100. */
export const listInput = z.object({
  state: z.enum(states).optional(),
  /** What people see as the current step, see `currentStep`; 7 for those that have gone the whole way. */
  step: z.coerce.number().int().min(1).max(7).optional(),
  q: line(200).optional(),
  sort: z.enum(['newest', 'support']).default('newest'),
  cursor: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(100).default(20),
})

/** Input of `listQuestions`. */
export type ListQuestions = z.input<typeof listInput>

/** Who decides next; texts in one or both languages, `until` a calendar day. */
const nextDecision = z.object({
  who: localisedText,
  what: localisedText.optional(),
  until: day.optional(),
  href: linkTarget.optional(),
  label: localisedText.optional(),
})

/** A step forward. `note` tells the public what happened, `mark` is the short remark in the stepper ("Platz 1"). */
export const advanceInput = z.object({
  questionId: id,
  to: z.enum(states),
  note: localisedText.optional(),
  mark: localisedText.optional(),
  href: linkTarget.optional(),
  decides: nextDecision.optional(),
})

/** Input of `advanceQuestion`. */
export type AdvanceQuestion = z.input<typeof advanceInput>

/** Input of `setNextDecision`; without `who` nobody is waited for. */
export const decisionInput = nextDecision.extend({ questionId: id })

/** Input of `setNextDecision`. */
export type SetNextDecision = z.input<typeof decisionInput>

/** A dated public line about a question. */
export const timelineInput = z.object({ questionId: id, text: localisedText, href: linkTarget.optional() })

/** Input of `addTimelineEntry`. */
export type AddTimelineEntry = z.input<typeof timelineInput>

/** Support by the person herself, or by an organisation she belongs to. */
export const supportInput = z.object({ questionId: id, organisationId: z.string().max(100).optional() })

/** Input of `supportQuestion` and `withdrawSupport`. */
export type SupportQuestion = z.input<typeof supportInput>

/** Support by somebody without an account, to be confirmed by mail. */
export const requestSupportInput = z.object({
  questionId: id,
  email: z.email().max(254),
  follow: z.boolean().default(false),
})

/** Input of `requestSupport`. */
export type RequestSupport = z.input<typeof requestSupportInput>

/** A contribution to the talk; 3000 characters are a page of text. */
export const commentInput = z.object({
  questionId: id,
  body: prose(3000).min(3),
  replyTo: id.optional(),
  organisationId: z.string().max(100).optional(),
  signature: line(80).default(''),
})

/** Input of `commentOnQuestion`. */
export type CommentOnQuestion = z.input<typeof commentInput>

/** How often to write: at each new step, or once a day with everything that is new. */
export const followInput = z.object({ questionId: id, mode: z.enum(['steps', 'daily']).default('daily') })

/** Input of `followQuestion`. */
export type FollowQuestion = z.input<typeof followInput>

/** Which question goes into which. */
export const mergeInput = z.object({
  questionId: id,
  intoNumber: z.string().trim().refine(isNumber),
  note: line(500).default(''),
})

/** Input of `mergeQuestions`. */
export type MergeQuestions = z.input<typeof mergeInput>

/** The reasons a steward can give; each is a rule people can read. */
export const rules = ['off-topic', 'personal-data', 'insult', 'advertising', 'duplicate', 'unclear'] as const

/** A moderation decision. Hiding and asking back need a rule. */
const moderateInput = z
  .object({
    decision: z.enum(['approve', 'hide', 'ask-back', 'restore']),
    rule: z.enum(rules).optional(),
    note: prose(1000).default(''),
  })
  .refine((d) => d.rule !== undefined || d.decision === 'approve' || d.decision === 'restore', {
    path: ['rule'],
  })

/** Input of `moderateQuestion`. */
export const moderateQuestionInput = z.intersection(z.object({ questionId: id }), moderateInput)

/** Input of `moderateQuestion`. */
export type ModerateQuestion = z.input<typeof moderateQuestionInput>

/** Input of `moderateComment`; a comment is never asked back, its author simply writes another. */
export const moderateCommentInput = z.intersection(z.object({ commentId: id }), moderateInput)

/** Input of `moderateComment`. */
export type ModerateComment = z.input<typeof moderateCommentInput>

/** An author's answer to a moderation decision. */
export const replyInput = z.object({ token: z.string().max(100), text: prose(2000).min(3) })

/** Input of `replyToDecision`. */
export type ReplyToDecision = z.input<typeof replyInput>
