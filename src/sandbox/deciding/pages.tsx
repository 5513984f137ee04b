import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { page } from '../../web/layout.tsx'
import { messages as roomMessages } from '../messages.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { findQuery } from '../queries/store.ts'
import { messages } from '../releases/messages.ts'
import { releasePage } from '../releases/pages.tsx'
import { getReleaseView, hrefOfRelease } from '../releases/service.ts'
import { namesOf, releaseTitle } from '../releases/views.tsx'
import { decisionSchema, redactFormSchema } from '../releases/schema.ts'
import { decideRelease, redactRelease } from './service.ts'
import { RedactForm } from './views.tsx'

/** Decisions of the holders, and blanking of figures before a table leaves. */
export function decidingPages(app: App): void {
  app.post('/sandbox/releases/:id/decisions', (c) => {
    const releaseId = c.req.param('id')
    return submit(c, decisionSchema, {
      slow: true,
      act: async (ctx, input) => {
        await decideRelease(ctx, { ...input, releaseId })
        return hrefOfRelease(releaseId)
      },
      invalid: (form) => releasePage(c, { decide: form }, 422),
    })
  })
  app.get('/sandbox/releases/:id/redact', redactPage)
  app.post('/sandbox/releases/:id/redact', (c) => {
    const releaseId = c.req.param('id')
    return submit(c, redactFormSchema, {
      slow: true,
      act: async (ctx, input) => {
        await redactRelease(ctx, { ...input, releaseId })
        return hrefOfRelease(releaseId)
      },
      invalid: () => redactPage(c),
    })
  })
}

async function redactPage(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const { release, room, openFor } = await getReleaseView(ctx, c.req.param('id') ?? '')
  const wanted = c.req.query('for') ?? openFor[0] ?? ''
  requirePermission(ctx, policy, 'decide', { organisationIds: wanted ? [wanted] : release.affected })
  const organisationId = openFor.find((id) => id === wanted)
  if (!organisationId || !may(ctx.actor, policy, 'decide', { organisationIds: [organisationId] }))
    throw problems.alreadyDecided({ releaseId: release.id })
  const result = (await findQuery(ctx.db, release.queryId))?.result
  if (!result) throw problems.alreadyDecided({ releaseId: release.id })
  const from = Math.max(0, Math.min(Number(c.req.query('from')) || 0, result.rows.length - 1))
  const title = t.redactTitle({ name: namesOf(room, [organisationId])[0] ?? '' })
  return page(
    c,
    {
      title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.redactLead,
      robots: 'noindex',
      crumbs: [
        { label: roomMessages[view.locale].title, href: '/sandbox' },
        { label: t.title, href: '/sandbox/releases' },
        { label: releaseTitle(view, release), href: hrefOfRelease(release.id) },
        { label: title },
      ],
    },
    <RedactForm view={view} release={release} result={result} organisationId={organisationId} from={from} />,
  )
}
