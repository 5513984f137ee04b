import { escapeXml } from '../../platform/xml.ts'
import type { MapRow } from './rows.ts'

/** What the drawing of a data map says. */
export type Drawing = {
  readonly title: string
  readonly source: string
  readonly columns: readonly string[]
  readonly rows: readonly MapRow[]
  readonly missing: string
  readonly legend: Readonly<Record<'full' | 'part' | 'none', string>>
  readonly language: string
}

const WIDTH = 1200
const NEED = 300
const FOUND = 260
const ROW = 58
const HEAD = 96

/** Colours with a contrast of at least 3:1 to white; each level also has its own sign, so nothing hangs on colour alone. */
const signs = {
  full: { fill: '#1b6e3c', sign: '●' },
  part: { fill: '#8a5a00', sign: '◐' },
  none: { fill: '#b3261e', sign: '○' },
} as const

/** The data map of a question as one SVG, to print or to put into a report; text stays text. */
export function drawMap(drawing: Drawing): string {
  const height = HEAD + 30 + drawing.rows.length * ROW + 70
  const step = (WIDTH - NEED - FOUND - 40) / Math.max(1, drawing.columns.length)
  const at = (column: number) => 20 + NEED + FOUND + column * step
  const heads = drawing.columns.map((name, n) => line(name, at(n), HEAD + 14, 'h'))
  const rows = drawing.rows.map((row, n) => rowOf(row, HEAD + 30 + n * ROW, at, drawing.missing))
  const legend = (['full', 'part', 'none'] as const).map(
    (level, n) =>
      mark(level, 30 + n * 220, height - 38) + line(drawing.legend[level], 46 + n * 220, height - 34, 's'),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" lang="${drawing.language}" role="img" aria-label="${escapeXml(drawing.title)}">
<style>text{font-family:'Fira Sans',system-ui,sans-serif;fill:#171a2b}.t{font-size:24px;font-weight:600}.h{font-size:14px;font-weight:600}.b{font-size:15px}.s{font-size:13px;fill:#4a4f68}</style>
<rect width="100%" height="100%" fill="#fff"/>
${wrapped(drawing.title, 100, 20, 44, 't')}
${heads.join('')}
${rows.join('\n')}
${legend.join('')}
${line(drawing.source, 20, height - 10, 's')}
</svg>
`
}

function rowOf(row: MapRow, y: number, at: (column: number) => number, missing: string): string {
  const rule = `<path d="M20 ${y}H${WIDTH - 20}" stroke="#d5d8e5"/>`
  const need = wrapped(row.need, 36, 20, y + 22, 'b')
  if (!row.entry)
    return (
      rule +
      need +
      mark('none', 26 + NEED, y + 18) +
      wrapped(`${missing}${row.gap ? `: ${row.gap}` : ''}`, 90, 42 + NEED, y + 22, 'b')
    )
  const found =
    wrapped(row.entry.title, 32, 20 + NEED, y + 22, 'b') + line(row.entry.beside, 20 + NEED, y + 52, 's')
  const cells = row.cells.map(
    (cell, n) => mark(cell.level, at(n) + 6, y + 18) + wrapped(cell.text, 16, at(n) + 22, y + 22, 's'),
  )
  return rule + need + found + cells.join('')
}

function mark(level: keyof typeof signs, x: number, y: number): string {
  const { fill, sign } = signs[level]
  return `<text x="${x - 6}" y="${y + 5}" style="fill:${fill};font-size:16px">${sign}</text>`
}

function line(text: string, x: number, y: number, kind: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${escapeXml(text)}</text>`
}

/** At most two lines of about `letters` each; the rest is cut with an ellipsis. */
function wrapped(text: string, letters: number, x: number, y: number, kind: string): string {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)!
    if (last && last.length + word.length + 1 > letters) lines.push(word)
    else lines[lines.length - 1] = last ? `${last} ${word}` : word
  }
  const shown = lines.length > 2 ? [lines[0]!, `${lines[1]}…`] : lines
  return shown.map((each, n) => line(each.slice(0, letters + 20), x, y + n * 17, kind)).join('')
}
