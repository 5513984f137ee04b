import type { View } from '../../platform/view.ts'
import type { FormState } from '../../platform/form.ts'
import { FileField, Select, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Card, Chip, LinkArrow, Note } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { ColumnSpec } from '../engine/roles.ts'
import { unitTypesOf } from '../engine/roles.ts'
import { messages } from './messages.ts'
import type { SandboxTable } from './model.ts'
import { roundedSize } from './model.ts'

/** Endings of files that can be read as tables. */
export const tableFiles = '.csv,.tsv,.txt,.xlsx,.json,.geojson,.kml,.dbf,.gz,.zip,.parquet'

/** What a holder may upload to: own organisations and the datasets of the agreement. */
export type UploadTargets = {
  organisations: { id: string; name: string }[]
  entries: { id: string; title: string }[]
}

type UploadProps = {
  view: View
  room: Room
  targets: UploadTargets
  limit: number
  form?: FormState | undefined
}

/** Takes a file into the vault. */
export function UploadForm({ view, room, targets, limit, form }: UploadProps) {
  const t = messages[view.locale]
  const single = targets.organisations.length === 1 ? targets.organisations[0] : undefined
  return (
    <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/upload`} form={form} files>
      {single ? (
        <Hidden name="organisationId" value={single.id} />
      ) : (
        <Select
          name="organisationId"
          label={t.organisation}
          required
          options={targets.organisations.map((o) => ({ value: o.id, label: o.name }))}
        />
      )}
      <Select
        name="entryId"
        label={t.entry}
        required
        value={targets.entries.length === 1 ? targets.entries[0]?.id : undefined}
        options={targets.entries.map((e) => ({ value: e.id, label: e.title }))}
      />
      <FileField
        name="file"
        label={t.file}
        hint={t.fileHint({ limit: view.bytes(limit) })}
        accept={tableFiles}
        required
      />
      <TextField name="name" label={t.name} hint={t.nameHint} maxlength={63} required />
      <TextArea name="description" label={t.description} hint={t.descriptionHint} rows={2} maxlength={600} />
      <Buttons>
        <Submit>{t.upload}</Submit>
        <SecondaryLink href={view.href(`/sandbox/workspaces/${room.workspace.id}`)}>{t.back}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

/** What happens to an uploaded file, in four lines. */
export function UploadAside({ view }: { view: View }) {
  const t = messages[view.locale]
  return (
    <Card title={t.what} sunk>
      <ul class="al-list al-small">
        {t.whatList.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Card>
  )
}

/** What reading the file showed; warnings first, nothing is left out. */
export function Findings({ view, table }: { view: View; table: SandboxTable }) {
  const t = messages[view.locale]
  if (table.findings.length === 0) return <p class="al-muted">{t.noFindings}</p>
  const warn = table.findings.some((f) => f.severity !== 'info')
  return (
    <Note {...(warn ? { tone: 'warn' as const } : {})}>
      <h2 class="kern-heading-small">{t.findings}</h2>
      <ul class="al-list al-small">
        {table.findings.slice(0, 50).map((f) => (
          <li>
            {f.where ? <span class="al-mono">{f.where}: </span> : null}
            {f.text[view.locale]}
          </li>
        ))}
      </ul>
    </Note>
  )
}

type SideProps = {
  view: View
  room: Room
  tables: readonly SandboxTable[]
  rights: { upload: boolean; query: boolean }
  mine: readonly string[]
}

/** The tables of a room with meanings and roles, as everybody in it may know them: no values. */
export function TablesBlock({ view, room, tables, rights, mine }: SideProps) {
  const t = messages[view.locale]
  return (
    <>
      <h2 class="kern-heading-small">{t.inside}</h2>
      {tables.length === 0 ? (
        <p class="al-small al-muted al-gap-1">
          {t.none} {rights.upload ? t.noneHolder : rights.query ? t.noneAnalyst : ''}
        </p>
      ) : null}
      {tables.map((table, i) => (
        <TableDetails
          view={view}
          room={room}
          table={table}
          open={i < 2}
          mine={mine.includes(table.organisationId)}
        />
      ))}
      {rights.upload ? (
        <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/upload`)}>
          {t.uploadTitle}
        </LinkArrow>
      ) : null}
    </>
  )
}

type DetailsProps = { view: View; room: Room; table: SandboxTable; open: boolean; mine: boolean }

function TableDetails({ view, room, table, open, mine }: DetailsProps) {
  const t = messages[view.locale]
  const holder = room.agreement.parties.find((p) => p.organisationId === table.organisationId)?.name ?? ''
  const size = table.vault ? roundedSize(table.vault.rows) : null
  return (
    <details class="al-more" open={open}>
      <summary>{table.name}</summary>
      <p class="al-small al-muted">
        {size ? t.size({ holder, rows: view.number(size) }) : table.vault ? t.sizeSmall({ holder }) : holder}
      </p>
      {table.description ? <p class="al-small">{table.description}</p> : null}
      {table.vault?.state ? (
        <p class="al-small al-muted">
          {t.snapshot({ n: view.number(table.vault.state.number), day: view.date(table.vault.state.day) })}
        </p>
      ) : null}
      {table.state === 'confirmed' && table.spec ? (
        <div>
          {table.spec.columns.map((column) => (
            <div class="al-col al-col--meaning">
              <div>
                <b class="al-mono">{column.name}</b>
                <span>{roleWords(view, column)}</span>
              </div>
              {column.meaning ? <small>{column.meaning}</small> : null}
            </div>
          ))}
          <p class="al-small al-muted">{protects(view, table)}</p>
        </div>
      ) : (
        <p class="al-small">
          <Chip tone="ask">{table.state === 'loading' ? t.loading : t.waiting}</Chip>
        </p>
      )}
      {mine && table.state !== 'loading' ? (
        <LinkArrow href={view.href(`/sandbox/tables/${table.id}`)}>
          {table.state === 'proposed' ? t.confirmRoles : t.manage}
        </LinkArrow>
      ) : null}
    </details>
  )
}

function protects(view: View, table: SandboxTable): string {
  const t = messages[view.locale]
  const units = table.spec ? unitTypesOf(table.spec).map((u) => t.units[u]) : []
  return units.length ? t.protects({ units: view.list(units) }) : ''
}

function roleWords(view: View, column: ColumnSpec): string {
  const t = messages[view.locale]
  const word = t.roleWords[column.role]
  if (column.role === 'measure') {
    const bounds = `${view.number(column.lower)}–${view.number(column.upper)}${column.unit ? ` ${column.unit}` : ''}`
    return `${word}, ${bounds}${column.bins ? `, ${t.withMedian}` : ''}`
  }
  if (column.role === 'dimension' && !column.exact) return `${word}, ${t.coarse}`
  return word
}

/** What was confirmed, for the holder to read, with the way to take the table out. */
export function ConfirmedRoles({ view, table }: { view: View; table: SandboxTable }) {
  const t = messages[view.locale]
  return (
    <Card title={t.columns}>
      {table.spec?.columns.map((column) => (
        <div class="al-col">
          <b class="al-mono">{column.name}</b>
          <span>
            {roleWords(view, column)}
            {column.meaning ? ` · ${column.meaning}` : ''}
          </span>
        </div>
      ))}
      <p class="al-small al-muted">
        {table.confirmedAt ? t.confirmedOn({ when: view.date(table.confirmedAt) }) : ''}{' '}
        {table.vault?.excluded ? t.excluded({ n: view.number(table.vault.excluded) }) : ''}
      </p>
    </Card>
  )
}

/** Takes a table out for good, with the question first. */
export function RemoveButton({ view, table }: { view: View; table: SandboxTable }) {
  const t = messages[view.locale]
  return (
    <ConfirmButton
      view={view}
      action={`/sandbox/tables/${table.id}/remove`}
      label={t.remove}
      question={t.removeQuestion}
      confirm={t.removeConfirm}
    />
  )
}
