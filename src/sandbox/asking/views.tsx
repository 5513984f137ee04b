import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Option } from '../../web/fields.tsx'
import { TextArea } from '../../web/fields.tsx'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import type { Room } from '../access/service.ts'
import type { RoomPrivacy } from '../privacy/model.ts'
import { PrecisionField } from '../privacy/views.tsx'
import { messages } from '../queries/messages.ts'
import { messages as resultMessages } from '../results/messages.ts'
import type { Choices } from './choices.ts'

type PickProps = {
  id: string
  name: string
  label: string
  value: string
  options: Option[]
  none?: string
  error?: string | undefined
}

function Pick({ id, name, label, value, options, none, error }: PickProps) {
  const groups = [...new Set(options.map((o) => o.group))]
  const draw = (option: Option) => (
    <option value={option.value} selected={option.value === value}>
      {option.label}
    </option>
  )
  return (
    <div class={`kern-form-input${error ? ' kern-form-input--error' : ''}`}>
      <label class="kern-label" for={id}>
        {label}
      </label>
      <div class="kern-form-input__select-wrapper">
        <select
          class={`kern-form-input__select${error ? ' kern-form-input__select--error' : ''}`}
          id={id}
          name={name}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {groups.map((group) => {
            const own = options.filter((o) => o.group === group).map(draw)
            return group === undefined ? own : <optgroup label={group}>{own}</optgroup>
          })}
        </select>
      </div>
      {error ? (
        <div class="kern-hint al-small" id={`${id}-error`}>
          {error}
        </div>
      ) : null}
    </div>
  )
}

const textOf = (form: FormState | undefined, name: string) => {
  const value = form?.values[name]
  return typeof value === 'string' ? value : ''
}

type AskProps = {
  view: View
  room: Room
  choices: Choices
  form?: FormState | undefined
  privacy: RoomPrivacy | null
}

/** The query form for people without SQL: what, split up by what, only if. */
export function AskForm({ view, room, choices, form, privacy }: AskProps) {
  const t = messages[view.locale]
  const pick = (name: string, label: string, options: Option[], none?: string) => (
    <Pick
      id={`ask-${name}`}
      name={name}
      label={label}
      value={textOf(form, name)}
      options={options}
      error={form?.errors[name]}
      {...(none === undefined ? {} : { none })}
    />
  )
  return (
    <Form
      view={view}
      action={`/sandbox/workspaces/${room.workspace.id}/ask`}
      form={form}
      id="ask"
      class="al-gap-3"
    >
      <div class="al-query">
        {pick('measure', t.measure, choices.measures)}
        {pick('by', t.by, choices.dimensions, t.noSplit)}
        {pick('by2', t.by2, choices.dimensions, t.noMore)}
        {pick('only', t.only, choices.conditions, t.noCondition)}
        <ValueField view={view} form={form} />
        {pick('show', t.showAs, showOptions(view))}
      </div>
      <PrecisionField view={view} privacy={privacy} />
      <NameField id="ask-title" view={view} value={textOf(form, 'title')} />
      <Buttons>
        <Submit name="do" value="run">
          {t.run}
        </Submit>
        <Submit name="do" value="preview" variant="secondary">
          {t.check}
        </Submit>
        <Submit name="do" value="sql" variant="tertiary">
          {t.asSql}
        </Submit>
      </Buttons>
    </Form>
  )
}

const showOptions = (view: View): Option[] =>
  Object.entries(resultMessages[view.locale].ways).map(([value, label]) => ({ value, label }))

/** A title of the person's own; without one the question is named after what it shows. */
function NameField({ id, view, value }: { id: string; view: View; value: string }) {
  const t = messages[view.locale]
  return (
    <div class="kern-form-input al-gap-2">
      <label class="kern-label" for={id}>
        {t.title} <span class="kern-label__optional">({t.optional})</span>
      </label>
      <input
        class="kern-form-input__input"
        id={id}
        name="title"
        type="text"
        maxlength={120}
        value={value}
        aria-describedby={`${id}-hint`}
      />
      <div class="kern-hint al-small" id={`${id}-hint`}>
        {t.titleHint}
      </div>
    </div>
  )
}

function ValueField({ view, form }: { view: View; form: FormState | undefined }) {
  const t = messages[view.locale]
  const error = form?.errors['value']
  return (
    <div class={`kern-form-input${error ? ' kern-form-input--error' : ''}`}>
      <label class="kern-label" for="ask-value">
        {t.value}
      </label>
      <input
        class={`kern-form-input__input${error ? ' kern-form-input__input--error' : ''}`}
        id="ask-value"
        name="value"
        type="text"
        maxlength={2000}
        value={textOf(form, 'value')}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby="ask-value-hint"
      />
      <div class="kern-hint al-small" id="ask-value-hint">
        {error ?? t.valueHint}
      </div>
    </div>
  )
}

type SqlProps = {
  view: View
  room: Room
  sql: string
  title: string
  open: boolean
  schema: string
  form?: FormState | undefined
  privacy: RoomPrivacy | null
}

/** The same in SQL, for those who prefer it; open when the question was asked this way. */
export function SqlForm({ view, room, sql, title, open, schema, form, privacy }: SqlProps) {
  const t = messages[view.locale]
  return (
    <details class="al-more al-gap-2 al-noprint" open={open} id="sql">
      <summary>{t.askSql}</summary>
      <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/sql`} form={form} id="sqlf">
        <TextArea
          name="sql"
          label={t.sql}
          hint={t.sqlHint}
          rows={9}
          editor="sql"
          schema={schema}
          value={sql}
          required
          maxlength={20_000}
        />
        <PrecisionField view={view} privacy={privacy} />
        <NameField id="sql-title" view={view} value={title} />
        <Buttons>
          <Submit name="do" value="run">
            {t.run}
          </Submit>
          <Submit name="do" value="preview" variant="secondary">
            {t.check}
          </Submit>
        </Buttons>
      </Form>
    </details>
  )
}
