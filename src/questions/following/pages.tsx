import { z } from 'zod'
import { submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { ActionForm } from '../../web/forms.tsx'
import { page } from '../../web/layout.tsx'
import { ButtonLink } from '../../web/parts.tsx'
import { getQuestion } from '../access/service.ts'
import { messages as room } from '../messages.ts'
import { messages } from './messages.ts'
import { followQuestion, leaveByLink, readLeaveLink, unfollowQuestion } from './service.ts'

const nothing = z.object({})
const refuse = () => {
  throw general.invalid({ where: 'Formular / form' })
}

/** Following a question, and leaving by the link in a mail without signing in. A GET never changes anything. */
export function followingPages(app: App): void {
  app.get('/questions/leave/:token', (c) => leavePage(c))
  app.post('/questions/leave/:token', (c) =>
    submit(c, nothing, {
      act: async (ctx) => {
        await leaveByLink(ctx, c.req.param('token'))
        return '/questions/left'
      },
      invalid: refuse,
    }),
  )
  app.get('/questions/left', leftPage)
  app.post('/questions/:number/follow', (c) =>
    submit(c, z.object({ mode: z.enum(['steps', 'daily']).default('steps') }), {
      act: async (ctx, { mode }) => {
        const question = await getQuestion(ctx, c.req.param('number'))
        await followQuestion(ctx, { questionId: question.id, mode })
        return `/questions/${question.number}#folgen`
      },
      invalid: refuse,
    }),
  )
  app.post('/questions/:number/unfollow', (c) =>
    submit(c, nothing, {
      act: async (ctx) => {
        const question = await getQuestion(ctx, c.req.param('number'))
        await unfollowQuestion(ctx, { questionId: question.id })
        return `/questions/${question.number}#folgen`
      },
      invalid: refuse,
    }),
  )
}

async function leavePage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const token = c.req.param('token') ?? ''
  const { all, title } = await readLeaveLink(c.get('ctx'), token)
  return page(
    c,
    {
      title: m.leaveTitle,
      room: 'questions',
      robots: 'noindex',
      crumbs: [{ label: room[view.locale].title, href: '/questions' }, { label: m.leaveTitle }],
      lead: all ? m.leaveAll : m.leaveOne({ title }),
    },
    <ActionForm view={view} action={`/questions/leave/${token}`} label={m.leaveButton} variant="primary" />,
  )
}

function leftPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  return page(
    c,
    {
      title: m.leftTitle,
      room: 'questions',
      robots: 'noindex',
      crumbs: [{ label: room[view.locale].title, href: '/questions' }, { label: m.leftTitle }],
      lead: m.leftText,
    },
    <ButtonLink href={view.href('/questions')}>{m.toQuestions}</ButtonLink>,
  )
}
