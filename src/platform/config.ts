import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { CannotStart } from './cannot-start.ts'

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((value) => value === 'true' || value === '1')
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )

const SECRET_LENGTH = 32

/** The environment variables an operator may set, with defaults. `docs/operations.md` explains each. */
const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  ALLMENDE_URL: z.url().optional(),
  ALLMENDE_DATA: z.string().default('data'),
  ALLMENDE_ROLE: z.enum(['all', 'http', 'worker']).default('all'),
  ALLMENDE_DEMO: flag,
  ALLMENDE_AGS: z
    .string()
    .regex(/^\d{8}$/)
    .default('00000000'),
  ALLMENDE_TOWN: z.string().default('Auenstadt'),
  DATABASE_URL: z.string().optional(),
  ALLMENDE_SECRET: z.string().min(SECRET_LENGTH).optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('Allmende <allmende@localhost>'),
  ALLMENDE_OIDC_ISSUER: z.url().optional(),
  ALLMENDE_OIDC_CLIENT_ID: z.string().optional(),
  ALLMENDE_OIDC_CLIENT_SECRET: z.string().optional(),
  ALLMENDE_OIDC_NAME: z.string().default('Stadtkonto'),
  /** Hosts outside the public internet that outbound requests may reach, e.g. `geo.intern:8080`. */
  ALLMENDE_FETCH_ALLOW: list,
  /** JSON file with this installation's own level of protection. */
  ALLMENDE_PROTECTION: z.string().optional(),
  ALLMENDE_UPLOAD_LIMIT_MB: z.coerce.number().int().min(1).max(100_000).default(256),
  /** Answers of the vault are given at this many ms after the question, at twice, four times … as many. */
  ALLMENDE_REPLY_QUANTUM_MS: z.coerce.number().int().min(0).max(10_000).default(250),
  ALLMENDE_TRUST_PROXY: flag,
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** The resolved configuration. Only this module reads the environment. */
export type Config = {
  readonly mode: 'production' | 'development' | 'test'
  readonly port: number
  readonly host: string
  readonly url: string
  readonly dataDir: string
  readonly role: 'all' | 'http' | 'worker'
  readonly demo: boolean
  readonly ags: string
  readonly town: string
  readonly databaseUrl: string | undefined
  /** Signs sessions and derives all keys of this installation. */
  readonly secret: string
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  readonly oidc:
    | {
        readonly issuer: string
        readonly clientId: string
        readonly clientSecret: string
        readonly name: string
      }
    | undefined
  readonly fetchAllow: readonly string[]
  /** Path of a JSON file with an own level of protection for workspaces. */
  readonly protectionFile: string | undefined
  readonly uploadLimitBytes: number
  /** Answers of the vault are given at fixed moments only; 0 gives them at once, for tests. */
  readonly replyQuantumMs: number
  readonly trustProxy: boolean
  readonly logLevel: string
}

/**
 * Reads the configuration; makes and keeps a secret in the data folder if none is set. Throws `CannotStart` with each wrong
 * variable, or where the kept secret is too short to be one.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new CannotStart(`The configuration cannot be used:\n  ${lines.join('\n  ')}`)
  }
  const e = parsed.data
  const dataDir = resolve(e.ALLMENDE_DATA)
  return {
    mode: e.NODE_ENV,
    port: e.PORT,
    host: e.HOST,
    url: (e.ALLMENDE_URL ?? `http://localhost:${e.PORT}`).replace(/\/$/, ''),
    dataDir,
    role: e.ALLMENDE_ROLE,
    demo: e.ALLMENDE_DEMO,
    ags: e.ALLMENDE_AGS,
    town: e.ALLMENDE_TOWN,
    databaseUrl: e.DATABASE_URL || undefined,
    secret: e.ALLMENDE_SECRET ?? keptSecret(dataDir),
    smtpUrl: e.SMTP_URL || undefined,
    mailFrom: e.MAIL_FROM,
    oidc: oidcOf(e),
    fetchAllow: e.ALLMENDE_FETCH_ALLOW,
    protectionFile: e.ALLMENDE_PROTECTION || undefined,
    uploadLimitBytes: e.ALLMENDE_UPLOAD_LIMIT_MB * 1024 * 1024,
    replyQuantumMs: e.ALLMENDE_REPLY_QUANTUM_MS,
    trustProxy: e.ALLMENDE_TRUST_PROXY,
    logLevel: e.LOG_LEVEL,
  }
}

function oidcOf(e: z.infer<typeof environmentSchema>): Config['oidc'] {
  if (!e.ALLMENDE_OIDC_ISSUER) return undefined
  return {
    issuer: e.ALLMENDE_OIDC_ISSUER,
    clientId: e.ALLMENDE_OIDC_CLIENT_ID ?? '',
    clientSecret: e.ALLMENDE_OIDC_CLIENT_SECRET ?? '',
    name: e.ALLMENDE_OIDC_NAME,
  }
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept.length >= SECRET_LENGTH) return kept
    // A full disk or a kill while it was written; whatever is signed with less could be forged.
    throw new CannotStart(`${file} is cut off. Put a copy back, or remove it: then all sign in anew.`)
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secret = randomBytes(48).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

/** The environment a child process of ours gets: nothing but what Node needs, so no secret is inherited. */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    PATH: env['PATH'],
    HOME: env['HOME'],
    TMPDIR: env['TMPDIR'],
    LANG: 'C.UTF-8',
    NODE_ENV: env['NODE_ENV'],
  }
}
