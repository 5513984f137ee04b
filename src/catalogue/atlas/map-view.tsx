import type { View } from '../../platform/view.ts'
import { address } from '../../web/pagination.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Cluster, Spread } from '../engine/clusters.ts'
import type { Asked } from '../search/asked.ts'
import { queryOf } from '../search/asked.ts'
import { messages } from './messages.ts'
import { drawingOf, netOf, radiusOf, writeBox } from './model.ts'
import type { Drawing } from './model.ts'
import { OutlinePaths, OutlineSource } from './outline-view.tsx'
import type { Outlines } from './outlines.ts'

/** What the parts of the map need. */
export type MapProps = {
  readonly view: View
  readonly asked: Asked
  readonly spread: Spread
  readonly outlines?: Outlines | undefined
}

/** The address of the same search in another window. */
export function windowHref(view: View, asked: Asked, box: Cluster['box']): string {
  return view.href(address('/catalogue/atlas', { ...queryOf(asked), bbox: writeBox(box) }))
}

/** The drawn map: circles that are links, a net of degrees, and the same as a table. */
export function AtlasMap(props: MapProps) {
  const { view, spread } = props
  const text = messages[view.locale]
  const drawing = drawingOf(spread.window)
  const inside = spread.clusters.reduce((sum, cluster) => sum + cluster.n, 0)
  const says = text.mapSays({ n: view.number(inside), wide: view.number(spread.wide) })
  return (
    <figure class="al-figure">
      <figcaption>
        <b>{text.map}</b>
        <span>{says}</span>
      </figcaption>
      <svg
        class="al-map al-atlas"
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="group"
        aria-label={says}
      >
        <OutlinePaths outlines={props.outlines} drawing={drawing} />
        <Net view={view} spread={spread} drawing={drawing} />
        {spread.clusters.map((cluster) => (
          <Circle {...props} cluster={cluster} drawing={drawing} />
        ))}
      </svg>
      <details>
        <summary>{text.circles}</summary>
        <ClusterTable {...props} />
      </details>
      <OutlineSource view={view} outlines={props.outlines} />
    </figure>
  )
}

function Net({ view, spread, drawing }: { view: View; spread: Spread; drawing: Drawing }) {
  const { meridians, parallels } = netOf(spread.window)
  const [west, south, east, north] = spread.window
  return (
    <g aria-hidden="true">
      {meridians.map((x) => {
        const [at] = drawing.at([x, south])
        return (
          <>
            <line class="net" x1={at} y1="0" x2={at} y2={drawing.height} />
            <text
              class="axis"
              x={at + 4}
              y={drawing.height - 10}
            >{`${view.number(x)}° ${x < 0 ? 'W' : eastSign(view)}`}</text>
          </>
        )
      })}
      {parallels.map((y) => {
        const [, at] = drawing.at([west, y])
        return (
          <>
            <line class="net" x1="0" y1={at} x2={drawing.at([east, north])[0]} y2={at} />
            <text class="axis" x="4" y={at - 8}>{`${view.number(y)}° ${y < 0 ? 'S' : 'N'}`}</text>
          </>
        )
      })}
    </g>
  )
}

function Circle({ view, asked, cluster, drawing }: MapProps & { cluster: Cluster; drawing: Drawing }) {
  const text = messages[view.locale]
  const [x, y] = drawing.at(cluster.middle)
  const label = text.circle({
    n: view.number(cluster.n),
    one: cluster.n === 1,
    where: whereText(view, cluster),
  })
  return (
    <a href={windowHref(view, asked, cluster.box)} aria-label={label}>
      <circle cx={x} cy={y} r={Math.max(14, radiusOf(cluster.n))} />
      <text x={x} y={y}>
        {view.number(cluster.n)}
      </text>
    </a>
  )
}

const eastSign = (view: View) => (view.locale === 'de' ? 'O' : 'E')

function whereText(view: View, { middle: [x, y] }: Cluster): string {
  return `${view.number(y, 3)}° N, ${view.number(x, 3)}° ${eastSign(view)}`
}

function ClusterTable({ view, asked, spread }: MapProps) {
  const text = messages[view.locale]
  return (
    <DataTable
      view={view}
      caption={text.circles}
      quietCaption
      rows={[...spread.clusters].sort((a, b) => b.n - a.n)}
      columns={[
        {
          label: text.where,
          header: true,
          cell: (cluster) => <a href={windowHref(view, asked, cluster.box)}>{whereText(view, cluster)}</a>,
        },
        { label: text.n, numeric: true, cell: (cluster) => view.number(cluster.n) },
      ]}
    />
  )
}
