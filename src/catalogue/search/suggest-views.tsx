import type { View } from '../../platform/view.ts'
import { address } from '../../web/pagination.tsx'
import { holderLine } from '../entries/holder-line.ts'
import { messages } from './messages.ts'
import type { Suggestions } from './suggest.ts'

/** Suggestions as a list of links, to stand under the search field. Nothing where there are none. */
export function SuggestionList({ view, found }: { view: View; found: Suggestions }) {
  const text = messages[view.locale]
  if (found.searches.length + found.entries.length === 0) return <></>
  return (
    <ul class="al-suggest" aria-label={text.suggestions}>
      {found.searches.map(({ q, n }) => (
        <li>
          <a href={view.href(address('/catalogue', { q }))}>
            {q}
            <span>{text.n({ n: view.number(n) })}</span>
          </a>
        </li>
      ))}
      {found.entries.map((entry) => (
        <li>
          <a href={view.href(`/catalogue/datasets/${entry.id}`)}>
            {entry.title}
            <span>{holderLine(view.locale, { kind: entry.kind, holderName: entry.holder })}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
