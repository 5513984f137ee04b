import { Drawings, Figure, figureId, Level, type FigureProps } from './figure.tsx'
import { extent, linear, ticks } from './scale.ts'

const LEFT = 58

type ScatterProps = FigureProps & {
  points: readonly { label: string; x: number; y: number }[]
  label: string
  labelX: string
  labelY: string
  format?: ((value: number) => string) | undefined
}

/** Points of two numbers, each with its name in the table. */
export function ScatterChart(props: ScatterProps) {
  const { view, points } = props
  const format = props.format ?? ((value: number) => view.number(value))
  return (
    <Figure
      {...props}
      rows={points}
      columns={[
        { label: props.label, header: true, cell: (point) => point.label },
        { label: props.labelX, numeric: true, cell: (point) => format(point.x) },
        { label: props.labelY, numeric: true, cell: (point) => format(point.y) },
      ]}
    >
      <Drawings
        half={<Dots {...props} format={format} width={520} id={`${figureId(props)}-w`} />}
        narrow={<Dots {...props} format={format} width={330} id={`${figureId(props)}-n`} />}
      />
    </Figure>
  )
}

function Dots(props: ScatterProps & { width: number; format: (value: number) => string }) {
  const { points, width, format } = props
  const xTicks = ticks(...extent(points.map((point) => point.x)), 4)
  const yTicks = ticks(...extent(points.map((point) => point.y)), 5)
  const x = linear([xTicks[0] ?? 0, xTicks.at(-1) ?? 1], [LEFT, width - 24])
  const y = linear([yTicks[0] ?? 0, yTicks.at(-1) ?? 1], [280, 30])
  return (
    <svg
      class="al-chart"
      viewBox={`0 0 ${width} 330`}
      role="img"
      aria-label={`${props.title}. ${props.labelX}, ${props.labelY}.`}
    >
      <text class="m" x="0" y="14">
        {props.labelY}
      </text>
      {yTicks.map((value) => (
        <Level y={y(value)} left={LEFT} right={width - 24} text={format(value)} />
      ))}
      {xTicks.map((value) => (
        <text class="m mid" x={x(value)} y="300">
          {format(value)}
        </text>
      ))}
      <text class="m end" x={width - 24} y="322">
        {props.labelX}
      </text>
      {points.map((point) => (
        <circle class="dot" cx={x(point.x)} cy={y(point.y)} r="5" />
      ))}
    </svg>
  )
}
