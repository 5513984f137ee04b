import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Radios } from '../../web/choices.tsx'
import { TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { address } from '../../web/pagination.tsx'
import { ButtonLink, Card, Empty, More, Note } from '../../web/parts.tsx'
import { valueLabel } from '../search/facet-views.tsx'
import { messages as searchWords } from '../search/messages.ts'
import { facetNames } from '../search/model.ts'
import type { RegionNames } from '../search/region-names.ts'
import { messages } from './messages.ts'
import type { KeptQuery, SavedSearch } from './model.ts'
import { mailModes } from './model.ts'

/** The address of the search page with a kept query. */
function searchHref(view: View, query: KeptQuery): string {
  return view.href(address('/catalogue', query as Record<string, string | string[]>))
}

/** A kept query in words: what is searched, and what it is narrowed by. */
function queryText(view: View, query: KeptQuery, names: RegionNames): string {
  const text = searchWords[view.locale]
  const values = (name: string) => [query[name] ?? []].flat() as string[]
  const facets = facetNames.flatMap((name) =>
    values(name).map((value) => `${text.facets[name]}: ${valueLabel(view, { facet: name, value }, names)}`),
  )
  const [from, to] = [values('from')[0], values('to')[0]]
  const span =
    from || to ? [text.spanChosen({ from: from ? view.date(from) : '', to: to ? view.date(to) : '' })] : []
  const box = values('bbox').length > 0 ? [text.extent] : []
  const q = values('q')[0]
  const parts = [...(q ? [view.quote(q)] : []), ...facets, ...span, ...box]
  return parts.length > 0 ? parts.join(' · ') : messages[view.locale].all
}

function ModeField({ view, value }: { view: View; value: SavedSearch['mail'] }) {
  const text = messages[view.locale]
  return (
    <Radios
      name="mail"
      label={text.mail}
      value={value}
      options={mailModes.map((mode) => ({ value: mode, label: text.modes[mode] }))}
      required
    />
  )
}

/** The form under which name a search is kept. */
export function SaveForm(props: {
  view: View
  form: FormState
  query: string
  kept: KeptQuery
  names: RegionNames
}) {
  const { view, form, query, kept } = props
  const text = messages[view.locale]
  return (
    <Form view={view} form={form} action="/catalogue/saved">
      <p>
        <b>{text.query}:</b> {queryText(view, kept, props.names)}
      </p>
      <Hidden name="query" value={query} />
      <TextField name="name" label={text.name} hint={text.nameHint} maxlength={120} required />
      <ModeField view={view} value="weekly" />
      <Buttons>
        <Submit>{text.save}</Submit>
        <SecondaryLink href={searchHref(view, kept)}>{text.cancel}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

type ListProps = {
  readonly view: View
  readonly searches: readonly SavedSearch[]
  readonly feedOf: (search: SavedSearch) => string
  /** Of the regions and sources the searches are narrowed to. */
  readonly names: RegionNames
  /** A search that was just removed. */
  readonly removed: string | undefined
}

/** All saved searches of a person. */
export function SavedList({ view, searches, feedOf, names, removed }: ListProps) {
  const text = messages[view.locale]
  return (
    <div class="al-stack">
      {removed ? (
        <Note icon="check">
          <p>{text.removed}</p>
          <ActionForm
            view={view}
            action={`/catalogue/saved/${removed}/restore`}
            label={text.undo}
            variant="secondary"
          />
        </Note>
      ) : null}
      {searches.length === 0 ? (
        <Empty
          title={text.none}
          action={<ButtonLink href={view.href('/catalogue')}>{text.toSearch}</ButtonLink>}
        >
          {text.noneText}
        </Empty>
      ) : (
        searches.map((search) => (
          <SavedCard view={view} search={search} feed={feedOf(search)} names={names} />
        ))
      )}
    </div>
  )
}

function SavedCard(props: { view: View; search: SavedSearch; feed: string; names: RegionNames }) {
  const { view, search, feed, names } = props
  const text = messages[view.locale]
  const form = { values: { name: search.name, mail: search.mail }, errors: {} }
  return (
    <Card>
      <h2 class="kern-heading-medium">
        <a href={searchHref(view, search.query)}>{search.name}</a>
      </h2>
      <p>{queryText(view, search.query, names)}</p>
      <p class="al-small al-muted">
        {text.mail}: {text.modes[search.mail]} · {text.since({ when: view.date(search.createdAt) })} ·{' '}
        <a href={feed}>{text.feed}</a>
      </p>
      <More label={text.edit}>
        <Form view={view} form={form} action={`/catalogue/saved/${search.id}`} id={`f-${search.id}`}>
          <TextField name="name" label={text.name} maxlength={120} required />
          <ModeField view={view} value={search.mail} />
          <Buttons>
            <Submit variant="secondary">{text.change}</Submit>
          </Buttons>
        </Form>
      </More>
      <ActionForm
        view={view}
        action={`/catalogue/saved/${search.id}/remove`}
        label={text.remove}
        variant="tertiary"
      />
    </Card>
  )
}
