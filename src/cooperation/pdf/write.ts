import PDFDocument from 'pdfkit'
import { TIME_ZONE } from '../../platform/days.ts'
import type { Agreement } from '../model.ts'
import { openParties } from '../model.ts'
import { fontBytes } from './font.ts'
import { partName, readableDay, type ReadableClause } from '../charter/text.ts'

/** What the printed agreement shows: the binding German text, its signatures and its checksum. */
export type PdfInput = { agreement: Agreement; clauses: ReadableClause[]; url: string }

const INK = '#1a1a1a'
const QUIET = '#545454'

// The published types know the archive subsets and fonts by path only; the library takes PDF/UA and font bytes as well.
function beyondTypes(): object {
  return { subset: 'PDF/UA', font: fontBytes('Regular') }
}

type Doc = PDFKit.PDFDocument

/** Writes the agreement as a tagged PDF (PDF/UA: headings, paragraphs, lists) that a screen reader can read aloud. */
export async function writePdf(input: PdfInput): Promise<Buffer> {
  const title = `Vereinbarung: ${input.agreement.title}`
  const doc = new PDFDocument({
    pdfVersion: '1.7',
    tagged: true,
    ...beyondTypes(),
    lang: 'de-DE',
    displayTitle: true,
    info: { Title: title, CreationDate: input.agreement.createdAt },
    size: 'A4',
    margins: { top: 64, bottom: 64, left: 64, right: 64 },
  })
  doc.registerFont('regular', fontBytes('Regular')).registerFont('bold', fontBytes('Bold'))
  const done = collect(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const write = writer(doc, root)
  head(write, input, title)
  for (const clause of input.clauses) printClause(write, clause)
  signatures(write, input.agreement)
  root.end()
  doc.end()
  return done
}

type Write = (
  tag: 'H1' | 'H2' | 'P',
  text: string,
  style?: { size?: number; bold?: boolean; quiet?: boolean; gap?: number },
) => void

function writer(doc: Doc, root: PDFKit.PDFStructureElement): Write {
  return (tag, text, style = {}) => {
    const element = doc.struct(tag, {}, () => {
      doc
        .font(style.bold ? 'bold' : 'regular')
        .fontSize(style.size ?? 10.5)
        .fillColor(style.quiet ? QUIET : INK)
      doc.text(text, { lineGap: 2.5 })
      doc.moveDown(style.gap ?? 0.5)
    })
    root.add(element)
  }
}

function head(write: Write, { agreement, url }: PdfInput, title: string): void {
  write('H1', title, { size: 20, bold: true, gap: 0.4 })
  write('P', `Fassung ${agreement.version}, Charta ${agreement.charter}, ${stateText(agreement)}`, {
    quiet: true,
  })
  write('P', `${url}/cooperation/agreements/${agreement.id}`, { quiet: true, size: 9, gap: 1 })
}

function stateText(agreement: Agreement): string {
  const open = openParties(agreement).length
  if (agreement.state === 'signed') return 'von allen Parteien unterschrieben'
  if (agreement.state === 'draft') return 'Entwurf, nicht unterschrieben'
  if (agreement.state === 'proposed') return `es fehlen ${open} Unterschriften`
  return { withdrawn: 'zurückgezogen', expired: 'abgelaufen', ended: 'beendet' }[agreement.state]
}

function printClause(write: Write, clause: ReadableClause): void {
  write('H2', `§ ${clause.number} ${clause.title}`, { size: 13, bold: true, gap: 0.3 })
  write('P', `Gemeint ist: ${clause.plain}`, { quiet: true })
  for (const paragraph of clause.legal.split(/\s(?=\(\d+\)\s)/)) write('P', paragraph)
}

function signatures(write: Write, agreement: Agreement): void {
  write('H2', 'Unterschriften', { size: 13, bold: true, gap: 0.3 })
  for (const party of agreement.parties) {
    const given = agreement.signatures.find((one) => one.valid && one.organisationId === party.organisationId)
    const who = `${party.name} (${partName(party.part, 'de')})`
    const when = given ? instant(given.signedAt) : ''
    const by = given?.name ? `${given.name}, ` : ''
    write('P', given ? `${who}: ${by}${when}` : `${who}: noch offen`)
  }
  write(
    'P',
    `Laufzeit vom ${readableDay(agreement.validFrom, 'de')} bis zum ${readableDay(agreement.validUntil, 'de')}.`,
  )
  write('P', `Prüfsumme des Textes (SHA-256 nach RFC 8785): ${agreement.hash}`, { quiet: true, size: 9 })
}

function instant(at: Date): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: TIME_ZONE } as const
  return `${new Intl.DateTimeFormat('de-DE', format).format(at)} Uhr`
}

function collect(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}
