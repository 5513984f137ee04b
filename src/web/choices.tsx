import type { Child } from 'hono/jsx'
import { useField, type FieldProps, type FieldState } from './form-context.ts'
import { controlAttributes, FieldError, Frame, LabelText } from './field-frame.tsx'
import { messages } from './messages.ts'

/** A choice among several. `group` collects options of a select under a heading. */
export interface Option {
  value: string
  label: string
  hint?: string | undefined
  group?: string | undefined
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
          {groups.map((group) => (
            <OptionGroup
              label={group}
              options={props.options.filter((option) => option.group === group)}
              chosen={field.value}
            />
          ))}
        </select>
      </div>
    </Frame>
  )
}

function OptionGroup(props: { label: string | undefined; options: readonly Option[]; chosen: string }) {
  const options = props.options.map((option) => (
    <option value={option.value} selected={option.value === props.chosen}>
      {option.label}
    </option>
  ))
  return props.label === undefined ? <>{options}</> : <optgroup label={props.label}>{options}</optgroup>
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

type TickProps = {
  field: FieldState
  name: string
  option: Option
  kind: 'radio' | 'checkbox'
  index: number
}

function Tick(props: TickProps) {
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
        <TickLabel id={id} hintId={`${id}-hint`} label={option.label} hint={option.hint} />
      </div>
    </div>
  )
}

function TickLabel(props: {
  id: string
  hintId: string | undefined
  label: string
  hint: string | undefined
}) {
  return (
    <>
      <label class="kern-label" for={props.id}>
        {props.label}
      </label>
      {props.hint ? (
        <p class="al-small al-muted" id={props.hintId}>
          {props.hint}
        </p>
      ) : null}
    </>
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
        <TickLabel id={field.id} hintId={field.hintId} label={props.label} hint={props.hint} />
        <FieldError field={field} />
      </div>
    </div>
  )
}
