import type { Child } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { Buttons, Hidden, SecondaryLink, Submit } from './forms.tsx'
import { messages } from './messages.ts'

/** One search line: a labelled field and a button, as GET. `hidden` keeps other choices of the address. */
export function SearchForm(props: {
  view: View
  action: string
  name: string
  label: string
  value?: string | undefined
  hint?: string
  submit?: string
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
  return (
    <fieldset class="al-facet">
      <legend>{facet.label}</legend>
      <div>
        {facet.options.map((option) => (
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
      </div>
    </fieldset>
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
