import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Checkbox, Select, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { More } from '../../web/parts.tsx'
import type { ColumnSpec } from '../engine/roles.ts'
import { columnRoles, unitTypes } from '../model.ts'
import { messages } from './messages.ts'
import type { SandboxTable } from './model.ts'

type RolesProps = {
  view: View
  table: SandboxTable
  columns: readonly ColumnSpec[]
  form?: FormState | undefined
}

/** The holder settles what each column may be used for. */
export function RolesForm({ view, table, columns, form: sent }: RolesProps) {
  const t = messages[view.locale]
  const form = sent && { ...sent, errors: namedErrors(sent.errors, columns) }
  return (
    <Form view={view} action={`/sandbox/tables/${table.id}`} form={form} class="al-stack--l">
      <RowUnitField view={view} value={table.spec?.rowUnit} />
      <h2 class="kern-heading-large">{t.columns}</h2>
      <div class="al-stack">
        {columns.map((column, i) => (
          <ColumnFields view={view} column={column} prefix={`c${i}`} form={form} />
        ))}
      </div>
      <p class="al-muted">{t.confirmHint}</p>
      <Buttons>
        <Submit>{t.confirm}</Submit>
      </Buttons>
    </Form>
  )
}

/** Each column has the same fields: what is wrong with one says of which column. */
function namedErrors(errors: FormState['errors'], columns: readonly ColumnSpec[]): FormState['errors'] {
  return Object.fromEntries(
    Object.entries(errors).map(([field, error]) => {
      const column = columns[Number(/^c(\d+)\./.exec(field)?.[1] ?? -1)]
      return [field, column ? `${column.name}: ${error}` : error]
    }),
  )
}

type ColumnProps = { view: View; column: ColumnSpec; prefix: string; form?: FormState | undefined }

function RowUnitField({ view, value }: { view: View; value: string | undefined }) {
  const t = messages[view.locale]
  return (
    <Select
      name="rowUnit"
      label={t.rowUnit}
      hint={t.rowUnitHint}
      empty={t.rowUnitNone}
      required
      value={value}
      options={unitTypes.map((u) => ({ value: u, label: t.unitTypes[u] }))}
    />
  )
}

function ColumnHead({ view, column, id }: Pick<ColumnProps, 'view' | 'column'> & { id: string }) {
  return (
    <div class="al-row al-row--between">
      <h3 class="kern-heading-small" id={id}>
        <span class="al-mono">{column.name}</span>
      </h3>
      <span class="al-small al-muted">{proposalText(view, column)}</span>
    </div>
  )
}

function ColumnFields({ view, column, prefix, form }: ColumnProps) {
  const t = messages[view.locale]
  const wrong = Object.keys(form?.errors ?? {}).some((name) => name.startsWith(`${prefix}.`))
  return (
    <div class="al-card al-card--sunk" role="group" aria-labelledby={`${prefix}-h`}>
      <Hidden name={`${prefix}.name`} value={column.name} />
      <ColumnHead view={view} column={column} id={`${prefix}-h`} />
      <div class="al-grid al-grid--2">
        <Select
          name={`${prefix}.role`}
          label={t.role}
          required
          value={column.role}
          options={columnRoles.map((role) => ({ value: role, label: t.roles[role] }))}
        />
        <TextField name={`${prefix}.meaning`} label={t.meaning} value={column.meaning} maxlength={200} />
      </div>
      <More label={t.settings} open={wrong || (column.role === 'measure' && column.lower >= column.upper)}>
        <ColumnSettings view={view} column={column} prefix={prefix} form={form} />
      </More>
    </div>
  )
}

/** What was read and proposed, in one line: header, type, values or bounds. */
function proposalText(view: View, column: ColumnSpec): string {
  const t = messages[view.locale]
  const parts = [column.source === column.name ? '' : view.quote(column.source), t.types[column.type]]
  if (column.role === 'measure')
    parts.push(t.between({ lower: view.number(column.lower), upper: view.number(column.upper) }))
  if (column.role === 'dimension' && column.domain)
    parts.push(t.values({ n: view.number(column.domain.length) }))
  if (column.role === 'dimension') parts.push(...column.generalisations.map((g) => g.label ?? g.name))
  return parts.filter(Boolean).join(' · ')
}

const asText = (value: number | undefined) => (value === undefined ? undefined : String(value))

function ColumnSettings({ view, column, prefix, form }: ColumnProps) {
  const t = messages[view.locale]
  const numeric = column.type === 'integer' || column.type === 'decimal'
  const dimension = column.role === 'dimension' ? column : undefined
  const bands = dimension?.generalisations.find((g) => g.kind === 'bands')
  // A form that came back with errors keeps an empty tick empty: it must not open what the holder had closed.
  const sent = form?.values[`${prefix}.role`] !== undefined
  return (
    <div class="al-form">
      <Select
        name={`${prefix}.unitType`}
        label={t.unitType}
        value={column.role === 'unit' ? column.unitType : undefined}
        options={unitTypes.map((u) => ({ value: u, label: t.unitTypes[u] }))}
      />
      <TextField
        name={`${prefix}.key`}
        label={t.key}
        hint={t.keyHint}
        value={column.role === 'key' ? column.key : dimension?.key}
        maxlength={60}
      />
      <Checkbox name={`${prefix}.exact`} label={t.exact} checked={!sent && (dimension?.exact ?? true)} />
      {numeric ? (
        <TextField
          name={`${prefix}.bands`}
          label={t.bands}
          hint={t.bandsHint}
          inputmode="decimal"
          value={asText(bands?.width)}
        />
      ) : null}
      <TextArea
        name={`${prefix}.domain`}
        label={t.domain}
        hint={t.domainHint}
        rows={3}
        value={dimension?.domain?.join('\n')}
      />
      {numeric ? <Bounds view={view} column={column} prefix={prefix} /> : null}
    </div>
  )
}

function Bounds({ view, column, prefix }: Omit<ColumnProps, 'form'>) {
  const t = messages[view.locale]
  const measure = column.role === 'measure' ? column : undefined
  const number = (name: 'lower' | 'upper' | 'decimals', hint?: string) => (
    <TextField
      name={`${prefix}.${name}`}
      label={t[name]}
      hint={hint}
      inputmode="decimal"
      value={asText(measure?.[name])}
    />
  )
  return (
    <div class="al-grid al-grid--2">
      {number('lower', t.boundsHint)}
      {number('upper')}
      {number('decimals')}
      <TextField name={`${prefix}.unit`} label={t.unit} value={measure?.unit} maxlength={20} />
      <TextField
        name={`${prefix}.bins`}
        label={t.bins}
        hint={t.binsHint}
        inputmode="decimal"
        value={asText(measure?.bins?.width)}
      />
    </div>
  )
}
