import type { Child } from 'hono/jsx'
import type { FieldProps, FieldState } from './form-context.ts'
import { messages } from './messages.ts'

/** The words of a label, with „freiwillig“ where nothing is asked for. */
export function LabelText(props: { field: FieldState; label: string; required?: boolean | undefined }) {
  return (
    <>
      {props.label}
      {props.required || !props.field.marksOptional ? null : (
        <span class="kern-label__optional"> ({messages[props.field.locale].optional})</span>
      )}
    </>
  )
}

/** What is wrong with a field, tied to it by its id. */
export function FieldError({ field }: { field: FieldState }) {
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

/** Label, hint, control and error of one field, in this order. */
export function Frame(props: { field: FieldState; of: FieldProps; children: Child }) {
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

/** The attributes that tie a control to its label, hint and error. */
export function controlAttributes(field: FieldState, props: FieldProps) {
  return {
    id: field.id,
    name: props.name,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.error ? ('true' as const) : undefined,
    'aria-required': props.required ? ('true' as const) : undefined,
  }
}

/** The class of a text control, with its error state. */
export function inputClass(field: FieldState): string {
  return `kern-form-input__input${field.error ? ' kern-form-input__input--error' : ''}`
}
