import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { page } from '../../web/layout.tsx'
import { policy } from '../policy.ts'
import { municipalityFormSchema } from '../schema.ts'
import { messages } from './messages.ts'
import { listMunicipalities, saveMunicipality } from './service.ts'
import { TownsPage } from './views.tsx'

const PATH = '/identity/towns'

/** The operator's page of municipalities. */
export function pages(app: App): void {
  app.get(PATH, (c) => show(c))
  app.post(PATH, save)
}

async function show(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  requirePermission(ctx, policy, 'saveMunicipality')
  const towns = await listMunicipalities(ctx)
  const chosen = towns.find((town) => town.ags === c.req.query('ags'))
  const notice = c.req.query('done') ? t.saved : undefined
  const options = { title: t.title, lead: t.lead, crumbs: [{ label: t.title }], robots: 'noindex' }
  const body = (
    <TownsPage view={view} towns={towns} chosen={chosen} notice={notice} {...(form ? { form } : {})} />
  )
  return page(c, options, body, form ? 422 : 200)
}

const save = (c: Call) =>
  submit(c, municipalityFormSchema, {
    act: async (ctx, input) => {
      await saveMunicipality(ctx, input)
      return `${PATH}?done=saved`
    },
    invalid: (form) => show(c, form),
  })
