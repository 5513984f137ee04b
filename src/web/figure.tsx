import type { Child, PropsWithChildren } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { messages } from './messages.ts'
import { DataTable, PROTECTED, type Column } from './table.tsx'

/** What every chart and map says about itself. `title` states the finding or what is shown, `note` the unit. */
export interface FigureProps {
  view: View
  title: string
  note?: string | undefined
  source?: string | undefined
  /** Only where two figures of a page share a title. */
  id?: string | undefined
}

/** A drawing with its heading, the table of its values in a `details`, and its source. */
export function Figure<Row>(
  props: PropsWithChildren<
    FigureProps & { rows: readonly Row[]; columns: readonly Column<Row>[]; legend?: Child }
  >,
) {
  const { view } = props
  const text = messages[view.locale]
  return (
    <figure class="al-figure">
      <figcaption>
        <b>{props.title}</b>
        {props.note ? <span>{props.note}</span> : null}
      </figcaption>
      {props.children}
      {props.legend}
      <details>
        <summary>{text.asTable}</summary>
        <DataTable view={view} caption={props.title} quietCaption rows={props.rows} columns={props.columns} />
      </details>
      {props.source ? <p class="al-source">{text.source({ text: props.source })}</p> : null}
    </figure>
  )
}

/** The hatching of protected values. Each drawing needs its own `id`: a hidden drawing lends no pattern. */
export function HatchPattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(25)">
        <line class="al-hatch-line" x1="0" y1="0" x2="0" y2="7" />
      </pattern>
    </defs>
  )
}

/** The same chart drawn for each width; the room the figure has decides which one is shown, so that text keeps its size. */
export function Drawings({ wide, half, narrow }: { wide?: Child; half: Child; narrow: Child }) {
  return (
    <div class="al-drawings">
      <div class="al-draw-s">{narrow}</div>
      <div class={wide ? 'al-draw-m' : 'al-draw-m al-draw-l'}>{half}</div>
      {wide ? <div class="al-draw-l">{wide}</div> : null}
    </div>
  )
}

/** Words for a figure's legend with their samples. */
export function Legend({ view, items }: { view: View; items: { sample: Child; label: string }[] }) {
  return (
    <ul class="al-legend" aria-label={messages[view.locale].legend}>
      {items.map((item) => (
        <li>
          <svg class="al-chart" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
            {item.sample}
          </svg>
          {item.label}
        </li>
      ))}
    </ul>
  )
}

/** An id made from a title: stable, so that the same page is the same text. */
export function figureId(props: Pick<FigureProps, 'id' | 'title'>): string {
  const slug = props.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return props.id ?? `g${slug.slice(0, 40)}-${props.title.length}`
}

/** A value as a table cell: the number in the reader's language, or „geschützt“. */
export function valueCell(value: number | null | undefined, format: (value: number) => string) {
  return value === null || value === undefined ? PROTECTED : format(value)
}

/** „Hafen: 64 %; Auwiesen: geschützt“: what a drawing says to those who do not see it. */
export function spoken(
  view: View,
  items: readonly { label: string; value: number | null }[],
  format: (value: number) => string,
): string {
  const hidden = messages[view.locale].protectedLong
  return items.map((item) => `${item.label}: ${item.value === null ? hidden : format(item.value)}`).join('; ')
}

/** A horizontal line of the grid with its number left of it. */
export function Level({ y, left, right, text }: { y: number; left: number; right: number; text: string }) {
  return (
    <>
      <line class="axis" x1={left} x2={right} y1={y} y2={y} />
      <text class="m end" x={left - 8} y={y + 5}>
        {text}
      </text>
    </>
  )
}
