import type { View } from '../../platform/view.ts'
import { Submit } from '../../web/forms.tsx'
import { HiddenFields, SearchForm } from '../../web/search-forms.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { ButtonLink, Empty, LinkArrow, Note } from '../../web/parts.tsx'
import { ExtentMap } from '../atlas/extent-map.tsx'
import type { Outlines } from '../atlas/outlines.ts'
import type { Asked } from './asked.ts'
import { queryOf } from './asked.ts'
import { ChosenList, Facets } from './facet-views.tsx'
import { HitList } from './hit-views.tsx'
import { messages } from './messages.ts'
import type { Found } from './model.ts'
import type { RegionNames } from './region-names.ts'

/** What every part of the page needs. `near`: the closest hits where no entry has all the words. */
export type SearchProps = {
  readonly view: View
  readonly asked: Asked
  readonly found: Found
  readonly near?: Found | undefined
  readonly names: RegionNames
  readonly outlines?: Outlines | undefined
}

/** Search field, corrections and related words, in the head of the page. */
export function SearchHead({ view, asked, found }: Pick<SearchProps, 'view' | 'asked' | 'found'>) {
  const text = messages[view.locale]
  return (
    <>
      <SearchForm
        view={view}
        action="/catalogue"
        name="q"
        label={text.search}
        value={asked.q}
        suggest={view.href('/catalogue/suggest')}
      />
      {found.corrected.map((each) => (
        <p class="al-small al-gap-2">
          {text.corrected({ from: view.quote(each.from), to: view.quote(each.to) })}
        </p>
      ))}
      {found.meant ? <WordLinks view={view} label={text.meant} words={[found.meant]} /> : null}
      {found.related.length > 0 ? <WordLinks view={view} label={text.related} words={found.related} /> : null}
    </>
  )
}

function WordLinks({ view, label, words }: { view: View; label: string; words: readonly string[] }) {
  return (
    <p class="al-small al-gap-2">
      {label}{' '}
      {words.map((word, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <a href={view.href(address('/catalogue', { q: word }))}>{capital(word)}</a>
        </>
      ))}
    </p>
  )
}

// The index knows words in small letters only; what it offers are nouns.
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Hits, then map and facets; on wide screens those stand on the left. */
export function SearchPage(props: SearchProps & { mayAdd: boolean }) {
  const { view, asked, names } = props
  const text = messages[view.locale]
  return (
    <div class="al-wrap al-split al-split--left al-split--turned al-section--tight al-body">
      <section aria-labelledby="treffer">
        <HitsHead {...props} />
        <p class="al-narrow">
          <a class="al-link" href="#eingrenzen">
            {text.toNarrow}
          </a>
        </p>
        <ChosenList view={view} asked={asked} names={names} />
        <Hits {...props} />
        <Below {...props} />
      </section>
      <Narrowing {...props} />
    </div>
  )
}

function Narrowing(props: SearchProps) {
  const { view, asked } = props
  const text = messages[view.locale]
  return (
    <aside aria-labelledby="eingrenzen">
      <h2 class="kern-heading-medium" id="eingrenzen">
        {text.narrow}
      </h2>
      <Extent {...props} />
      <Facets {...props} />
      <Span view={view} asked={asked} />
      <p class="al-gap-4">
        <LinkArrow href={view.href('/catalogue/model-datasets')}>{text.models}</LinkArrow>
      </p>
      <p>
        <LinkArrow href={view.href('/catalogue/campaigns')}>{text.campaigns}</LinkArrow>
      </p>
    </aside>
  )
}

function Extent({ view, asked, found, outlines }: SearchProps) {
  const text = messages[view.locale]
  const { spread } = found
  return (
    <div class="al-extent">
      <h3 class="kern-heading-small">{text.extent}</h3>
      {spread && spread.clusters.length > 0 ? (
        <ExtentMap view={view} asked={asked} spread={spread} outlines={outlines} />
      ) : null}
      <p class="al-small al-muted">{asked.bbox ? text.extentSome : text.extentAll}</p>
      <LinkArrow href={view.href(address('/catalogue/atlas', queryOf(asked)))}>{text.toAtlas}</LinkArrow>
    </div>
  )
}

function Span({ view, asked }: { view: View; asked: Asked }) {
  const text = messages[view.locale]
  return (
    <form action={view.href('/catalogue')} class="al-gap-4">
      <HiddenFields fields={queryOf({ ...asked, from: undefined, to: undefined })} />
      <fieldset class="al-facet">
        <legend>{text.span}</legend>
        <div class="al-stack al-stack--s">
          {(['from', 'to'] as const).map((end) => (
            <label class="al-span">
              <span>{text[end]}</span>
              <input class="kern-form-input__input" type="date" name={end} value={asked[end] ?? ''} />
            </label>
          ))}
          <Submit variant="secondary">{text.setSpan}</Submit>
        </div>
      </fieldset>
    </form>
  )
}

function HitsHead({ view, asked, found }: SearchProps) {
  const text = messages[view.locale]
  const n = { n: view.number(found.total), one: found.total === 1 }
  return (
    <div class="al-row al-row--between">
      <h2 class="kern-heading-large" id="treffer">
        {asked.q ? text.hitsFor({ ...n, q: view.quote(asked.q) }) : text.hits[kindOfHits(asked, found)](n)}
      </h2>
      <form class="al-sort" action={view.href('/catalogue')} data-autosubmit="">
        <HiddenFields fields={queryOf({ ...asked, sort: 'fit' })} />
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

// What is counted is named as what it is: data, services, or both.
function kindOfHits(asked: Asked, found: Found): 'dataset' | 'service' | 'both' {
  const kinds = found.facets.filter(({ facet, value }) => facet === 'kind' && isShown(asked, value))
  return kinds.length > 1 ? 'both' : kinds[0]?.value === 'service' ? 'service' : 'dataset'
}

const isShown = (asked: Asked, kind: string) =>
  asked.kind.length === 0 || (asked.kind as readonly string[]).includes(kind)

function Hits(props: SearchProps) {
  const { view, asked, found } = props
  const text = messages[view.locale]
  if (found.hits.length === 0) return <NoHits {...props} />
  return (
    <>
      <HitList view={view} found={found} />
      <div class="al-row al-row--between al-gap-4">
        <span class="al-muted">
          {text.shown({ n: view.number(found.hits.length), total: view.number(found.total) })}
        </span>
        <Pagination view={view} path="/catalogue" query={queryOf(asked)} next={found.next} />
      </div>
    </>
  )
}

function NoHits({ view, found, near }: SearchProps) {
  const text = messages[view.locale]
  const hints = found.meant ? [found.meant] : found.related
  return (
    <div class="al-gap-4">
      <Empty
        title={text.nothing}
        action={<ButtonLink href={view.href('/catalogue')}>{text.resetLink}</ButtonLink>}
      >
        {text.nothingText}
      </Empty>
      {hints.length > 0 ? (
        <WordLinks view={view} label={found.meant ? text.meant : text.related} words={hints} />
      ) : null}
      {near && near.hits.length > 0 ? (
        <>
          <h3 class="kern-heading-medium al-gap-6">{text.near}</h3>
          <p class="al-muted">{text.nearText}</p>
          <HitList view={view} found={near} />
        </>
      ) : null}
    </div>
  )
}

function Below({ view, asked, mayAdd }: SearchProps & { mayAdd: boolean }) {
  const text = messages[view.locale]
  const query = queryOf(asked)
  return (
    <>
      <div class="al-gap-6">
        <Note title={text.notFound} icon="people">
          {text.notFoundText}{' '}
          <a href={view.href(address('/questions/new', { title: asked.q }))}>{text.askLink}</a>
        </Note>
      </div>
      <div class="al-btns al-gap-4">
        <ButtonLink href={view.href(address('/catalogue/saved/new', query))} variant="secondary">
          {text.save}
        </ButtonLink>
        <ButtonLink href={view.href(address('/catalogue/feed.atom', query))} variant="tertiary">
          {text.feed}
        </ButtonLink>
        <ButtonLink href={view.href(address('/catalogue/export.csv', query))} variant="tertiary" download>
          {text.csv}
        </ButtonLink>
        <ButtonLink href={view.href('/catalogue/feed')} variant="tertiary">
          {text.waysOut}
        </ButtonLink>
        {mayAdd ? <ButtonLink href={view.href('/catalogue/new')}>{text.offer}</ButtonLink> : null}
      </div>
    </>
  )
}
