import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Organisation } from '../../identity/model.ts'
import { FileField, Select, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, Card, Empty, LinkArrow, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Run, Source } from '../runs/model.ts'
import { schedules } from '../runs/model.ts'
import { AccessChip } from '../views.tsx'
import { messages } from './messages.ts'
import type { SourcePreview } from './probe.ts'
import { StateChip } from './state-views.tsx'

const clean: FormState = { values: {}, errors: {} }

/** Sources with their last run, and the two ways to add one. */
export function SourceList(props: {
  view: View
  sources: readonly { source: Source; last: Run | undefined }[]
  houses: readonly Organisation[]
  form: FormState
  failed?: 'url' | 'file' | undefined
  aside: number
  gone: number
  /** Left out for readers who do not settle them. */
  doubles: number | undefined
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
      <div class="al-btns">
        <ButtonLink href={view.href('/catalogue/quarantine')}>
          {text.quarantine({ n: view.number(props.aside) })}
        </ButtonLink>
        {props.doubles === undefined ? null : (
          <ButtonLink href={view.href('/catalogue/duplicates')}>
            {text.doubleEntries({ n: view.number(props.doubles) })}
          </ButtonLink>
        )}
        <ButtonLink href={view.href('/catalogue/gone')}>
          {text.goneEntries({ n: view.number(props.gone) })}
        </ButtonLink>
      </div>
      <UrlForm {...props} options={options} />
      <FileForm {...props} options={options} />
    </div>
  )
}

type AddForm = {
  view: View
  form: FormState
  failed?: 'url' | 'file' | undefined
  options: { value: string; label: string }[]
}

function UrlForm(props: AddForm) {
  const { view, options } = props
  const text = messages[view.locale]
  return (
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
        <Select
          name="schedule"
          label={text.schedule}
          value="weekly"
          options={schedules.map((value) => ({ value, label: text.schedules[value] }))}
          required
        />
        <Buttons>
          <Submit>{text.preview}</Submit>
        </Buttons>
      </Form>
    </Card>
  )
}

function FileForm(props: AddForm) {
  const { view, options } = props
  const text = messages[view.locale]
  return (
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
  )
}

function LastRun({ view, last }: { view: View; last: Run }) {
  return (
    <div>
      <span class="al-block">
        <a href={view.href(`/catalogue/runs/${last.id}`)}>{view.dateTime(last.createdAt)}</a>
      </span>
      <StateChip view={view} state={last.state} />
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
              <a href={view.href(`/catalogue/sources/${source.id}`)}>{source.name}</a>
              {source.url ? <small class="al-block al-muted al-break">{source.url}</small> : null}
            </>
          ),
        },
        { label: text.kind, cell: ({ source }) => (source.format ? text.formats[source.format] : '') },
        { label: text.schedule, cell: ({ source }) => (source.url ? text.schedules[source.schedule] : '') },
        {
          label: text.last,
          cell: ({ last }) => (last ? <LastRun view={view} last={last} /> : text.never),
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
      {preview.format ? (
        <p>
          {text.kind}: <b>{text.formats[preview.format]}</b>
        </p>
      ) : null}
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
