import type { Child } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { messages } from './messages.ts'

/** Put this where a value is withheld: the table draws „geschützt“, never a zero or an empty cell. */
export const PROTECTED: unique symbol = Symbol('protected')

/** What a cell may show. */
export type Cell = Child | typeof PROTECTED

/** One column: its heading and how it shows a row. `header` marks the cell that names the row. */
export interface Column<Row> {
  label: string
  cell: (row: Row) => Cell
  numeric?: boolean
  header?: boolean
}

/** The whole of a table. `stack` turns rows into label and value on a phone, `above` puts long labels over them; `quietCaption` hides the caption from sight only. */
export interface TableProps<Row> {
  view: View
  caption: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  stack?: boolean
  above?: boolean
  card?: boolean
  matrix?: boolean
  quietCaption?: boolean
  empty?: string
}

/** A table with caption and scopes in its own scroll region. */
export function DataTable<Row>(props: TableProps<Row>) {
  const { view, rows, columns } = props
  const kinds = (['card', 'stack', 'above'] as const)
    .filter((kind) => props[kind])
    .map((kind) => ` al-table--${kind}`)
  const name = `al-table${kinds.join('')}${props.matrix ? ' al-matrix' : ''}`
  return (
    <div
      class="al-scroll"
      tabindex={0}
      role="region"
      aria-label={messages[view.locale].table({ name: props.caption })}
    >
      <table class={name}>
        <caption class={props.quietCaption ? 'kern-sr-only' : undefined}>{props.caption}</caption>
        <TableHead columns={columns} />
        <tbody>
          {rows.length === 0 ? <EmptyRow view={view} span={columns.length} text={props.empty} /> : null}
          {rows.map((row) => (
            <tr>
              {columns.map((column) => (
                <TableCell view={view} row={row} column={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TableHead({ columns }: { columns: readonly { label: Child; numeric?: boolean }[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th scope="col" class={column.numeric ? 'num' : undefined}>
            {column.label}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function EmptyRow({ view, span, text }: { view: View; span: number; text?: string | undefined }) {
  return (
    <tr>
      <td colspan={span}>{text ?? messages[view.locale].empty}</td>
    </tr>
  )
}

function TableCell<Row>({ view, row, column }: { view: View; row: Row; column: Column<Row> }) {
  const value = column.cell(row)
  const shown = value === PROTECTED ? <Protected view={view} /> : value
  if (column.header) return <th scope="row">{shown}</th>
  return (
    <td class={column.numeric ? 'num' : undefined} data-l={column.label}>
      {shown}
    </td>
  )
}

/** The word for a withheld value, dashed and hatched. */
export function Protected({ view }: { view: View }) {
  return <span class="al-hidden-cell">{messages[view.locale].protected}</span>
}
