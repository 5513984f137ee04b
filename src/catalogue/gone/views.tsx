import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { Empty, Facts, LinkArrow, More, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Did } from './messages.ts'
import { messages } from './messages.ts'
import type { EntryUse, GoneCounts } from './model.ts'
import { undoUntil } from './model.ts'
import type { GoneLine } from './service.ts'

const PATH = '/catalogue/gone'
/** Links per entry before the rest becomes a number. */
const USES_SHOWN = 5

/** Gone or removed entries with what may be done about each, and the way to remove many. */
export function GoneList(props: {
  view: View
  lines: readonly GoneLine[]
  counts: GoneCounts
  next: string | undefined
  removed: boolean
  sourceId: string | undefined
  form: FormState
  did: Did | undefined
}) {
  const { view, removed, sourceId, did } = props
  const text = messages[view.locale]
  const query = { source: sourceId, ...(removed ? { show: 'removed' } : {}) }
  return (
    <div class="al-stack--l">
      {did ? (
        <Note icon="check" title={text.did[did]}>
          {text.didText[did]}
        </Note>
      ) : null}
      <Counts view={view} counts={props.counts} />
      <OneSource view={view} lines={props.lines} sourceId={sourceId} removed={removed} />
      <Lines view={view} lines={props.lines} removed={removed} />
      <Pagination view={view} path={PATH} query={query} next={props.next} />
      <LinkArrow
        href={view.href(address(PATH, { source: sourceId, ...(removed ? {} : { show: 'removed' }) }))}
      >
        {removed ? text.showGone : text.showRemoved}
      </LinkArrow>
      {removed || props.counts.gone === props.counts.kept ? null : (
        <Many view={view} sourceId={sourceId} form={props.form} />
      )}
    </div>
  )
}

function Counts({ view, counts }: { view: View; counts: GoneCounts }) {
  const text = messages[view.locale]
  return (
    <Facts
      items={[
        { value: view.number(counts.gone - counts.kept), label: text.counts.gone },
        { value: view.number(counts.kept), label: text.counts.kept },
        { value: view.number(counts.removed), label: text.counts.removed },
      ]}
    />
  )
}

function OneSource(props: {
  view: View
  lines: readonly GoneLine[]
  sourceId: string | undefined
  removed: boolean
}) {
  const { view, lines, sourceId, removed } = props
  const text = messages[view.locale]
  if (!sourceId) return null
  const name = lines[0]?.entry.sourceName
  return (
    <p class="al-row">
      {name ? <span>{text.ofSource({ name })}</span> : null}
      <a href={view.href(address(PATH, removed ? { show: 'removed' } : {}))}>{text.allSources}</a>
    </p>
  )
}

function Lines({ view, lines, removed }: { view: View; lines: readonly GoneLine[]; removed: boolean }) {
  const text = messages[view.locale]
  if (lines.length === 0)
    return removed ? (
      <Empty title={text.noneRemoved}>{text.noneRemovedText}</Empty>
    ) : (
      <Empty title={text.none}>{text.noneText}</Empty>
    )
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={removed ? text.removedTitle : text.title}
      rows={lines}
      columns={[
        { label: text.entry, header: true, cell: (line) => <Name view={view} line={line} /> },
        {
          label: text.source,
          cell: ({ entry }) => (
            <a href={view.href(`/catalogue/sources/${entry.sourceId}`)}>{entry.sourceName}</a>
          ),
        },
        { label: text.since, cell: ({ entry }) => view.date(entry.goneAt) },
        { label: text.uses, cell: ({ uses }) => <Uses view={view} uses={uses} /> },
        ...(removed
          ? [{ label: text.until, cell: (line: GoneLine) => <Until view={view} line={line} /> }]
          : []),
        { label: text.decide, cell: (line) => <Decide view={view} line={line} /> },
      ]}
    />
  )
}

function Name({ view, line: { entry } }: { view: View; line: GoneLine }) {
  const text = messages[view.locale]
  return (
    <>
      <span class="al-break">
        <a href={view.href(`/catalogue/datasets/${entry.id}`)}>{entry.title}</a>
      </span>
      {entry.identifier ? (
        <small class="al-block al-muted al-break">{text.identifier({ id: entry.identifier })}</small>
      ) : null}
      {entry.keptAt ? <small class="al-block">{text.pinned({ when: view.date(entry.keptAt) })}</small> : null}
    </>
  )
}

function Uses({ view, uses }: { view: View; uses: readonly EntryUse[] }) {
  const text = messages[view.locale]
  if (uses.length === 0) return <span class="al-muted">{text.unused}</span>
  const more = uses.length - USES_SHOWN
  return (
    <span class="al-row">
      {uses.slice(0, USES_SHOWN).map((use) => (
        <a href={view.href(use.href)}>{text.use[use.kind]}</a>
      ))}
      {more > 0 ? <span>{text.more({ n: view.number(more) })}</span> : null}
    </span>
  )
}

function Until({ view, line }: { view: View; line: GoneLine }) {
  if (line.uses.length > 0) return <>{messages[view.locale].always}</>
  return <>{line.entry.removedAt ? view.date(undoUntil(line.entry.removedAt)) : ''}</>
}

function Decide({ view, line: { entry } }: { view: View; line: GoneLine }) {
  const text = messages[view.locale]
  const action = (name: string, label: string, more: Record<string, string> = {}) => (
    <ActionForm
      view={view}
      action={`${PATH}/${name}`}
      label={label}
      variant="tertiary"
      fields={{ id: entry.id, ...more }}
    />
  )
  if (entry.removedAt) return action('restore', text.restore)
  return (
    <More label={text.decide}>
      <div class="al-btns">
        {entry.keptAt
          ? action('keep', text.letGo, { keep: 'false' })
          : action('keep', text.keep, { keep: 'true' })}
        {action('adopt', text.adopt)}
        {entry.keptAt ? null : action('remove', text.remove)}
      </div>
    </More>
  )
}

function Many({ view, sourceId, form }: { view: View; sourceId: string | undefined; form: FormState }) {
  const text = messages[view.locale]
  return (
    <Section plain title={text.manyTitle} lead={text.manyLead}>
      <Form view={view} action={`${PATH}/many`} form={form}>
        <Hidden name="source" value={sourceId ?? ''} />
        <TextField name="days" label={text.days} inputmode="numeric" value="90" required />
        <Buttons>
          <Submit>{text.look}</Submit>
        </Buttons>
      </Form>
    </Section>
  )
}

/** How many a removal takes and what that means, with the yes. */
export function ConfirmView(props: {
  view: View
  total: number
  inUse: number
  days: number
  sourceId: string | undefined
}) {
  const { view, total, inUse } = props
  const text = messages[view.locale]
  const back = view.href(address(PATH, { source: props.sourceId }))
  if (total === 0)
    return <Empty title={text.confirmNone} action={<LinkArrow href={back}>{text.back}</LinkArrow>} />
  return (
    <Form view={view} action={`${PATH}/many`}>
      <p>{text.confirmText}</p>
      {inUse > 0 ? <Note icon="info">{text.confirmUses({ n: view.number(inUse) })}</Note> : null}
      <Hidden name="days" value={String(props.days)} />
      <Hidden name="source" value={props.sourceId ?? ''} />
      <Hidden name="sure" value="yes" />
      <Buttons>
        <Submit>{text.confirmYes({ n: view.number(total) })}</Submit>
        <SecondaryLink href={back}>{text.back}</SecondaryLink>
      </Buttons>
    </Form>
  )
}
