import type { View } from '../../platform/view.ts'
import type { App, Call } from '../../platform/http.ts'
import { Select } from '../../web/fields.tsx'
import { Buttons, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { page } from '../../web/layout.tsx'
import { Empty, LinkArrow } from '../../web/parts.tsx'
import { loadRoom } from '../access/service.ts'
import { crumbsOf } from '../queries/pages.tsx'
import type { QueryRecord } from '../queries/model.ts'
import { listQueries } from '../queries/service.ts'
import { queryTitle } from '../queries/title.ts'
import { resultTitle } from '../results/text.ts'
import { ProtectionNote, ReadingNotes, ResultTable } from '../results/views.tsx'
import { messages } from './messages.ts'

/** Two answers of a workspace beside each other, chosen by a form that is an address. */
export function comparePages(app: App): void {
  app.get('/sandbox/workspaces/:id/compare', comparePage)
}

async function comparePage(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const workspaceId = c.req.param('id') ?? ''
  const asked = await listQueries(ctx, { workspaceId, limit: 200 })
  const room = await loadRoom(ctx, workspaceId)
  const answered = asked.filter((query) => query.result && query.result.rows.length > 0)
  const chosen = ['a', 'b'].map((name) => answered.find((query) => query.id === c.req.query(name)))
  const first = chosen.find((query) => query?.result)
  return page(
    c,
    {
      title: t.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.lead,
      crumbs: crumbsOf(c, room, t.title),
      robots: 'noindex',
    },
    answered.length < 2 ? (
      <Empty
        title={t.few}
        action={<LinkArrow href={view.href(`/sandbox/workspaces/${workspaceId}`)}>{t.back}</LinkArrow>}
      />
    ) : (
      <div class="al-stack--l">
        <Choice view={view} workspaceId={workspaceId} queries={answered} chosen={chosen} />
        {first?.result ? (
          <ProtectionNote view={view} result={first.result} level={room.level} made={first.presetVersion} />
        ) : null}
        <div class="al-side-by-side">
          {chosen.map((query) => (query ? <Side {...{ view, query }} /> : null))}
        </div>
      </div>
    ),
  )
}

type ChoiceProps = {
  view: View
  workspaceId: string
  queries: readonly QueryRecord[]
  chosen: readonly (QueryRecord | undefined)[]
}

function Choice({ view, workspaceId, queries, chosen }: ChoiceProps) {
  const t = messages[view.locale]
  const options = queries.map((query) => ({
    value: query.id as string,
    label: `${queryTitle(view, query)} (${view.dateTime(query.askedAt)})`,
  }))
  return (
    <Form
      view={view}
      action={`/sandbox/workspaces/${workspaceId}/compare`}
      method="get"
      id="compare"
      class="al-noprint al-stack"
    >
      <div class="al-grid al-grid--2">
        <Select name="a" label={t.first} options={options} value={chosen[0]?.id ?? options[1]?.value} />
        <Select name="b" label={t.second} options={options} value={chosen[1]?.id ?? options[0]?.value} />
      </div>
      <Buttons>
        <Submit>{t.show}</Submit>
        <SecondaryLink href={view.href(`/sandbox/workspaces/${workspaceId}`)}>{t.back}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

function Side({ view, query }: { view: View; query: QueryRecord }) {
  const { result } = query
  if (!result) return null
  const title = queryTitle(view, query)
  return (
    <section aria-label={title} class="al-stack">
      <h2 class="kern-heading-medium">
        <a href={view.href(`/sandbox/queries/${query.id}`)}>{title}</a>
      </h2>
      <p class="al-small al-muted">{view.dateTime(query.askedAt)}</p>
      <ResultTable view={view} result={result} rows={500} caption={resultTitle(view, result.columns)} />
      <ReadingNotes view={view} result={result} />
    </section>
  )
}
