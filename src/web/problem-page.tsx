import { page, type PageContext, type PageStatus } from './layout.tsx'
import { ButtonLink, Note } from './parts.tsx'
import { messages } from './messages.ts'

/** A refusal in the reader's words: what, why, and the way on. */
export interface ProblemView {
  status: number
  title: string
  detail: string
  next?: { label: string; href: string } | undefined
  requestId?: string | undefined
}

/** Draws a refusal as a page of its own: never a dead end, the start page is the last resort. */
export function problemPage(c: PageContext, problem: ProblemView): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const next = problem.next ?? { label: text.toStart, href: '/' }
  return page(
    c,
    { title: problem.title, crumbs: [{ label: problem.title }], robots: 'noindex', heading: 'x-large' },
    <div class="al-stack al-w-prose">
      <Note tone="warn">{problem.detail}</Note>
      <p>
        <ButtonLink href={view.href(next.href)} variant="primary">
          {next.label}
        </ButtonLink>
      </p>
      {problem.requestId ? (
        <p class="al-small al-muted">{text.requestId({ id: problem.requestId })}</p>
      ) : null}
    </div>,
    problem.status as PageStatus,
  )
}
