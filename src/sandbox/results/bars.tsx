import type { View } from '../../platform/view.ts'
import type { Cell, ProtectedResult } from '../engine/result.ts'
import { messages } from './messages.ts'
import type { Share } from './text.ts'
import { columnLabel, dimensionText, figureText, shareOf } from './text.ts'

/** More rows than this are read in the table alone. */
const maxBars = 40

/** On a phone the bars stand below the table, because its columns need the width. */
export function PhoneBars({ view, result }: { view: View; result: ProtectedResult }) {
  const last = result.columns.length - 1
  const column = result.columns[last]
  if (!column || column.kind === 'dimension' || result.rows.length < 2 || result.rows.length > maxBars)
    return null
  const share = shareOf(result, last)
  const bars = result.rows.map((row) => barOf(view, result, row, share))
  const max = share ? (share === 'percent' ? 100 : 1) : Math.max(1, ...bars.map((bar) => bar.value ?? 0))
  const said = bars.map((bar) => `${bar.label}: ${bar.text}`).join('; ')
  return (
    <figure class="al-narrow al-gap-3">
      <figcaption class="al-small al-muted">{columnLabel(view, column)}</figcaption>
      <svg class="al-chart al-gap-1" viewBox={`0 0 320 ${bars.length * 46}`} role="img" aria-label={said}>
        {bars.map((bar, i) => (
          <BarLine bar={bar} y={i * 46} max={max} />
        ))}
      </svg>
    </figure>
  )
}

type PhoneBar = { label: string; value: number | null; text: string }

function barOf(view: View, result: ProtectedResult, row: readonly Cell[], share: Share): PhoneBar {
  const last = result.columns.length - 1
  const labels = result.columns.flatMap((column, i) =>
    column.kind === 'dimension' ? [dimensionText(view, column, row[i] ?? null)] : [],
  )
  const value = row[last]
  const known = typeof value === 'number'
  const text = known
    ? figureText(view, result.columns[last]!, value, share)
    : messages[view.locale].protectedWord
  return { label: labels.join(', '), value: known ? Math.max(0, value) : null, text }
}

function BarLine({ bar, y, max }: { bar: PhoneBar; y: number; max: number }) {
  const width = bar.value === null ? 110 : Math.round((bar.value / max) * 2300) / 10
  return (
    <>
      <text x="0" y={y + 16}>
        {bar.label}
      </text>
      {bar.value === null ? (
        <rect class="al-hatch-box" x="1" y={y + 22} width="110" height="15" rx="2" fill="none" />
      ) : (
        <rect class="bar" x="0" y={y + 22} width={width} height="15" rx="2" />
      )}
      <text class={bar.value === null ? 'm' : 'b'} x={width + 9} y={y + 35}>
        {bar.text}
      </text>
    </>
  )
}
