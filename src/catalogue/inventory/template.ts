import { writeXlsx } from 'hucre'
import { headings, inventoryFields } from './fields.ts'

const head = inventoryFields.map((field) => headings[field].de)

/** An empty inventory as CSV: semicolons and a byte order mark, so that spreadsheets open it as a table with umlauts. */
export function templateCsv(): string {
  return `\uFEFF${head.map((name) => `"${name}"`).join(';')}\r\n`
}

/** An empty inventory as XLSX, with a second sheet that says what belongs into each column. */
export async function templateXlsx(): Promise<Uint8Array> {
  const hints = inventoryFields.map((field) => [headings[field].de, headings[field].hint])
  return writeXlsx({
    sheets: [
      {
        name: 'Dateninventur',
        rows: [head],
        columns: head.map((name) => ({ width: Math.max(14, name.length + 2) })),
      },
      {
        name: 'Hinweise',
        rows: [['Spalte', 'Was gehört hinein?'], ...hints],
        columns: [{ width: 30 }, { width: 60 }],
      },
    ],
  })
}
