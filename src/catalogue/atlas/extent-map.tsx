import type { View } from '../../platform/view.ts'
import { address } from '../../web/pagination.tsx'
import type { Cluster, Spread } from '../engine/clusters.ts'
import type { Asked } from '../search/asked.ts'
import { queryOf } from '../search/asked.ts'
import { messages } from './messages.ts'
import type { Drawing } from './model.ts'
import { drawingOf, fewer, writeBox } from './model.ts'
import { OutlinePaths } from './outline-view.tsx'
import type { Outlines } from './outlines.ts'

const WIDTH = 272
/** A circle one can hit with a finger. */
const RADIUS = 13

/** A small map beside a list: where its hits lie, each circle a link that narrows the list to its part of the map. */
export function ExtentMap(props: {
  view: View
  asked: Asked
  spread: Spread
  outlines: Outlines | undefined
}) {
  const { view, asked, spread, outlines } = props
  const text = messages[view.locale]
  const drawing = drawingOf(spread.window, WIDTH)
  const inside = spread.clusters.reduce((sum, cluster) => sum + cluster.n, 0)
  const n = (count: number) => ({ n: view.number(count), one: count === 1 })
  return (
    <>
      <svg
        class="al-atlas al-atlas--small"
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="group"
        aria-label={text.mapSays({ n: view.number(inside), wide: view.number(spread.wide) })}
      >
        <rect class="ground" width={drawing.width} height={drawing.height} />
        <OutlinePaths outlines={outlines} drawing={drawing} />
        {fewer(spread).map((cluster) => (
          <Spot view={view} asked={asked} cluster={cluster} drawing={drawing} />
        ))}
      </svg>
      {spread.nowhere > 0 ? <p class="al-small al-muted">{text.nowhere(n(spread.nowhere))}</p> : null}
    </>
  )
}

function Spot(props: { view: View; asked: Asked; cluster: Cluster; drawing: Drawing }) {
  const { view, asked, cluster, drawing } = props
  const [x, y] = drawing.at(cluster.middle)
  const label = messages[view.locale].spot({ n: view.number(cluster.n), one: cluster.n === 1 })
  const within = (at: number, size: number) => Math.min(Math.max(at, RADIUS + 1), size - RADIUS - 1)
  const [cx, cy] = [within(x, drawing.width), within(y, drawing.height)]
  return (
    <a
      href={view.href(address('/catalogue', { ...queryOf(asked), bbox: writeBox(cluster.box) }))}
      aria-label={label}
    >
      <circle cx={cx} cy={cy} r={RADIUS} />
      <text x={cx} y={cy}>
        {shortNumber(cluster.n)}
      </text>
    </a>
  )
}

/** Four digits do not fit into a small circle. */
function shortNumber(n: number): string {
  return n < 1000 ? String(n) : `${Math.floor(n / 1000)}k`
}
