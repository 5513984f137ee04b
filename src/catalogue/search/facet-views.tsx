import type { View } from '../../platform/view.ts'
import { address } from '../../web/pagination.tsx'
import { FacetForm } from '../../web/search-forms.tsx'
import { licenceOf } from '../dcat/licences.ts'
import { words } from '../messages.ts'
import { topicLabel } from '../views.tsx'
import type { Asked } from './asked.ts'
import { queryOf } from './asked.ts'
import { messages } from './messages.ts'
import type { FacetName, Found } from './model.ts'
import { facetNames } from './model.ts'
import type { RegionNames } from './region-names.ts'
import { regionLabel, regionLevel } from './regions.ts'

/** The order on the page; keywords are chosen elsewhere. */
const shownFacets: readonly FacetName[] = [
  'access',
  'kind',
  'topic',
  'holder',
  'period',
  'format',
  'place',
  'region',
  'licence',
  'quality',
  'source',
]

/** A search, what it found, and the names of its regions. */
export type FacetProps = {
  readonly view: View
  readonly asked: Asked
  readonly found: Found
  readonly names: RegionNames
}

/** All facets as a form that also keeps words, span and extent. */
export function Facets({ view, asked, found, names }: FacetProps) {
  const kept = { ...queryOf(asked) } as Record<string, string>
  const hidden = { q: kept['q'], sort: kept['sort'], from: kept['from'], to: kept['to'], bbox: kept['bbox'] }
  return (
    <FacetForm
      view={view}
      action="/catalogue"
      facets={shownFacets.map((name) => facetOf(view, name, { asked, found, names }))}
      hidden={hidden}
    />
  )
}

function facetOf(view: View, name: FacetName, { asked, found, names }: Omit<FacetProps, 'view'>) {
  const text = messages[view.locale]
  const counts = found.facets.filter((each) => each.facet === name)
  // Chosen values stay in sight even where they no longer are among the most frequent or count nothing.
  const chosen: readonly string[] = asked[name]
  const offered =
    name === 'region' ? regionLevel(counts.map((each) => each.value)) : counts.map((each) => each.value)
  const rest = offered.filter((value) => !chosen.includes(value))
  const values = [...chosen, ...rest].filter((value) => value !== '')
  // A single value that all hits have narrows nothing.
  const tells = chosen.length > 0 || values.length > 1 || counts.some((each) => each.count < found.total)
  if (!tells) values.length = 0
  if (name === 'period') values.sort((a, b) => (a === 'older' ? 1 : b === 'older' ? -1 : a < b ? 1 : -1))
  return {
    name,
    label: text.facets[name],
    selected: [...chosen],
    more: text.more,
    shown: Math.max(5, chosen.length),
    options: values.map((value) => ({
      value,
      label: valueLabel(view, { facet: name, value }, names),
      count: counts.find((each) => each.value === value)?.count ?? 0,
    })),
  }
}

/** A value of a facet as people read it. */
export function valueLabel(
  view: View,
  { facet, value }: { facet: FacetName; value: string },
  names?: RegionNames,
): string {
  const text = messages[view.locale]
  if (facet === 'topic') return topicLabel(view, value)
  if (facet === 'access')
    return (words[view.locale].access as Readonly<Record<string, string>>)[value] ?? value
  if (facet === 'kind') return (words[view.locale].kinds as Readonly<Record<string, string>>)[value] ?? value
  if (facet === 'quality') return (text.qualitySteps as Readonly<Record<string, string>>)[value] ?? value
  if (facet === 'licence') return licenceOf(value)?.name ?? value.replace(/^https?:\/\/(?:www\.)?/, '')
  if (facet === 'region') return regionLabel(value, names)
  if (facet === 'source') return value === 'own' ? text.ownSource : (names?.get(value) ?? value)
  return value === 'older' ? text.older : value
}

/** What is chosen, each with a link that takes it back. */
export function ChosenList({ view, asked, names }: Omit<FacetProps, 'found'>) {
  const items = chosenItems(view, asked, names)
  if (items.length === 0) return null
  const text = messages[view.locale]
  return (
    <ul class="al-chosen" aria-label={text.chosen}>
      {items.map(({ label, without }) => (
        <li>
          <a href={view.href(address('/catalogue', queryOf(without)))}>
            {label}
            <span aria-hidden="true">×</span>
            <span class="kern-sr-only"> {text.remove({ what: label })}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function chosenItems(view: View, asked: Asked, names: RegionNames): { label: string; without: Asked }[] {
  const text = messages[view.locale]
  const items = facetNames.flatMap((name) =>
    asked[name].map((value: string) => ({
      label: `${text.facets[name]}: ${valueLabel(view, { facet: name, value }, names)}`,
      without: { ...asked, [name]: (asked[name] as string[]).filter((other) => other !== value) },
    })),
  )
  if (asked.from || asked.to) {
    const span = { from: asked.from ? view.date(asked.from) : '', to: asked.to ? view.date(asked.to) : '' }
    items.push({ label: text.spanChosen(span), without: { ...asked, from: undefined, to: undefined } })
  }
  if (asked.bbox) items.push({ label: text.extent, without: { ...asked, bbox: undefined } })
  return items
}
