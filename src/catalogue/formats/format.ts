import type { Finding } from '../../platform/finding.ts'
import type { DatasetRecord } from '../model.ts'

/** The forms of catalogues this house reads. */
export type FormatName = 'dcat' | 'ckan' | 'csw' | 'ogc' | 'oai' | 'inventory' | 'schema-org'

/** A request for one page of a source. `body` is sent as it is, with `contentType`. */
export type PageRequest = {
  method: 'GET' | 'POST'
  url: string
  accept: string
  body: string | null
  contentType: string | null
}

/** What is known of a page besides its bytes. `request` is null for a file. */
export type PageContext = {
  request: PageRequest | null
  contentType: string | null
  filename: string | null
}

/** A record as mapped, and what was remarkable about it. */
export type ReadRecord = { record: DatasetRecord; findings: Finding[] }

/**
 * One record of a page, not mapped yet. `remoteId`: how the source calls it, null when it has no name. `raw`: its text as
 * delivered, for hashing and for quarantine. `read` maps it; cheap pages stay cheap where it is not called. Neither throws.
 */
export type SourceItem = {
  remoteId: string | null
  modified: string | null
  raw: () => string
  read: () => ReadRecord
}

/**
 * A page as read. `next`: the request for the page after it, null at the end. `total`: records the source announces in all.
 * `gone`: remote ids the source says it removed. An `error` in `findings` means that the page was not read to its end.
 */
export type SourcePage = {
  items: SourceItem[]
  next: PageRequest | null
  total: number | null
  gone: string[]
  /** Things a page lists and `total` counts that are no records of data; those in `gone` are not among them. */
  passedOver?: number
  findings: Finding[]
  detail: string
}

/** How the first page of a source is asked for. `since`: only what changed after this instant (ISO), where the form can do so. */
export type FirstPage = { base: string; pageSize: number; since: string | null }

/**
 * A form of catalogues: recognises a page by its bytes (`sure` 0 to 1), reads it without network or clock, and knows how
 * to ask for the first page. `incremental`: `since` is understood and `gone` or a full run tells removals.
 */
export type SourceFormat = {
  name: FormatName
  label: { de: string; en: string }
  incremental: boolean
  detect: (start: string, context: PageContext) => number
  readPage: (bytes: Uint8Array, context: PageContext) => Promise<SourcePage>
  firstPage: (wanted: FirstPage) => PageRequest
}

/** A plain GET request. */
export function getPage(url: string, accept: string): PageRequest {
  return { method: 'GET', url, accept, body: null, contentType: null }
}

/** A page without records, with the reason in its findings. */
export function emptyPage(detail: string, findings: Finding[]): SourcePage {
  return { items: [], next: null, total: null, gone: [], findings, detail }
}

/** Context of a file that was not fetched. */
export function fileContext(filename: string | null = null, contentType: string | null = null): PageContext {
  return { request: null, contentType, filename }
}
