import { z } from 'zod'
import type { Command, CommandArgs, CommandIo, ExitCode } from '../platform/command.ts'
import { textOption } from '../platform/command.ts'
import { roles } from '../platform/context.ts'
import type { Ctx } from '../platform/context.ts'
import { fieldErrors, parseIn } from '../platform/form-errors.ts'
import { organisationKinds } from './model.ts'
import { addMember, createOrganisation, listOrganisations } from './organisations/service.ts'
import { createPerson, createSignInLink, findIdByEmail, findPeople } from './people/service.ts'
import * as schema from './schema.ts'
import { saveMunicipality } from './towns/service.ts'

/** Prints what is wrong with the input and ends with 2; or runs with what was understood. */
async function withInput<S extends z.ZodType>(
  io: CommandIo,
  input: S,
  raw: unknown,
  run: (input: z.output<S>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const parsed = parseIn(input, raw, 'en')
  if (parsed.success) return run(parsed.data)
  for (const [field, message] of Object.entries(fieldErrors(parsed.error, 'en')))
    io.note(`${field}: ${message}`)
  return 2
}

function say(io: CommandIo, value: object, text: string): ExitCode {
  io.out(io.json ? JSON.stringify(value) : text)
  return 0
}

async function listPeople(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const q = args.words[0]
  let cursor: string | undefined
  do {
    const { people, next } = await findPeople(ctx, {
      ...(q ? { q } : {}),
      ...(cursor ? { cursor } : {}),
      limit: 100,
    })
    for (const person of people) {
      const held = person.memberships.map((m) => m.role).join(', ')
      say(io, person, `${person.id}  ${person.email}  ${person.name}  ${held}`)
    }
    cursor = next
  } while (cursor)
  return 0
}

async function listAll(ctx: Ctx, _args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  for (const o of await listOrganisations(ctx)) say(io, o, `${o.id}  ${o.kind.padEnd(11)}  ${o.name}`)
  return 0
}

const addPerson = (ctx: Ctx, args: CommandArgs, io: CommandIo) =>
  withInput(io, schema.createPersonSchema, { email: args.words[0], name: args.words[1] }, async (input) => {
    const person = await createPerson(ctx, input)
    return say(io, person, person.id)
  })

function addOrganisation(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const raw = {
    name: args.words[0],
    shortName: textOption(args, 'short') ?? args.words[0]?.slice(0, 40),
    kind: textOption(args, 'kind') ?? 'department',
    ags: textOption(args, 'ags') ?? ctx.config.ags,
    url: textOption(args, 'url'),
  }
  return withInput(io, schema.createOrganisationSchema, raw, async (input) => {
    const organisation = await createOrganisation(ctx, input)
    return say(io, organisation, organisation.id)
  })
}

const addTown = (ctx: Ctx, args: CommandArgs, io: CommandIo) => {
  const hostnames = [args.options['host']].flat().filter((host) => typeof host === 'string')
  const raw = {
    ags: args.words[0],
    name: args.words[1],
    hostnames,
    operator: textOption(args, 'operator'),
    claim: textOption(args, 'claim'),
  }
  return withInput(io, schema.municipalitySchema, raw, async (input) => {
    const town = await saveMunicipality(ctx, input)
    return say(io, town, `${town.ags}  ${town.name}`)
  })
}

const grantSchema = z.object({
  email: schema.emailSchema,
  organisationId: schema.idSchema,
  role: schema.roleSchema,
})

function grant(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [email, organisationId, role] = args.words
  return withInput(io, grantSchema, { email, organisationId, role }, async (input) => {
    const personId = await findIdByEmail(ctx, input.email)
    if (!personId) return refuseUnknown(io)
    await addMember(ctx, { personId, organisationId: input.organisationId, role: input.role })
    return say(io, { personId, ...input }, 'given')
  })
}

const linkSchema = z.object({ email: schema.emailSchema, minutes: z.coerce.number().int().min(1).optional() })

function signInLink(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  return withInput(
    io,
    linkSchema,
    { email: args.words[0], minutes: textOption(args, 'minutes') },
    async ({ email, minutes }) => {
      const personId = await findIdByEmail(ctx, email)
      if (!personId) return refuseUnknown(io)
      const url = await createSignInLink(ctx, { personId, ...(minutes ? { minutes } : {}) })
      return say(io, { url }, url)
    },
  )
}

function refuseUnknown(io: CommandIo): ExitCode {
  io.note('There is no account with this address. Make one: allmende identity add-person EMAIL NAME')
  return 1
}

const verb = (
  name: string,
  usage: string,
  summary: string,
  run: (ctx: Ctx, args: CommandArgs, io: CommandIo) => Promise<ExitCode>,
): Command => ({
  room: 'identity',
  verb: name,
  usage: `${name}${usage ? ` ${usage}` : ''} [--json]`,
  summary,
  needsHub: true,
  run,
})

/** Accounts and organisations on the command line. */
export const commands: readonly Command[] = [
  verb('people', '[WORDS]', 'List accounts with their roles.', listPeople),
  verb('organisations', '', 'List organisations.', listAll),
  verb('add-person', 'EMAIL NAME', 'Make an account with a verified address.', addPerson),
  verb(
    'add-organisation',
    `NAME [--short NAME] [--kind ${organisationKinds.join('|')}] [--ags KEY] [--url URL]`,
    'Enter an organisation.',
    addOrganisation,
  ),
  verb(
    'add-town',
    'AGS NAME [--host NAME]… [--operator NAME] [--claim LINE]',
    'Enter a municipality, or change it.',
    addTown,
  ),
  verb(
    'grant',
    `EMAIL ORGANISATION-ID ${roles.join('|')}`,
    'Give a person a role in an organisation.',
    grant,
  ),
  verb('sign-in-link', 'EMAIL [--minutes N]', 'Print a link that signs a person in once.', signInLink),
]
