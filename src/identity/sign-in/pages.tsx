import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { rateLimit, submit } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { page } from '../../web/layout.tsx'
import { AUTH_PATH, OIDC_PROVIDER, authOf, openWithToken, passCookies } from '../auth.ts'
import { safeReturn } from '../model.ts'
import { limitAttempts } from '../people/service.ts'
import { problems } from '../problems.ts'
import { messages } from './messages.ts'
import * as schema from './schema.ts'
import { NewPassword, OneButton, OtherWays, RequestPassword, Sent, SignIn, SignUp } from './views.tsx'
import type { SignInProps } from './views.tsx'

/** Where people land after signing in if they did not come from somewhere. */
const HOME = '/desk'
/** Tries of one address within a quarter of an hour: passwords, and mails. */
const MAX_PASSWORDS = 10
const MAX_MAILS = 5

const text = (c: Call) => messages[c.get('view').locale]

/** Signing in, up and out; links from mails; setting a password. */
export function pages(app: App): void {
  const limit = rateLimit({ max: 120, seconds: 60 })
  app.get('/identity/sign-in', (c) => showSignIn(c))
  app.post('/identity/sign-in/link', limit, sendLink)
  app.post('/identity/sign-in/password', limit, signInWithPassword)
  app.get('/identity/sign-in/outside', limit, goOutside)
  app.get('/identity/sign-in/sent', (c) => showSent(c, text(c).sentText))
  app.get('/identity/link/:token', showLink)
  app.post('/identity/link', limit, useLink)
  app.post('/identity/sign-out', signOut)
  app.get('/identity/sign-up', (c) => showSignUp(c))
  app.post('/identity/sign-up', limit, signUp)
  app.get('/identity/sign-up/sent', (c) => showSent(c, text(c).sentVerify))
  app.get('/identity/verify', showVerify)
  app.post('/identity/verify', limit, verify)
  passwordPages(app, limit)
  libraryRoutes(app, limit)
}

// Only what passkeys and the outside provider need of the library's own routes; everything else goes through our pages.
const openRoutes = new RegExp(
  `^${AUTH_PATH}/(callback/${OIDC_PROVIDER}|passkey/(generate-register-options|verify-registration|generate-authenticate-options|verify-authentication))$`,
)

function libraryRoutes(app: App, limit: ReturnType<typeof rateLimit>): void {
  app.on(['GET', 'POST'], `${AUTH_PATH}/*`, limit, (c) => {
    if (!openRoutes.test(c.req.path)) throw general.notFound()
    return authOf(c).handler(c.req.raw)
  })
}

async function showSignIn(
  c: Call,
  more: Partial<SignInProps> = {},
  status: 200 | 422 = 200,
): Promise<Response> {
  const view = c.get('view')
  const t = messages[view.locale]
  const props: SignInProps = {
    view,
    to: c.req.query('to'),
    outside: c.get('ctx').config.oidc?.name,
    notice: noticeOf(c),
    ...more,
  }
  const options = {
    title: t.signIn,
    lead: t.lead,
    crumbs: [{ label: t.signIn }],
    islands: ['passkey'],
    robots: 'noindex',
    aside: <OtherWays {...props} />,
    asideLabel: t.otherWays,
  }
  return page(c, options, <SignIn {...props} />, status)
}

function noticeOf(c: Call): SignInProps['notice'] {
  const t = text(c)
  const error = c.req.query('error')
  const done = c.req.query('done')
  if (error === 'INVALID_TOKEN' || error === 'TOKEN_EXPIRED' || error === 'USER_NOT_FOUND')
    return { tone: 'warn', text: t.expired }
  if (error === 'email_not_verified') return { tone: 'warn', text: t.outsideUnverified }
  if (error) return { tone: 'warn', text: t.outsideFailed }
  if (done === 'signed-out') return { text: t.signedOut }
  if (done === 'erased') return { text: t.erased }
  if (done === 'password') return { text: t.passwordSaved }
  return undefined
}

const sendLink = (c: Call) =>
  submit(c, schema.linkSchema, {
    slow: true,
    act: async (ctx, { email, to }) => {
      await limitAttempts(ctx, 'mail', email, MAX_MAILS)
      const metadata = { locale: ctx.locale, ...(to ? { to: safeReturn(to, HOME) } : {}) }
      await authOf(c).api.signInMagicLink({ body: { email, metadata }, headers: c.req.raw.headers })
      return '/identity/sign-in/sent'
    },
    invalid: (form) => showSignIn(c, { linkForm: form, to: first(form, 'to') }, 422),
  })

const signInWithPassword = (c: Call) =>
  submit(c, schema.passwordSchema, {
    slow: true,
    act: async (ctx, { email, password, to }) => {
      await limitAttempts(ctx, 'password', email, MAX_PASSWORDS)
      const headers = c.req.raw.headers
      const response = await authOf(c).api.signInEmail({
        body: { email, password },
        headers,
        asResponse: true,
      })
      if (response.ok) {
        passCookies(c, response)
        return safeReturn(to, HOME)
      }
      const form = {
        values: { email },
        errors: { password: response.status === 403 ? text(c).unverified : text(c).wrong },
      }
      return showSignIn(c, { passwordForm: form, to }, 422)
    },
    invalid: (form) => showSignIn(c, { passwordForm: form, to: first(form, 'to') }, 422),
  })

function first(form: FormState, name: string): string | undefined {
  const value = form.values[name]
  return Array.isArray(value) ? value[0] : value
}

async function goOutside(c: Call): Promise<Response> {
  const view = c.get('view')
  if (!c.get('ctx').config.oidc) throw general.notFound()
  const response = await authOf(c).api.signInSocial({
    body: {
      provider: OIDC_PROVIDER,
      callbackURL: view.href(safeReturn(c.req.query('to'), HOME)),
      errorCallbackURL: view.href('/identity/sign-in'),
      disableRedirect: true,
    },
    headers: c.req.raw.headers,
    asResponse: true,
  })
  const { url } = (await response.json()) as { url?: string }
  if (!response.ok || !url) throw problems.oidcUnavailable()
  passCookies(c, response)
  return c.redirect(url, 302)
}

async function showSent(c: Call, sentence: string): Promise<Response> {
  const t = text(c)
  const options = {
    title: t.sentTitle,
    lead: t.sentLead,
    crumbs: [{ label: t.signIn, href: '/identity/sign-in' }, { label: t.sentTitle }],
    robots: 'noindex',
  }
  return page(c, options, <Sent view={c.get('view')} text={sentence} />)
}

async function showLink(c: Call): Promise<Response> {
  const t = text(c)
  const options = {
    title: t.linkTitle,
    lead: t.linkLead,
    crumbs: [{ label: t.linkTitle }],
    robots: 'noindex',
  }
  const body = (
    <OneButton
      view={c.get('view')}
      action="/identity/link"
      token={c.req.param('token') ?? ''}
      to={c.req.query('to')}
      text={t.linkText}
      button={t.signIn}
    />
  )
  return page(c, options, body)
}

const useLink = (c: Call) =>
  submit(c, schema.tokenSchema, {
    slow: true,
    act: async (_ctx, { token, to }) => openWithToken(c, token, safeReturn(to, HOME)),
    invalid: () => {
      throw problems.linkUsed()
    },
  })

const signOut = (c: Call) =>
  submit(c, schema.emptySchema, {
    slow: true,
    act: async () => {
      passCookies(c, await authOf(c).api.signOut({ headers: c.req.raw.headers, asResponse: true }))
      return '/identity/sign-in?done=signed-out'
    },
    invalid: () => showSignIn(c),
  })

async function showSignUp(c: Call, form?: FormState, status: 200 | 422 = 200): Promise<Response> {
  const t = text(c)
  const options = {
    title: t.signUpTitle,
    lead: t.signUpLead,
    crumbs: [{ label: t.signUpTitle }],
    robots: 'noindex',
  }
  return page(c, options, <SignUp view={c.get('view')} {...(form ? { form } : {})} />, status)
}

const signUp = (c: Call) =>
  submit(c, schema.signUpSchema, {
    slow: true,
    act: async (ctx, { email, name, password }) => {
      await limitAttempts(ctx, 'mail', email, MAX_MAILS)
      const { api } = authOf(c)
      const headers = c.req.raw.headers
      if (!password) {
        await api.signInMagicLink({ body: { email, name, metadata: { locale: ctx.locale } }, headers })
        return '/identity/sign-in/sent'
      }
      const response = await api.signUpEmail({
        body: { email, name, password, locale: ctx.locale },
        headers,
        asResponse: true,
      })
      if (response.ok) return '/identity/sign-up/sent'
      return showSignUp(c, { values: { email, name }, errors: { password: text(c).passwordRefused } }, 422)
    },
    invalid: (form) => showSignUp(c, form, 422),
  })

async function showVerify(c: Call): Promise<Response> {
  const t = text(c)
  const options = {
    title: t.verifyTitle,
    lead: t.verifyLead,
    crumbs: [{ label: t.verifyTitle }],
    robots: 'noindex',
  }
  const body = (
    <OneButton
      view={c.get('view')}
      action="/identity/verify"
      token={c.req.query('token') ?? ''}
      button={t.verifyButton}
    />
  )
  return page(c, options, body)
}

const verify = (c: Call) =>
  submit(c, schema.tokenSchema, {
    slow: true,
    act: async (_ctx, { token }) => {
      const response = await authOf(c).api.verifyEmail({
        query: { token },
        headers: c.req.raw.headers,
        asResponse: true,
      })
      // A second click on the same link finds the address proven already and opens no second session.
      if (!response.ok || response.headers.getSetCookie().length === 0)
        return '/identity/sign-in?error=INVALID_TOKEN'
      passCookies(c, response)
      return HOME
    },
    invalid: () => {
      throw problems.linkUsed()
    },
  })

function passwordPages(app: App, limit: ReturnType<typeof rateLimit>): void {
  app.get('/identity/password', (c) => showRequestPassword(c))
  app.post('/identity/password', limit, requestPassword)
  app.get('/identity/password/sent', (c) => showSent(c, text(c).sentPassword))
  app.get('/identity/password/:token', (c) => showNewPassword(c, c.req.param('token')))
  app.post('/identity/password/set', limit, setPassword)
}

async function showRequestPassword(c: Call, form?: FormState, status: 200 | 422 = 200): Promise<Response> {
  const t = text(c)
  const options = {
    title: t.passwordTitle,
    lead: t.passwordLead,
    crumbs: [{ label: t.signIn, href: '/identity/sign-in' }, { label: t.passwordTitle }],
    robots: 'noindex',
  }
  return page(c, options, <RequestPassword view={c.get('view')} {...(form ? { form } : {})} />, status)
}

const requestPassword = (c: Call) =>
  submit(c, schema.requestPasswordSchema, {
    slow: true,
    act: async (ctx, { email }) => {
      await limitAttempts(ctx, 'mail', email, MAX_MAILS)
      await authOf(c).api.requestPasswordReset({ body: { email }, headers: c.req.raw.headers })
      return '/identity/password/sent'
    },
    invalid: (form) => showRequestPassword(c, form, 422),
  })

async function showNewPassword(
  c: Call,
  token: string,
  form?: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const t = text(c)
  const options = {
    title: t.passwordTitle,
    crumbs: [{ label: t.signIn, href: '/identity/sign-in' }, { label: t.passwordTitle }],
    robots: 'noindex',
  }
  return page(
    c,
    options,
    <NewPassword view={c.get('view')} token={token} {...(form ? { form } : {})} />,
    status,
  )
}

const setPassword = (c: Call) =>
  submit(c, schema.newPasswordSchema, {
    slow: true,
    act: async (_ctx, { token, password }) => {
      const response = await authOf(c).api.resetPassword({
        body: { token, newPassword: password },
        headers: c.req.raw.headers,
        asResponse: true,
      })
      return response.ok ? '/identity/sign-in?done=password' : '/identity/sign-in?error=INVALID_TOKEN'
    },
    invalid: (form) => showNewPassword(c, first(form, 'token') ?? '', form, 422),
  })
