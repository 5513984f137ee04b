import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { Note } from '../../web/parts.tsx'
import { Protected } from '../../web/table.tsx'
import type { Cell, ProtectedResult } from '../engine/result.ts'
import type { ShownLevel } from '../protection/model.ts'
import { messages } from './messages.ts'
import { columnLabel, dimensionText, figureText, rangeText, shareOf } from './text.ts'

/** Places of figures a reviewer has blanked: they look different from protected ones. */
type Places = readonly { readonly row: number; readonly column: number }[]

type TableProps = {
  view: View
  result: ProtectedResult
  caption: string
  rows?: number
  redacted?: Places
}

/** A protected table; the last figure of each row is also drawn as a bar, protected cells are dashed boxes. */
export function ResultTable({ view, result, caption, rows, redacted = [] }: TableProps) {
  const t = messages[view.locale]
  const last = result.columns.length - 1
  const bars = result.columns[last]?.kind !== 'dimension' && result.rows.length > 1
  const shown = result.rows.slice(0, rows ?? result.rows.length)
  const gone = new Set(redacted.map((each) => `${each.row}.${each.column}`))
  const max = Math.max(0, ...result.rows.map((row) => (typeof row[last] === 'number' ? row[last] : 0)))
  return (
    <div class="al-scroll" tabindex={0} role="region" aria-label={`${t.table}: ${caption}`}>
      <table
        class={`al-table${bars ? ' al-table--bars' : ''}${bars && isWide(view, result) ? ' al-table--wide' : ''}`}
      >
        <caption>{caption}</caption>
        <thead>
          <tr>
            {result.columns.map((column, i) => (
              <th scope="col" class={column.kind === 'dimension' || (bars && i === last) ? undefined : 'num'}>
                {columnLabel(view, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, r) => (
            <tr>
              {result.columns.map((_, i) => (
                <ResultCell
                  {...{ view, result, row }}
                  index={i}
                  sd={result.sd?.[r]?.[i] ?? null}
                  max={bars && i === last ? max : null}
                  gone={gone.has(`${r}.${i}`)}
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
  sd: number | null
  max: number | null
  gone: boolean
}

function ResultCell({ view, result, row, index, sd, max, gone }: CellProps) {
  const column = result.columns[index]!
  const value = row[index] ?? null
  if (column.kind === 'dimension') {
    const text = dimensionText(view, column, value)
    return index === 0 ? <th scope="row">{text}</th> : <td>{text}</td>
  }
  if (gone) return <td class="num">{<Blanked view={view} />}</td>
  if (value === null)
    return (
      <td class={max === null || isAlone(result) ? 'num' : undefined}>
        {max === null ? <Protected view={view} /> : <HiddenBar view={view} alone={isAlone(result)} />}
      </td>
    )
  const share = shareOf(result, index)
  const text = textWithRange(view, result, { value, index, sd })
  if (max === null || typeof value !== 'number') return <td class="num">{text}</td>
  return (
    <td>
      <Bar width={share ? value / (share === 'percent' ? 100 : 1) : max > 0 ? Math.max(0, value) / max : 0}>
        {text}
      </Bar>
    </td>
  )
}

type At = { value: Cell; index: number; sd: number | null }

/** „302 ± 14“; the range only where its noise is public. */
function textWithRange(view: View, result: ProtectedResult, { value, index, sd }: At): string {
  const range = sd === null ? '' : ` ${rangeText(view, sd)}`
  return `${figureText(view, result.columns[index]!, value, shareOf(result, index))}${range}`
}

/** Longer figures beside bars need more room, the same in each row, so that bars can be compared. */
const shortFigure = 6

function isWide(view: View, result: ProtectedResult): boolean {
  const index = result.columns.length - 1
  return result.rows.some((row, r) => {
    const of = { value: row[index] ?? null, index, sd: result.sd?.[r]?.[index] ?? null }
    return of.value !== null && textWithRange(view, result, of).length > shortFigure
  })
}

/** A figure that a reviewer has taken out. */
function Blanked({ view }: { view: View }) {
  return <span class="al-hidden-cell al-blanked">{messages[view.locale].blanked}</span>
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

type NoteProps = {
  view: View
  result: ProtectedResult
  level: ShownLevel
  /** Under which level the figures were made, as stored with them. */
  made: string | null
}

/** What protection did to the figures, said before they are read; by the level under which they were made. */
export function ProtectionNote({ view, result, level, made }: NoteProps) {
  const t = messages[view.locale]
  if (made?.startsWith('zcdp')) return <Note title={t.randomTitle}>{t.randomText}</Note>
  const rough = result.noise.flat().filter((noise) => noise === 'rough').length
  return (
    <Note title={t.protectedTitle}>
      <span class="al-small">
        {made === null || isOfLevel(made, level) ? levelText(view, level) : t.earlierText({ version: made })}
        {rough > 0 ? ` ${t.noiseNote({ n: view.number(rough) })}` : ''}
      </span>
    </Note>
  )
}

/** Noise drawn anew changes figures, not what the level promises. */
function isOfLevel(made: string, level: ShownLevel): boolean {
  const plain = (version: string) => version.replace(/-n\d+$/, '')
  return plain(made) === plain(level.version)
}

function levelText(view: View, { k, rounding, noisy }: ShownLevel): string {
  const t = messages[view.locale]
  const changed = !noisy ? t.onlyRounded : rounding === 1 ? t.onlyChanged : t.changedAndRounded
  return `${changed({ rounding })} ${t.threshold({ k })}`
}

/** Beside a result: how much the noise matters, in classes; never how much noise there is. Source of the footnote: Destatis' usage. */
export function ReadingNotes({ view, result }: { view: View; result: ProtectedResult }) {
  const t = messages[view.locale]
  const all = result.noise.flat()
  const classes = (['fine', 'usable', 'rough'] as const)
    .map((name) => ({ name, n: all.filter((each) => each === name).length }))
    .filter(({ n }) => n > 0)
  return (
    <div class="al-small al-muted al-stack al-stack--s">
      <p>{t.footnote}</p>
      {classes.length > 1 || classes[0]?.name === 'rough' ? (
        <p>
          {t.noiseTitle}{' '}
          {classes
            .map(({ name, n }) => `${t.noiseCount({ n: view.number(n) })}: ${t.noise[name]}`)
            .join('; ')}
          .
        </p>
      ) : null}
    </div>
  )
}
