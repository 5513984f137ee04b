import type { Child } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { Buttons, Hidden, SecondaryLink, Submit } from './forms.tsx'
import { messages } from './messages.ts'

/**
 * One search line: a labelled field and a button, as GET. `hidden` keeps other choices of the address, `suggest` is an
 * address that answers suggestions as HTML while typing.
 */
export function SearchForm(props: {
  view: View
  action: string
  name: string
  label: string
  value?: string | undefined
  hint?: string
  submit?: string
  suggest?: string
  hidden?: Record<string, string | undefined>
}) {
  const id = `s-${props.name}`
  return (
    <form class="al-search" action={props.view.href(props.action)} role="search">
      <KeptFields fields={props.hidden} />
      <div class="kern-form-input">
        <label class="kern-label" for={id}>
          {props.label}
        </label>
        {props.hint ? (
          <div class="kern-hint" id={`${id}-hint`}>
            {props.hint}
          </div>
        ) : null}
        <input
          class="kern-form-input__input"
          id={id}
          name={props.name}
          type="search"
          value={props.value ?? ''}
          autocomplete="off"
          data-suggest={props.suggest}
          data-suggest-from={props.suggest ? 2 : undefined}
          aria-describedby={props.hint ? `${id}-hint` : undefined}
        />
      </div>
      <Submit>{props.submit ?? messages[props.view.locale].search}</Submit>
    </form>
  )
}

/** One group of ticks that narrow a list, with how many each would leave. */
export interface Facet {
  name: string
  label: string
  options: { value: string; label: string; count?: number }[]
  selected: string[]
  /** Label of the fold that holds the options after the first `shown`. */
  more?: string
  shown?: number
}

/** Facets as a GET form with its own button: narrowing works without script. */
export function FacetForm(props: {
  view: View
  action: string
  facets: Facet[]
  hidden?: Record<string, string | undefined>
  children?: Child
}) {
  const text = messages[props.view.locale]
  const chosen = props.facets.some((facet) => facet.selected.length > 0)
  return (
    <form action={props.view.href(props.action)} data-autosubmit="">
      <KeptFields fields={props.hidden} />
      {props.facets
        .filter((facet) => facet.options.length > 0)
        .map((facet) => (
          <FacetGroup facet={facet} view={props.view} />
        ))}
      {props.children}
      <Buttons>
        <Submit variant="secondary">{text.filter}</Submit>
        {chosen ? <SecondaryLink href={props.view.href(props.action)}>{text.clear}</SecondaryLink> : null}
      </Buttons>
    </form>
  )
}

function FacetGroup({ facet, view }: { facet: Facet; view: View }) {
  const shown = facet.more === undefined ? facet.options.length : (facet.shown ?? 5)
  const rest = facet.options.slice(shown)
  return (
    <fieldset class="al-facet">
      <legend>{facet.label}</legend>
      <div>
        <Ticks facet={facet} view={view} options={facet.options.slice(0, shown)} />
        {rest.length > 0 ? (
          <details class="al-facet-more">
            <summary>{facet.more}</summary>
            <Ticks facet={facet} view={view} options={rest} />
          </details>
        ) : null}
      </div>
    </fieldset>
  )
}

function Ticks({ facet, view, options }: { facet: Facet; view: View; options: Facet['options'] }) {
  return (
    <>
      {options.map((option) => (
        <label class="al-check">
          <input
            type="checkbox"
            name={facet.name}
            value={option.value}
            checked={facet.selected.includes(option.value)}
          />
          <span>{option.label}</span>
          <span>{option.count === undefined ? '' : view.number(option.count)}</span>
        </label>
      ))}
    </>
  )
}

/** The rest of an address as hidden fields of a GET form; lists repeat the name, empty values are left out. */
export function HiddenFields({ fields }: { fields: Record<string, string | string[] | undefined> }) {
  return (
    <>
      {Object.entries(fields).flatMap(([name, value]) =>
        [value ?? ''].flat().flatMap((each) => (each ? [<Hidden name={name} value={each} />] : [])),
      )}
    </>
  )
}

function KeptFields({ fields }: { fields?: Record<string, string | undefined> | undefined }) {
  const kept = Object.entries(fields ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return (
    <>
      {kept.map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
    </>
  )
}
