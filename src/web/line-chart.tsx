import type { View } from '../platform/view.ts'
import { Figure, Legend, Level, valueCell, Drawings, type FigureProps } from './figure.tsx'
import { messages } from './messages.ts'
import { extent, linear, thin, ticks } from './scale.ts'

/** One line: points in order of x. `y: null` is a protected or missing value: the line has a gap there. */
export interface Series {
  name: string
  points: readonly { x: Date | number; y: number | null }[]
}

type LineProps = FigureProps & {
  series: readonly Series[]
  /** Heading of the first column of the table; „Zeitpunkt“ when absent. */
  label?: string | undefined
  format?: ((value: number) => string) | undefined
  formatX?: ((value: Date | number) => string) | undefined
  goal?: { value: number; label: string } | undefined
  /** The finding in a sentence, for those who do not see the drawing. */
  said?: string | undefined
}

/** Lines over time or numbers, at most four; the highest point of a single line is named. */
export function LineChart(props: LineProps) {
  const { view, series } = props
  const format = props.format ?? ((value: number) => view.number(value))
  const formatX = props.formatX ?? ((value: Date | number) => dayText(view, value))
  const said =
    props.said ?? `${props.title}. ${series.map((each) => summary(each, format, formatX)).join(' ')}`
  const drawing = { ...props, format, formatX, said }
  return (
    <Figure
      {...props}
      rows={momentsOf(series).slice(0, 400)}
      columns={[
        { label: props.label ?? messages[view.locale].at, header: true, cell: (x) => formatX(x) },
        ...series.map((each) => ({
          label: each.name,
          numeric: true,
          cell: (x: Date | number) => valueCell(valueAt(each, x), format),
        })),
      ]}
      legend={series.length > 1 ? <SeriesLegend view={view} series={series} /> : null}
    >
      <Drawings
        wide={<Lines width={760} ticksX={6} {...drawing} />}
        half={<Lines width={500} ticksX={4} {...drawing} />}
        narrow={<Lines width={330} ticksX={3} {...drawing} />}
      />
    </Figure>
  )
}

// Each moment once, in order; two dates of the same moment are equal only as numbers.
function momentsOf(series: readonly Series[]): (Date | number)[] {
  const points = series.flatMap((each) => each.points)
  const moments = new Map(points.map((point) => [Number(point.x), point.x]))
  return [...moments.values()].sort((a, b) => Number(a) - Number(b))
}

function dayText(view: View, value: Date | number): string {
  return value instanceof Date ? view.dateShort(value) : view.number(value)
}

function valueAt(series: Series, x: Date | number): number | null {
  return series.points.find((point) => Number(point.x) === Number(x))?.y ?? null
}

function peakOf(series: Series) {
  return series.points.reduce<Series['points'][number] | undefined>(
    (best, point) => (point.y !== null && point.y > (best?.y ?? -Infinity) ? point : best),
    undefined,
  )
}

function summary(
  series: Series,
  format: (value: number) => string,
  formatX: (value: Date | number) => string,
): string {
  const [low, high] = extent(series.points.map((point) => point.y))
  const peak = peakOf(series)
  return `${series.name}: ${format(low)} – ${format(high)}${peak ? `, ${formatX(peak.x)}` : ''}.`
}

function lineClass(index: number): string {
  return index === 0 ? 'line' : `line line--${Math.min(index + 1, 4)}`
}

function SeriesLegend({ view, series }: { view: View; series: readonly Series[] }) {
  const items = series.map((each, index) => ({
    label: each.name,
    sample: <line class={lineClass(index)} x1="0" x2="24" y1="8" y2="8" />,
  }))
  return <Legend view={view} items={items} />
}

type Drawing = LineProps & {
  width: number
  ticksX: number
  said: string
  format: (value: number) => string
  formatX: (value: Date | number) => string
}

const HEIGHT = 226
const BASE = 190
const LEFT = 58

function scales(props: Drawing) {
  const points = props.series.flatMap((each) => each.points)
  const [low, high] = extent([...points.map((point) => point.y), props.goal?.value ?? null])
  const values = ticks(low, high, 4)
  const right = props.width - 24
  return {
    values,
    right,
    x: linear(extent(points.map((point) => Number(point.x))), [LEFT, right]),
    y: linear([values[0] ?? 0, values.at(-1) ?? 1], [BASE, 30]),
  }
}

function Lines(props: Drawing) {
  const { values, right, x, y } = scales(props)
  const first = props.series[0]
  const single = props.series.length === 1 ? first : undefined
  return (
    <svg class="al-chart" viewBox={`0 0 ${props.width} ${HEIGHT}`} role="img" aria-label={props.said}>
      {single ? <path class="area" d={areaPath(single, x, y)} /> : null}
      {values.map((value) => (
        <Level y={y(value)} left={LEFT} right={right} text={props.format(value)} />
      ))}
      {props.goal ? <Goal goal={props.goal} y={y(props.goal.value)} right={right} /> : null}
      {props.series.map((each, index) => (
        <path class={lineClass(index)} d={linePath(each, x, y)} />
      ))}
      {single ? <Marks series={single} x={x} y={y} right={right} format={props.format} /> : null}
      {thin(first?.points ?? [], props.ticksX).map((point) => (
        <text class="m mid" x={x(Number(point.x))} y={BASE + 24}>
          {props.formatX(point.x)}
        </text>
      ))}
    </svg>
  )
}

function Goal({ goal, y, right }: { goal: { label: string }; y: number; right: number }) {
  return (
    <>
      <line class="goal" x1={LEFT} x2={right} y1={y} y2={y} />
      <text class="m" x={LEFT + 8} y={y > BASE - 24 ? y - 8 : y + 18}>
        {goal.label}
      </text>
    </>
  )
}

type Scale = (value: number) => number

/** A line of few points names each of them, a longer one its highest. */
const FEW = 6

type MarksProps = {
  series: Series
  x: Scale
  y: Scale
  right: number
  format: (value: number) => string
}

function Marks(props: MarksProps) {
  const { series, x, y, right, format } = props
  const peak = peakOf(series)
  const named = series.points.length <= FEW ? series.points : peak ? [peak] : []
  return (
    <>
      {named.map((point) => {
        if (point.y === null) return null
        const at = x(Number(point.x))
        const side = at < LEFT + 30 ? 'start' : at > right - 30 ? 'end' : 'mid'
        return (
          <>
            <circle class="dot" cx={at} cy={y(point.y)} r="6" />
            <text class={`b ${side}`} x={side === 'start' ? at + 10 : at} y={y(point.y) - 13}>
              {format(point.y)}
            </text>
          </>
        )
      })}
    </>
  )
}

function linePath(series: Series, x: Scale, y: Scale): string {
  let pen = 'M'
  let path = ''
  for (const point of series.points) {
    if (point.y === null) {
      pen = 'M'
      continue
    }
    path += `${pen}${x(Number(point.x))} ${y(point.y)}`
    pen = 'L'
  }
  return path
}

function areaPath(series: Series, x: Scale, y: Scale): string {
  const first = series.points[0]
  const last = series.points.at(-1)
  // A gap would make the area lie about the missing values.
  if (!first || !last || series.points.some((point) => point.y === null)) return ''
  return `M${x(Number(first.x))} ${BASE}${linePath(series, x, y).replace('M', 'L')}L${x(Number(last.x))} ${BASE}Z`
}
