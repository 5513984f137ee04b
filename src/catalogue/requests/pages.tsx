import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import { getOrganisation } from '../../identity/service.ts'
import { page } from '../../web/layout.tsx'
import { requireNeed } from '../mapping/service.ts'
import { words } from '../messages.ts'
import { policy } from '../policy.ts'
import { answerInput, replyInput } from '../schema.ts'
import { messages } from './messages.ts'
import { answerRequest, getRequest, mayAnswer, questionOf, replyToRequest } from './service.ts'
import { RequestFacts, RequestForms, Talk } from './views.tsx'

/** The page of a data request: what is asked, what was said, and the form for whoever is to speak next. */
export function requestPages(app: App): void {
  app.get('/catalogue/requests/:id', (c) => requestPage(c))
  app.post('/catalogue/requests/:id', (c) =>
    submit(c, answerInput, {
      act: async (ctx, input) => `/catalogue/requests/${(await answerRequest(ctx, input)).id}`,
      invalid: (form) => requestPage(c, form),
    }),
  )
  app.post('/catalogue/requests/:id/reply', (c) =>
    submit(c, replyInput, {
      act: async (ctx, input) => `/catalogue/requests/${(await replyToRequest(ctx, input)).id}`,
      invalid: (form) => requestPage(c, form),
    }),
  )
}

async function requestPage(c: Call, failed?: FormState): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const { request, messages: said } = await getRequest(ctx, c.req.param('id') ?? '')
  const need = await requireNeed(ctx, request.needId)
  const house = await getOrganisation(ctx, request.organisationId)
  const question = await questionOf(ctx, request)
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
      lead: text.lead({ what: need.what }),
      heading: 'x-large',
      robots: 'noindex',
      asideLabel: text.state,
      aside: (
        <RequestFacts view={view} request={request} house={house.name} need={need} question={question} />
      ),
    },
    <>
      <Talk view={view} said={said} house={house.name} />
      <RequestForms
        view={view}
        request={request}
        form={failed ?? emptyForm()}
        mayAnswer={mayAnswer(ctx, request)}
        mayReply={request.state === 'asked-back' && may(ctx.actor, policy, 'requestData')}
      />
    </>,
    failed ? 422 : 200,
  )
}
