import type { View } from '../../platform/view.ts'
import { ActionForm, ConfirmButton } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Pagination } from '../../web/pagination.tsx'
import { ButtonLink, Card, Code, Facts, LinkArrow, Meter, More, Note, Pairs } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Run, RunFinding } from '../runs/model.ts'
import { GRACE_DAYS, isFinished } from '../runs/model.ts'
import { messages } from './messages.ts'
import { StateChip } from './state-views.tsx'

/** A run: how far it is, what it changed, what stood out. The first part renews itself while the run goes on. */
export function RunView(props: {
  view: View
  run: Run
  findings: readonly RunFinding[]
  next: string | undefined
  mayConfirm: boolean
  mayManage: boolean
}) {
  const { view, run } = props
  const text = messages[view.locale]
  const live = isFinished(run.state) ? {} : { 'data-live': '' }
  return (
    <div class="al-stack--l">
      <div id="live" class="al-stack--l" {...live}>
        <RunState view={view} run={run} />
        <Counts view={view} run={run} />
      </div>
      {run.missing > 0 ? (
        <Note icon="clock">
          {text.missingText({ n: view.number(run.missing), days: String(GRACE_DAYS) })}
        </Note>
      ) : null}
      {run.withheld > 0 && props.mayConfirm ? <Withheld view={view} run={run} /> : null}
      {props.mayManage ? <Next view={view} run={run} /> : null}
      <Section plain title={text.findingsTitle}>
        <FindingTable view={view} findings={props.findings} />
        <Pagination view={view} path={`/catalogue/runs/${run.id}`} next={props.next} />
      </Section>
      <RunFacts view={view} run={run} />
      <div class="al-btns">
        <LinkArrow href={view.href(`/catalogue?source=${run.sourceId}`)}>{text.toData}</LinkArrow>
        {props.mayManage ? (
          <LinkArrow href={view.href(`/catalogue/sources/${run.sourceId}`)}>{text.toSource}</LinkArrow>
        ) : null}
      </div>
    </div>
  )
}

function Counts({ view, run }: { view: View; run: Run }) {
  const text = messages[view.locale]
  const names = ['created', 'changed', 'unchanged', 'quarantined'] as const
  return (
    <Facts
      items={[
        ...names.map((name) => ({ value: view.number(run[name]), label: text.counts[name] })),
        ...(run.gone > 0 ? [{ value: view.number(run.gone), label: text.counts.gone }] : []),
        ...(run.missing > 0 ? [{ value: view.number(run.missing), label: text.missingRun }] : []),
      ]}
    />
  )
}

// What can be done about a run that set records aside or did not come to its end.
function Next({ view, run }: { view: View; run: Run }) {
  const text = messages[view.locale]
  const again = run.kind === 'url' && (run.state === 'incomplete' || run.state === 'failed')
  if (!again && run.quarantined === 0) return null
  return (
    <div class="al-btns">
      {again ? (
        <ActionForm
          view={view}
          action="/catalogue/sources/harvest"
          label={text.readAgain}
          fields={{ sourceId: run.sourceId }}
        />
      ) : null}
      {run.quarantined > 0 ? (
        <ButtonLink href={view.href(`/catalogue/quarantine?source=${run.sourceId}`)}>
          {text.seeAside}
        </ButtonLink>
      ) : null}
    </div>
  )
}

function Withheld({ view, run }: { view: View; run: Run }) {
  const text = messages[view.locale]
  return (
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
  )
}

function RunFacts({ view, run }: { view: View; run: Run }) {
  const text = messages[view.locale]
  const seconds = ((run.finishedAt ?? run.beatAt).getTime() - run.createdAt.getTime()) / 1000
  return (
    <Pairs
      row
      items={[
        { term: text.started, value: view.dateTime(run.createdAt) },
        { term: text.finished, value: run.finishedAt ? view.dateTime(run.finishedAt) : '' },
        { term: text.kind, value: run.format ? text.formats[run.format] : '' },
        { term: text.detail.since, value: run.since ? view.dateTime(run.since) : '' },
        { term: text.detail.pages, value: view.number(run.pages) },
        { term: text.detail.spared, value: run.spared > 0 ? view.number(run.spared) : '' },
        { term: text.detail.bytes, value: run.bytes > 0 ? view.bytes(run.bytes) : '' },
        { term: text.detail.repeated, value: run.repeated > 0 ? view.number(run.repeated) : '' },
        {
          term: text.detail.rate,
          value: seconds > 5 && run.read > 0 ? view.number(Math.round(run.read / seconds)) : '',
        },
      ]}
    />
  )
}

function RunState({ view, run }: { view: View; run: Run }) {
  const text = messages[view.locale]
  const words =
    run.expected === null
      ? text.progressOpen({ read: view.number(run.read) })
      : text.progress({ read: view.number(run.read), expected: view.number(run.expected) })
  const share = run.expected ? Math.min(1, run.read / run.expected) : run.state === 'complete' ? 1 : undefined
  return (
    <Card>
      <div class="al-row" role="status">
        <StateChip view={view} state={run.state} />
        <span>{words}</span>
      </div>
      {share === undefined ? null : <Meter label={words} parts={[share]} />}
      {isFinished(run.state) ? null : <p class="al-small al-muted">{text.running}</p>}
      {run.state === 'incomplete' ? (
        <p>
          <b>{text.incomplete}</b> {text.incompleteText} {run.reason?.[view.locale] ?? ''}
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
  const rawOf = (each: RunFinding) =>
    each.raw ? (
      <More label={text.raw}>
        <Code label={`${text.raw} ${each.id}`}>{each.raw}</Code>
      </More>
    ) : (
      ''
    )
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
        ...(findings.some((each) => each.raw) ? [{ label: text.raw, cell: rawOf }] : []),
      ]}
    />
  )
}
