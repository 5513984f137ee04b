import type { View } from '../../platform/view.ts'
import { Radios } from '../../web/choices.tsx'
import { Buttons, ConfirmButton, Form, Hidden, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { ButtonLink, Card, Empty, LinkArrow, Note, Rows } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Entry } from '../entries/model.ts'
import { messages } from './messages.ts'
import type { ShownCluster } from './service.ts'
import type { ClusterState } from './store.ts'

const PATH = '/catalogue/duplicates'
const states = ['open', 'confirmed', 'split'] as const

/** Clusters, one line each, with what they share and why the first comes first. */
export function ClusterList(props: {
  view: View
  clusters: readonly ShownCluster[]
  state: ClusterState
  counts: Readonly<Record<ClusterState, number>>
  next: string | undefined
}) {
  const { view } = props
  const text = messages[view.locale]
  return (
    <div class="al-stack--l">
      {props.clusters.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <ClusterTable view={view} clusters={props.clusters} />
      )}
      <Pagination view={view} path={PATH} query={{ state: props.state }} next={props.next} />
      <p class="al-row">
        <span class="al-muted">{text.show}:</span>
        {states
          .filter((each) => each !== props.state)
          .map((each) => (
            <a href={view.href(address(PATH, { state: each }))}>
              {`${text.states[each]} (${view.number(props.counts[each])})`}
            </a>
          ))}
      </p>
    </div>
  )
}

function ClusterTable({ view, clusters }: { view: View; clusters: readonly ShownCluster[] }) {
  const text = messages[view.locale]
  const titleOf = (cluster: ShownCluster) =>
    cluster.entries.find((entry) => entry.id === cluster.winner)?.title ?? '–'
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={text.title}
      rows={clusters}
      columns={[
        {
          label: text.entry,
          header: true,
          cell: (each) => <a href={view.href(`${PATH}/${each.id}`)}>{titleOf(each)}</a>,
        },
        { label: text.others, numeric: true, cell: (each) => view.number(each.members.length - 1) },
        { label: text.why, cell: (each) => text.keys[each.reasons[0]?.kind ?? 'identifier'] },
        { label: text.by, cell: (each) => text.decided[each.decidedBy] },
      ]}
    />
  )
}

/** One cluster side by side, and the steward's decision. */
export function ClusterView({ view, cluster }: { view: View; cluster: ShownCluster }) {
  const text = messages[view.locale]
  const entries = winnerFirst(cluster)
  return (
    <div class="al-stack--l">
      <Card soft>
        <p>
          <b>{text.note.by}: </b>
          {cluster.reasons.map((each) => (
            <span class="al-block al-break">
              {text.keys[each.kind]} <span class="al-mono">{each.key}</span>
            </span>
          ))}
        </p>
      </Card>
      <Section plain title={text.compare}>
        <Comparison view={view} entries={entries} />
      </Section>
      <Section plain title={text.same} lead={text.sameText}>
        <Form view={view} action={`${PATH}/${cluster.id}`}>
          <Hidden name="decision" value="confirm" />
          <Radios
            name="winner"
            label={text.winner}
            value={cluster.winner}
            required
            options={entries.map((entry, index) => ({
              value: entry.id,
              label: text.numbered({ n: index + 1, title: entry.title, house: entry.holderName }),
            }))}
          />
          <Buttons>
            <Submit>{text.confirm}</Submit>
          </Buttons>
        </Form>
      </Section>
      {cluster.state === 'split' ? null : (
        <ConfirmButton
          view={view}
          action={`${PATH}/${cluster.id}`}
          label={text.split}
          question={text.splitQuestion}
          confirm={text.splitYes}
          fields={{ decision: 'split' }}
        />
      )}
    </div>
  )
}

const winnerFirst = (cluster: ShownCluster): readonly Entry[] =>
  cluster.entries.toSorted((a, b) => Number(b.id === cluster.winner) - Number(a.id === cluster.winner))

function Comparison({ view, entries }: { view: View; entries: readonly Entry[] }) {
  const text = messages[view.locale]
  const rows: readonly (readonly [string, (entry: Entry) => unknown])[] = [
    [text.fields.title, (e) => <a href={view.href(`/catalogue/datasets/${e.id}`)}>{e.title}</a>],
    [text.fields.holder, (e) => e.holderName],
    [text.fields.modified, (e) => (e.currentTo ? view.date(e.currentTo) : '–')],
    [text.fields.formats, (e) => e.formats.join(', ') || '–'],
    [text.fields.licence, (e) => e.licence?.split('/').slice(-2).join('/') ?? '–'],
    [text.fields.quality, (e) => view.number(e.quality)],
    [text.fields.files, (e) => view.number(e.record.distributions.length)],
    [text.fields.remoteId, (e) => <span class="al-mono al-break">{e.remoteId ?? '–'}</span>],
  ]
  return (
    <DataTable
      view={view}
      quietCaption
      caption={text.compare}
      rows={rows}
      columns={[
        { label: text.field, header: true, cell: ([label]) => label },
        ...entries.map((entry, index) => ({
          label: `${index + 1}: ${entry.holderName}`,
          cell: ([, show]: (typeof rows)[number]) => show(entry) as string,
        })),
      ]}
    />
  )
}

/** On the page of an entry: where else the same data are described, and which entry comes first. */
export function TwinNote(props: {
  view: View
  entry: Pick<Entry, 'id' | 'state'>
  cluster: ShownCluster
  mayDecide: boolean
}) {
  const { view, entry, cluster } = props
  const text = messages[view.locale]
  const others = cluster.entries.filter((each) => each.id !== entry.id)
  const check = props.mayDecide ? (
    <ButtonLink href={view.href(`${PATH}/${cluster.id}`)}>{text.note.decide}</ButtonLink>
  ) : null
  if (entry.state === 'duplicate')
    return (
      <Note tone="warn" title={text.note.hidden}>
        <p>{text.note.hiddenText({ why: text.decided[cluster.decidedBy] })}</p>
        <LinkArrow href={view.href(`/catalogue/datasets/${cluster.winner}`)}>{text.note.toWinner}</LinkArrow>
        {check}
      </Note>
    )
  return (
    <Card sunk title={text.note.also}>
      <Rows
        tight
        items={others.map((each) => ({
          title: <a href={view.href(`/catalogue/datasets/${each.id}`)}>{each.title}</a>,
          text: each.holderName,
        }))}
      />
      {check}
    </Card>
  )
}
