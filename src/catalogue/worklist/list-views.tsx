import type { View } from '../../platform/view.ts'
import { ButtonLink, Card, Chip, Empty, LinkArrow, Rows } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { address } from '../../web/pagination.tsx'
import { fixText } from './fix-texts.ts'
import { messages } from './messages.ts'
import type { WorkItem, Worklist } from './service.ts'
import { Fixes, Sum } from './views.tsx'

/** A house's work list. */
export function WorklistView({ view, list }: { view: View; list: Worklist }) {
  const text = messages[view.locale]
  const path = `/catalogue/quality/${list.house.id}`
  return (
    <div class="al-stack--l">
      <Sum view={view} sum={list.sum} />
      {list.items.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <WorkTable view={view} items={list.items} />
      )}
      <div class="al-btns">
        {list.next ? (
          <ButtonLink href={view.href(address(path, { cursor: String(list.next) }))}>{text.more}</ButtonLink>
        ) : null}
        {list.items.length > 0 ? <ButtonLink href={view.href(`${path}.csv`)}>{text.csv}</ButtonLink> : null}
        <LinkArrow href={view.href('/catalogue/quality')}>{text.back}</LinkArrow>
      </div>
      <Fixes view={view} fixes={list.fixes} />
    </div>
  )
}

function WorkTable({ view, items }: { view: View; items: readonly WorkItem[] }) {
  const text = messages[view.locale]
  return (
    <DataTable
      view={view}
      stack
      quietCaption
      caption={text.worklist}
      rows={items}
      columns={[
        {
          label: text.dataset,
          header: true,
          cell: (item) => <a href={view.href(`/catalogue/datasets/${item.id}/edit`)}>{item.title}</a>,
        },
        { label: text.score, numeric: true, cell: (item) => pointsOf(view, item) },
        { label: text.state, cell: (item) => <Stale view={view} item={item} /> },
        { label: text.todo, cell: (item) => <Todo view={view} item={item} /> },
      ]}
    />
  )
}

/** "310 von 405" or "80 von 100". */
function pointsOf(view: View, item: Pick<WorkItem, 'mqa' | 'inventory'>): string {
  const text = messages[view.locale]
  if (item.mqa !== null) return text.of({ n: view.number(item.mqa), max: '405' })
  return item.inventory === null ? '–' : text.of({ n: view.number(item.inventory), max: '100' })
}

function Stale({ view, item }: { view: View; item: WorkItem }) {
  const text = messages[view.locale]
  const tone = { current: 'open', due: 'ask', overdue: 'closed', unknown: 'plain' } as const
  const icon = item.staleness === 'overdue' ? 'warn' : item.staleness === 'current' ? 'check' : 'clock'
  return (
    <Chip tone={tone[item.staleness]} icon={icon}>
      {text.staleness[item.staleness]}
    </Chip>
  )
}

function Todo({ view, item }: { view: View; item: WorkItem }) {
  const text = messages[view.locale]
  const extra = [
    ...(item.broken > 0 ? [text.deadLinks({ n: view.number(item.broken) })] : []),
    ...(item.feedback > 0 ? [text.feedback({ n: view.number(item.feedback) })] : []),
  ]
  return (
    <ul class="al-list al-small">
      {extra.map((each) => (
        <li>{each}</li>
      ))}
      {item.fixes.slice(0, 3).map((fix) => (
        <li>
          {fixText(fix.id)[view.locale]} <b>{text.plus({ n: view.number(fix.gain) })}</b>
        </li>
      ))}
    </ul>
  )
}

/** On the desk of a holder: the first lines of her houses' work lists. */
export function WorkPart({ view, lists }: { view: View; lists: readonly Worklist[] }) {
  const text = messages[view.locale]
  const full = lists.filter((list) => list.items.some((item) => item.gain > 0))
  if (full.length === 0) return null
  return (
    <>
      {full.map((list) => (
        <Card title={full.length > 1 ? `${text.desk}: ${list.house.name}` : text.desk}>
          <Rows
            tight
            items={list.items
              .filter((item) => item.gain > 0)
              .map((item) => ({
                title: <a href={view.href(`/catalogue/datasets/${item.id}/edit`)}>{item.title}</a>,
                text: item.fixes[0]
                  ? `${fixText(item.fixes[0].id)[view.locale]}: ${text.plusPoints({ n: view.number(item.fixes[0].gain) })}`
                  : '',
              }))}
          />
          <LinkArrow href={view.href(`/catalogue/quality/${list.house.id}`)}>{text.wholeList}</LinkArrow>
        </Card>
      ))}
    </>
  )
}
