import type { View } from '../../platform/view.ts'
import { SearchForm } from '../../web/forms.tsx'
import { ButtonLink, Empty } from '../../web/parts.tsx'
import { address } from '../../web/pagination.tsx'
import { messages } from '../messages.ts'
import { states } from '../model.ts'
import type { Question, State } from '../model.ts'
import { QuestionCard } from '../views.tsx'

/** How the list is narrowed now. */
export type Narrowed = {
  readonly q: string | undefined
  readonly state: State | undefined
  readonly sort: 'newest' | 'support'
}

/** Search, the seven steps as links with their counts, and the order. */
export function ListTools({
  view,
  narrowed,
  counts,
}: {
  view: View
  narrowed: Narrowed
  counts: ReadonlyMap<State, number>
}) {
  const m = messages[view.locale]
  const { q, state, sort } = narrowed
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const to = (change: { state?: State | undefined; sort?: string }) =>
    view.href(address('/questions', { q, state, sort: sort === 'support' ? sort : undefined, ...change }))
  return (
    <div class="al-stack">
      <SearchForm
        view={view}
        action="/questions"
        name="q"
        label={m.search}
        value={q}
        hidden={{ state, sort: sort === 'support' ? sort : undefined }}
      />
      <nav aria-label={m.stateFilter}>
        <ul class="al-pills">
          <Pill
            href={to({ state: undefined })}
            on={state === undefined}
            label={m.allStates}
            count={view.number(total)}
          />
          {states
            .filter((each) => (counts.get(each) ?? 0) > 0 || each === state)
            .map((each) => (
              <Pill
                href={to({ state: each })}
                on={state === each}
                label={m.steps[each].replaceAll('\u00ad', '')}
                count={view.number(counts.get(each) ?? 0)}
              />
            ))}
        </ul>
      </nav>
      <nav aria-label={m.sort}>
        <ul class="al-pills">
          <Pill href={to({ sort: undefined as never })} on={sort === 'newest'} label={m.newest} />
          <Pill href={to({ sort: 'support' })} on={sort === 'support'} label={m.mostSupported} />
        </ul>
      </nav>
    </div>
  )
}

function Pill({ href, on, label, count }: { href: string; on: boolean; label: string; count?: string }) {
  return (
    <li>
      <a href={href} class="al-pill" aria-current={on ? 'true' : undefined}>
        {label}
        {count === undefined ? null : <span class="al-pill__count"> {count}</span>}
      </a>
    </li>
  )
}

/** The questions as cards, or the way on where there are none. */
export function QuestionList({
  view,
  questions,
  narrowed,
}: {
  view: View
  questions: readonly Question[]
  narrowed: Narrowed
}) {
  const m = messages[view.locale]
  const searching = narrowed.q !== undefined || narrowed.state !== undefined
  if (questions.length > 0) {
    return (
      <div class="al-grid al-grid--2">
        {questions.map((question) => (
          <QuestionCard view={view} question={question} />
        ))}
      </div>
    )
  }
  const ask = view.href(address('/questions/new', { title: narrowed.q }))
  return (
    <Empty
      title={searching ? m.noneFoundTitle : m.noneTitle}
      action={
        <>
          <ButtonLink href={ask} variant="primary">
            {m.ask}
          </ButtonLink>
          {searching ? (
            <ButtonLink href={view.href('/questions')} variant="tertiary">
              {m.showAll}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {searching ? m.noneFoundText : m.noneText}
    </Empty>
  )
}
