import { z } from 'zod'
import { roles } from '../platform/context.ts'
import { bilingual } from '../platform/form-errors.ts'
import { organisationKinds } from './model.ts'

/** Names are cut where lists and signatures still stay readable. */
export const NAME_MAX = 120
/** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, two of them brackets. */
export const EMAIL_MAX = 254
/** Length is what protects (NIST SP 800-63B); twelve signs keep it typeable. */
export const PASSWORD_MIN = 12
/** Hashing time grows with length; more than this is no password but an attack. */
export const PASSWORD_MAX = 128

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u)

/** An e-mail address, trimmed and in lower case: one mailbox, one account. */
export const emailSchema = z.string().trim().toLowerCase().max(EMAIL_MAX).pipe(z.email())

/** An identifier in a URL or form. */
export const idSchema = z.uuid()

/** One role of `platform/context.ts`. */
export const roleSchema = z.enum(roles)

/** A municipality's key. */
export const agsSchema = z
  .string()
  .regex(/^\d{8}$/, bilingual('Bitte acht Ziffern angeben.', 'Eight digits, please.'))

/** Web addresses shown as links: no script, no data. */
export const urlSchema = z.url({ protocol: /^https?$/ }).max(500)

/** Input of `createOrganisation`. */
export const createOrganisationSchema = z.object({
  name: oneLine(NAME_MAX).min(2),
  shortName: oneLine(40).min(2),
  kind: z.enum(organisationKinds),
  ags: agsSchema,
  description: z.string().trim().max(2000).optional(),
  url: urlSchema.optional(),
})

/** Input of `editOrganisation`; kind and municipality stay. */
export const editOrganisationSchema = z.object({
  organisationId: idSchema,
  name: oneLine(NAME_MAX).min(2),
  shortName: oneLine(40).min(2),
  description: z.string().trim().max(2000),
  url: z.union([z.literal(''), urlSchema]),
})

/** Input of `addMember` and `removeMember`. */
export const memberSchema = z.object({ personId: idSchema, organisationId: idSchema, role: roleSchema })

/** Input of `setManager`. */
export const managerSchema = z.object({ personId: idSchema, organisationId: idSchema, manages: z.boolean() })

/** Input of `inviteMember`. */
export const inviteSchema = z.object({
  organisationId: idSchema,
  email: emailSchema,
  role: roleSchema,
  manages: z.boolean().default(false),
})

/** Input of `createPerson` (system only). */
export const createPersonSchema = z.object({ email: emailSchema, name: oneLine(NAME_MAX).min(1) })

/** Input of `createSignInLink`; `to` is where the person lands. */
export const signInLinkSchema = z.object({
  personId: idSchema,
  to: z.string().max(500).optional(),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(30 * 24 * 60)
    .optional(),
})

/** Input of `createConfirmation`: who asks with `purpose` (`room.what`) gets `payload` back with the event. */
export const createConfirmationSchema = z.object({
  email: emailSchema,
  purpose: z.string().regex(/^[a-z]+\.[a-z-]+$/),
  payload: z.json(),
  text: z.object({ title: oneLine(160).min(1), text: z.string().max(1000), button: oneLine(60).min(1) }),
  /** Name for a new account, if the person gave one. */
  name: oneLine(NAME_MAX).optional(),
  to: z.string().max(500).optional(),
})

/** Input of `saveMunicipality` (operator, system). */
export const municipalitySchema = z.object({
  ags: agsSchema,
  name: oneLine(NAME_MAX).min(2),
  claim: oneLine(200).optional(),
  operator: oneLine(200).optional(),
  contact: oneLine(EMAIL_MAX).optional(),
  hostnames: z.array(z.hostname()).max(20).default([]),
})

/** Input of `findPeople` and `listOrganisations`. */
export const searchSchema = z.object({
  q: z.string().trim().max(100).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export type CreateOrganisation = z.input<typeof createOrganisationSchema>
export type EditOrganisation = z.input<typeof editOrganisationSchema>
export type MemberInput = z.input<typeof memberSchema>
export type InviteInput = z.input<typeof inviteSchema>
export type CreatePerson = z.input<typeof createPersonSchema>
export type SignInLink = z.input<typeof signInLinkSchema>
export type CreateConfirmation = z.input<typeof createConfirmationSchema>
export type SaveMunicipality = z.input<typeof municipalitySchema>
export type Search = z.input<typeof searchSchema>

/** Input of `renameSelf`: an empty name is fine, others then read a neutral word. */
export const renameSchema = z.object({ name: oneLine(NAME_MAX) })

/** Input of `saveWishes`; a box left alone is not sent. */
export const wishesSchema = z.object({
  digest: z.enum(['never', 'daily', 'weekly']),
  tasks: z.preprocess((sent) => sent !== undefined && sent !== false && sent !== 'false', z.boolean()),
})

/** Input of `endSession`. */
export const sessionSchema = z.object({ sessionId: idSchema })

/** Input of `removePasskey`. */
export const passkeySchema = z.object({ passkeyId: idSchema })

/** What a wish form sends. */
export type Wishes = z.input<typeof wishesSchema>

const emptyAsAbsent = <S extends z.ZodType>(schema: S) =>
  z.preprocess((sent) => (sent === '' ? undefined : sent), schema)

/** `createOrganisation` from a form, where fields left empty are sent as empty texts. */
export const createOrganisationFormSchema = createOrganisationSchema.extend({
  description: emptyAsAbsent(z.string().trim().max(2000).optional()),
  url: emptyAsAbsent(urlSchema.optional()),
})

/** `inviteMember` from a form, where a tick left alone is not sent. */
export const inviteFormSchema = z.object({
  email: emailSchema,
  role: roleSchema,
  manages: z.preprocess((sent) => sent === 'on', z.boolean()),
})

/** `saveMunicipality` from a form: host names are typed into one field, divided by spaces, commas or lines. */
export const municipalityFormSchema = municipalitySchema.extend({
  hostnames: z
    .string()
    .max(2000)
    .transform((typed) =>
      typed
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    )
    .pipe(z.array(z.hostname()).max(20)),
})
