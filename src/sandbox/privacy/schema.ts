import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'
import { unitTypes } from '../model.ts'
import { mostRho } from './model.ts'

const wholeFrom1 = z.coerce.number().int().min(1).max(1_000)

/** ρ as people type it, with comma or point; refuses zero and more than any promise can carry. */
const rho = z
  .union([z.number(), z.string().trim().max(20)])
  .transform((value) => (typeof value === 'number' ? value : Number(value.replace(',', '.'))))
  .refine((value) => value >= 0.001 && value <= mostRho, {
    message: bilingual('Bitte eine Zahl von 0,001 bis 10 angeben.', 'Please give a number from 0.001 to 10.'),
  })

const settings = z.object({
  organisationId: z.string().trim().max(64).optional(),
  rhoLimit: rho,
  personLimit: rho,
  groupsPerUnit: wholeFrom1,
  rowsPerUnit: wholeFrom1,
})
const withinRoom = (v: { personLimit: number; rhoLimit: number }) => v.personLimit <= v.rhoLimit
const beyondRoom = {
  path: ['personLimit'],
  message: bilingual(
    'Eine Person kann nicht mehr verbrauchen als der Raum.',
    'A person cannot spend more than the workspace.',
  ),
}

/** The holder's form: a person's share lies within the budget of the workspace. */
export const settingsSchema = settings.refine(withinRoom, beyondRoom)

/** A holder's decision that a workspace is asked with differential privacy only. */
export const settlePrivacySchema = settings.extend({ workspaceId: z.uuid() }).refine(withinRoom, beyondRoom)

/** A holder's decision about the lifetime limit of one type of units. The reason stands in the register. */
export const limitPrivacySchema = z.object({
  organisationId: z.string().trim().min(1).max(64),
  unitType: z.enum(unitTypes),
  rhoLimit: rho,
  reason: z.string().trim().min(20).max(500),
})

/** How precisely to ask; anything else is the usual precision. */
export const precisionSchema = z.enum(['coarse', 'usual', 'fine']).catch('usual')

/** Input of `settlePrivacy`. */
export type SettlePrivacy = z.input<typeof settlePrivacySchema>
/** Input of `limitPrivacy`. */
export type LimitPrivacy = z.input<typeof limitPrivacySchema>
