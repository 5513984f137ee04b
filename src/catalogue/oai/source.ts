import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { escapeXml } from '../../platform/xml.ts'
import { parseRdf } from '../../rdf/parse.ts'
import { datasetNodes } from '../dcat/read.ts'
import { itemOf as datasetItem } from '../dcat/source.ts'
import { indexGraph } from '../dcat/graph.ts'
import { looseDate } from '../formats/dates.ts'
import { attribute, children, element, type Element } from '../formats/element.ts'
import {
  getPage,
  type FirstPage,
  type PageContext,
  type PageRequest,
  type ReadRecord,
  type SourceFormat,
  type SourceItem,
  type SourcePage,
} from '../formats/format.ts'
import { readXml, type XmlDocument, type XmlRecord } from '../formats/xml.ts'
import { readDublinCore } from '../iso/dublin-core.ts'
import { readIsoRecord } from '../iso/read.ts'
import { emptyRecord } from '../model.ts'

/** OAI-PMH 2.0 with DCAT-AP, ISO 19139 or Dublin Core inside, resumption tokens and deleted records. */
export const oaiFormat: SourceFormat = {
  name: 'oai',
  label: { de: 'OAI-PMH', en: 'OAI-PMH' },
  incremental: true,
  detect: (start) => (/^\s*(<\?xml[^>]*>\s*)?(<(\?|!--)[^>]*>\s*)*<(\w+:)?OAI-PMH[\s>]/.test(start) ? 1 : 0),
  readPage,
  firstPage,
}

async function readPage(bytes: Uint8Array, context: PageContext): Promise<SourcePage> {
  const document = await readXml(bytes, (name) => name === 'record')
  const gone: string[] = []
  const items: SourceItem[] = []
  const findings: Finding[] = [...document.findings]
  for (const record of document.records) {
    const header = element(record.element, 'header')
    const id = textOf(header, 'identifier')
    if (attribute(header, 'status') === 'deleted') {
      if (id !== null) gone.push(id)
    } else items.push(await itemOf(record, { id, stamp: textOf(header, 'datestamp'), findings }))
  }
  const token = document.around.find(({ name }) => name === 'resumptionToken') ?? null
  const size = attribute(token, 'completeListSize')
  return {
    items,
    next: nextOf(context.request, token?.text.trim() ?? ''),
    total: /^\d{1,9}$/.test(size) ? Number(size) : null,
    gone,
    findings: [
      ...findings,
      ...refusals(document),
      ...(items.length + gone.length === 0 ? silence(document) : []),
    ],
    detail: payloadOf(document.records[0]?.element)?.name ?? 'OAI-PMH',
  }
}

function textOf(holder: Element | null, name: string): string | null {
  return children(holder, name)[0]?.text.trim() || null
}

function payloadOf(record: Element | undefined): Element | null {
  return element(record ?? null, 'metadata/*')
}

type Known = { id: string | null; stamp: string | null; findings: Finding[] }

/** A record by what it carries; RDF is parsed at once, because its reader is asynchronous. */
async function itemOf(record: XmlRecord, known: Known): Promise<SourceItem> {
  const payload = payloadOf(record.element)
  const base = { remoteId: known.id, modified: looseDate(known.stamp ?? ''), raw: () => record.raw }
  if (payload?.name === 'RDF' || payload?.name === 'Dataset' || payload?.name === 'Catalog') {
    const item = await graphItem(record, payload, known.findings)
    if (item) return { ...base, read: item.read }
  }
  if (payload && /^(MD|MI|CHE_MD)_Metadata$/.test(payload.name))
    return { ...base, read: () => readIsoRecord(payload) }
  if (payload && /^(dc|Record|qualifieddc)$/.test(payload.name))
    return { ...base, read: () => readDublinCore(payload) }
  return { ...base, read: () => unknownPayload(payload?.name ?? '–') }
}

async function graphItem(
  record: XmlRecord,
  payload: Element,
  findings: Finding[],
): Promise<SourceItem | null> {
  const inner =
    /<(?:[\w.-]+:)?metadata\b[^>]*>([\s\S]*)<\/(?:[\w.-]+:)?metadata\s*>/.exec(record.raw)?.[1] ?? ''
  const metadata = element(record.element, 'metadata')
  const names = { ...record.namespaces, ...record.element.attributes, ...metadata?.attributes }
  const declared = Object.entries(names)
    .filter(([name]) => name.startsWith('xmlns:') && name !== 'xmlns:rdf')
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
  const around = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"${declared.join('')}>`
  const text = payload.name === 'RDF' ? withDeclared(inner, declared) : `${around}${inner}</rdf:RDF>`
  const parsed = await parseRdf(new TextEncoder().encode(text), { filename: 'record.rdf' })
  findings.push(...parsed.findings)
  const graph = indexGraph(parsed.quads)
  const node = datasetNodes(graph)[0]
  return node ? datasetItem(graph, node) : null
}

/** The element with the declarations it inherits, where it does not make them itself. */
function withDeclared(inner: string, declared: string[]): string {
  const start = inner.trimStart()
  const tag = /^<[^\s>/]+/.exec(start)?.[0] ?? ''
  const own = start.slice(0, start.indexOf('>') + 1)
  const missing = declared.filter((each) => !own.includes(each.slice(0, each.indexOf('='))))
  return tag + missing.join('') + start.slice(tag.length)
}

function unknownPayload(name: string): ReadRecord {
  const shown = excerpt(name, 60)
  return {
    record: emptyRecord(),
    findings: [
      finding('error', 'oai-unknown-payload', {
        de: `Der Inhalt „${shown}“ ist kein DCAT, kein ISO 19139 und kein Dublin Core. Bitte wählen Sie ein anderes metadataPrefix.`,
        en: `The content “${shown}” is no DCAT, no ISO 19139 and no Dublin Core. Please choose another metadataPrefix.`,
      }),
    ],
  }
}

function nextOf(request: PageRequest | null, token: string): PageRequest | null {
  if (!request || token === '') return null
  const url = new URL(request.url)
  const verb = url.searchParams.get('verb') ?? 'ListRecords'
  url.search = ''
  url.searchParams.set('verb', verb)
  url.searchParams.set('resumptionToken', token)
  return url.href === request.url ? null : { ...request, url: url.href }
}

/** Errors of the protocol; “no records match” is an answer, not a failure. */
function refusals(document: XmlDocument): Finding[] {
  return document.around
    .filter(({ name }) => name === 'error')
    .filter((each) => attribute(each, 'code') !== 'noRecordsMatch')
    .map((each) => {
      const said = excerpt(`${attribute(each, 'code')} ${each.text.trim()}`, 200)
      return finding('error', 'oai-error', {
        de: `Die OAI-PMH-Schnittstelle meldet einen Fehler: ${said}`,
        en: `The OAI-PMH interface reports an error: ${said}`,
      })
    })
}

function silence(document: XmlDocument): Finding[] {
  if (document.around.some(({ name }) => name === 'error')) return []
  return [
    finding('warning', 'no-dataset', {
      de: 'Die Antwort enthält keine Datensätze. Gebraucht wird ListRecords oder GetRecord.',
      en: 'The answer holds no records. ListRecords or GetRecord is needed.',
    }),
  ]
}

function firstPage({ base, since }: FirstPage): PageRequest {
  const url = new URL(base)
  url.searchParams.delete('resumptionToken')
  url.searchParams.set('verb', 'ListRecords')
  if (!url.searchParams.has('metadataPrefix')) url.searchParams.set('metadataPrefix', 'oai_dc')
  // Every provider understands days; not every one understands seconds.
  if (since !== null) url.searchParams.set('from', since.slice(0, 10))
  return getPage(url.href, 'application/xml, text/xml;q=0.9')
}
