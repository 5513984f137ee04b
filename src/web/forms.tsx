import { randomUUID } from 'node:crypto'
import { useContext, type PropsWithChildren } from 'hono/jsx'
import { emptyForm, type FormState } from '../platform/form.ts'
import type { View } from '../platform/view.ts'
import { fieldId, FormContext } from './form-context.ts'
import { Icon } from './icons.tsx'
import { messages } from './messages.ts'

/** How loud a button is; blue means „you can act“. */
export type ButtonVariant = 'primary' | 'secondary' | 'tertiary'

type FormProps = PropsWithChildren<{
  view: View
  action: string
  form?: FormState | undefined
  files?: boolean
  id?: string
  label?: string
  class?: string
  /** `get` for a form that only chooses what to show; it carries no one-time key. */
  method?: 'get'
}>

/** A posting form: error summary first, a one-time key against double sending, `files` for uploads. Two forms on a page need their own `id`. */
export function Form(props: FormProps) {
  const form = props.form ?? emptyForm()
  const id = props.id ?? 'f'
  return (
    <FormContext.Provider value={{ form, locale: props.view.locale, id, chooses: props.method === 'get' }}>
      <form
        class={props.class ?? 'al-form'}
        method={props.method ?? 'post'}
        action={props.view.href(props.action)}
        id={id}
        aria-label={props.label}
        enctype={props.files ? 'multipart/form-data' : undefined}
        novalidate
      >
        {props.method ? null : <input type="hidden" name="_once" value={randomUUID()} />}
        <ErrorSummary labels={labelsOf(props.children)} />
        {props.children}
      </form>
    </FormContext.Provider>
  )
}

/** What is wrong, at the top of the form, each line leading to its field. Draws nothing when all is well. `<Form>` brings it along. */
function ErrorSummary({ labels = new Map() }: { labels?: ReadonlyMap<string, string> }) {
  const { form, locale, id } = useContext(FormContext)
  const entries = Object.entries(form.errors)
  if (entries.length === 0) return null
  const text = messages[locale]
  return (
    <div class="al-errors" role="alert" tabindex={-1} aria-labelledby={`${id}-errors`} autofocus>
      <Icon name="warn" />
      <div>
        <h2 class="kern-heading-small" id={`${id}-errors`}>
          {text.errors({ n: entries.length })}
        </h2>
        <ul>
          {entries.map(([name, error]) => {
            if (name === '' || name.startsWith('_')) return <li>{error}</li>
            const label = labels.get(name)
            return (
              <li>
                <a href={`#${fieldId(id, name)}`}>
                  {label ? `${label}${label.endsWith('?') ? '' : ':'} ${error}` : error}
                </a>
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

/**
 * The labels of the fields in a form's markup by their names, so that the summary can say which field it means. A group
 * of fields in a function of its own is seen when the form calls it: `{AddressFields({ view })}`.
 */
function labelsOf(node: unknown, found = new Map<string, string>()): ReadonlyMap<string, string> {
  if (Array.isArray(node)) for (const each of node) labelsOf(each, found)
  if (typeof node !== 'object' || node === null || !('props' in node)) return found
  const props = node.props as { name?: unknown; label?: unknown; children?: unknown }
  if (typeof props.name === 'string' && typeof props.label === 'string') found.set(props.name, props.label)
  labelsOf('children' in node ? node.children : props.children, found)
  return found
}

/** A group of fields under one legend. */
export function Fieldset(props: PropsWithChildren<{ legend: string; hint?: string }>) {
  return (
    <fieldset class="al-fieldset">
      <legend class="kern-heading-small">{props.legend}</legend>
      {props.hint ? <p class="al-muted al-small">{props.hint}</p> : null}
      <div class="al-form">{props.children}</div>
    </fieldset>
  )
}

/** A value the person does not see and does not change. */
export function Hidden({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />
}

/** The row of buttons that closes a form or a card. */
export function Buttons({ children }: PropsWithChildren) {
  return <div class="al-btns">{children}</div>
}

/** Sends the form. Say what happens („Frage stellen“), not „OK“. */
export function Submit(props: PropsWithChildren<{ variant?: ButtonVariant; name?: string; value?: string }>) {
  return (
    <button
      class={`kern-btn kern-btn--${props.variant ?? 'primary'}`}
      type="submit"
      name={props.name}
      value={props.value}
    >
      <span class="kern-label">{props.children}</span>
    </button>
  )
}

/** The way out beside a submit button. */
export function SecondaryLink({ href, children }: PropsWithChildren<{ href: string }>) {
  return (
    <a class="kern-btn kern-btn--tertiary" href={href}>
      <span class="kern-label">{children}</span>
    </a>
  )
}

/** A form that is one button: a post with hidden fields. */
export function ActionForm(props: {
  view: View
  action: string
  label: string
  variant?: ButtonVariant
  fields?: Record<string, string>
}) {
  return (
    <form class="al-action" method="post" action={props.view.href(props.action)}>
      <HiddenFields fields={props.fields} />
      <Submit variant={props.variant ?? 'secondary'}>{props.label}</Submit>
    </form>
  )
}

/** For what cannot be undone: a button that opens the question and the real button, without script. */
export function ConfirmButton(
  props: PropsWithChildren<{
    view: View
    action: string
    label: string
    question: string
    confirm: string
    fields?: Record<string, string>
  }>,
) {
  return (
    <details class="al-confirm">
      <summary class="kern-btn kern-btn--secondary">
        <span class="kern-label">{props.label}</span>
      </summary>
      <form class="al-confirm__body" method="post" action={props.view.href(props.action)}>
        <HiddenFields fields={props.fields} />
        <p>{props.question}</p>
        {props.children}
        <Submit variant="primary">{props.confirm}</Submit>
      </form>
    </details>
  )
}

function HiddenFields({ fields }: { fields?: Record<string, string> | undefined }) {
  return (
    <>
      <input type="hidden" name="_once" value={randomUUID()} />
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
    </>
  )
}
