import { createHash } from 'node:crypto'
import {
  emptyPage,
  getPage,
  type PageContext,
  type SourceFormat,
  type SourceItem,
  type SourcePage,
} from '../formats/format.ts'
import { textIn } from '../model.ts'
import { fieldOf } from './fields.ts'
import { readInventory, type InventoryRow } from './read.ts'
import { writeInventory } from './write.ts'

/** A data inventory as CSV or XLSX, one row per dataset. */
export const inventoryFormat: SourceFormat = {
  name: 'inventory',
  label: { de: 'Dateninventur (CSV, XLSX)', en: 'Data inventory (CSV, XLSX)' },
  incremental: false,
  detect,
  readPage,
  firstPage: ({ base }) =>
    getPage(base, 'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1'),
}

/** A table counts as inventory when its heading names a title and three more known fields; a workbook has to be opened to know. */
function detect(start: string, context: PageContext): number {
  if (start.startsWith('PK\u0003\u0004')) return /\.xlsx$/i.test(context.filename ?? '') ? 0.3 : 0.1
  if (/^\s*[<{[@]/.test(start)) return 0
  const heading = start.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  const fields = new Set(
    heading.split(/[;,\t|]/).flatMap((cell) => fieldOf(cell.replace(/^["'\s]+|["'\s]+$/g, '')) ?? []),
  )
  return fields.has('title') && fields.size >= 4 ? 0.9 : 0
}

async function readPage(bytes: Uint8Array, _context: PageContext): Promise<SourcePage> {
  const { records, findings } = await readInventory(bytes)
  return { ...emptyPage('inventory', findings), items: records.map(itemOf), total: records.length }
}

/** Rows have no id of their own: the same title and responsible part are the same dataset. */
function itemOf(row: InventoryRow): SourceItem {
  const { record, findings } = row
  const key = `${textIn(record.title, 'de')}|${record.inventory.responsible ?? ''}`.toLowerCase()
  return {
    remoteId: createHash('sha256').update(key).digest('hex').slice(0, 32),
    modified: record.modified,
    raw: () => writeInventory([record]),
    read: () => ({ record, findings }),
  }
}
