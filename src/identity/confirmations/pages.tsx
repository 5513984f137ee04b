import type { App, Call } from '../../platform/http.ts'
import { rateLimit, submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { problems } from '../problems.ts'
import { openWithToken } from '../auth.ts'
import { tokenSchema } from '../sign-in/schema.ts'
import { OneButton } from '../sign-in/views.tsx'
import { messages } from './messages.ts'
import { confirm, readConfirmation } from './service.ts'

/** Pages behind links in mails: reading changes nothing, the button does. */
export function pages(app: App): void {
  app.get('/identity/confirm/:token', show)
  app.post('/identity/confirm', rateLimit({ max: 60, seconds: 60 }), act)
}

async function show(c: Call): Promise<Response> {
  const view = c.get('view')
  const token = c.req.param('token') ?? ''
  const asked = await readConfirmation(c.get('ctx'), token)
  const t = messages[view.locale]
  const options = {
    title: asked.title,
    eyebrow: t.eyebrow,
    lead: asked.text,
    crumbs: [{ label: t.eyebrow }],
    robots: 'noindex',
  }
  const hint = t.forAddress({ email: asked.email })
  return page(
    c,
    options,
    <OneButton view={view} action="/identity/confirm" token={token} text={hint} button={asked.button} />,
  )
}

const act = (c: Call) =>
  submit(c, tokenSchema, {
    slow: true,
    act: async (ctx, { token }) => {
      const { to, signInToken } = await confirm(ctx, token)
      return openWithToken(c, signInToken, to)
    },
    invalid: () => {
      throw problems.linkUsed()
    },
  })
