import type { View } from '../../platform/view.ts'
import { districtModels, riverModel } from '../demo/districts.ts'
import type { Drawn } from '../demo/districts.ts'
import { messages } from '../messages.ts'

const GAP = 5
const angles = [20, 70, -68, -23, 36, 20, -85, 10, -30, 40, -15, 30]

/** Shrinks an outline towards its middle, so that neighbours leave a path between them. */
function shrink(outline: readonly Drawn[]): Drawn[] {
  const cx = outline.reduce((sum, [x]) => sum + x, 0) / outline.length
  const cy = outline.reduce((sum, [, y]) => sum + y, 0) / outline.length
  return outline.map(([x, y]) => {
    const distance = Math.hypot(x - cx, y - cy) || 1
    const keep = Math.max(0, distance - GAP) / distance
    return [cx + (x - cx) * keep, cy + (y - cy) * keep]
  })
}

const path = (points: readonly Drawn[]) =>
  `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`

/** A soft line through points: straight pieces joined by curves at their middles. */
function softLine(points: readonly Drawn[]): string {
  const [first, ...rest] = points
  let d = `M${first![0]} ${first![1]}`
  rest.forEach(([x, y], i) => {
    const next = rest[i + 1]
    d += next ? `Q${x} ${y} ${(x + next[0]) / 2} ${(y + next[1]) / 2}` : `L${x} ${y}`
  })
  return d
}

const plots = districtModels.map((district, i) => ({
  id: `plot-${i}`,
  d: path(shrink(district.outline)),
  angle: angles[i] ?? 0,
}))
const river = softLine(riverModel)
const pins = [
  { x: 168, y: 112, path: 'M168 112Q247 156 326 236' },
  { x: 515, y: 150, path: 'M515 150Q420.5 175 326 236' },
  { x: 468, y: 366, path: 'M468 366Q397 283 326 236' },
] as const

/** The town seen from above as fields with furrows; from three holders lines lead to the middle where only sums meet. */
export function TownDrawing({ view }: { view: View }) {
  const m = messages[view.locale].drawing
  return (
    <svg class="al-town" viewBox="8 4 624 456" role="img" aria-labelledby="town-title town-desc">
      <title id="town-title">{m.title({ town: view.town.name })}</title>
      <desc id="town-desc">{m.desc}</desc>
      <defs>
        {plots.map((plot) => (
          <pattern
            id={plot.id}
            width="11"
            height="11"
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(${plot.angle})`}
          >
            <line class="al-town-furrow" x1="0" y1="5" x2="11" y2="5" />
          </pattern>
        ))}
      </defs>
      {plots.map((plot) => (
        <>
          <path class="al-town-plot" d={plot.d} />
          <path d={plot.d} fill={`url(#${plot.id})`} />
        </>
      ))}
      <path class="al-town-bank" d={river} />
      <path class="al-town-river" d={river} />
      {pins.map((pin) => (
        <path class="al-town-path" d={pin.path} fill="none" />
      ))}
      <circle class="al-town-common" cx="326" cy="236" r="74" />
      <circle class="al-town-core" cx="326" cy="236" r="63" />
      <text class="al-town-core-text al-town-core-text--strong" x="326" y="232">
        {m.core1}
      </text>
      <text class="al-town-core-text" x="326" y="254">
        {m.core2}
      </text>
      {pins.map((pin, i) => (
        <>
          <circle class="al-town-pin" cx={pin.x} cy={pin.y} r="9" />
          <text class="al-town-label" x={pin.x} y={i === 2 ? pin.y + 34 : pin.y - 42}>
            {m.holders[i]?.name}
          </text>
          <text class="al-town-sub" x={pin.x} y={i === 2 ? pin.y + 56 : pin.y - 20}>
            {m.holders[i]?.data}
          </text>
        </>
      ))}
    </svg>
  )
}
