import type { View } from '../../platform/view.ts'
import { SearchForm } from '../../web/search-forms.tsx'
import { ButtonLink, Empty } from '../../web/parts.tsx'
import { address } from '../../web/pagination.tsx'
import { messages } from '../messages.ts'
import { statesAt } from '../model.ts'
import type { Question, State } from '../model.ts'
import { QuestionCard, stepName } from '../views.tsx'

/** How the list is narrowed now. */
export type Narrowed = {
  readonly q: string | undefined
  readonly step: number | undefined
  readonly sort: 'newest' | 'support'
}

/** The narrowing as it stands in an address; what is not set is left out. */
export function queryOf({ q, step, sort }: Narrowed): Record<string, string | undefined> {
  return {
    q,
    step: step === undefined ? undefined : String(step),
    sort: sort === 'support' ? sort : undefined,
  }
}

/** How many questions stand at each step as people see it; 7 holds those that have gone the whole way. */
export function countAt(counts: ReadonlyMap<State, number>, step: number): number {
  return statesAt(step).reduce((sum, state) => sum + (counts.get(state) ?? 0), 0)
}

type Tools = { view: View; narrowed: Narrowed; counts: ReadonlyMap<State, number> }

/** Search, the steps as links with their counts, and the order. */
export function ListTools({ view, narrowed, counts }: Tools) {
  const m = messages[view.locale]
  const { q, sort } = narrowed
  const to = (change: Partial<Narrowed>) =>
    view.href(address('/questions', queryOf({ ...narrowed, ...change })))
  return (
    <div class="al-stack">
      <SearchForm
        view={view}
        action="/questions"
        name="q"
        label={m.search}
        value={q}
        hidden={{ ...queryOf(narrowed), q: undefined }}
      />
      <StepPills view={view} narrowed={narrowed} counts={counts} />
      <nav aria-label={m.sort}>
        <ul class="al-pills">
          <Pill href={to({ sort: 'newest' })} on={sort === 'newest'} label={m.newest} />
          <Pill href={to({ sort: 'support' })} on={sort === 'support'} label={m.mostSupported} />
        </ul>
      </nav>
    </div>
  )
}

function StepPills({ view, narrowed, counts }: Tools) {
  const m = messages[view.locale]
  const to = (step: number | undefined) => view.href(address('/questions', queryOf({ ...narrowed, step })))
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const shown = [1, 2, 3, 4, 5, 6, 7].filter((step) => countAt(counts, step) > 0 || step === narrowed.step)
  return (
    <nav aria-label={m.stateFilter}>
      <ul class="al-pills">
        <Pill
          href={to(undefined)}
          on={narrowed.step === undefined}
          label={m.allStates}
          count={view.number(total)}
        />
        {shown.map((step) => (
          <Pill
            href={to(step)}
            on={narrowed.step === step}
            label={step === 7 ? m.done : stepName(view, step)}
            count={view.number(countAt(counts, step))}
          />
        ))}
      </ul>
    </nav>
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
  const searching = narrowed.q !== undefined || narrowed.step !== undefined
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
