import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'
import { clauseKeys, legalBases } from '../model.ts'

const id = z.string().trim().min(1).max(64)
const ids = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(id).max(50),
)
const day = z.iso.date()
const levels = ['basic', 'raised', 'high'] as const
const endsAfterStart = bilingual(
  'Der letzte Tag liegt vor dem ersten.',
  'The last day is before the first one.',
)

/** The form of a new agreement; holders follow from the chosen data. Limits as in `proposeSchema`. */
export const newAgreementForm = z
  .object({
    questionId: id,
    title: z.string().trim().min(3).max(120),
    purpose: z.string().trim().min(10).max(600),
    legalBasis: z.enum(legalBases),
    entryIds: ids.refine(
      (list) => list.length > 0,
      bilingual('Bitte mindestens einen Datensatz wählen.', 'Please choose at least one dataset.'),
    ),
    analysts: ids.refine(
      (list) => list.length > 0,
      bilingual('Bitte wählen Sie, wer auswertet.', 'Please choose who analyses.'),
    ),
    askers: ids,
    protectionLevel: z.enum(levels),
    validFrom: day,
    validUntil: day,
    benefit: z.string().trim().max(600).default(''),
    deletion: z.string().trim().max(400).default(''),
  })
  .refine((input) => input.validFrom <= input.validUntil, { path: ['validUntil'], message: endsAfterStart })
/** A filled-in {@link newAgreementForm}. */
export type NewAgreementForm = z.output<typeof newAgreementForm>

const text = z.string().max(4000).optional()

/** The form for one clause: its wording and the values it holds, each optional. */
export const editClauseForm = z
  .object({
    clause: z.enum(clauseKeys),
    plain: text,
    legal: text,
    plainEn: text,
    legalEn: text,
    reason: z.string().trim().max(400).optional(),
    purpose: z.string().trim().min(10).max(600).optional(),
    legalBasis: z.enum(legalBases).optional(),
    protectionLevel: z.enum(levels).optional(),
    validFrom: day.optional(),
    validUntil: day.optional(),
    deletion: z.string().trim().max(400).optional(),
    benefit: z.string().trim().max(600).optional(),
  })
  .refine((input) => !input.validFrom || !input.validUntil || input.validFrom <= input.validUntil, {
    path: ['validUntil'],
    message: endsAfterStart,
  })
/** A filled-in {@link editClauseForm}. */
export type EditClauseForm = z.output<typeof editClauseForm>
