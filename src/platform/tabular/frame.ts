import { finding, type Finding } from '../finding.ts'
import { kindOf, mainKind } from './header.ts'

/** Records without what stands around the table; `headerRow` is the index of the (joined) header among them. */
export type Framed = {
  readonly records: string[][]
  readonly headerRow: number
  readonly findings: readonly Finding[]
}

/**
 * Takes off what is no row of data: records without any value, notes below the table (source, copyright, a line of dashes),
 * and joins a header of several rows, whose merged cells stand for all columns up to the next one.
 */
export function frameOf(records: string[][], headerRow: number): Framed {
  const findings: Finding[] = []
  const full = records.filter((row, i) => i <= headerRow || row.some((cell) => cell.trim() !== ''))
  const empty = records.length - full.length
  const end = lastRow(full, headerRow)
  const notes = full.length - end
  const body = full.slice(0, end)
  const { joined, above, below } =
    headerRow < 0 ? { joined: null, above: 0, below: 0 } : joinHeader(body, headerRow)
  if (empty > 0) findings.push(emptyRows(empty))
  if (notes > 0) findings.push(footer(notes))
  if (!joined) return { records: body, headerRow, findings }
  findings.push(headerJoined(above + below + 1))
  return {
    records: [...body.slice(0, headerRow), joined, ...body.slice(headerRow + 1 + below)],
    headerRow,
    findings,
  }
}

const note =
  /^(_{3,}|-{3,}|={3,}|©|\(c\)|copyright|quellen?\b|source\b|stand:|hinweise?\b|anmerkung|note:|\*|\d\)|legende)/i

const noteLabel = /^((erstellungs|abruf|export|druck)?datum|stand|quelle|date|created|updated|source)\b|:$/i

/** A row that holds a note instead of data: one cell that reads like one, or a label and what it labels (`Datum, 2024-11-28`). */
function isNote(row: readonly string[], width: number): boolean {
  const [first = '', ...more] = row.map((cell) => cell.trim()).filter(Boolean)
  if (more.length === 0) return note.test(first)
  return more.length === 1 && width >= 4 && row[0]?.trim() === first && noteLabel.test(first)
}

/** Index after the last row of data: rows that read like a note are cut off at the end. */
function lastRow(records: readonly string[][], headerRow: number): number {
  const width = records.slice(headerRow + 1).reduce((most, row) => Math.max(most, filledOf(row)), 0)
  if (width < 3) return records.length
  let cut = records.length
  for (let end = records.length; end > headerRow + 2 && end > records.length - 40; end--) {
    const row = records[end - 1] ?? []
    if (isNote(row, width)) cut = end - 1
    else if (filledOf(row) > 1) break
  }
  return cut
}

const filledOf = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length

type Joined = { readonly joined: string[] | null; readonly above: number; readonly below: number }

function joinHeader(records: readonly string[][], headerRow: number): Joined {
  const header = records[headerRow] ?? []
  const below = rowsBelow(records, headerRow)
  const above = records[headerRow - 1]
  const group = above && isGroup(above, header) ? above : null
  const parts = [...(group ? [group] : []), header, ...records.slice(headerRow + 1, headerRow + 1 + below)]
  if (parts.length === 1) return { joined: null, above: 0, below: 0 }
  const width = Math.max(...parts.map((row) => row.length))
  const filled = parts.map((row, i) => (i < parts.length - 1 ? spread(row, width) : row))
  const joined = Array.from({ length: width }, (_, column) =>
    [...new Set(filled.map((row) => (row[column] ?? '').trim()).filter(Boolean))].join(' '),
  )
  return { joined, above: group ? 1 : 0, below }
}

/** How many rows below the header still name columns: words only, over columns of numbers. */
function rowsBelow(records: readonly string[][], headerRow: number): number {
  for (let n = 0; n < 3; n++) {
    const row = records[headerRow + 1 + n] ?? []
    const body = records.slice(headerRow + 2 + n, headerRow + 60)
    const words = row.flatMap((cell, i) => (cell.trim() === '' ? [] : [{ cell, i }]))
    const named = words.filter(({ i }) => mainKind(body, i) === 'number')
    const isNames = words.length >= 2 && words.every(({ cell }) => kindOf(cell) === 'text')
    if (!isNames || body.length < 2 || named.length < 2 || named.length < words.length * 0.6) return n
  }
  return 3
}

/** A row of merged cells above the header: some words, not a title alone and not a remark. */
function isGroup(above: readonly string[], header: readonly string[]): boolean {
  const words = above.map((cell) => cell.trim()).filter(Boolean)
  const width = filledOf(header)
  // A title stands in the first column; a single merged cell over some columns does not.
  const single = (above[0] ?? '').trim() === '' && words.length > 0
  return (
    (single || words.length >= Math.max(2, width * 0.2)) &&
    words.length < width &&
    words.every((word) => ['text', 'year'].includes(kindOf(word)) && !word.endsWith(':') && word.length <= 80)
  )
}

/** A merged cell stands in its first column only. */
function spread(row: readonly string[], width: number): string[] {
  let last = ''
  return Array.from({ length: width }, (_, i) => {
    const cell = (row[i] ?? '').trim()
    if (cell !== '') last = cell
    return last
  })
}

function emptyRows(n: number): Finding {
  return finding('info', 'empty-rows', {
    de: `${n} Zeilen ohne jeden Wert wurden ausgelassen.`,
    en: `${n} rows without any value were left out.`,
  })
}

function footer(n: number): Finding {
  return finding('info', 'footer', {
    de: `${n} Zeilen mit Anmerkungen unter der Tabelle wurden ausgelassen.`,
    en: `${n} lines with notes below the table were left out.`,
  })
}

function headerJoined(n: number): Finding {
  return finding('info', 'header-joined', {
    de: `Die Spaltennamen stehen in ${n} Zeilen; sie wurden zusammengefügt.`,
    en: `The names of the columns stand in ${n} rows; they were joined.`,
  })
}
