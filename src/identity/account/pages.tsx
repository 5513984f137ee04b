import { z } from 'zod'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { page } from '../../web/layout.tsx'
import { authOf } from '../auth.ts'
import { requestEmailChange } from '../confirmations/service.ts'
import type { PersonalData } from '../model.ts'
import { isOperator } from '../organisations/service.ts'
import * as schema from '../schema.ts'
import { messages } from './messages.ts'
import * as service from './service.ts'
import type { AccountForms } from './views.tsx'
import { AccountAside, AccountPage, ErasePage } from './views.tsx'

const PATH = '/identity/account'

/** The account page and all it does; `sources` are the rooms' shares in export and erasure. */
export function pages(app: App, sources: readonly PersonalData[]): void {
  app.get(PATH, (c) => show(c))
  app.post(`${PATH}/name`, (c) =>
    submit(c, schema.renameSchema, {
      act: async (ctx, input) => done(service.renameSelf(ctx, input)),
      invalid: (form) => show(c, { profile: form }),
    }),
  )
  app.post(`${PATH}/email`, (c) =>
    submit(c, z.object({ email: schema.emailSchema }), {
      act: async (ctx, input) => done(requestEmailChange(ctx, input), 'email'),
      invalid: (form) => show(c, { email: form }),
    }),
  )
  app.post(`${PATH}/wishes`, (c) =>
    submit(c, schema.wishesSchema, {
      act: async (ctx, input) => done(service.saveWishes(ctx, input)),
      invalid: (form) => show(c, { wishes: form }),
    }),
  )
  app.post(`${PATH}/passkeys/remove`, (c) =>
    submit(c, schema.passkeySchema, {
      act: async (ctx, input) => done(service.removePasskey(ctx, input)),
      invalid: lost,
    }),
  )
  app.post(`${PATH}/sessions/end`, (c) =>
    submit(c, schema.sessionSchema, {
      act: async (ctx, input) => done(service.endSession(ctx, input)),
      invalid: lost,
    }),
  )
  app.post(`${PATH}/sessions/end-all`, endAll)
  app.get(`${PATH}/data.json`, (c) => download(c, sources))
  app.get(`${PATH}/erase`, (c) => showErase(c))
  app.post(`${PATH}/erase`, (c) => erase(c, sources))
}

async function done(work: Promise<void>, what = 'saved'): Promise<string> {
  await work
  return `${PATH}?done=${what}`
}

function lost(): never {
  throw general.notFound()
}

async function show(c: Call, forms?: AccountForms): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const { token } = await authOf(c).api.readToken({ headers: c.req.raw.headers })
  const account = await service.getOwnAccount(ctx, token)
  const options = {
    title: t.title,
    lead: t.lead,
    crumbs: [{ label: t.title }],
    islands: ['passkey'],
    robots: 'noindex',
    aside: <AccountAside view={view} operator={isOperator(ctx)} />,
    asideLabel: t.data,
  }
  const notice = { saved: t.saved, email: t.emailSent }[c.req.query('done') ?? '']
  return page(
    c,
    options,
    <AccountPage view={view} account={account} notice={notice} {...(forms ? { forms } : {})} />,
    forms ? 422 : 200,
  )
}

const endAll = (c: Call) =>
  submit(c, z.object({}), {
    act: async (ctx) => {
      await service.signOutEverywhere(ctx)
      return '/identity/sign-in?done=signed-out'
    },
    invalid: lost,
  })

async function download(c: Call, sources: readonly PersonalData[]): Promise<Response> {
  const data = await service.exportOwnData(c.get('ctx'), sources)
  return c.body(JSON.stringify(data, null, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="allmende-meine-daten.json"',
  })
}

async function showErase(c: Call, form?: Parameters<typeof ErasePage>[0]['form']): Promise<Response> {
  const view = c.get('view')
  const t = messages[view.locale]
  if (c.get('ctx').actor.kind !== 'person') throw general.signIn()
  const options = {
    title: t.eraseTitle,
    lead: t.eraseLead,
    crumbs: [{ label: t.title, href: PATH }, { label: t.eraseTitle }],
    robots: 'noindex',
  }
  return page(c, options, <ErasePage view={view} {...(form ? { form } : {})} />, form ? 422 : 200)
}

const erase = (c: Call, sources: readonly PersonalData[]) =>
  submit(c, z.object({ email: schema.emailSchema }), {
    act: async (ctx, { email }) => {
      if (ctx.actor.kind !== 'person') throw general.signIn()
      if (email !== ctx.actor.email) {
        return showErase(c, { values: { email }, errors: { email: messages[ctx.locale].eraseMismatch } })
      }
      await service.eraseOwnAccount(ctx, sources)
      return '/identity/sign-in?done=erased'
    },
    invalid: (form) => showErase(c, form),
  })
