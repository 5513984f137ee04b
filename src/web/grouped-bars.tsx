import { HiddenBar } from './chart.tsx'
import {
  Drawings,
  Figure,
  figureId,
  HatchPattern,
  Legend,
  spoken,
  valueCell,
  type FigureProps,
} from './figure.tsx'
import { extent, linear } from './scale.ts'

type GroupedProps = FigureProps & {
  groups: readonly string[]
  items: readonly { label: string; values: readonly (number | null)[] }[]
  label: string
  format?: ((value: number) => string) | undefined
}

/** Several bars per name, at most four groups; the legend says which is which. */
export function GroupedBars(props: GroupedProps) {
  const { view, items, groups } = props
  const format = props.format ?? ((value: number) => view.number(value))
  const id = figureId(props)
  const drawing = { items, groups, format, view, said: saidOf(props, format) }
  return (
    <Figure
      {...props}
      rows={items}
      columns={[
        { label: props.label, header: true, cell: (item) => item.label },
        ...groups.map((label, i) => ({
          label,
          numeric: true,
          cell: (item: GroupedProps['items'][number]) => valueCell(item.values[i], format),
        })),
      ]}
      legend={<GroupLegend view={view} groups={groups} />}
    >
      <Drawings
        half={<Groups id={`${id}-w`} width={520} {...drawing} />}
        narrow={<Groups id={`${id}-n`} width={320} {...drawing} />}
      />
    </Figure>
  )
}

function saidOf({ view, items, groups }: GroupedProps, format: (value: number) => string): string {
  const valuesOf = (item: GroupedProps['items'][number]) =>
    groups.map((label, i) => ({ label, value: item.values[i] ?? null }))
  return items.map((item) => `${item.label}: ${spoken(view, valuesOf(item), format)}`).join('. ')
}

function GroupLegend({ view, groups }: Pick<GroupedProps, 'view' | 'groups'>) {
  const samples = groups.map((label, i) => ({
    label,
    sample: <rect class={groupClass(i)} width="24" height="16" />,
  }))
  return <Legend view={view} items={samples} />
}

function groupClass(index: number): string {
  return index === 0 ? 'bar' : `bar bar--${Math.min(index + 1, 4)}`
}

type GroupsProps = Pick<GroupedProps, 'items' | 'groups' | 'view'> & {
  id: string
  width: number
  format: (value: number) => string
  said: string
}

function Groups(props: GroupsProps) {
  const { items, groups, width } = props
  const [, max] = extent(items.flatMap((item) => item.values))
  const x = linear([0, max || 1], [0, width - 90])
  const height = groups.length * 20 + 34
  return (
    <svg
      class="al-chart"
      viewBox={`0 0 ${width} ${items.length * height}`}
      role="img"
      aria-label={props.said}
    >
      <HatchPattern id={props.id} />
      {items.map((item, index) => (
        <>
          <text class="b" x="0" y={index * height + 17}>
            {item.label}
          </text>
          {groups.map((_, i) => (
            <GroupBar
              {...props}
              {...{ x, i }}
              value={item.values[i] ?? null}
              y={index * height + 24 + i * 20}
            />
          ))}
        </>
      ))}
    </svg>
  )
}

function GroupBar(
  props: GroupsProps & { value: number | null; x: (value: number) => number; y: number; i: number },
) {
  const { value, x, y } = props
  if (value === null) return <HiddenBar id={props.id} x={0} y={y} width={110} height={16} view={props.view} />
  return (
    <>
      <rect class={groupClass(props.i)} x="0" y={y} width={Math.max(0, x(value))} height="16" rx="2" />
      <text class="m" x={Math.max(0, x(value)) + 8} y={y + 13}>
        {props.format(value)}
      </text>
    </>
  )
}
