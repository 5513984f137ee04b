import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Organisation } from '../../identity/model.ts'
import { FileField, Select, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Pagination } from '../../web/pagination.tsx'
import { Card, Chip, Code, Empty, Facts, LinkArrow, Meter, More, Note, Pairs } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Run, RunFinding, Source } from '../runs/model.ts'
import { isFinished } from '../runs/model.ts'
import { AccessChip } from '../views.tsx'
import { messages } from './messages.ts'
import type { SourcePreview } from './service.ts'

const clean: FormState = { values: {}, errors: {} }

/** Sources with their last run, and the two ways to add one. */
export function SourceList(props: {
  view: View
  sources: readonly { source: Source; last: Run | undefined }[]
  houses: readonly Organisation[]
  form: FormState
  failed?: 'url' | 'file' | undefined
}) {
  const { view } = props
  const text = messages[view.locale]
  const options = props.houses.map((house) => ({ value: house.id, label: house.name }))
  return (
    <div class="al-stack--l">
      {props.sources.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <SourceTable view={view} sources={props.sources} />
      )}
      <Card title={text.addUrl}>
        <p class="al-muted">{text.addUrlText}</p>
        <Form
          view={view}
          id="url"
          action="/catalogue/sources"
          form={props.failed === 'url' ? props.form : clean}
        >
          <TextField name="url" type="url" label={text.url} hint={text.urlHint} required />
          <TextField name="name" label={text.sourceName} maxlength={200} required />
          <Select name="organisationId" label={text.house} options={options} required />
          <Buttons>
            <Submit>{text.preview}</Submit>
          </Buttons>
        </Form>
      </Card>
      <Card title={text.addFile}>
        <p class="al-muted">{text.addFileText}</p>
        <Form
          view={view}
          id="file"
          action="/catalogue/sources/file"
          form={props.failed === 'file' ? props.form : clean}
          files
        >
          <FileField name="file" label={text.file} accept=".ttl,.rdf,.xml,.jsonld,.json,.nt,.gz" required />
          <Select name="organisationId" label={text.house} options={options} required />
          <Buttons>
            <Submit>{text.preview}</Submit>
          </Buttons>
        </Form>
      </Card>
    </div>
  )
}

function SourceTable({
  view,
  sources,
}: {
  view: View
  sources: readonly { source: Source; last: Run | undefined }[]
}) {
  const text = messages[view.locale]
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={text.title}
      rows={sources}
      columns={[
        {
          label: text.name,
          header: true,
          cell: ({ source }) => (
            <>
              {source.name}
              {source.url ? <small class="al-block al-muted">{source.url}</small> : null}
            </>
          ),
        },
        {
          label: text.last,
          cell: ({ last }) =>
            last ? (
              <a
                href={view.href(`/catalogue/runs/${last.id}`)}
              >{`${view.dateTime(last.createdAt)}: ${text.states[last.state]}`}</a>
            ) : (
              text.never
            ),
        },
        {
          label: text.again,
          cell: ({ source }) =>
            source.url ? (
              <ActionForm
                view={view}
                action="/catalogue/sources/harvest"
                label={text.again}
                variant="tertiary"
                fields={{ sourceId: source.id }}
              />
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}

/** What a source or file would bring, with the button that takes it over. */
export function PreviewView(props: {
  view: View
  preview: SourcePreview
  action: string
  fields: Record<string, string>
}) {
  const { view, preview } = props
  const text = messages[view.locale]
  return (
    <div class="al-stack--l">
      {preview.findings.length > 0 ? (
        <Note tone="warn" title={text.findings}>
          <ul class="al-list">
            {preview.findings.slice(0, 10).map((each) => (
              <li>{each.text[view.locale]}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      <DataTable
        view={view}
        stack
        quietCaption
        caption={text.previewTitle}
        empty={text.noDataset}
        rows={preview.datasets}
        columns={[
          { label: text.dataset, header: true, cell: (each) => each.title },
          { label: text.publisher, cell: (each) => each.publisher },
          { label: text.access, cell: (each) => <AccessChip view={view} access={each.access} /> },
          { label: text.remarks, numeric: true, cell: (each) => view.number(each.remarks) },
        ]}
      />
      {preview.datasets.length > 0 ? (
        <Form view={view} action={props.action}>
          <p class="al-muted">{text.takeText}</p>
          {Object.entries(props.fields).map(([name, value]) => (
            <Hidden name={name} value={value} />
          ))}
          <Buttons>
            <Submit>{text.take}</Submit>
            <SecondaryLink href={view.href('/catalogue/sources')}>{text.back}</SecondaryLink>
          </Buttons>
        </Form>
      ) : (
        <LinkArrow href={view.href('/catalogue/sources')}>{text.back}</LinkArrow>
      )}
    </div>
  )
}

/** A run: how far it is, what it changed, what stood out. */
export function RunView(props: {
  view: View
  run: Run
  findings: readonly RunFinding[]
  next: string | undefined
  mayConfirm: boolean
}) {
  const { view, run } = props
  const text = messages[view.locale]
  const names = ['created', 'changed', 'unchanged', 'quarantined', 'gone'] as const
  return (
    <div class="al-stack--l">
      <RunState view={view} run={run} />
      <Facts
        items={names
          .filter((name) => name !== 'gone' || run.gone > 0)
          .map((name) => ({ value: view.number(run[name]), label: text.counts[name] }))}
      />
      {run.withheld > 0 && props.mayConfirm ? (
        <Note tone="warn" title={text.withheld({ n: view.number(run.withheld) })}>
          <p>{text.withheldText}</p>
          <ConfirmButton
            view={view}
            action={`/catalogue/runs/${run.id}/confirm`}
            label={text.remove}
            question={text.removeQuestion({ n: view.number(run.withheld) })}
            confirm={text.removeYes}
          />
        </Note>
      ) : null}
      <Section plain title={text.findingsTitle}>
        <FindingTable view={view} findings={props.findings} />
        <Pagination view={view} path={`/catalogue/runs/${run.id}`} next={props.next} />
      </Section>
      <Pairs
        row
        items={[
          { term: text.started, value: view.dateTime(run.createdAt) },
          { term: text.finished, value: run.finishedAt ? view.dateTime(run.finishedAt) : '' },
        ]}
      />
      <div class="al-btns">
        <LinkArrow href={view.href('/catalogue')}>{text.toData}</LinkArrow>
        <LinkArrow href={view.href('/catalogue/sources')}>{text.toSources}</LinkArrow>
      </div>
    </div>
  )
}

function RunState({ view, run }: { view: View; run: Run }) {
  const text = messages[view.locale]
  const words =
    run.expected === null
      ? text.progressOpen({ read: view.number(run.read) })
      : text.progress({ read: view.number(run.read), expected: view.number(run.expected) })
  const share = run.expected ? Math.min(1, run.read / run.expected) : isFinished(run.state) ? 1 : 0.5
  const tone = run.state === 'complete' ? 'open' : isFinished(run.state) ? 'closed' : 'ask'
  return (
    <Card>
      <div class="al-row" role="status">
        <Chip
          tone={tone}
          icon={run.state === 'complete' ? 'check' : isFinished(run.state) ? 'warn' : 'clock'}
        >
          {text.states[run.state]}
        </Chip>
        <span>{words}</span>
      </div>
      <Meter label={words} parts={[share]} />
      {isFinished(run.state) ? null : <p class="al-small al-muted">{text.running}</p>}
      {run.state === 'incomplete' ? (
        <p>
          <b>{text.incomplete}</b> {text.incompleteText}
        </p>
      ) : null}
      {run.state === 'failed' ? (
        <p>
          <b>{text.failed}</b> {run.reason?.[view.locale] ?? ''}
        </p>
      ) : null}
    </Card>
  )
}

function FindingTable({ view, findings }: { view: View; findings: readonly RunFinding[] }) {
  const text = messages[view.locale]
  if (findings.length === 0) return <p class="al-muted">{text.noFindings}</p>
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={text.findingsTitle}
      rows={findings}
      columns={[
        { label: text.finding, header: true, cell: (each) => each.message[view.locale] },
        { label: text.level, cell: (each) => text.levels[each.level] },
        { label: text.record, cell: (each) => <span class="al-mono al-break">{each.remoteId ?? ''}</span> },
        {
          label: text.raw,
          cell: (each) =>
            each.raw ? (
              <More label={text.raw}>
                <Code label={`${text.raw} ${each.id}`}>{each.raw}</Code>
              </More>
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}
