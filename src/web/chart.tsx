import type { View } from '../platform/view.ts'
import { Figure, figureId, HatchPattern, spoken, valueCell, Drawings, type FigureProps } from './figure.tsx'
import { messages } from './messages.ts'
import { extent, linear, ticks } from './scale.ts'

/** One bar; `null` is a protected value and is drawn as a hatched box, never as zero. `strong` marks what the finding is about. */
export interface Bar {
  label: string
  value: number | null
  strong?: boolean | undefined
}

type BarChartProps = FigureProps & {
  items: readonly Bar[]
  /** Heading of the first column of the table. */
  label: string
  /** Heading of the second; „Wert“ when absent. */
  unit?: string | undefined
  format?: ((value: number) => string) | undefined
}

/** Horizontal bars from zero, in the order given; the longest text sets the room for the names. */
export function BarChart(props: BarChartProps) {
  const { view, items } = props
  const format = props.format ?? ((value: number) => view.number(value))
  const id = figureId(props)
  const scale = { max: Math.max(0, ...items.map((item) => item.value ?? 0)), format, view }
  const said = spoken(view, items, format)
  return (
    <Figure
      {...props}
      rows={items}
      columns={[
        { label: props.label, header: true, cell: (item) => item.label },
        {
          label: props.unit ?? messages[view.locale].value,
          numeric: true,
          cell: (item) => valueCell(item.value, format),
        },
      ]}
    >
      <Drawings
        half={<WideBars id={`${id}-w`} items={items} said={said} {...scale} />}
        narrow={<NarrowBars id={`${id}-n`} items={items} said={said} {...scale} />}
      />
    </Figure>
  )
}

interface BarsProps {
  id: string
  items: readonly Bar[]
  said: string
  max: number
  format: (value: number) => string
  view: View
}

const ROW = 34

// Without a marked bar all are equal in rank and all are drawn strong.
function barClass(items: readonly Bar[], item: Bar): string {
  return items.some((each) => each.strong) && !item.strong ? 'bar-quiet' : 'bar'
}

function WideBars({ id, items, said, max, format, view }: BarsProps) {
  const left = Math.min(220, Math.max(90, Math.max(0, ...items.map((item) => item.label.length)) * 8.2 + 14))
  const values = ticks(0, max || 1, 4)
  const x = linear([0, values.at(-1) ?? 1], [left, 450])
  const bottom = items.length * ROW + 2
  return (
    <svg class="al-chart" viewBox={`0 0 520 ${bottom + 24}`} role="img" aria-label={said}>
      <HatchPattern id={id} />
      {values.map((value) => (
        <Tick x={x(value)} bottom={bottom} text={format(value)} />
      ))}
      {items.map((item, index) => (
        <>
          <text class="end" x={left - 12} y={index * ROW + 21}>
            {item.label}
          </text>
          {item.value === null ? (
            <HiddenBar id={id} x={left} y={index * ROW + 5} width={150} height={22} view={view} />
          ) : (
            <ShownBar
              {...{ left, format }}
              kind={barClass(items, item)}
              value={item.value}
              end={x(item.value)}
              top={index * ROW + 5}
              height={22}
            />
          )}
        </>
      ))}
      <line class="base" x1={left} x2={left} y1="0" y2={bottom} />
    </svg>
  )
}

function Tick({ x, bottom, text }: { x: number; bottom: number; text: string }) {
  return (
    <>
      <line class="axis" x1={x} x2={x} y1="0" y2={bottom} />
      <text class="m mid" x={x} y={bottom + 18}>
        {text}
      </text>
    </>
  )
}

// A bar with its figure behind it; what is below zero has no length.
function ShownBar(props: {
  kind: string
  value: number
  left: number
  end: number
  top: number
  height: number
  format: (value: number) => string
}) {
  const { left, end, top, height } = props
  return (
    <>
      <rect class={props.kind} x={left} y={top} width={Math.max(0, end - left)} height={height} rx="2" />
      <text class="b" x={Math.max(left, end) + 8} y={top + (height === 22 ? 16 : 13)}>
        {props.format(props.value)}
      </text>
    </>
  )
}

/** The hatched box of a protected value. */
export function HiddenBar(props: {
  id: string
  x: number
  y: number
  width: number
  height: number
  view: View
}) {
  const { id, x, y, width, height } = props
  return (
    <>
      <rect class="al-hatch-box" x={x + 1} y={y} width={width} height={height} rx="2" fill={`url(#${id})`} />
      <text class="m" x={x + width + 10} y={y + height - 4}>
        {messages[props.view.locale].protected}
      </text>
    </>
  )
}

function NarrowBars({ id, items, said, max, format, view }: BarsProps) {
  const x = linear([0, max || 1], [0, 240])
  return (
    <svg class="al-chart" viewBox={`0 0 320 ${items.length * 46}`} role="img" aria-label={said}>
      <HatchPattern id={id} />
      {items.map((item, index) => (
        <>
          <text x="0" y={index * 46 + 16}>
            {item.label}
          </text>
          {item.value === null ? (
            <HiddenBar id={id} x={0} y={index * 46 + 22} width={130} height={15} view={view} />
          ) : (
            <ShownBar
              {...{ left: 0, format }}
              kind={barClass(items, item)}
              value={item.value}
              end={x(item.value)}
              top={index * 46 + 22}
              height={15}
            />
          )}
        </>
      ))}
    </svg>
  )
}

/** How many values fall into each of about `bins` equal classes; the last class holds its upper end. */
export function Histogram(
  props: FigureProps & { values: readonly number[]; bins?: number; label: string; unit?: string },
) {
  const { view, values } = props
  const [low, high] = extent(values)
  const edges = ticks(low, high, props.bins ?? 8)
  const text = messages[view.locale]
  const items = edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? from
    const isLast = index === edges.length - 2
    const count = values.filter((value) => value >= from && (value < to || (isLast && value <= to))).length
    return { label: text.between({ from: view.number(from), to: view.number(to) }), value: count }
  })
  return <BarChart {...props} items={items} unit={props.unit ?? text.count} />
}
