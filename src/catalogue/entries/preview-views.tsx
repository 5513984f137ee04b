import type { View } from '../../platform/view.ts'
import { BarChart } from '../../web/chart.tsx'
import { asFeatures } from '../../web/geo.ts'
import { LineChart } from '../../web/line-chart.tsx'
import { PlaceMap } from '../../web/map.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages } from './messages.ts'
import type { Preview } from './model.ts'

/** What a file shows: a map or chart first, then a few rows. */
export function PreviewParts({ view, preview, holder }: { view: View; preview: Preview; holder: boolean }) {
  const text = messages[view.locale]
  const geo = asFeatures(preview.geo)
  const caption = preview.invented ? text.sampleInvented : holder ? text.sampleHolder : text.sample
  return (
    <>
      {geo ? <PlaceMap view={view} title={text.map} geo={geo} nameKey="name" label={text.rows} /> : null}
      <PreviewChart view={view} preview={preview} />
      {preview.rows.length > 0 ? (
        <div class="al-gap-5">
          <DataTable
            view={view}
            caption={caption}
            rows={preview.rows}
            columns={preview.columns.slice(0, 12).map((name, index) => ({
              label: name,
              header: index === 0,
              cell: (row: readonly (string | null)[]) => row[index] ?? '',
            }))}
          />
        </div>
      ) : null}
    </>
  )
}

function PreviewChart({ view, preview: { chart, series } }: { view: View; preview: Preview }) {
  const text = messages[view.locale]
  if (series) {
    const lines = series.lines.map(({ name, points }) => ({
      name,
      points: points.map(([day, y]) => ({ x: new Date(day), y })),
    }))
    const names = lines.map(({ name }) => name).join(', ')
    return (
      <LineChart view={view} title={text.course({ column: names })} label={series.label} series={lines} />
    )
  }
  if (!chart) return null
  const title = chart.kind ? text[chart.kind]({ column: chart.label }) : chart.title
  return (
    <BarChart
      view={view}
      title={title}
      label={chart.label}
      items={chart.items.map((item) => ({ ...item }))}
    />
  )
}
