import type { View } from '../../platform/view.ts'
import { Submit } from '../../web/forms.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { Empty, LinkArrow, More, Note } from '../../web/parts.tsx'
import { HiddenFields, SearchForm } from '../../web/search-forms.tsx'
import type { Spread } from '../engine/clusters.ts'
import type { Asked } from '../search/asked.ts'
import { queryOf } from '../search/asked.ts'
import { HitList } from '../search/hit-views.tsx'
import type { Found } from '../search/model.ts'
import { AtlasMap, windowHref } from './map-view.tsx'
import { messages } from './messages.ts'
import { moved, wider } from './model.ts'
import type { Outlines } from './outlines.ts'

/** What the atlas page shows: a search and where its hits lie. */
export type AtlasProps = {
  readonly view: View
  readonly asked: Asked
  readonly found: Found
  readonly outlines?: Outlines | undefined
}

/** The search field; words stay while the map moves. */
export function AtlasHead({ view, asked }: AtlasProps) {
  const { q, bbox, ...rest } = queryOf(asked)
  void q
  return (
    <SearchForm
      view={view}
      action="/catalogue/atlas"
      name="q"
      label={messages[view.locale].search}
      value={asked.q}
      suggest={view.href('/catalogue/suggest')}
      hidden={{ bbox: String(bbox ?? ''), ...oneEach(rest) }}
    />
  )
}

// A search field keeps one value per facet; the list page keeps them all.
function oneEach(query: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()[0] ?? '']))
}

/** Map on the left, entries on the right; on a phone the map comes first. */
export function AtlasPage(props: AtlasProps) {
  const { view, asked, found } = props
  const text = messages[view.locale]
  const { spread } = found
  return (
    <div class="al-wrap al-split al-split--half al-section--tight al-body">
      <section aria-label={text.map}>
        {spread ? <MapSide {...props} spread={spread} /> : <Note icon="clock">{text.notYet}</Note>}
      </section>
      <section aria-labelledby="eintraege">
        <h2 class="kern-heading-large" id="eintraege">
          {asked.bbox ? text.entries : text.entriesAll} ({view.number(found.total)})
        </h2>
        <LinkArrow href={view.href(address('/catalogue', queryOf(asked)))}>{text.toList}</LinkArrow>
        {found.hits.length > 0 ? (
          <HitList view={view} found={found} />
        ) : (
          <div class="al-gap-4">
            <Empty title={text.noneHere}>
              <a href={view.href('/catalogue/atlas')}>{text.whole}</a>
            </Empty>
          </div>
        )}
        <Pagination view={view} path="/catalogue/atlas" query={queryOf(asked)} next={found.next} />
      </section>
    </div>
  )
}

function MapSide({ spread, ...props }: AtlasProps & { spread: Spread }) {
  const { view, asked } = props
  const text = messages[view.locale]
  const n = (count: number) => ({ n: view.number(count), one: count === 1 })
  return (
    <>
      <AtlasMap view={view} asked={asked} spread={spread} outlines={props.outlines} />
      {spread.wide > 0 ? <p class="al-small al-gap-2">{text.wide(n(spread.wide))}</p> : null}
      {spread.nowhere > 0 ? (
        <p class="al-small al-muted al-gap-2">{text.nowhere(n(spread.nowhere))}</p>
      ) : null}
      <nav class="al-btns al-btns--near al-gap-2" aria-label={text.move}>
        {steps(spread).map(([name, box]) => (
          <a class="kern-btn kern-btn--tertiary" href={windowHref(view, asked, box)}>
            <span class="kern-label">{text[name]}</span>
          </a>
        ))}
        {asked.bbox ? (
          <a
            class="kern-btn kern-btn--tertiary"
            href={view.href(address('/catalogue/atlas', queryOf({ ...asked, bbox: undefined })))}
          >
            <span class="kern-label">{text.whole}</span>
          </a>
        ) : null}
      </nav>
      <Sides view={view} asked={asked} spread={spread} />
    </>
  )
}

function steps({ window }: Spread) {
  return [
    ['out', wider(window)],
    ['north', moved(window, 0, 1)],
    ['south', moved(window, 0, -1)],
    ['west', moved(window, -1, 0)],
    ['east', moved(window, 1, 0)],
  ] as const
}

/** The window in figures, for whoever knows them or cannot use the map. */
function Sides({ view, asked, spread }: { view: View; asked: Asked; spread: Spread }) {
  const text = messages[view.locale]
  const sides = ['west', 'south', 'east', 'north'] as const
  return (
    <More label={text.fields}>
      <form action={view.href('/catalogue/atlas')} class="al-stack al-stack--s">
        <HiddenFields fields={queryOf({ ...asked, bbox: undefined })} />
        {sides.map((side, at) => (
          <div class="kern-form-input">
            <label class="kern-label" for={`side-${side}`}>
              {text.sides[side]}
            </label>
            <div class="kern-hint" id={`side-${side}-hint`}>
              {text.degrees}
            </div>
            <input
              class="kern-form-input__input"
              id={`side-${side}`}
              name={side}
              inputmode="decimal"
              aria-describedby={`side-${side}-hint`}
              value={String(Math.round(spread.window[at]! * 10_000) / 10_000)}
            />
          </div>
        ))}
        <Submit variant="secondary">{text.apply}</Submit>
      </form>
    </More>
  )
}
