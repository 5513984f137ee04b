import type { Child } from 'hono/jsx'
import { useField, type FieldProps, type FieldState } from './form-context.ts'
import { messages } from './messages.ts'

/** A choice among several. `group` collects options of a select under a heading. */
export interface Option {
  value: string
  label: string
  hint?: string | undefined
  group?: string | undefined
}

function LabelText(props: { field: FieldState; label: string; required?: boolean | undefined }) {
  return (
    <>
      {props.label}
      {props.required ? null : (
        <span class="kern-label__optional"> ({messages[props.field.locale].optional})</span>
      )}
    </>
  )
}

function FieldError({ field }: { field: FieldState }) {
  if (!field.error) return null
  return (
    <p class="kern-error" id={field.errorId}>
      <span class="kern-icon kern-icon--danger" aria-hidden="true" />
      <span class="kern-body">
        <span class="kern-sr-only">{messages[field.locale].errorPrefix} </span>
        {field.error}
      </span>
    </p>
  )
}

function Frame(props: { field: FieldState; of: FieldProps; children: Child }) {
  const { field, of } = props
  return (
    <div class={`kern-form-input${field.error ? ' kern-form-input--error' : ''}`}>
      <label class="kern-label" for={field.id}>
        <LabelText field={field} label={of.label} required={of.required} />
      </label>
      {of.hint ? (
        <div class="kern-hint" id={field.hintId}>
          {of.hint}
        </div>
      ) : null}
      {props.children}
      <FieldError field={field} />
    </div>
  )
}

function controlAttributes(field: FieldState, props: FieldProps) {
  return {
    id: field.id,
    name: props.name,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.error ? ('true' as const) : undefined,
    'aria-required': props.required ? ('true' as const) : undefined,
  }
}

function inputClass(field: FieldState): string {
  return `kern-form-input__input${field.error ? ' kern-form-input__input--error' : ''}`
}

/** One line of text. `list` offers words while typing, `suggest` is an address that answers similar things as HTML. */
export function TextField(
  props: FieldProps & {
    type?: 'text' | 'email' | 'password' | 'url' | 'number' | 'tel' | 'search'
    autocomplete?: string
    maxlength?: number
    inputmode?: 'numeric' | 'decimal' | 'email' | 'url'
    list?: string[]
    suggest?: string
    readonly?: boolean
  },
) {
  const field = useField(props)
  const listId = `${field.id}-list`
  const isSecret = props.type === 'password'
  return (
    <Frame field={field} of={props}>
      <input
        class={inputClass(field)}
        {...controlAttributes(field, props)}
        type={props.type ?? 'text'}
        value={isSecret ? '' : field.value}
        autocomplete={props.autocomplete}
        maxlength={props.maxlength}
        inputmode={props.inputmode}
        readonly={props.readonly}
        list={props.list ? listId : undefined}
        data-suggest={props.suggest}
      />
      {props.list ? (
        <datalist id={listId}>
          {props.list.map((word) => (
            <option value={word}>{word}</option>
          ))}
        </datalist>
      ) : null}
    </Frame>
  )
}

/** Several lines of text. `editor` lets the island of that language take over where script runs. */
export function TextArea(
  props: FieldProps & { rows?: number; editor?: 'sql'; maxlength?: number; schema?: string },
) {
  const field = useField(props)
  return (
    <Frame field={field} of={props}>
      <textarea
        class={inputClass(field)}
        {...controlAttributes(field, props)}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        spellcheck={props.editor ? false : undefined}
        data-editor={props.editor}
        data-schema={props.schema}
      >
        {field.value}
      </textarea>
    </Frame>
  )
}

/** A calendar day as `YYYY-MM-DD`. */
export function DateField(props: FieldProps & { min?: string; max?: string }) {
  const field = useField(props)
  return (
    <Frame field={field} of={props}>
      <input
        class={inputClass(field)}
        {...controlAttributes(field, props)}
        type="date"
        value={field.value}
        min={props.min}
        max={props.max}
      />
    </Frame>
  )
}

/** A file to send; the form around it needs `files`. */
export function FileField(props: FieldProps & { accept?: string; multiple?: boolean }) {
  const field = useField(props)
  return (
    <Frame field={field} of={props}>
      <input
        class={inputClass(field)}
        {...controlAttributes(field, props)}
        type="file"
        accept={props.accept}
        multiple={props.multiple}
      />
    </Frame>
  )
}

/** One of many. `empty` names the choice of nothing; without it a required select starts with „Bitte wählen“. */
export function Select(props: FieldProps & { options: Option[]; empty?: string }) {
  const field = useField(props)
  const groups = [...new Set(props.options.map((option) => option.group))]
  const first = props.empty ?? messages[field.locale].choose
  return (
    <Frame field={field} of={props}>
      <div class="kern-form-input__select-wrapper">
        <select class="kern-form-input__select" {...controlAttributes(field, props)}>
          <option value="" selected={field.value === ''}>
            {first}
          </option>
          {groups.map((group) => {
            const options = props.options
              .filter((option) => option.group === group)
              .map((option) => (
                <option value={option.value} selected={option.value === field.value}>
                  {option.label}
                </option>
              ))
            return group === undefined ? options : <optgroup label={group}>{options}</optgroup>
          })}
        </select>
      </div>
    </Frame>
  )
}

function Group(props: { field: FieldState; of: FieldProps; children: Child }) {
  const { field, of } = props
  return (
    <fieldset
      class={`kern-fieldset${field.error ? ' kern-fieldset--error' : ''}`}
      id={field.id}
      tabindex={-1}
      aria-describedby={field.describedBy}
    >
      <legend class="kern-label">
        <LabelText field={field} label={of.label} required={of.required} />
      </legend>
      {of.hint ? (
        <div class="kern-hint" id={field.hintId}>
          {of.hint}
        </div>
      ) : null}
      <div class="kern-fieldset__body">{props.children}</div>
      <FieldError field={field} />
    </fieldset>
  )
}

function Tick(props: {
  field: FieldState
  name: string
  option: Option
  kind: 'radio' | 'checkbox'
  index: number
}) {
  const { field, option, kind } = props
  const id = `${field.id}-${props.index}`
  return (
    <div class="kern-form-check">
      <input
        class={`kern-form-check__${kind}${field.error ? ` kern-form-check__${kind}--error` : ''}`}
        type={kind}
        id={id}
        name={props.name}
        value={option.value}
        checked={field.values.includes(option.value)}
        aria-describedby={option.hint ? `${id}-hint` : undefined}
      />
      <div>
        <label class="kern-label" for={id}>
          {option.label}
        </label>
        {option.hint ? (
          <p class="al-small al-muted" id={`${id}-hint`}>
            {option.hint}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** One of few, all visible. */
export function Radios(props: FieldProps & { options: Option[] }) {
  const field = useField(props)
  return (
    <Group field={field} of={props}>
      {props.options.map((option, index) => (
        <Tick field={field} name={props.name} option={option} kind="radio" index={index} />
      ))}
    </Group>
  )
}

/** Any of few. `values` are the presets. The schema sees a text, a list or nothing. */
export function CheckGroup(props: FieldProps & { options: Option[]; values?: string[] }) {
  const own = useField(props)
  const field = own.values.length === 0 && props.values ? { ...own, values: props.values } : own
  return (
    <Group field={field} of={props}>
      {props.options.map((option, index) => (
        <Tick field={field} name={props.name} option={option} kind="checkbox" index={index} />
      ))}
    </Group>
  )
}

/** One tick. Sends `value` (`on` unless told) when set, nothing otherwise. */
export function Checkbox(props: FieldProps & { checked?: boolean }) {
  const field = useField({ ...props, value: undefined })
  const sent = props.value ?? 'on'
  const isSet = field.values.length > 0 ? field.values.includes(sent) : (props.checked ?? false)
  return (
    <div class={`kern-form-check${field.error ? ' kern-form-check--error' : ''}`}>
      <input
        class={`kern-form-check__checkbox${field.error ? ' kern-form-check__checkbox--error' : ''}`}
        {...controlAttributes(field, props)}
        type="checkbox"
        value={sent}
        checked={isSet}
      />
      <div>
        <label class="kern-label" for={field.id}>
          {props.label}
        </label>
        {props.hint ? (
          <p class="al-small al-muted" id={field.hintId}>
            {props.hint}
          </p>
        ) : null}
        <FieldError field={field} />
      </div>
    </div>
  )
}
