import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { TextArea } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { ButtonLink, Code, Empty, LinkArrow, Note, Pairs } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages } from './messages.ts'
import type { Quarantined } from './store.ts'

const states = ['open', 'dismissed', 'resolved'] as const
const PATH = '/catalogue/quarantine'
/** Longer texts are not put into a form; the file holds them. */
const EDITABLE = 60_000

/** Records set aside, one line each. */
export function SetAsideList(props: {
  view: View
  records: readonly Quarantined[]
  state: Quarantined['state']
  sourceId: string | undefined
  next: string | undefined
}) {
  const { view, state, sourceId } = props
  const text = messages[view.locale]
  const query = { state, source: sourceId }
  return (
    <div class="al-stack--l">
      {props.records.length === 0 && state === 'open' ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <RecordTable view={view} records={props.records} state={state} />
      )}
      <Pagination view={view} path={PATH} query={query} next={props.next} />
      <p class="al-row">
        <span class="al-muted">{text.show}:</span>
        {states
          .filter((each) => each !== state)
          .map((each) => (
            <a href={view.href(address(PATH, { ...query, state: each }))}>{text.states[each]}</a>
          ))}
      </p>
    </div>
  )
}

function RecordTable(props: { view: View; records: readonly Quarantined[]; state: Quarantined['state'] }) {
  const { view } = props
  const text = messages[view.locale]
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={`${text.title}: ${text.states[props.state]}`}
      empty={text.none}
      rows={props.records}
      columns={[
        {
          label: text.record,
          header: true,
          cell: (each) => (
            <span class="al-break">
              <a href={view.href(`${PATH}/${each.id}`)}>{each.title ?? each.remoteId ?? text.nameless}</a>
            </span>
          ),
        },
        { label: text.why, cell: (each) => each.message[view.locale] },
        { label: text.source, cell: (each) => each.sourceName },
        { label: text.when, cell: (each) => view.date(each.createdAt) },
      ]}
    />
  )
}

/** One record set aside: why, what came, and what to do. */
export function SetAsideView(props: {
  view: View
  record: Quarantined
  raw: string
  form: FormState
  why?: string | undefined
}) {
  const { view, record, raw } = props
  const text = messages[view.locale]
  return (
    <div class="al-stack--l">
      {props.why ? (
        <Note tone="warn" title={text.failed}>
          {props.why}
        </Note>
      ) : null}
      {record.state === 'open' ? null : (
        <Note icon="check" title={text.settled[record.state]}>
          {''}
        </Note>
      )}
      <Pairs
        row
        items={[
          { term: text.why, value: record.message[view.locale] },
          {
            term: text.source,
            value: <a href={view.href(`/catalogue/sources/${record.sourceId}`)}>{record.sourceName}</a>,
          },
          {
            term: text.record,
            value: <span class="al-mono al-break">{record.remoteId ?? text.nameless}</span>,
          },
          { term: text.size, value: view.bytes(record.rawSize) },
        ]}
      />
      {record.state === 'resolved' ? null : <Mend view={view} record={record} raw={raw} form={props.form} />}
      <Section plain title={text.raw}>
        {raw.length > EDITABLE ? <p class="al-muted">{text.cut}</p> : null}
        <Code label={text.text}>{raw.slice(0, 8000)}</Code>
        <div class="al-btns al-gap-4">
          <ButtonLink href={view.href(`${PATH}/${record.id}/raw`)}>{text.download}</ButtonLink>
          {record.runId ? (
            <LinkArrow href={view.href(`/catalogue/runs/${record.runId}`)}>{text.run}</LinkArrow>
          ) : null}
        </div>
      </Section>
    </div>
  )
}

function Mend(props: { view: View; record: Quarantined; raw: string; form: FormState }) {
  const { view, record, raw } = props
  const text = messages[view.locale]
  const path = `${PATH}/${record.id}`
  return (
    <Section plain title={text.retryTitle} lead={text.retryLead}>
      {raw.length <= EDITABLE ? (
        <Form view={view} action={`${path}/retry`} form={props.form}>
          <TextArea name="raw" label={text.text} rows={12} value={raw} code required />
          <Buttons>
            <Submit>{text.retry}</Submit>
          </Buttons>
        </Form>
      ) : (
        <ActionForm view={view} action={`${path}/retry`} label={text.retryAsIs} />
      )}
      {record.state === 'open' ? (
        <div class="al-gap-4">
          <ConfirmButton
            view={view}
            action={`${path}/dismiss`}
            label={text.dismiss}
            question={text.dismissQuestion}
            confirm={text.dismissYes}
          />
        </div>
      ) : null}
    </Section>
  )
}
