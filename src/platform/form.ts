/** What a person typed and what is wrong with it: enough to draw the form again without losing a word. Keys are field names. */
export interface FormState {
  values: Record<string, string | string[]>
  errors: Record<string, string>
}

/** An untouched form, optionally with prefilled values. */
export function emptyForm(values: Record<string, string | string[]> = {}): FormState {
  return { values, errors: {} }
}

/** The single text value of a field; the first of several, '' when absent. */
export function fieldValue(form: FormState, name: string): string {
  const value = form.values[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** All values of a field that may repeat (check groups). */
export function fieldValues(form: FormState, name: string): string[] {
  const value = form.values[name]
  return Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]
}
