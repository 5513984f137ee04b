import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { genericOAuth, magicLink } from 'better-auth/plugins'
import { sha256Hex } from '../platform/canonical.ts'
import type { Config } from '../platform/config.ts'
import type { Actor } from '../platform/context.ts'
import type { Db } from '../platform/db.ts'
import type { Call } from '../platform/http.ts'
import type { Locale } from '../platform/i18n.ts'
import { newId } from '../platform/ids.ts'
import { mails } from './messages.ts'
import type { MailText } from './messages.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './schema.ts'
import { findActorByToken } from './store.ts'

declare module '../platform/context.ts' {
  interface Resources {
    auth: Auth
  }
}

/** Sends one mail outside any transaction; the app wires it to the mail queue. */
export type SendAuthMail = (mail: { readonly to: string } & MailText) => Promise<void>

/** What sign-in is built from. */
export type AuthDeps = { readonly db: Db; readonly config: Config; readonly sendMail: SendAuthMail }

/** The one name of the configured outside provider in URLs and accounts. */
export const OIDC_PROVIDER = 'town'
/** Minutes a sign-in link by mail stays good. */
export const LINK_MINUTES = 15
/** Where the library's own routes hang; only those in `handlerPaths` are reachable. */
export const AUTH_PATH = '/api/auth'

const DAY = 24 * 60 * 60

/**
 * Sign-in on the hub's own database: password with verified address, one-time link, passkey, outside OIDC provider.
 * Works on the outer database and never joins a transaction: call it outside `transact` only.
 */
export function createAuth(deps: AuthDeps) {
  const { db, config } = deps
  return betterAuth({
    appName: 'Allmende',
    baseURL: config.url,
    basePath: AUTH_PATH,
    secret: config.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db, type: 'postgres' },
    // Our routes and the few open handler routes are limited in `platform/http` and `attempts`.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'allmende',
      useSecureCookies: config.url.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // Addresses of people's computers are personal data we have no use for.
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(), validateSchema: false },
    },
    ...tables,
    databaseHooks: withoutTokens,
    ...passwords(deps),
    plugins: [links(deps), passkeys(config), ...oidc(config), sessions],
  })
}

/** The configured sign-in of a running hub. */
export type Auth = ReturnType<typeof createAuth>

const tables = {
  user: {
    modelName: 'identity_user',
    additionalFields: {
      locale: { type: 'string', required: true, defaultValue: 'de', input: true },
      // Stands for the person in public records; erasure deletes it and thereby cuts the tie.
      personKey: {
        type: 'string',
        required: false,
        input: false,
        returned: false,
        defaultValue: () => newPersonKey(),
      },
    },
  },
  session: { modelName: 'identity_session', expiresIn: 30 * DAY, disableSessionRefresh: true, freshAge: DAY },
  account: { modelName: 'identity_account', encryptOAuthTokens: true, updateAccountOnSignIn: false },
  verification: {
    modelName: 'identity_verification',
    // Tokens at rest are hashed, so that a copy of the database opens no account; those of links already are.
    storeIdentifier: { default: 'hashed', overrides: { 'magic-link:': 'plain' } },
  },
} as const

/** We only ask an outside provider who somebody is; what would let us act there is not kept. */
const withoutTokens = {
  account: {
    create: {
      before: async (account: object) => ({
        data: { ...account, accessToken: null, refreshToken: null, idToken: null, scope: null },
      }),
    },
  },
}

/** A random key that stands for a person in public records and says nothing about her. */
export function newPersonKey(): string {
  return sha256Hex(`${newId()}:${newId()}`).slice(0, 20)
}

/** The stored form of a one-time token: its hash, so that a copy of the database opens no account. */
export function hashToken(token: string): string {
  return sha256Hex(`link:${token}`)
}

const localeOf = (user: object): Locale => ('locale' in user && user.locale === 'en' ? 'en' : 'de')

function pathIn(locale: Locale, path: string): string {
  return locale === 'en' ? `/en${path}` : path
}

function passwords({ config, sendMail }: AuthDeps) {
  const url = (locale: Locale, path: string) => config.url + pathIn(locale, path)
  return {
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      autoSignIn: false,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }: { user: { email: string }; token: string }) => {
        const locale = localeOf(user)
        await sendMail({
          to: user.email,
          ...mails[locale].password({ url: url(locale, `/identity/password/${token}`) }),
        })
      },
      // The answer on screen is the same as for a new address; only the mailbox's owner learns the difference.
      onExistingUserSignUp: async ({ user }: { user: { email: string } }) => {
        const locale = localeOf(user)
        await sendMail({ to: user.email, ...mails[locale].known({ url: url(locale, '/identity/sign-in') }) })
      },
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      expiresIn: DAY,
      sendVerificationEmail: async ({ user, token }: { user: { email: string }; token: string }) => {
        const locale = localeOf(user)
        await sendMail({
          to: user.email,
          ...mails[locale].verify({ url: url(locale, `/identity/verify?token=${token}`) }),
        })
      },
    },
  }
}

function links({ config, sendMail }: AuthDeps) {
  return magicLink({
    expiresIn: LINK_MINUTES * 60,
    storeToken: { type: 'custom-hasher', hash: async (token) => hashToken(token) },
    sendMagicLink: async ({ email, token, metadata }) => {
      const locale: Locale = metadata?.['locale'] === 'en' ? 'en' : 'de'
      const to = typeof metadata?.['to'] === 'string' ? `?to=${encodeURIComponent(metadata['to'])}` : ''
      const url = config.url + pathIn(locale, `/identity/link/${token}${to}`)
      await sendMail({ to: email, ...mails[locale].signIn({ url, minutes: LINK_MINUTES }) })
    },
  })
}

function passkeys(config: Config) {
  return passkey({
    rpID: new URL(config.url).hostname,
    rpName: `Allmende ${config.town}`,
    origin: config.url,
    schema: { passkey: { modelName: 'identity_passkey' } },
  })
}

function oidc(config: Config) {
  if (!config.oidc) return []
  const { issuer, clientId, clientSecret, name } = config.oidc
  return [
    genericOAuth({
      config: [
        {
          providerId: OIDC_PROVIDER,
          name,
          discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
          clientId,
          clientSecret,
          scopes: ['openid', 'profile', 'email'],
          pkce: true,
          requireEmailVerification: true,
        },
      ],
    }),
  ]
}

/** Reads the signed cookie; a server-only route, reachable through `auth.api` alone. */
const readToken = createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (c) => {
  const token = await c.getSignedCookie(c.context.authCookies.sessionToken.name, c.context.secret)
  return { token: token || null }
})

const sessions = { id: 'allmende-sessions' as const, endpoints: { readToken } }

/**
 * Who makes a request, from its session cookie: one read of the database if there is a cookie with a good signature,
 * none otherwise. An expired or ended session is anonymous.
 */
export async function resolveActor(auth: Auth, db: Db, headers: Headers): Promise<Actor> {
  if (!headers.get('cookie')?.includes('allmende.session_token')) return { kind: 'anonymous' }
  const { token } = await auth.api.readToken({ headers })
  return (token ? await findActorByToken(db, token, new Date()) : undefined) ?? { kind: 'anonymous' }
}

/** The sign-in of the hub that answers a request. */
export function authOf(c: Call): Auth {
  const { auth } = c.get('ctx').resources
  if (!auth) throw new Error('sign-in is not set up')
  return auth
}

/** Hands the cookies of an answer of the library on to the reader. */
export function passCookies(c: Call, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

/** Opens a session with a one-time token; answers where to go. A used or old token leads to the sign-in page. */
export async function openWithToken(c: Call, token: string, to: string): Promise<string> {
  const response = await authOf(c).api.magicLinkVerify({
    query: { token, callbackURL: '/', errorCallbackURL: '/identity/sign-in' },
    headers: c.req.raw.headers,
    asResponse: true,
  })
  const location = response.headers.get('location') ?? ''
  if (location.includes('error=')) return '/identity/sign-in?error=INVALID_TOKEN'
  passCookies(c, response)
  return to
}
