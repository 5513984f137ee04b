import { Hono } from 'hono'
import type { MiddlewareHandler, Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { requestId } from 'hono/request-id'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import type { Hub } from './hub.ts'
import type { Actor } from './platform/context.ts'
import type { App, Call, Env } from './platform/http.ts'
import { splitLocale } from './platform/i18n.ts'
import { errorFields } from './platform/log.ts'
import type { Problem } from './platform/problem.ts'
import { general, isProblem, problemJson } from './platform/problem.ts'
import type { Town } from './platform/view.ts'
import { makeView } from './platform/view.ts'
import { problemPage } from './web/problem-page.tsx'
import type { Assets } from './web/assets.ts'
import { siteOf } from './home/site/links.ts'
import { addRooms } from './app-rooms.ts'

/** What the app needs beside the hub: who is asking, which town is spoken for, and the built assets. */
export type AppParts = {
  readonly assets: Assets
  readonly resolveActor: (headers: Headers) => Promise<Actor>
  readonly resolveTown: (host: string) => Promise<Town>
}

const FORM_LIMIT = 1024 * 1024

/** The whole HTTP side of a hub: pages, REST, feeds. */
export function createApp(hub: Hub, parts: AppParts): App {
  const app: App = new Hono<Env>({ getPath: (request) => splitLocale(new URL(request.url).pathname).path })
  app.use(requestId({ limitLength: 64 }))
  app.use(accessLog(hub))
  app.use(headers(hub))
  app.get('/assets/*', (c) => parts.assets.handle(c))
  app.get('/health', (c) => c.json({ status: 'up' }))
  app.get('/ready', async (c) => {
    await hub.database.db.selectFrom('transparency_head').select('seq').execute()
    return c.json({ status: 'ready' })
  })
  app.use(context(hub, parts))
  app.use(readableAddress())
  app.use(foreignForms())
  app.use(limitBody(hub.config.uploadLimitBytes))
  addRooms(app)
  app.notFound((c) => answerProblem(c as Call, general.notFound()))
  app.onError((error, c) => answerError(error, c as Call, hub))
  return app
}

/** Nothing here has U+0000 in its name; PostgreSQL cannot even be asked for it. In queries each page decides itself. */
function readableAddress(): MiddlewareHandler<Env> {
  return (c, next) => {
    if (new URL(c.req.url).pathname.includes('%00')) throw general.notFound()
    return next()
  }
}

/**
 * Refuses forms sent from other sites. A call to the API without a cookie carries nobody's rights and may come from
 * anywhere: mail programs unsubscribe that way (RFC 8058).
 */
function foreignForms(): MiddlewareHandler<Env> {
  const refuse = csrf()
  return (c, next) => (c.req.path.startsWith('/api/') && !c.req.header('cookie') ? next() : refuse(c, next))
}

function accessLog(hub: Hub): MiddlewareHandler<Env> {
  return async (c, next) => {
    const started = performance.now()
    await next()
    c.header('x-request-id', c.get('requestId'))
    // The path only: queries may carry what people searched for or one-time keys.
    const fields = {
      method: c.req.method,
      path: pathForLog(c.req.path),
      status: c.res.status,
      ms: Math.round(performance.now() - started),
      id: c.get('requestId'),
    }
    hub.log[c.res.status >= 500 ? 'error' : 'info'](fields, 'request')
  }
}

function pathForLog(path: string): string {
  return path.replace(/[A-Za-z0-9_-]{22,}/g, (word) => (/^[0-9a-f-]{36}$/.test(word) ? word : '…'))
}

function headers(hub: Hub): MiddlewareHandler<Env> {
  const outside = hub.config.oidc ? [new URL(hub.config.oidc.issuer).origin] : []
  const secure = hub.config.url.startsWith('https:')
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", NONCE],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'", ...outside],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: secure ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  })
}

function context(hub: Hub, parts: AppParts): MiddlewareHandler<Env> {
  return async (c, next) => {
    const url = new URL(c.req.url)
    const { locale, path } = splitLocale(url.pathname)
    const [actor, town] = await Promise.all([
      parts.resolveActor(c.req.raw.headers),
      parts.resolveTown(url.hostname),
    ])
    c.set('ctx', hub.makeCtx({ actor, locale, requestId: c.get('requestId') }))
    const site = siteOf(locale, actor, town)
    c.set('view', makeView({ locale, actor, town, path: path + url.search, assets: parts.assets.url, site }))
    await next()
    if (actor.kind === 'person' && !c.res.headers.has('cache-control'))
      c.header('cache-control', 'private, no-store')
  }
}

function limitBody(uploadLimit: number): MiddlewareHandler<Env> {
  const limited = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw general.tooLarge({ limit: `${Math.round(maxSize / 1024 / 1024)} MB` })
      },
    })
  const form = limited(FORM_LIMIT)
  return (c, next) =>
    (c.req.header('content-type') ?? '').startsWith('multipart/')
      ? limitUpload(c, next, uploadLimit)
      : form(c, next)
}

/** Uploads are counted as they pass by and held nowhere; who announces too much is refused before a byte is read. */
async function limitUpload(c: Call, next: Next, maxSize: number): Promise<void> {
  const tooLarge = general.tooLarge({ limit: `${Math.round(maxSize / 1024 / 1024)} MB` })
  if (Number(c.req.header('content-length') ?? 0) > maxSize) throw tooLarge
  const { body } = c.req.raw
  if (body) {
    let size = 0
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, out) => {
        size += chunk.length
        if (size > maxSize) out.error(tooLarge)
        else out.enqueue(chunk)
      },
    })
    const init: RequestInit & { duplex: 'half' } = { body: body.pipeThrough(counted), duplex: 'half' }
    c.req.raw = new Request(c.req.raw, init)
  }
  await next()
}

async function answerError(error: Error, c: Call, hub: Hub): Promise<Response> {
  if (isProblem(error)) return answerProblem(c, error)
  if (error instanceof HTTPException) {
    if (error.status === 403) return answerProblem(c, general.foreignForm())
    if (error.status < 500) return answerProblem(c, general.invalid({ where: 'Anfrage / request' }))
  }
  if (isUnstorableText(error)) return answerProblem(c, general.invalid({ where: 'U+0000' }))
  hub.log.error({ ...errorFields(error), id: c.get('requestId') }, 'unexpected')
  return answerUnexpected(c)
}

/** PostgreSQL's words for text it cannot keep (U+0000, half a surrogate pair): character_not_in_repertoire, untranslatable_character. */
function isUnstorableText(error: Error): boolean {
  return 'code' in error && (error.code === '22021' || error.code === '22P05')
}

const wantsPage = (c: Call) =>
  !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? 'text/html').includes('html')

async function answerProblem(c: Call, problem: Problem): Promise<Response> {
  const view = c.get('view')
  // A refusal before anything is known of the reader, e.g. an unreadable address.
  if (!view) return c.json(problemJson(problem, 'de'), problem.spec.status)
  if (problem.spec.status === 401 && c.req.method === 'GET' && wantsPage(c)) {
    return c.redirect(view.href(`/identity/sign-in?to=${encodeURIComponent(view.path)}`), 303)
  }
  if (wantsPage(c)) return problemPage(c, { status: problem.spec.status, ...problem.spec[view.locale] })
  return c.body(
    JSON.stringify({ ...problemJson(problem, view.locale), instance: c.get('requestId') }),
    problem.spec.status,
    {
      'content-type': 'application/problem+json',
    },
  )
}

async function answerUnexpected(c: Call): Promise<Response> {
  const view = c.get('view')
  const id = c.get('requestId')
  const en = view?.locale === 'en'
  const title = en ? 'Something went wrong on our side' : 'Bei uns ist etwas schiefgegangen'
  const detail = en
    ? 'Nothing you did was lost if you go back and send it again. Please tell the operator the number below if it stays.'
    : 'Gehen Sie zurück und senden Sie es noch einmal. Bleibt der Fehler, nennen Sie dem Betrieb bitte die Nummer unten.'
  if (view && wantsPage(c)) return problemPage(c, { status: 500, title, detail, requestId: id })
  return c.body(JSON.stringify({ type: 'about:blank', title, status: 500, instance: id }), 500, {
    'content-type': 'application/problem+json',
  })
}
