import type { Ctx } from '../../platform/context.ts'
import {
  isFigure,
  propertyOf,
  readTable,
  type AnswerContent,
  type AnswerFile,
  type AnswerTable,
} from '../model.ts'
import { writeCsv } from './csv.ts'
import { writeParquet } from './parquet.ts'

const types = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  geojson: 'application/geo+json',
  sql: 'application/sql',
} as const

/** Writes the files of a version into the blob store: each table as CSV, Parquet and its query, the map as GeoJSON. */
export async function writeFiles(ctx: Ctx, content: AnswerContent): Promise<AnswerFile[]> {
  const files: AnswerFile[] = []
  const put = async (name: string, kind: keyof typeof types, bytes: Buffer, rows: number) => {
    const { sha256, size } = await ctx.blobs.put(bytes)
    files.push({ name: `${name}.${kind}`, mediaType: types[kind], sha256, size, rows })
  }
  for (const [index, table] of content.tables.entries()) {
    const name = tableName(index)
    await put(name, 'csv', Buffer.from(writeCsv(table)), table.rows.length)
    await put(name, 'parquet', await writeParquet(table), table.rows.length)
    await put(name, 'sql', Buffer.from(`${table.sql}\n`), 0)
  }
  const map = mapGeoJson(content)
  if (map) await put('karte', 'geojson', Buffer.from(JSON.stringify(map)), map.features.length)
  return files
}

/** The file name of a table without extension; the first one is simply `tabelle`. */
export function tableName(index: number): string {
  return index === 0 ? 'tabelle' : `tabelle-${index + 1}`
}

/** The areas of the map with the figure and its status as properties. */
function mapGeoJson(content: AnswerContent) {
  const { geo, map } = content
  const table = content.tables.find((one) => one.releaseId === map?.releaseId)
  if (!geo || !map || !table) return undefined
  const values = new Map(readTable(table, map.label, map.value).map((one) => [one.label, one.value]))
  const features = geo.collection.features.map((feature) => {
    const id = propertyOf(feature, geo.idKey)
    const value = values.get(id) ?? null
    return {
      ...feature,
      properties: {
        ...feature.properties,
        [map.value]: value,
        [`${map.value}_status`]: value === null ? 'protected' : 'ok',
      },
    }
  })
  return { type: 'FeatureCollection' as const, features }
}

/** What the columns of the published tables mean, for the catalogue's record. */
export function describeColumns(
  tables: readonly AnswerTable[],
): { name: string; meaning: string; unit: string | null }[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const own = { name: column.name, meaning: meaningOf(column), unit: column.unit }
      const beside = {
        name: `${column.name}_status`,
        meaning: 'ok: Wert angegeben; protected: Wert geschützt, Zelle leer',
        unit: null,
      }
      return isFigure(column) ? [own, beside] : [own]
    }),
  )
}

/** The label of a column; a bare column name is at least written as words. */
function meaningOf({ name, label }: { name: string; label: string }): string {
  if (label !== name) return label
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
