import { z } from 'zod'
import { bilingual } from '../../platform/form-errors.ts'
import { emailSchema, NAME_MAX, PASSWORD_MAX, PASSWORD_MIN } from '../schema.ts'

const to = z.string().max(500).optional()
const token = z.string().min(1).max(2000)

const password = z
  .string()
  .min(PASSWORD_MIN, bilingual('Bitte mindestens 12 Zeichen.', 'At least 12 characters, please.'))
  .max(PASSWORD_MAX, bilingual('Höchstens 128 Zeichen sind möglich.', 'The limit is 128 characters.'))

/** Asks for a sign-in link. */
export const linkSchema = z.object({ email: emailSchema, to })

/** Signs in with a password; any length, so that a wrong one is only wrong. */
export const passwordSchema = z.object({ email: emailSchema, password: z.string().min(1).max(1000), to })

/** Registers. Fields beyond these (a role, a verified flag) are dropped. */
export const signUpSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(NAME_MAX),
  password: z.union([z.literal(''), password]).optional(),
})

/** Uses a link up. */
export const tokenSchema = z.object({ token, to })

/** Asks for a mail with which to set a password. */
export const requestPasswordSchema = z.object({ email: emailSchema })

/** Sets a password with the token of that mail. */
export const newPasswordSchema = z.object({ token, password })

/** A form that is only a button. */
export const emptySchema = z.object({})
