import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { parseRdf } from '../../rdf/parse.ts'
import type { Quad } from '../../rdf/terms.ts'
import { graphPage } from '../dcat/source.ts'
import { attribute, type Element } from '../formats/element.ts'
import type {
  FirstPage,
  PageContext,
  PageRequest,
  SourceFormat,
  SourceItem,
  SourcePage,
} from '../formats/format.ts'
import { readXml, type XmlDocument, type XmlRecord } from '../formats/xml.ts'
import { readDublinCore } from './dublin-core.ts'
import { dateStampOf, fileIdentifierOf, readIsoRecord } from './read.ts'
import { looseDate } from '../formats/dates.ts'

/** Metadata of ISO 19139 and 19115-3, alone or in answers of a catalogue service (CSW 2.0.2, 3.0), also as Dublin Core or RDF. */
export const cswFormat: SourceFormat = {
  name: 'csw',
  label: { de: 'CSW und ISO 19139', en: 'CSW and ISO 19139' },
  incremental: true,
  detect,
  readPage,
  firstPage,
}

const ROOT =
  /<(?:[\w.-]+:)?(MD_Metadata|MI_Metadata|CHE_MD_Metadata|GetRecordsResponse|GetRecordByIdResponse|GetRecordsResult|ExceptionReport|Capabilities|GetDomainResponse|DescribeRecordResponse|WFS_Capabilities|WMS_Capabilities|WMT_MS_Capabilities|SummaryRecord|BriefRecord|Record|GetRecords|TRANSFER)[\s>/]/

function detect(start: string): number {
  const body = start
    .replace(/^\s*<\?xml[^>]*>/, '')
    .replace(/<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(\[[\s\S]*?\])?\s*>/g, '')
  const root = /<(?:[\w.-]+:)?[\w.-]+[\s>/]/.exec(body)?.[0] ?? ''
  if (ROOT.test(root)) return 0.95
  return /^\s*</.test(body) && ROOT.test(body) ? 0.5 : 0
}

const ISO = new Set(['MD_Metadata', 'MI_Metadata', 'CHE_MD_Metadata'])
const DUBLIN = new Set(['Record', 'SummaryRecord', 'BriefRecord'])
const isRecord = (name: string): boolean => ISO.has(name) || DUBLIN.has(name) || name === 'RDF'

async function readPage(bytes: Uint8Array, context: PageContext): Promise<SourcePage> {
  const document = await readXml(bytes, isRecord)
  const graphs = document.records.filter(({ element }) => element.name === 'RDF')
  const others = document.records.filter(({ element }) => element.name !== 'RDF')
  const graph = graphs.length > 0 ? await readGraphs(graphs, context) : null
  const items = [...others.map(itemOf), ...(graph?.items ?? [])]
  const results = document.around.find(({ name }) => name === 'SearchResults') ?? null
  return {
    items,
    next: nextOf(context.request, results, document.records.length),
    total: numberOf(attribute(results, 'numberOfRecordsMatched')),
    gone: [],
    findings: [...document.findings, ...(graph?.findings ?? []), ...emptyReason(document, items.length)],
    detail:
      others.length > 0 ? (others[0]?.element.name ?? 'xml') : graph ? 'rdf' : (document.root?.name ?? 'xml'),
  }
}

/** RDF inside an answer. */
async function readGraphs(graphs: XmlRecord[], context: PageContext): Promise<SourcePage> {
  const quads: Quad[] = []
  const findings: Finding[] = []
  for (const { raw } of graphs) {
    const parsed = await parseRdf(new TextEncoder().encode(raw), {
      filename: 'part.rdf',
      baseIri: context.request?.url ?? 'urn:document:',
    })
    quads.push(...parsed.quads)
    findings.push(...parsed.findings)
  }
  return graphPage(quads, { findings, detail: 'rdf', context })
}

/** A record of a page, not mapped yet. */
function itemOf(record: XmlRecord): SourceItem {
  const { element, raw } = record
  const iso = ISO.has(element.name)
  const dublin = (name: string): string | null =>
    element.children.find((each) => each.name === name)?.text.trim() || null
  return {
    remoteId: iso ? fileIdentifierOf(element) : dublin('identifier'),
    modified: iso ? dateStampOf(element) : looseDate(dublin('modified') ?? dublin('date') ?? ''),
    raw: () => raw,
    read: () => (iso ? readIsoRecord(element) : readDublinCore(element)),
  }
}

function numberOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

/**
 * The request for the next page. What the service says of the next record is taken only when it leads forward and not past
 * the end; services that say nothing, 0 too early, or count wrongly are followed by what really came.
 */
function nextOf(request: PageRequest | null, results: Element | null, count: number): PageRequest | null {
  if (!request || !results || count === 0) return null
  const start = Number(
    /startPosition="(\d+)"/.exec(request.body ?? '')?.[1] ??
      new URL(request.url).searchParams.get('startPosition') ??
      '1',
  )
  const matched = numberOf(attribute(results, 'numberOfRecordsMatched'))
  const said = numberOf(attribute(results, 'nextRecord')) ?? 0
  const reached = start + count
  if (matched === null ? said <= start : reached > matched) return null
  const next = said > start && (matched === null || said <= matched) ? said : reached
  if (request.body !== null)
    return { ...request, body: request.body.replace(/startPosition="\d+"/, `startPosition="${next}"`) }
  const url = new URL(request.url)
  url.searchParams.set('startPosition', String(next))
  return { ...request, url: url.href }
}

function emptyReason(document: XmlDocument, count: number): Finding[] {
  const failure = document.around.filter(({ name }) => name === 'ExceptionText' || name === 'Exception')
  if (failure.length > 0 && document.root?.name === 'ExceptionReport') {
    const said = excerpt(
      failure.map((each) => `${attribute(each, 'exceptionCode')} ${each.text}`.trim()).join(' · '),
      300,
    )
    return [
      finding('error', 'csw-exception', {
        de: `Der Dienst meldet einen Fehler: ${said}`,
        en: `The service reports an error: ${said}`,
      }),
    ]
  }
  if (count > 0 || document.records.length > 0) return []
  const matched = numberOf(
    attribute(document.around.find(({ name }) => name === 'SearchResults') ?? null, 'numberOfRecordsMatched'),
  )
  if (matched === 0) return []
  const root = document.root?.name ?? 'XML'
  return [
    finding('warning', 'no-dataset', {
      de: `Das Dokument (${excerpt(root, 40)}) enthält keine Metadatensätze nach ISO 19139 oder Dublin Core.`,
      en: `The document (${excerpt(root, 40)}) holds no metadata records of ISO 19139 or Dublin Core.`,
    }),
  ]
}

/** GetRecords by POST, full ISO records, oldest page first; `since` asks for what was modified after it. */
function firstPage({ base, pageSize, since }: FirstPage): PageRequest {
  const url = new URL(base)
  for (const name of Array.from(url.searchParams.keys()))
    if (
      /^(service|request|version|resultType|typeNames|maxRecords|startPosition|elementSetName|outputSchema)$/i.test(
        name,
      )
    )
      url.searchParams.delete(name)
  const filter =
    since === null
      ? ''
      : `<csw:Constraint version="1.1.0"><ogc:Filter><ogc:PropertyIsGreaterThanOrEqualTo><ogc:PropertyName>apiso:Modified</ogc:PropertyName><ogc:Literal>${since.replace(/[^\dT:.Z+-]/g, '')}</ogc:Literal></ogc:PropertyIsGreaterThanOrEqualTo></ogc:Filter></csw:Constraint>`
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecords xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0" service="CSW" version="2.0.2" resultType="results" outputFormat="application/xml" outputSchema="http://www.isotc211.org/2005/gmd" startPosition="1" maxRecords="${Math.max(1, Math.min(pageSize, 500))}"><csw:Query typeNames="gmd:MD_Metadata"><csw:ElementSetName>full</csw:ElementSetName>${filter}</csw:Query></csw:GetRecords>`
  return { method: 'POST', url: url.href, accept: 'application/xml', body, contentType: 'application/xml' }
}
