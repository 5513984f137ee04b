import type { FormState } from '../../platform/form.ts'
import type { Finding } from '../../platform/finding.ts'
import type { View } from '../../platform/view.ts'
import type { Organisation } from '../../identity/model.ts'
import { Checkbox, FileField, Select } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, LinkArrow, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { AccessChip } from '../views.tsx'
import { messages } from './messages.ts'
import type { InventoryDraft, InventoryRow } from './service.ts'

type UploadProps = { readonly view: View; readonly form: FormState; readonly houses: readonly Organisation[] }

function House({ view, houses }: Pick<UploadProps, 'view' | 'houses'>) {
  const text = messages[view.locale]
  const [only, ...more] = houses
  if (more.length === 0) return <Hidden name="organisationId" value={only?.id ?? ''} />
  return (
    <Select
      name="organisationId"
      label={text.house}
      options={houses.map((house) => ({ value: house.id, label: house.name }))}
      required
    />
  )
}

/** The form that takes a data file. */
export function DropForm({ view, form, houses }: UploadProps) {
  const text = messages[view.locale]
  return (
    <Form view={view} action="/catalogue/drop" form={form} files>
      <FileField
        name="file"
        label={text.file}
        hint={text.fileHint}
        accept=".csv,.tsv,.txt,.xlsx,.geojson,.json,.parquet,.gz,.zip"
        required
      />
      <House view={view} houses={houses} />
      <Checkbox name="publish" label={text.publish} hint={text.publishHint} />
      <Buttons>
        <Submit>{text.describe}</Submit>
        <SecondaryLink href={view.href('/catalogue/new')}>{text.back}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

/** The form that takes an inventory. */
export function ListForm({ view, form, houses }: UploadProps) {
  const text = messages[view.locale]
  return (
    <div class="al-stack">
      <Form view={view} action="/catalogue/inventory" form={form} files>
        <FileField
          name="file"
          label={text.list}
          hint={text.listHint}
          accept=".csv,.xlsx,.txt,.tsv"
          required
        />
        <House view={view} houses={houses} />
        <Buttons>
          <Submit>{text.read}</Submit>
          <ButtonLink href="/catalogue/inventory/template.xlsx" variant="tertiary" download>
            {text.template}
          </ButtonLink>
          <ButtonLink href="/catalogue/inventory/template.csv" variant="tertiary" download>
            {text.templateCsv}
          </ButtonLink>
        </Buttons>
      </Form>
    </div>
  )
}

/** Remarks of a reader, worst first. */
export function Findings({ view, findings }: { view: View; findings: readonly Finding[] }) {
  const text = messages[view.locale]
  if (findings.length === 0) return null
  const tone = findings.some((each) => each.severity !== 'info') ? { tone: 'warn' as const } : {}
  return (
    <Note {...tone} title={text.noticed} icon={tone.tone ? 'warn' : 'info'}>
      <ul class="al-list">
        {findings.slice(0, 12).map((each) => (
          <li>
            {each.text[view.locale]}
            {each.where ? <span class="al-muted"> ({each.where})</span> : null}
          </li>
        ))}
      </ul>
    </Note>
  )
}

const SHOWN = 100

/** What was understood of an inventory, row by row, and the button that takes it over. */
export function InventoryView({ view, draft }: { view: View; draft: InventoryDraft }) {
  const text = messages[view.locale]
  const fresh = draft.rows.filter((row) => stateOf(row) === 'new').length
  return (
    <div class="al-stack--l">
      <Findings view={view} findings={draft.findings} />
      <Note icon="eye">{text.publicNote}</Note>
      <DataTable
        view={view}
        stack
        caption={draft.rows.length > SHOWN ? text.shownRows({ n: view.number(SHOWN) }) : text.foundTitle}
        quietCaption={draft.rows.length <= SHOWN}
        rows={draft.rows.slice(0, SHOWN)}
        columns={[
          { label: text.title, header: true, cell: (row) => row.title || `${text.row} ${row.row}` },
          { label: text.access, cell: (row) => <AccessChip view={view} access={row.record.access.type} /> },
          { label: text.state, cell: (row) => text.states[stateOf(row)] },
          {
            label: text.remarks,
            cell: (row) =>
              row.findings
                .filter((each) => each.severity !== 'info')
                .map((each) => each.text[view.locale])
                .join(' '),
          },
        ]}
      />
      {fresh > 0 ? (
        <Form view={view} action={`/catalogue/inventory/${draft.id}`}>
          <Buttons>
            <Submit>{text.take({ n: view.number(fresh) })}</Submit>
            <SecondaryLink href={view.href('/catalogue/inventory')}>{text.back}</SecondaryLink>
          </Buttons>
        </Form>
      ) : (
        <>
          <p>{text.nothingNew}</p>
          <LinkArrow href={view.href('/catalogue/inventory')}>{text.back}</LinkArrow>
        </>
      )}
    </div>
  )
}

function stateOf(row: InventoryRow): 'new' | 'known' | 'skipped' {
  if (!row.title) return 'skipped'
  return row.known ? 'known' : 'new'
}
