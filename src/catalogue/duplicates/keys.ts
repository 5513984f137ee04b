import type { DatasetRecord } from '../model.ts'

/** What two entries may have in common that makes them the same data. */
export type KeyKind = 'identifier' | 'other-identifier' | 'download'

/** One such mark of an entry. */
export type EntryKey = { readonly kind: KeyKind; readonly key: string }

const MAX_DOWNLOADS = 3
const MAX_KEY = 400

/**
 * The marks of a record: its identifier (`dct:identifier`, for ISO the `fileIdentifier`), further ones, and the first
 * addresses its files are downloaded from. Services and landing pages are no marks: many datasets share them.
 */
export function keysOf(record: DatasetRecord): EntryKey[] {
  const keys: EntryKey[] = []
  const add = (kind: KeyKind, key: string | null) => {
    if (!key || key.length < 6 || key.length > MAX_KEY) return
    if (!keys.some((each) => each.kind === kind && each.key === key)) keys.push({ kind, key })
  }
  add('identifier', identifierOf(record.identifier))
  for (const other of record.otherIdentifiers.slice(0, 5)) add('other-identifier', identifierOf(other))
  const files = record.distributions.filter((each) => each.downloadUrl && !isService(each.format))
  for (const each of files.slice(0, MAX_DOWNLOADS)) add('download', addressOf(each.downloadUrl!))
  return keys
}

const isService = (format: string | null) => /_SRVC$|^REST$|^SPARQLQ$/.test(format ?? '')

// The same number is written with and without a namespace, in upper and lower case.
function identifierOf(text: string | null): string | null {
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.exec(text ?? '')?.[0]
  return uuid?.toLowerCase() ?? text?.trim().toLowerCase() ?? null
}

/** An address without what does not matter: scheme, `www.`, fragment, empty query, trailing slash, order of parameters. */
export function addressOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const parsed = new URL(url)
  parsed.searchParams.sort()
  const query = parsed.searchParams.toString()
  const path = parsed.pathname.replace(/\/+$/, '')
  if (path === '' && query === '') return null
  return `${parsed.host.toLowerCase().replace(/^www\./, '')}${path}${query ? `?${query}` : ''}`
}
