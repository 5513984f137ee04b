import type { View } from '../../platform/view.ts'
import { BarChart } from '../../web/chart.tsx'
import { Choropleth } from '../../web/map.tsx'
import { DataTable, PROTECTED, type Column } from '../../web/table.tsx'
import {
  cellText,
  isFigure,
  readTable,
  shareKind,
  type AnswerContent,
  type AnswerTable,
  type Cell,
  type TableColumn,
} from '../model.ts'

/** Shows a figure of a column: shares in percent, others with their unit after them. */
function formatFor(
  view: View,
  table: Pick<AnswerTable, 'columns' | 'rows'>,
  name: string,
): (value: number) => string {
  const share = shareKind(table, name)
  if (share) return (value) => view.percent(share === 'fraction' ? value : value / 100, 1)
  const unit = table.columns.find((column) => column.name === name)?.unit
  return (value) => (unit ? `${view.number(value)}\u202f${unit}` : view.number(value))
}

/** The bar chart of an answer, longest bar first, protected values last and hatched. */
export function AnswerChart({ view, content }: { view: View; content: AnswerContent }) {
  const { chart } = content
  const table = content.tables.find((one) => one.releaseId === chart?.releaseId)
  if (!chart || !table) return null
  const items = readTable(table, chart.label, chart.value)
  const sorted = [...items].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity)).slice(0, 40)
  const column = (name: string) => table.columns.find((one) => one.name === name)
  return (
    <BarChart
      view={view}
      title={chart.title}
      note={chart.note || undefined}
      label={column(chart.label)?.label ?? chart.label}
      unit={column(chart.value)?.label}
      items={sorted}
      format={formatFor(view, table, chart.value)}
      source={sourceLine(content)}
    />
  )
}

/** The map of an answer: released figures over open areas. */
export function AnswerMap({ view, content }: { view: View; content: AnswerContent }) {
  const { map, geo } = content
  const table = content.tables.find((one) => one.releaseId === map?.releaseId)
  if (!map || !geo || !table) return null
  const values = new Map(readTable(table, map.label, map.value).map((one) => [one.label, one.value]))
  const column = (name: string) => table.columns.find((one) => one.name === name)
  return (
    <Choropleth
      view={view}
      title={map.title}
      note={map.note || undefined}
      geo={geo.collection}
      idKey={geo.idKey}
      nameKey={geo.nameKey}
      river={geo.river}
      values={values}
      label={column(map.label)?.label ?? map.label}
      unit={column(map.value)?.label}
      format={formatFor(view, table, map.value)}
      source={sourceLine(content)}
    />
  )
}

function sourceLine(content: AnswerContent): string {
  return content.sources.map((source) => source.title).join(', ')
}

/** A released table as a table: dimensions name the rows, protected figures say so. */
export function ReleasedTable({ view, table, caption }: { view: View; table: AnswerTable; caption: string }) {
  return (
    <DataTable
      view={view}
      caption={caption}
      rows={table.rows.slice(0, 500)}
      columns={table.columns.map((_, index) => tableColumn(view, table, index))}
    />
  )
}

function tableColumn(view: View, table: AnswerTable, index: number): Column<Cell[]> {
  const column = table.columns[index] as TableColumn
  if (!isFigure(column))
    return { label: column.label, header: index === 0, cell: (row) => cellText(row[index] ?? null, column) }
  const format = formatFor(view, table, column.name)
  const figure = (cell: Cell) => (typeof cell === 'number' ? format(cell) : String(cell))
  return {
    label: column.label,
    numeric: true,
    cell: (row) => ((row[index] ?? null) === null ? PROTECTED : figure(row[index] ?? null)),
  }
}
