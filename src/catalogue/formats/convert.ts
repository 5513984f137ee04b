import { formatOfMediaType, formatOfName, rdfFormats, type RdfFormat } from '../../rdf/formats.ts'
import { serialise } from '../../rdf/serialise.ts'
import { distinct } from '../../rdf/terms.ts'
import { servedAmong } from '../dcat/services.ts'
import { writeDcatDataset } from '../dcat/write.ts'
import { uuidOf } from '../ckan/names.ts'
import { writeCkanPackage } from '../ckan/write.ts'
import { writeInventory } from '../inventory/write.ts'
import { textIn, type DatasetRecord } from '../model.ts'
import { datasetOf } from '../schema-org/write.ts'

/** Forms records are written in. */
export type OutputForm = RdfFormat | 'ckan' | 'csv' | 'schema-org'

/** Every form `--to` takes. */
export const outputForms: readonly OutputForm[] = [
  ...(Object.keys(rdfFormats) as RdfFormat[]),
  'ckan',
  'csv',
  'schema-org',
]

/** The form meant by a name, an ending or a media type; null when none is. */
export function outputForm(to: unknown): OutputForm | null {
  if (typeof to !== 'string') return null
  const own = outputForms.find((form) => form === to)
  return own ?? formatOfMediaType(to) ?? formatOfName(to) ?? (to === 'xml' || to === 'rdf' ? 'rdfxml' : null)
}

/** The records in another form. `deprecated` also states what DCAT-AP.de 3.0 dropped. Without trailing line break. */
export function convertRecords(records: DatasetRecord[], to: OutputForm, deprecated = false): string {
  if (to === 'csv') return writeInventory(records).trimEnd()
  if (to === 'ckan') return JSON.stringify(records.map(packageOf), null, 2)
  if (to === 'schema-org') return schemaOrgList(records)
  const placed = records.map((record, i) => ({ record, uri: `urn:dataset:${i + 1}` }))
  const served = servedAmong(placed)
  const quads = placed.flatMap(({ record, uri }, i) =>
    writeDcatDataset(record, {
      uri,
      prefix: `d${i}`,
      deprecated,
      served: record.service ? served(record.service) : [],
    }),
  )
  return serialise(distinct(quads), to).trimEnd()
}

/** A file has no clock: the record's own dates stand for those of the catalogue. */
function packageOf(record: DatasetRecord, i: number): unknown {
  const name =
    record.uri?.startsWith('_:') === false
      ? record.uri
      : (record.identifier ?? `${i}:${textIn(record.title, 'de')}`)
  const own =
    /^urn:uuid:([0-9a-f-]{36})$/.exec(name)?.[1] ??
    /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(name)?.[1]
  const at = (text: string | null): Date =>
    new Date(Date.parse(`${(text ?? '').slice(0, 10)}T00:00:00Z`) || 0)
  return writeCkanPackage(record, {
    id: own ?? uuidOf(name),
    url: record.landingPages[0] ?? '',
    created: at(record.issued ?? record.modified),
    modified: at(record.modified ?? record.issued),
    organization: null,
  })
}

function schemaOrgList(records: DatasetRecord[]): string {
  const graph = records.map((record, i) => datasetOf(record, { url: record.uri ?? `urn:dataset:${i + 1}` }))
  return JSON.stringify({ '@context': 'https://schema.org/', '@graph': graph }, null, 2)
}
