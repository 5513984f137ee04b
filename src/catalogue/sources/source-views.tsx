import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Select } from '../../web/choices.tsx'
import { TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { ButtonLink, Facts, More, Note, Pairs } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Run, Source } from '../runs/model.ts'
import { schedules } from '../runs/model.ts'
import { messages } from './messages.ts'
import { StateChip } from './state-views.tsx'
import type { SourceCounts } from './store.ts'

/** One source: what it has brought, its runs, and how it is read. */
export function SourceView(props: {
  view: View
  source: Source
  runs: readonly Run[]
  entries: SourceCounts
  aside: number
  form: FormState
  saved: boolean
}) {
  const { view, source, entries } = props
  const text = messages[view.locale]
  const names = ['live', 'duplicate', 'missing', 'gone'] as const
  return (
    <div class="al-stack--l">
      {props.saved ? <Note icon="check">{text.saved}</Note> : null}
      <Facts
        items={names
          .filter((name) => name === 'live' || entries[name] > 0)
          .map((name) => ({ value: view.number(entries[name]), label: text.entryCounts[name] }))}
      />
      <Actions view={view} source={source} aside={props.aside} gone={entries.gone} />
      <Pairs
        row
        items={[
          { term: text.address, value: source.url ? <span class="al-break">{source.url}</span> : '' },
          { term: text.kind, value: source.format ? text.formats[source.format] : text.noFormat },
          { term: text.schedule, value: source.url ? text.schedules[source.schedule] : '' },
          { term: text.nextRun, value: source.nextRunAt ? view.dateTime(source.nextRunAt) : '' },
        ]}
      />
      <Section plain title={text.runs}>
        <RunTable view={view} runs={props.runs} />
      </Section>
      {source.url ? <Settings view={view} source={source} form={props.form} /> : null}
    </div>
  )
}

function Actions(props: { view: View; source: Source; aside: number; gone: number }) {
  const { view, source, aside } = props
  const text = messages[view.locale]
  const fields = { sourceId: source.id }
  return (
    <div class="al-btns">
      {source.url ? (
        <ActionForm
          view={view}
          action="/catalogue/sources/harvest"
          label={text.readNow}
          variant="primary"
          fields={fields}
        />
      ) : null}
      {source.url && source.fullAt && source.format && source.format !== 'dcat' ? (
        <ActionForm
          view={view}
          action="/catalogue/sources/harvest"
          label={text.readChanges}
          fields={{ ...fields, only: 'changes' }}
        />
      ) : null}
      {aside > 0 ? (
        <ButtonLink href={view.href(`/catalogue/quarantine?source=${source.id}`)}>
          {text.quarantine({ n: view.number(aside) })}
        </ButtonLink>
      ) : null}
      {props.gone > 0 ? (
        <ButtonLink href={view.href(`/catalogue/gone?source=${source.id}`)}>
          {text.goneEntries({ n: view.number(props.gone) })}
        </ButtonLink>
      ) : null}
    </div>
  )
}

function RunTable({ view, runs }: { view: View; runs: readonly Run[] }) {
  const text = messages[view.locale]
  const counts = ['created', 'changed', 'unchanged', 'quarantined'] as const
  const took = (run: Run) =>
    run.finishedAt
      ? text.seconds({
          n: view.number(Math.round((run.finishedAt.getTime() - run.createdAt.getTime()) / 100) / 10),
        })
      : ''
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={text.runs}
      empty={text.noRuns}
      rows={runs}
      columns={[
        {
          label: text.started,
          header: true,
          cell: (run) => <a href={view.href(`/catalogue/runs/${run.id}`)}>{view.dateTime(run.createdAt)}</a>,
        },
        { label: text.state, cell: (run) => <StateChip view={view} state={run.state} /> },
        ...counts.map((name) => ({
          label: text.counts[name],
          numeric: true,
          cell: (run: Run) => view.number(run[name]),
        })),
        { label: text.took, numeric: true, cell: took },
      ]}
    />
  )
}

function Settings({ view, source, form }: { view: View; source: Source; form: FormState }) {
  const text = messages[view.locale]
  return (
    <More label={text.settings} open={Object.keys(form.errors).length > 0}>
      <Form view={view} action={`/catalogue/sources/${source.id}`} form={form}>
        <Hidden name="sourceId" value={source.id} />
        <TextField name="name" label={text.sourceName} maxlength={200} value={source.name} required />
        <Select
          name="schedule"
          label={text.schedule}
          value={source.schedule}
          options={schedules.map((value) => ({ value, label: text.schedules[value] }))}
          required
        />
        <TextField
          name="pace"
          label={text.pace}
          hint={text.paceHint}
          inputmode="numeric"
          value={String(source.pace)}
          required
        />
        <TextField
          name="priority"
          label={text.priority}
          hint={text.priorityHint}
          inputmode="numeric"
          value={String(source.priority)}
          required
        />
        <TextField
          name="removeAfter"
          label={text.removeAfter}
          hint={text.removeAfterHint}
          inputmode="numeric"
          value={source.removeAfter === null ? '' : String(source.removeAfter)}
        />
        <Buttons>
          <Submit>{text.save}</Submit>
        </Buttons>
      </Form>
    </More>
  )
}
