import type { View } from '../platform/view.ts'
import { BarChart, Histogram } from './chart.tsx'
import { GroupedBars } from './grouped-bars.tsx'
import type { FeatureCollection } from './geo.ts'
import { Section } from './layout.tsx'
import { LineChart } from './line-chart.tsx'
import { Choropleth, PlaceMap } from './map.tsx'
import { ScatterChart } from './scatter-chart.tsx'

const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
] as const

const geo: FeatureCollection = {
  type: 'FeatureCollection',
  features: ['Hafen', 'Neudorf', 'Auwiesen'].map((name, index) => ({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [corners.map(([x, y]) => [11 + index + x, 49 + y])] },
    properties: { code: String(index), name },
  })),
}

const place = {
  type: 'Feature' as const,
  geometry: { type: 'Point', coordinates: [11, 49] },
  properties: { name: 'Ort' },
}

const shares = [
  { label: 'Hafen', value: 0.64, strong: true },
  { label: 'Neudorf', value: 0.29 },
  { label: 'Auwiesen', value: null },
]

const pairs = [
  { label: 'a', x: 1, y: 2 },
  { label: 'b', x: 3, y: 1 },
]

const points = [20, 31, null, 37, 28].map((y, index) => ({ x: new Date(Date.UTC(2025, 6, index + 1)), y }))
const values = new Map([
  ['0', 0.64],
  ['1', 0.29],
])

function MapParts({ view }: { view: View }) {
  const common = { view, label: 'Name', nameKey: 'name' }
  const percent = (value: number) => view.percent(value)
  return (
    <>
      <Choropleth
        {...common}
        title="Map"
        {...{ geo, values }}
        idKey="code"
        format={percent}
        live="/geo.json"
      />
      <PlaceMap {...common} title="Places" geo={{ ...geo, features: [place, ...geo.features] }} />
    </>
  )
}

const two = [
  { name: 'A', points },
  { name: 'B', points: [] },
]

/** All charts and maps, for the gallery. */
export function ChartParts({ view }: { view: View }) {
  const percent = (value: number) => view.percent(value)
  const common = { view, label: 'Name' }
  const hot = { value: 30, label: 'hot' }
  return (
    <Section title="Charts" plain>
      <BarChart {...common} title="Bars" note="Share" items={shares} format={percent} source="Source" />
      <GroupedBars
        {...common}
        title="Groups"
        groups={['a', 'b']}
        items={[{ label: 'Hafen', values: [1, null] }]}
      />
      <LineChart view={view} title="Line" series={[{ name: 'T', points }]} goal={hot} />
      <LineChart view={view} title="Lines" series={two} />
      <Histogram {...common} title="Histogram" values={[1, 2, 2, 3, 9]} />
      <ScatterChart {...common} title="Scatter" labelX="X" labelY="Y" points={pairs} />
      <MapParts view={view} />
    </Section>
  )
}
