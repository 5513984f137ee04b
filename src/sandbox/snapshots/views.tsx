import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { FileField } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, Submit } from '../../web/forms.tsx'
import { Card, Chip, Note, type ChipTone } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { SnapshotChange } from '../vault/contract.ts'
import type { SandboxTable } from '../tables/model.ts'
import { tableFiles } from '../tables/views.tsx'
import { messages } from './messages.ts'
import { isSame, type SnapshotState, type TableSnapshot } from './model.ts'

type Props = {
  view: View
  table: SandboxTable
  snapshots: readonly TableSnapshot[]
  /** Fewest units per kind of change. */
  least: number
  open: boolean
  form?: FormState | undefined
}

/** The numbered states of a table for its holder, with the decision that waits and the way to bring a new one. */
export function SnapshotsBlock(props: Props) {
  const { view, snapshots, open } = props
  const t = messages[view.locale]
  const waits = snapshots.some((s) => s.state === 'held' || s.state === 'loading')
  return (
    <section class="al-stack" aria-labelledby="snapshots">
      <h2 class="kern-heading-large" id="snapshots">
        {t.title}
      </h2>
      <p class="al-muted">{t.lead}</p>
      {snapshots.map((snapshot) => (
        <SnapshotCard {...props} snapshot={snapshot} />
      ))}
      {open ? waits ? <Note icon="clock">{t.waits}</Note> : <NewSnapshot {...props} /> : null}
    </section>
  )
}

const tones: Record<SnapshotState, ChipTone> = {
  loading: 'plain',
  held: 'ask',
  pinned: 'open',
  retired: 'closed',
  refused: 'closed',
  failed: 'closed',
}

function SnapshotCard(props: Props & { snapshot: TableSnapshot }) {
  const { view, snapshot, open } = props
  const t = messages[view.locale]
  const { state, vault } = snapshot
  return (
    <Card sunk={state !== 'held' && state !== 'pinned'}>
      <div class="al-row al-row--between">
        <h3 class="kern-heading-small">{t.number({ n: view.number(snapshot.number) })}</h3>
        <Chip tone={tones[state]}>{t.states[state]}</Chip>
      </div>
      <p class="al-small al-muted">
        {t.taken({ when: view.dateTime(snapshot.takenAt), file: snapshot.fileName })}
        {vault && state !== 'retired' ? ` · ${t.rows({ n: view.number(vault.rows) })}` : ''}
      </p>
      {snapshot.pinnedAt && state === 'pinned' ? (
        <p class="al-small">{t.pinnedOn({ when: view.date(snapshot.pinnedAt) })}</p>
      ) : null}
      {snapshot.retiredAt ? (
        <p class="al-small">{t.retiredOn({ when: view.date(snapshot.retiredAt) })}</p>
      ) : null}
      <Difference {...props} />
      {state === 'held' && open ? <Decision {...props} /> : null}
    </Card>
  )
}

function Difference({ view, snapshot, least }: Props & { snapshot: TableSnapshot }) {
  const t = messages[view.locale]
  const { change, state } = snapshot
  if (!change || (state !== 'held' && state !== 'refused')) return null
  const why = isSame(change) ? t.refusedSame : t.refusedFew({ least: view.number(least) })
  return (
    <div class="al-stack">
      {state === 'refused' ? <Note tone="warn">{why}</Note> : null}
      {change.length === 0 ? <p class="al-small">{t.lookup}</p> : <ChangeTable view={view} change={change} />}
      {change.length > 0 ? (
        <p class="al-small al-muted">
          {t.smallestHint} {t.onlyYou}
        </p>
      ) : null}
    </div>
  )
}

function ChangeTable({ view, change }: { view: View; change: NonNullable<TableSnapshot['change']> }) {
  const t = messages[view.locale]
  return (
    <DataTable
      view={view}
      caption={t.change}
      columns={[
        { label: t.unit, header: true, cell: (c) => t.units[c.unitType] },
        ...(['added', 'removed', 'changed', 'smallest'] as const).map((kind) => ({
          label: t[kind],
          numeric: true,
          cell: (c: SnapshotChange) => view.number(c[kind]),
        })),
      ]}
      rows={change}
    />
  )
}

function Decision({ view, snapshot }: Props & { snapshot: TableSnapshot }) {
  const t = messages[view.locale]
  const action = `/sandbox/tables/${snapshot.tableId}/snapshots/${snapshot.number}`
  return (
    <div class="al-row">
      <ConfirmButton
        view={view}
        action={`${action}/pin`}
        label={t.pin}
        question={t.pinQuestion}
        confirm={t.pinConfirm}
      />
      <ConfirmButton
        view={view}
        action={`${action}/drop`}
        label={t.drop}
        question={t.dropQuestion}
        confirm={t.dropConfirm}
      />
    </div>
  )
}

function NewSnapshot({ view, table, form }: Props) {
  const t = messages[view.locale]
  return (
    <Card>
      <h3 class="kern-heading-small">{t.upload}</h3>
      <p>{t.uploadLead}</p>
      <Form view={view} action={`/sandbox/tables/${table.id}/snapshots`} form={form} files>
        <FileField name="file" label={t.file} accept={tableFiles} required />
        <Buttons>
          <Submit variant="secondary">{t.send}</Submit>
        </Buttons>
      </Form>
    </Card>
  )
}
