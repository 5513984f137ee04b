import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'

const house = z.string().min(1).max(100)
const day = z.iso.date()

/** A new campaign. A title fits a line, 2000 characters of reasons are a page; 200 houses are more than any town has. */
export const startCampaignInput = z
  .object({
    title: z.string().trim().min(4).max(200),
    why: z.string().trim().min(20).max(2000),
    starts: day,
    due: day,
    houses: z.preprocess(
      (value) => (value === undefined ? [] : [value].flat()),
      z
        .array(house)
        .min(1, bilingual('Wählen Sie mindestens ein Haus.', 'Choose at least one house.'))
        .max(200),
    ),
  })
  .refine((input) => input.due > input.starts, {
    path: ['due'],
    message: bilingual('Das Ende liegt nach dem Beginn.', 'The end lies after the beginning.'),
  })

/** Input of `startCampaign`. */
export type StartCampaign = z.input<typeof startCampaignInput>

/** A house says that its list is complete, or that it is not after all; with a word for the steward. */
export const completeInput = z.object({
  organisationId: house,
  complete: z.enum(['yes', 'no']),
  note: z.string().trim().max(500).default(''),
})

/** Input of `declareComplete` beside the campaign. */
export type Complete = z.input<typeof completeInput>
