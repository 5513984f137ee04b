import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { BarChart } from '../../web/chart.tsx'
import { GroupedBars } from '../../web/grouped-bars.tsx'
import { LineChart } from '../../web/line-chart.tsx'
import { Choropleth } from '../../web/map.tsx'
import type { Cell, ProtectedResult } from '../engine/result.ts'
import type { ShownAs } from '../notebooks/store.ts'
import type { RoomMap } from '../maps/store.ts'
import { fitTo } from '../maps/model.ts'
import { messages } from './messages.ts'
import { columnLabel, dimensionText, figureText, resultTitle, shareOf } from './text.ts'

/** More rows than this are read in the table alone. */
const maxBars = 40
/** More lines or bars side by side nobody tells apart. */
const maxSeries = 4

const dimensionsOf = (result: ProtectedResult) =>
  result.columns.flatMap((column, i) => (column.kind === 'dimension' ? [i] : []))

/** The figures of a result that can be drawn, by their columns. */
export function figuresOf(result: ProtectedResult): number[] {
  return result.columns.flatMap((column, i) => (column.kind === 'dimension' ? [] : [i]))
}

/** In which ways a result can be shown: always as a table; drawn where its shape and the room's outlines allow it. */
export function waysOf(result: ProtectedResult, maps: readonly RoomMap[]): ShownAs[] {
  const dimensions = dimensionsOf(result)
  const first = dimensions[0]
  if (first === undefined || figuresOf(result).length === 0 || result.rows.length < 2) return ['table']
  const second = dimensions[1]
  const groups = second === undefined ? 1 : new Set(result.rows.map((row) => String(row[second]))).size
  const drawable = dimensions.length <= 2 && groups <= maxSeries
  const ways: ShownAs[] = ['table']
  if (drawable && result.rows.length / groups <= maxBars) ways.push('bars')
  if (drawable && result.rows.length / groups >= 3 && isOrdered(result, first)) ways.push('line')
  if (maps.some((map) => fitTo(result, map.geo))) ways.push('map')
  return ways
}

/** The only dimension of a result where its values are names, so that a map could show it. */
export function placeColumn(result: ProtectedResult): ProtectedResult['columns'][number] | undefined {
  const [first, ...more] = dimensionsOf(result)
  if (first === undefined || more.length > 0 || result.rows.length < 3) return undefined
  const named = result.rows.map((row) => row[first]).filter((v) => v !== null && v !== undefined)
  return named.every((v) => typeof v === 'string' && placeOf(v) === null) ? result.columns[first] : undefined
}

/** True where values of a dimension have a distance: numbers, bands, dates. */
function isOrdered(result: ProtectedResult, index: number): boolean {
  const values = result.rows.map((row) => row[index] ?? null).filter((value) => value !== null)
  return values.length > 2 && values.every((value) => placeOf(value) !== null)
}

function placeOf(value: Cell): number | Date | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null
  const at = new Date(`${value.slice(0, 10)}T12:00:00Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

type DrawingProps = {
  view: View
  result: ProtectedResult
  as: ShownAs
  maps: readonly RoomMap[]
  /** Column to draw; the last figure when it is none. */
  figure?: number | undefined
  id?: string
}

/** One figure of a result as bars, lines or a map; protected values are hatched or gaps, never zero. */
export function ResultDrawing(props: DrawingProps): Child {
  const { view, result, as } = props
  const figures = figuresOf(result)
  const figure = figures.find((i) => i === props.figure) ?? figures.at(-1)
  const [first, second] = dimensionsOf(result)
  if (figure === undefined || first === undefined || as === 'table') return null
  const share = shareOf(result, figure)
  const column = result.columns[figure]!
  const shape: Shape = {
    view,
    result,
    first,
    figure,
    title: resultTitle(view, [column, ...result.columns.filter((c) => c.kind === 'dimension')]),
    label: columnLabel(view, result.columns[first]!),
    unit: columnLabel(view, column),
    format: (value) => figureText(view, column, value, share),
    ...(props.id ? { id: props.id } : {}),
  }
  if (as === 'map') return <MapDrawing {...shape} maps={props.maps} />
  if (as === 'line') return <Lines {...shape} second={second} />
  return second === undefined ? <Bars {...shape} /> : <BarGroups {...shape} second={second} />
}

type Shape = {
  view: View
  result: ProtectedResult
  first: number
  figure: number
  title: string
  label: string
  unit: string
  format: (value: number) => string
  id?: string
}

const numberOf = (value: Cell | undefined) => (typeof value === 'number' ? value : null)

function Bars({ result, first, figure, ...shape }: Shape) {
  const items = result.rows.map((row) => ({
    label: dimensionText(shape.view, result.columns[first]!, row[first] ?? null),
    value: numberOf(row[figure]),
  }))
  return <BarChart {...shape} items={items} />
}

function groupsOf({ view, result }: Shape, second: number): { value: Cell; name: string }[] {
  const values = [...new Set(result.rows.map((row) => row[second] ?? null))]
  return values.map((value) => ({ value, name: dimensionText(view, result.columns[second]!, value) }))
}

function BarGroups({ second, ...shape }: Shape & { second: number }) {
  const { view, result, first, figure } = shape
  const groups = groupsOf(shape, second)
  const labels = [...new Set(result.rows.map((row) => row[first] ?? null))]
  const at = (label: Cell, group: Cell) =>
    result.rows.find((row) => (row[first] ?? null) === label && (row[second] ?? null) === group)?.[figure]
  const items = labels.map((label) => ({
    label: dimensionText(view, result.columns[first]!, label),
    values: groups.map((group) => numberOf(at(label, group.value))),
  }))
  return <GroupedBars {...shape} groups={groups.map((g) => g.name)} items={items} />
}

function Lines({ second, ...shape }: Shape & { second: number | undefined }) {
  const { view, result, first, figure } = shape
  const column = result.columns[first]!
  const groups = second === undefined ? [] : groupsOf(shape, second)
  const all = [{ value: null, name: columnLabel(view, result.columns[figure]!) }]
  const series = (second === undefined ? all : groups).map((group) => ({
    name: group.name,
    points: result.rows
      .filter((row) => second === undefined || (row[second] ?? null) === group.value)
      .flatMap((row) => {
        const x = placeOf(row[first] ?? null)
        return x === null ? [] : [{ x, y: numberOf(row[figure]) }]
      }),
  }))
  const formatX = (x: Date | number) =>
    typeof x === 'number' ? dimensionText(view, column, x) : view.date(x)
  return <LineChart {...shape} series={series} formatX={formatX} />
}

function MapDrawing({ maps, result, figure, ...shape }: Shape & { maps: readonly RoomMap[] }) {
  const map = maps.find((each) => fitTo(result, each.geo))
  const fit = map && fitTo(result, map.geo)
  if (!map || !fit) return null
  const values = new Map(result.rows.map((row) => [String(row[fit.column]), numberOf(row[figure])]))
  const source = messages[shape.view.locale].outlines({ title: map.title })
  return <Choropleth {...shape} {...fit} geo={map.geo} values={values} source={source} />
}
