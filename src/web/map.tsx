import { Figure, figureId, HatchPattern, Legend, spoken, valueCell, type FigureProps } from './figure.tsx'
import {
  fitProjection,
  labelPoint,
  pathOf,
  pointsOf,
  propertyText,
  type Feature,
  type FeatureCollection,
} from './geo.ts'
import { messages } from './messages.ts'
import { ticks } from './scale.ts'

type MapProps = FigureProps & {
  geo: FeatureCollection
  /** Property that names a feature for people. */
  nameKey: string
  /** Heading of the first column of the table. */
  label: string
  /** Address of the same GeoJSON: adds a map to move and zoom where script runs (page needs the island `map`). */
  live?: string | undefined
}

type ChoroplethProps = MapProps & {
  /** Property that joins a feature to its value. */
  idKey: string
  /** Values by id; null or absent is protected: hatched, in words, never zero. */
  values: ReadonlyMap<string, number | null>
  format?: ((value: number) => string) | undefined
  /** Upper ends of the first four classes; round ones are chosen when absent. */
  breaks?: readonly number[] | undefined
  /** A line to draw for orientation. */
  river?: FeatureCollection | undefined
  unit?: string | undefined
}

interface Area {
  feature: Feature
  label: string
  value: number | null
}

/** Areas coloured in up to five classes, light to dark, with names and values on them, legend and table. */
export function Choropleth(props: ChoroplethProps) {
  const { view } = props
  const text = messages[view.locale]
  const format = props.format ?? ((value: number) => view.number(value))
  const areas = props.geo.features.map((feature) => areaOf(feature, props))
  const breaks =
    props.breaks ?? classBreaks(areas.flatMap((area) => (area.value === null ? [] : [area.value])))
  const hidden = areas.some((area) => area.value === null)
  const sorted = [...areas].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity))
  return (
    <Figure
      {...props}
      rows={sorted}
      columns={[
        { label: props.label, header: true, cell: (area) => area.label },
        { label: props.unit ?? text.value, numeric: true, cell: (area) => valueCell(area.value, format) },
      ]}
      legend={<ClassLegend {...{ view, breaks, format, hidden }} id={figureId(props)} />}
    >
      <AreaMap {...props} areas={areas} breaks={breaks} format={format} />
      <Live {...props} />
    </Figure>
  )
}

function areaOf(feature: Feature, props: ChoroplethProps): Area {
  const id = propertyText(feature, props.idKey) ?? ''
  return {
    feature,
    label: propertyText(feature, props.nameKey) ?? id,
    value: props.values.get(id) ?? null,
  }
}

/** Upper ends of the first classes: four round numbers over the range of the values. */
export function classBreaks(values: readonly number[]): number[] {
  if (values.length === 0) return []
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (low === high) return []
  return ticks(low, high, 5)
    .filter((value) => value > low && value < high)
    .slice(0, 4)
}

function classOf(value: number, breaks: readonly number[]): number {
  const above = breaks.filter((edge) => value >= edge).length
  // Fewer classes still run from light to dark.
  return breaks.length === 4 ? above + 1 : 1 + Math.round((above * 4) / Math.max(1, breaks.length))
}

type AreaMapProps = ChoroplethProps & {
  areas: readonly Area[]
  breaks: readonly number[]
  format: (value: number) => string
}

function AreaMap(props: AreaMapProps) {
  const { view, areas, breaks, format } = props
  const projection = fitProjection(props.geo.features)
  const hatch = `${figureId(props)}-m`
  const said = `${props.title}. ${spoken(view, areas, format)}`
  return (
    <svg class="al-map" viewBox={`0 0 ${projection.width} ${projection.height}`} role="img" aria-label={said}>
      <HatchPattern id={hatch} />
      {areas.map((area) => (
        <AreaShape {...{ area, breaks, hatch }} d={pathOf(area.feature, projection)} />
      ))}
      {(props.river?.features ?? []).map((feature) => (
        <River d={pathOf(feature, projection)} />
      ))}
      {areas.length <= 30
        ? areas.map((area) => <AreaLabel area={area} {...{ projection, breaks, format }} />)
        : null}
    </svg>
  )
}

function AreaShape(props: { area: Area; breaks: readonly number[]; hatch: string; d: string }) {
  const { value } = props.area
  if (value === null)
    return <path class="edge al-hq" d={props.d} fill={`url(#${props.hatch})`} fill-rule="evenodd" />
  return <path class={`edge al-h${classOf(value, props.breaks)}`} d={props.d} fill-rule="evenodd" />
}

function River({ d }: { d: string }) {
  return (
    <>
      <path class="bank" d={d} />
      <path class="river" d={d} />
    </>
  )
}

function AreaLabel(props: {
  area: Area
  projection: ReturnType<typeof fitProjection>
  breaks: readonly number[]
  format: (value: number) => string
}) {
  const { area } = props
  const point = labelPoint(area.feature, props.projection)
  if (!point) return null
  const ink = area.value === null ? 'q' : classOf(area.value, props.breaks) >= 4 ? 'hi' : ''
  const name = area.label.length > 12 ? `${area.label.slice(0, 9)}.` : area.label
  return (
    <>
      <text class={ink} x={point[0]} y={point[1] - 4}>
        {name}
      </text>
      <text class={`v ${ink}`} x={point[0]} y={point[1] + 15}>
        {area.value === null ? '–' : props.format(area.value)}
      </text>
    </>
  )
}

function ClassLegend(props: {
  view: ChoroplethProps['view']
  breaks: readonly number[]
  format: (value: number) => string
  id: string
  hidden: boolean
}) {
  const { view, breaks, format } = props
  const text = messages[view.locale]
  const edges = [undefined, ...breaks, undefined]
  const classes = edges.slice(0, -1).map((from, index) => ({
    label: className(view, format, from, edges[index + 1]),
    sample: <rect class={`al-h${from === undefined ? 1 : classOf(from, breaks)}`} width="24" height="16" />,
  }))
  const hatched = {
    label: text.protected,
    sample: (
      <>
        <HatchPattern id={`${props.id}-l`} />
        <rect class="al-hatch-box" width="24" height="16" fill={`url(#${props.id}-l)`} />
      </>
    ),
  }
  return <Legend view={view} items={props.hidden ? [...classes, hatched] : classes} />
}

function className(
  view: ChoroplethProps['view'],
  format: (value: number) => string,
  from?: number,
  to?: number,
): string {
  const text = messages[view.locale]
  if (from === undefined) return to === undefined ? text.value : text.under({ value: format(to) })
  return to === undefined
    ? text.over({ value: format(from) })
    : text.between({ from: format(from), to: format(to) })
}

function Live({ view, live }: Pick<MapProps, 'view' | 'live'>) {
  if (!live) return null
  return (
    <div
      class="al-map-live"
      role="region"
      aria-label={messages[view.locale].interactive}
      data-map={live}
      data-worker={view.assets('map-worker.js')}
    />
  )
}

/** Places, ways and areas without values: where the things of a file are. At most 2000 are drawn, 200 listed. */
export function PlaceMap(props: MapProps & { columns?: readonly string[] }) {
  const features = props.geo.features.slice(0, 2000)
  const columns = props.columns ?? []
  return (
    <Figure
      {...props}
      rows={features.slice(0, 200)}
      columns={[
        { label: props.label, header: true, cell: (f) => propertyText(f, props.nameKey) ?? '–' },
        ...columns.map((key) => ({ label: key, cell: (f: Feature) => propertyText(f, key) ?? '–' })),
      ]}
    >
      <Places features={features} title={props.title} />
      <Live {...props} />
    </Figure>
  )
}

function Places({ features, title }: { features: readonly Feature[]; title: string }) {
  const projection = fitProjection(features)
  return (
    <svg
      class="al-map"
      viewBox={`0 0 ${projection.width} ${projection.height}`}
      role="img"
      aria-label={title}
    >
      {features.map((feature) => {
        const kind = feature.geometry?.type.endsWith('Polygon') ? 'area' : 'way'
        const d = pathOf(feature, projection)
        return d ? <path class={kind} d={d} fill-rule="evenodd" /> : null
      })}
      {features
        .flatMap((feature) => pointsOf(feature, projection))
        .map(([x, y]) => (
          <circle class="place" cx={x} cy={y} r="4.5" />
        ))}
    </svg>
  )
}
