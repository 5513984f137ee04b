import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { addMember, listOrganisations } from '../organisations/service.ts'
import * as schema from '../schema.ts'
import { messages } from './messages.ts'
import { findIdByEmail, findPeople } from './service.ts'
import { PeoplePage } from './views.tsx'

const PATH = '/identity/people'

/** The operator's page of people. */
export function pages(app: App): void {
  app.get(PATH, (c) => show(c))
  app.post(`${PATH}/give`, give)
}

async function show(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const { q, cursor } = schema.searchSchema
    .catch({})
    .parse({ q: c.req.query('q'), cursor: c.req.query('cursor') })
  const found = await findPeople(ctx, { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) })
  const props = {
    view,
    found,
    q,
    organisations: await listOrganisations(ctx),
    first: !cursor,
    notice: c.req.query('done') ? t.given : undefined,
    ...(form ? { form } : {}),
  }
  const options = { title: t.title, lead: t.lead, crumbs: [{ label: t.title }], robots: 'noindex' }
  return page(c, options, <PeoplePage {...props} />, form ? 422 : 200)
}

const give = (c: Call) =>
  submit(
    c,
    z.object({ email: schema.emailSchema, organisationId: schema.idSchema, role: schema.roleSchema }),
    {
      act: async (ctx, { email, organisationId, role }) => {
        const personId = await findIdByEmail(ctx, email)
        if (!personId)
          return show(c, {
            values: { email, organisationId, role },
            errors: { email: messages[ctx.locale].unknown },
          })
        await addMember(ctx, { personId, organisationId, role })
        return `${PATH}?done=given`
      },
      invalid: (form) => show(c, form),
    },
  )
