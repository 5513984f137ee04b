import type { View } from '../../platform/view.ts'
import { More } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { domainOf } from '../engine/domain.ts'
import type { NamedColumn } from '../engine/roles.ts'
import { namedColumns } from '../engine/roles.ts'
import type { QueryForm, QueryRecord } from '../queries/model.ts'
import { messages } from '../results/messages.ts'
import { columnLabel } from '../results/text.ts'
import type { SandboxTable } from '../tables/model.ts'

type Props = { view: View; room: Room; query: QueryRecord; tables: readonly SandboxTable[] }

/** Why figures or whole rows are missing, from public facts alone, and the coarser questions that would show more. */
export function MissingFigures({ view, room, query, tables }: Props) {
  const t = messages[view.locale]
  const { result } = query
  if (!result) return null
  const asked = tables.filter((table) => query.tableIds.includes(table.id))
  const columns = asked.flatMap((table) => (table.spec ? namedColumns(table.spec) : []))
  const open = result.columns.filter((c) => c.kind === 'dimension' && !isRegistered(c.name, columns))
  const hidden = result.hidden ?? 0
  if (hidden === 0 && open.length === 0) return null
  return (
    <More label={t.missingTitle} open={hidden > result.shown}>
      <ul class="al-list al-small">
        {hidden > 0 ? <li>{t.missingHidden({ n: view.number(hidden), k: room.level.k })}</li> : null}
        {open.length > 0 ? (
          <li>{t.missingRows({ columns: view.list(open.map((c) => columnLabel(view, c))) })}</li>
        ) : null}
        <li>{t.missingWhy}</li>
      </ul>
      <Coarser {...{ view, room, columns }} form={query.form} />
    </More>
  )
}

const isRegistered = (name: string, columns: readonly NamedColumn[]): boolean =>
  columns.some((column) => column.name === name && domainOf(column) !== null)

type CoarserProps = {
  view: View
  room: Room
  form: QueryForm | null
  columns: readonly NamedColumn[]
}

/** The same question asked more coarsely, as links that fill in the form; in SQL in words. */
function Coarser({ view, room, form, columns }: CoarserProps) {
  const t = messages[view.locale]
  const wishes = form ? coarserForms(form, columns) : []
  if (!form || wishes.length === 0) return <p class="al-small">{t.coarserSql}</p>
  const href = (changed: QueryForm) =>
    view.href(`/sandbox/workspaces/${room.workspace.id}?${new URLSearchParams(changed).toString()}`)
  return (
    <p class="al-small">
      <b>{t.coarser}</b>{' '}
      {wishes.map(({ form: changed, kind, column }, i) => (
        <>
          {i ? ', ' : ''}
          <a href={href(changed)}>{t.coarserWays[kind]({ column })}</a>
        </>
      ))}
      {'.'}
    </p>
  )
}

type Wish = { form: QueryForm; kind: 'noSecond' | 'noCondition' | 'bands'; column: string }

/** A second split less, a condition less, or a registered coarser reading instead of a column. */
function coarserForms(form: QueryForm, columns: readonly NamedColumn[]): Wish[] {
  const last = (name: string) => name.split('=')[0]?.split('.').at(-1) ?? name
  const wishes: Wish[] = []
  if (form.by && form.by2)
    wishes.push({ form: { ...form, by2: '' }, kind: 'noSecond', column: last(form.by2) })
  if (form.only)
    wishes.push({ form: { ...form, only: '', value: '' }, kind: 'noCondition', column: last(form.only) })
  for (const field of ['by', 'by2'] as const)
    for (const band of coarserOf(form[field], columns))
      wishes.push({
        form: { ...form, [field]: `${band.table}.${band.name}` },
        kind: 'bands',
        column: band.name,
      })
  return wishes.slice(0, 4)
}

function coarserOf(name: string, columns: readonly NamedColumn[]): NamedColumn[] {
  const exact = columns.find((c) => `${c.table}.${c.name}` === name)
  if (!exact || exact.generalisation) return []
  return columns.filter(
    (c) => c.generalisation && c.table === exact.table && c.column.name === exact.column.name,
  )
}
