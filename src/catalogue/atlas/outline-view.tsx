import type { View } from '../../platform/view.ts'
import { messages } from './messages.ts'
import type { Drawing } from './model.ts'
import type { Outlines } from './outlines.ts'

/** Areas under a map, for the eye only; points that fall on the same place of the drawing are drawn once. */
export function OutlinePaths({ outlines, drawing }: { outlines: Outlines | undefined; drawing: Drawing }) {
  if (!outlines) return null
  return (
    <g class="outlines" aria-hidden="true">
      {outlines.rings.map((ring) => (
        <path d={ringPath(ring, drawing)} />
      ))}
    </g>
  )
}

function ringPath(ring: Outlines['rings'][number], drawing: Drawing): string {
  const points: string[] = []
  for (const point of ring) {
    const text = drawing.at(point).join(' ')
    if (text !== points.at(-1)) points.push(text)
  }
  return `M${points.join('L')}Z`
}

/** Whose areas are drawn. */
export function OutlineSource({ view, outlines }: { view: View; outlines: Outlines | undefined }) {
  if (!outlines) return null
  const text = messages[view.locale]
  return (
    <p class="al-source">
      {text.outlines} <a href={view.href(`/catalogue/datasets/${outlines.id}`)}>{outlines.title}</a>,{' '}
      {outlines.holder}
    </p>
  )
}
