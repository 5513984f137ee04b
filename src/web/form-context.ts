import { createContext, useContext } from 'hono/jsx'
import { emptyForm, fieldValue, fieldValues, type FormState } from '../platform/form.ts'
import type { Locale } from '../platform/i18n.ts'

/** What the fields inside a `<Form>` share. */
export interface FormScope {
  form: FormState
  locale: Locale
  id: string
  /** True in a form that only chooses what to show: nothing there is asked for, so nothing is marked as optional. */
  chooses?: boolean
}

/** Set by `<Form>`, read by every field within. */
export const FormContext = createContext<FormScope>({ form: emptyForm(), locale: 'de', id: 'f' })

/** What every field says about itself; a field without label cannot be written. */
export interface FieldProps {
  name: string
  label: string
  hint?: string | undefined
  required?: boolean | undefined
  /** Preset, used where the form has no value of its own. */
  value?: string | undefined
  /** Only outside a `<Form form={…}>` or to override its state. */
  form?: FormState | undefined
}

/** Everything a field needs to draw itself: ids that tie label, hint and error to the control. */
export interface FieldState {
  id: string
  hintId: string
  errorId: string
  value: string
  values: string[]
  error: string | undefined
  locale: Locale
  describedBy: string | undefined
  /** Whether a field that need not be filled in says so. */
  marksOptional: boolean
}

/** The id of a field's control, as the error summary links to it. */
export function fieldId(formId: string, name: string): string {
  return `${formId}-${name.replaceAll(/[^\w-]/g, '-')}`
}

/** Reads value, error and ids of one field from the form around it. */
export function useField(props: Pick<FieldProps, 'name' | 'hint' | 'value' | 'form'>): FieldState {
  const scope = useContext(FormContext)
  const form = props.form ?? scope.form
  const id = fieldId(scope.id, props.name)
  const touched = form.values[props.name] !== undefined
  const preset = props.value === undefined ? [] : [props.value]
  const error = form.errors[props.name]
  const ids = [props.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean)
  return {
    id,
    hintId: `${id}-hint`,
    errorId: `${id}-error`,
    value: touched ? fieldValue(form, props.name) : (props.value ?? ''),
    values: touched ? fieldValues(form, props.name) : preset,
    error,
    locale: scope.locale,
    describedBy: ids.length > 0 ? ids.join(' ') : undefined,
    marksOptional: !scope.chooses,
  }
}
