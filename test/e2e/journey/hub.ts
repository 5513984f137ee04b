import { rm } from 'node:fs/promises'
import { SMTPServer } from 'smtp-server'
import { openHub } from '../../../src/hub.ts'
import {
  addMember,
  createOrganisation,
  createPerson,
  createSignInLink,
  saveMunicipality,
} from '../../../src/identity/service.ts'
import { readConfig } from '../../../src/platform/config.ts'
import type { Role } from '../../../src/platform/context.ts'
import type { RunningHub } from '../../demo-server.ts'
import { runHub } from '../../demo-server.ts'
import { freshData } from '../../fresh-data.ts'

/** A mail as it arrived at the mail server. */
export type Arrived = { readonly to: readonly string[]; readonly text: string }

/** The cast of the walk: one person per role, each in her house. */
const cast = {
  steward: { name: 'Datenlotsin', house: 'Statistikstelle', roles: ['steward'] },
  holder: { name: 'Sachbearbeiterin', house: 'Sozialamt', roles: ['holder'] },
  reviewer: { name: 'Prüferin', house: 'Sozialamt', roles: ['reviewer'] },
  analyst: { name: 'Forscherin', house: 'Hochschule', roles: ['analyst', 'holder'] },
  association: { name: 'Vereinsvorstand', house: 'Verein Gute Arbeit', roles: ['citizen'] },
} as const satisfies Record<string, { name: string; house: string; roles: readonly Role[] }>

/** One of the cast. */
export type Part = keyof typeof cast

/** A real hub in a process of its own, a real mail server, and one-time links for the cast. */
export type Stage = {
  readonly hub: RunningHub
  readonly dataDir: string
  readonly mails: readonly Arrived[]
  readonly links: Readonly<Record<Part, string>>
  readonly close: () => Promise<void>
}

/** Prepares people and houses through the services, then starts the hub as an operator would. */
export async function openStage(env: Record<string, string>): Promise<Stage> {
  const dataDir = await freshData()
  const mails: Arrived[] = []
  const smtp = mailCatcher(mails)
  const smtpPort = await new Promise<number>((ready) => {
    const server = smtp.listen(0, '127.0.0.1', () => ready((server.address() as { port: number }).port))
  })
  const links = await prepare(dataDir)
  const hub = await runHub({
    dataDir,
    env: { SMTP_URL: `smtp://127.0.0.1:${smtpPort}?ignoreTLS=true`, ...env },
  })
  return {
    hub,
    dataDir,
    mails,
    links,
    close: async () => {
      await hub.kill()
      await new Promise<void>((closed) => smtp.close(() => closed()))
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function mailCatcher(mails: Arrived[]): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map((each) => each.address),
          text: decodeMail(Buffer.concat(chunks).toString()),
        })
        done()
      })
    },
  })
}

/** The text of a plain mail: quoted-printable or base64 undone. */
function decodeMail(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const joined = body.replace(/=\r\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}

async function prepare(dataDir: string): Promise<Record<Part, string>> {
  const hub = await openHub(
    readConfig({ ALLMENDE_DATA: dataDir, ALLMENDE_AGS: '00990001', LOG_LEVEL: 'error' }),
  )
  const ctx = hub.makeCtx()
  await saveMunicipality(ctx, { ags: '00990001', name: 'Auenstadt', hostnames: [] })
  const houses = new Map<string, string>()
  const links: Partial<Record<Part, string>> = {}
  for (const [part, { name, house, roles }] of Object.entries(cast) as [Part, (typeof cast)[Part]][]) {
    if (!houses.has(house)) {
      const kind = house.startsWith('Verein') ? ('association' as const) : ('department' as const)
      houses.set(
        house,
        (await createOrganisation(ctx, { name: house, shortName: house, kind, ags: '00990001' })).id,
      )
    }
    const person = await createPerson(ctx, { email: `${part}@example.org`, name })
    for (const role of roles)
      await addMember(ctx, { personId: person.id, organisationId: houses.get(house)!, role })
    const link = new URL(await createSignInLink(ctx, { personId: person.id, minutes: 30 }))
    links[part] = link.pathname + link.search
  }
  await hub.drain()
  await hub.close()
  return links as Record<Part, string>
}
