import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { Note } from '../../web/parts.tsx'
import { Protected } from '../../web/table.tsx'
import type { Cell, ProtectedResult, ResultColumn } from '../engine/result.ts'
import { messages } from './messages.ts'

/** What a column is called for people: with a capital, without underscores, units of measure in brackets. */
export function columnLabel(column: ResultColumn): string {
  const plain = (column.label ?? column.name).replaceAll('_', ' ')
  const name = plain.charAt(0).toUpperCase() + plain.slice(1)
  return column.unit ? `${name} (${column.unit})` : name
}

/** „Kinder nach Stadtteil“: what a result shows, in the reader's language. */
export function resultTitle(view: View, columns: readonly ResultColumn[]): string {
  const t = messages[view.locale]
  const figures = columns.filter((c) => c.kind !== 'dimension').map(columnLabel)
  const dimensions = columns.filter((c) => c.kind === 'dimension').map(columnLabel)
  const measures = figures.length ? view.list(figures) : t.rows
  return dimensions.length ? t.by({ measures, dimensions: view.list(dimensions) }) : t.total({ measures })
}

/** One value of a dimension as people read it: bands as „0–4“, yes and no as words. */
export function dimensionText(view: View, column: ResultColumn, value: Cell): string {
  const t = messages[view.locale]
  if (value === null) return t.missing
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number' && column.band) {
    return `${view.number(value)}–${view.number(Number.isInteger(column.band) ? value + column.band - 1 : value + column.band)}`
  }
  if (typeof value === 'number') return String(value)
  return value
}

type Share = 'fraction' | 'percent' | undefined

function figureText(view: View, column: ResultColumn, value: Cell, share: Share): string {
  if (typeof value !== 'number') return String(value)
  if (share) return view.percent(share === 'fraction' ? value : value / 100)
  return view.number(value, column.kind === 'count' ? 0 : 2)
}

/** Figures of a derived column that are read as shares: all between 0 and 1, or up to 100 under a name that says so. */
function shareOf(result: ProtectedResult, index: number): Share {
  const column = result.columns[index]
  if (column?.kind !== 'derived' || (column.unit && column.unit !== '%')) return undefined
  const values = result.rows.map((row) => row[index]).filter((v) => typeof v === 'number')
  const within = (top: number) => values.length > 0 && values.every((v) => v >= 0 && v <= top)
  if (within(1) && values.some((v) => !Number.isInteger(v))) return 'fraction'
  const isNamed = /anteil|prozent|quote|share|percent/i.test(`${column.name} ${column.label ?? ''}`)
  return isNamed && within(100) ? 'percent' : undefined
}

type TableProps = { view: View; result: ProtectedResult; caption: string; rows?: number }

/** A protected table; the last figure of each row is also drawn as a bar, protected cells are dashed boxes. */
export function ResultTable({ view, result, caption, rows }: TableProps) {
  const t = messages[view.locale]
  const last = result.columns.length - 1
  const bars = result.columns[last]?.kind !== 'dimension' && result.rows.length > 1
  const shown = result.rows.slice(0, rows ?? result.rows.length)
  const max = Math.max(0, ...result.rows.map((row) => (typeof row[last] === 'number' ? row[last] : 0)))
  return (
    <div class="al-scroll" tabindex={0} role="region" aria-label={`${t.table}: ${caption}`}>
      <table class={`al-table${bars ? ' al-table--bars' : ''}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {result.columns.map((column, i) => (
              <th scope="col" class={column.kind === 'dimension' || (bars && i === last) ? undefined : 'num'}>
                {columnLabel(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr>
              {result.columns.map((_, i) => (
                <ResultCell
                  view={view}
                  result={result}
                  row={row}
                  index={i}
                  max={bars && i === last ? max : null}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellProps = {
  view: View
  result: ProtectedResult
  row: readonly Cell[]
  index: number
  max: number | null
}

function ResultCell({ view, result, row, index, max }: CellProps) {
  const column = result.columns[index]!
  const value = row[index] ?? null
  if (column.kind === 'dimension') {
    const text = dimensionText(view, column, value)
    return index === 0 ? <th scope="row">{text}</th> : <td>{text}</td>
  }
  if (value === null)
    return (
      <td class={max === null || isAlone(result) ? 'num' : undefined}>
        {max === null ? <Protected view={view} /> : <HiddenBar view={view} alone={isAlone(result)} />}
      </td>
    )
  const share = shareOf(result, index)
  const text = figureText(view, column, value, share)
  if (max === null || typeof value !== 'number') return <td class="num">{text}</td>
  return (
    <td>
      <Bar width={share ? value / (share === 'percent' ? 100 : 1) : max > 0 ? Math.max(0, value) / max : 0}>
        {text}
      </Bar>
    </td>
  )
}

function Bar({ width, children }: { width: number; children: Child }) {
  return (
    <span class="al-inbar">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="bar" width={String(Math.round(Math.min(1, width) * 1000) / 10)} height="12" />
      </svg>
      <b>{children}</b>
    </span>
  )
}

/** True where the bar stands for the only figure of a row. */
function isAlone(result: ProtectedResult): boolean {
  return result.columns.filter((c) => c.kind !== 'dimension').length === 1
}

/** A protected bar: the word where it is the only figure, else a dash, because the word stands beside it. */
function HiddenBar({ view, alone }: { view: View; alone: boolean }) {
  if (alone) return <Protected view={view} />
  return (
    <span class="al-inbar">
      <i aria-hidden="true" />
      <b class="al-muted">
        <span aria-hidden="true">–</span>
        <span class="kern-sr-only">{messages[view.locale].protectedWord}</span>
      </b>
    </span>
  )
}

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
      <figcaption class="al-small al-muted">{columnLabel(column)}</figcaption>
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

/** What protection did to the figures, said before they are read. */
export function ProtectionNote(props: { view: View; result: ProtectedResult; k: number; rounding: number }) {
  const t = messages[props.view.locale]
  const rough = props.result.noise.flat().filter((noise) => noise === 'rough').length
  return (
    <Note title={t.protectedTitle}>
      <span class="al-small">
        {t.protectedText({ k: props.k, rounding: props.rounding })}
        {rough > 0 ? ` ${t.noiseNote({ n: props.view.number(rough) })}` : ''}
      </span>
    </Note>
  )
}
