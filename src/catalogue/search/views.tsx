import type { View } from '../../platform/view.ts'
import { Submit } from '../../web/forms.tsx'
import { FacetForm, SearchForm } from '../../web/search-forms.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { ButtonLink, Empty, Meter, Note } from '../../web/parts.tsx'
import type { EntrySummary } from '../entries/model.ts'
import { words } from '../messages.ts'
import { AccessChip, paceText, periodText, topicLabel } from '../views.tsx'
import { messages } from './messages.ts'
import type { FacetName } from './model.ts'
import { facetNames } from './model.ts'
import type { Found } from './model.ts'

/** What the search page was asked for, as it stands in its address. */
export type Asked = Readonly<Record<FacetName, readonly string[]>> & {
  readonly q: string
  readonly sort: 'fit' | 'newest' | 'title' | 'quality'
}

/** The query of an address that asks the same. */
export function queryOf(asked: Asked): Record<string, string | string[]> {
  const facets = Object.fromEntries(facetNames.map((name) => [name, [...asked[name]]]))
  return { q: asked.q, ...facets, ...(asked.sort === 'fit' ? {} : { sort: asked.sort }) }
}

/** Search field and related words, in the head of the page. */
export function SearchHead({ view, asked, found }: { view: View; asked: Asked; found: Found }) {
  const text = messages[view.locale]
  return (
    <>
      <SearchForm view={view} action="/catalogue" name="q" label={text.search} value={asked.q} />
      {found.related.length > 0 ? (
        <p class="al-small al-gap-2">
          {text.related}{' '}
          {found.related.map((word, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <a href={view.href(address('/catalogue', { q: word }))}>{word}</a>
            </>
          ))}
        </p>
      ) : null}
    </>
  )
}

/** Facets on the left, hits on the right. */
export function SearchPage({
  view,
  asked,
  found,
  mayAdd,
}: {
  view: View
  asked: Asked
  found: Found
  mayAdd: boolean
}) {
  const text = messages[view.locale]
  return (
    <div class="al-wrap al-split al-split--left al-section--tight al-body">
      <aside aria-label={text.narrow}>
        <p class="al-narrow">
          <a class="al-link" href="#treffer">
            {text.toHits}
          </a>
        </p>
        <h2 class="kern-heading-medium">{text.narrow}</h2>
        <FacetForm
          view={view}
          action="/catalogue"
          facets={facetsOf(view, asked, found)}
          hidden={{ q: asked.q, sort: asked.sort }}
        />
      </aside>
      <section aria-labelledby="treffer">
        <HitsHead view={view} asked={asked} found={found} />
        <Hits view={view} asked={asked} found={found} />
        <div class="al-gap-6">
          <Note title={text.notFound} icon="people">
            {text.notFoundText} <a href={view.href('/questions/new')}>{text.askLink}</a>
          </Note>
        </div>
        <div class="al-btns al-gap-4">
          <ButtonLink
            href={view.href(address('/catalogue/export.csv', queryOf(asked)))}
            variant="tertiary"
            download
          >
            {text.csv}
          </ButtonLink>
          <ButtonLink href={view.href('/catalogue/feed')} variant="tertiary">
            {text.waysOut}
          </ButtonLink>
          {mayAdd ? <ButtonLink href={view.href('/catalogue/new')}>{text.offer}</ButtonLink> : null}
        </div>
      </section>
    </div>
  )
}

const SHOWN_VALUES = 8

function facetsOf(view: View, asked: Asked, found: Found) {
  const text = messages[view.locale]
  return facetNames.map((name) => {
    const counts = found.facets.filter((each) => each.facet === name)
    const ordered = name === 'period' ? [...counts].sort((a, b) => (a.value < b.value ? 1 : -1)) : counts
    // Chosen values stay in sight even where they no longer are among the most frequent or count nothing.
    const values = [...new Set([...ordered.slice(0, SHOWN_VALUES).map((each) => each.value), ...asked[name]])]
    if (name === 'period') values.sort((a, b) => (a === 'older' ? 1 : b === 'older' ? -1 : a < b ? 1 : -1))
    return {
      name,
      label: text.facets[name],
      selected: [...asked[name]],
      options: values.map((value) => ({
        value,
        label: valueLabel(view, name, value),
        count: counts.find((each) => each.value === value)?.count ?? 0,
      })),
    }
  })
}

function valueLabel(view: View, facet: FacetName, value: string): string {
  if (facet === 'topic') return topicLabel(view, value)
  if (facet === 'access')
    return (words[view.locale].access as Readonly<Record<string, string>>)[value] ?? value
  return value === 'older' ? messages[view.locale].older : value
}

function HitsHead({ view, asked, found }: { view: View; asked: Asked; found: Found }) {
  const text = messages[view.locale]
  const n = { n: view.number(found.total), one: found.total === 1 }
  return (
    <div class="al-row al-row--between">
      <h2 class="kern-heading-large" id="treffer">
        {asked.q ? text.hitsFor({ ...n, q: view.quote(asked.q) }) : text.hits(n)}
      </h2>
      <form class="al-sort" action={view.href('/catalogue')} data-autosubmit="">
        {Object.entries(queryOf({ ...asked, sort: 'fit' })).flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value])
            .filter(Boolean)
            .map((each) => <input type="hidden" name={name} value={each} />),
        )}
        <label for="sort">{text.sorted}</label>
        <select id="sort" name="sort">
          {(['fit', 'newest', 'title', 'quality'] as const).map((sort) => (
            <option value={sort} selected={sort === asked.sort}>
              {text.sort[sort]}
            </option>
          ))}
        </select>
        <Submit variant="tertiary">{text.apply}</Submit>
      </form>
    </div>
  )
}

function Hits({ view, asked, found }: { view: View; asked: Asked; found: Found }) {
  const text = messages[view.locale]
  if (found.hits.length === 0) {
    return (
      <div class="al-gap-4">
        <Empty
          title={text.nothing}
          action={<ButtonLink href={view.href('/catalogue')}>{text.resetLink}</ButtonLink>}
        >
          {text.nothingText}
        </Empty>
      </div>
    )
  }
  return (
    <>
      <div class="al-gap-4">
        {found.hits.map((hit) => (
          <Hit view={view} hit={hit} />
        ))}
      </div>
      <div class="al-row al-row--between al-gap-4">
        <span class="al-muted">
          {text.shown({ n: view.number(found.hits.length), total: view.number(found.total) })}
        </span>
        <Pagination view={view} path="/catalogue" query={queryOf(asked)} next={found.next} />
      </div>
    </>
  )
}

const TEASER = 240

function Hit({ view, hit }: { view: View; hit: EntrySummary }) {
  const text = messages[view.locale]
  const facts = [
    periodText(view, hit, hit.frequency !== 'NEVER'),
    paceText(view, hit.frequency),
    hit.formats.slice(0, 3).join(', '),
  ]
  return (
    <article class="al-result">
      <div>
        <div class="al-row">
          <AccessChip view={view} access={hit.access} />
          <span class="al-muted al-small">{hit.holderName}</span>
        </div>
        <h3 class="kern-heading-medium">
          <a href={view.href(`/catalogue/datasets/${hit.id}`)}>{hit.title}</a>
        </h3>
        <p>{teaser(hit.summary)}</p>
        <p class="al-small al-muted al-gap-2">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <div class="al-score">
        <span>
          {text.quality} <b>{hit.quality}</b>
          <span class="kern-sr-only"> {text.of100}</span>
        </span>
        <Meter label={`${text.quality}: ${hit.quality} ${text.of100}`} parts={[hit.quality / 100]} />
        <span class="al-muted">{hit.currentTo ? text.changed({ when: view.date(hit.currentTo) }) : ''}</span>
      </div>
    </article>
  )
}

/** The beginning of a description, cut at a word. */
export function teaser(text: string): string {
  if (text.length <= TEASER) return text
  const cut = text.slice(0, TEASER)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), TEASER - 40))} …`
}
