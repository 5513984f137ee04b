import { z } from 'zod'

/** A municipality key or its beginning (Land 2, district 5, municipality 8 digits); nothing: everything the hub knows. */
export const compareInput = z.object({
  place: z
    .string()
    .regex(/^\d{2,8}$/)
    .optional()
    .catch(undefined),
  state: z.enum(['open', 'held', 'probable', 'missing']).optional().catch(undefined),
})

/** Input of `compareWithModel`. */
export type CompareInput = z.input<typeof compareInput>

/** Which model dataset an entry is; an empty choice says that none fits. Ids of the taxonomy have at most 80 characters. */
export const chooseModelDatasetInput = z.object({
  entryId: z.uuid(),
  concept: z.preprocess((value) => (value === '' ? null : value), z.string().max(200).nullable()),
})

/** Input of `chooseModelDataset`. */
export type ChooseModelDataset = z.input<typeof chooseModelDatasetInput>
