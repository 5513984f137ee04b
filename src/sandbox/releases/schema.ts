import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'

const id = z.uuid()
// Ids of other rooms have 36 characters; more is never one of ours.
const foreignId = z.string().trim().min(1).max(64)

/** The sentence that stands in the register, so it must say something; the attached page is optional. */
const request = z.object({
  context: z.string().trim().min(20).max(1_000),
  notebookId: z.union([z.literal(''), id]).optional(),
})

/** Asks to take a result out. */
export const requestReleaseSchema = request.extend({ queryId: id })

/** Sends a request again that came back with wishes. */
export const reviseReleaseSchema = request.extend({ releaseId: id })

const decision = z.object({
  organisationId: foreignId,
  decision: z.enum(['approve', 'reject', 'changes', 'revoke']),
  reason: z.string().trim().max(1_000).default(''),
})
const reasoned = (d: { decision: string; reason: string }) =>
  d.decision === 'approve' || d.decision === 'revoke' || d.reason.length >= 10
const reasonMissing = {
  path: ['reason'],
  message: bilingual(
    'Bitte begründen Sie das in einem Satz: Bei einer Ablehnung warum, bei einem Wunsch was anders werden soll.',
    'Please give the reason in one sentence: why you reject, or what should be changed.',
  ),
}

/** The decision form. A rejection or a wish without a reason helps nobody. */
export const decisionSchema = decision.refine(reasoned, reasonMissing)

/** A holder's decision about one release. */
export const decideReleaseSchema = decision.extend({ releaseId: id }).refine(reasoned, reasonMissing)

const place = z.int().min(0).max(100_000)

/** Figures to blank: single cells of some rows, and whole columns. A released table has at most 5 000 rows. */
export const redactReleaseSchema = z.object({
  releaseId: id,
  organisationId: foreignId,
  rows: z.object({ from: place, to: place }),
  cells: z.array(z.object({ row: place, column: place })).max(10_000),
  columns: z.array(place).max(500),
})

const several = z.union([z.string(), z.array(z.string())]).optional()
const asList = (value: z.output<typeof several>) => (value === undefined ? [] : [value].flat())

/** The form with one tick per figure: `cell` is `row.column`, `column` a whole column. */
export const redactFormSchema = z
  .object({
    organisationId: foreignId,
    from: z.coerce.number().int().min(0).max(100_000),
    to: z.coerce.number().int().min(0).max(100_000),
    cell: several,
    column: several,
  })
  .transform(({ organisationId, from, to, cell, column }) => ({
    organisationId,
    rows: { from, to },
    cells: asList(cell).flatMap((text) => {
      const at = /^(\d{1,6})\.(\d{1,6})$/.exec(text)
      return at ? [{ row: Number(at[1]), column: Number(at[2]) }] : []
    }),
    columns: asList(column)
      .filter((text) => /^\d{1,6}$/.test(text))
      .map(Number),
  }))

/** Up to how many figures a holder lets leave by themselves; more nobody can have looked at. */
export const setRuleSchema = z.object({
  workspaceId: id,
  organisationId: foreignId,
  maxCells: z.coerce.number().int().min(1).max(10_000),
})

/** Ends a standing rule. */
export const endRuleSchema = setRuleSchema.omit({ maxCells: true })

/** Input of `requestRelease`. */
export type RequestRelease = z.input<typeof requestReleaseSchema>
/** Input of `decideRelease`. */
export type DecideRelease = z.input<typeof decideReleaseSchema>
/** Input of `reviseRelease`. */
export type ReviseRelease = z.input<typeof reviseReleaseSchema>
/** Input of `redactRelease`. */
export type RedactRelease = z.input<typeof redactReleaseSchema>
/** Input of `setRule`. */
export type SetRule = z.input<typeof setRuleSchema>
/** Input of `endRule`. */
export type EndRule = z.input<typeof endRuleSchema>
