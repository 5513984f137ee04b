import { useField, type FieldProps } from './form-context.ts'
import { controlAttributes, Frame, inputClass } from './field-frame.tsx'

export { CheckGroup, Checkbox, Radios, Select } from './choices.tsx'
export type { Option } from './choices.tsx'

type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'password' | 'url' | 'number' | 'tel' | 'search'
  autocomplete?: string
  maxlength?: number
  inputmode?: 'numeric' | 'decimal' | 'email' | 'url'
  list?: string[]
  suggest?: string
  readonly?: boolean
}

/** One line of text. `list` offers words while typing, `suggest` is an address that answers similar things as HTML. */
export function TextField(props: TextFieldProps) {
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
      {props.list ? <WordList id={listId} words={props.list} /> : null}
    </Frame>
  )
}

function WordList({ id, words }: { id: string; words: readonly string[] }) {
  return (
    <datalist id={id}>
      {words.map((word) => (
        <option value={word}>{word}</option>
      ))}
    </datalist>
  )
}

/** Several lines of text. `editor` lets the island of that language take over where script runs; `code` is for machines to read. */
export function TextArea(
  props: FieldProps & { rows?: number; editor?: 'sql'; maxlength?: number; schema?: string; code?: boolean },
) {
  const field = useField(props)
  return (
    <Frame field={field} of={props}>
      <textarea
        class={`${inputClass(field)}${props.code ? ' al-mono' : ''}`}
        {...controlAttributes(field, props)}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        spellcheck={props.editor || props.code ? false : undefined}
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
