import { finding, type Finding } from '../../platform/finding.ts'
import { fileTypeCode } from '../dcat/codes.ts'
import { element, elements, type Element } from '../formats/element.ts'
import { emptyDistribution, type Distribution } from '../model.ts'
import { urlOf } from './parties.ts'
import type { Terms } from './rights.ts'
import { codeOf, textsOf, wordOf, type Languages } from './words.ts'

/** No real dataset has more files; one with thousands is a mistake of its source. */
const MAX_LINKS = 1000

/** Where the links of a record lead: to the data, or to pages about them. */
export type Links = { distributions: Distribution[]; landingPages: string[]; documentation: string[] }

type Link = {
  url: string
  kind: string
  role: string
  title: Record<string, string>
  description: Record<string, string>
}

/** Sorts the online resources of a record: data and services become distributions, pages are kept as pages. */
export function linksOf(
  record: Element,
  given: { languages: Languages; terms: Terms; findings: Finding[] },
): Links {
  const holders = onlineResources(record)
  if (holders.length > MAX_LINKS)
    given.findings.push(
      finding('error', 'too-many-distributions', {
        de: `Der Datensatz hat ${holders.length} Verweise; übernommen wurden ${MAX_LINKS}.`,
        en: `The dataset has ${holders.length} links; ${MAX_LINKS} were taken over.`,
      }),
    )
  const links = holders.slice(0, MAX_LINKS).flatMap((holder) => linkOf(holder, given.languages))
  const formats = formatsOf(record)
  const found: Links = { distributions: [], landingPages: [], documentation: [] }
  for (const link of distinctLinks(links)) sortLink(link, { found, formats, terms: given.terms })
  const page = found.landingPages[0]
  // A licence needs something it is about; where only a page leads to the data, the page is the access.
  if (found.distributions.length === 0 && page !== undefined && given.terms.licence !== null)
    found.distributions.push({ ...underTerms(given.terms), accessUrl: page })
  return found
}

function onlineResources(record: Element): Element[] {
  const transfer = elements(record, 'distributionInfo/*/transferOptions/MD_DigitalTransferOptions')
  const byDistributor = elements(
    record,
    'distributionInfo/*/distributor/MD_Distributor/distributorTransferOptions/MD_DigitalTransferOptions',
  )
  const operations = elements(
    record,
    'identificationInfo/SV_ServiceIdentification/containsOperations/SV_OperationMetadata',
  ).filter((operation) => /^GetCapabilities$/i.test(wordOf(element(operation, 'operationName'))))
  return [
    ...[...transfer, ...byDistributor].flatMap((options) => elements(options, 'onLine/*')),
    ...operations.flatMap((operation) => elements(operation, 'connectPoint/CI_OnlineResource')),
  ]
}

function linkOf(holder: Element, languages: Languages): Link[] {
  const url = urlOf(element(holder, 'linkage'))
  if (url === null) return []
  const profile = wordOf(element(holder, 'applicationProfile'))
  return [
    {
      url,
      kind: `${wordOf(element(holder, 'protocol'))} ${profile}`.trim(),
      role: codeOf(element(holder, 'function')).toLowerCase(),
      title: textsOf(element(holder, 'name'), languages),
      description: textsOf(element(holder, 'description'), languages),
    },
  ]
}

function distinctLinks(links: Link[]): Link[] {
  const seen = new Set<string>()
  return links.filter((link) => {
    const key = `${link.url} ${link.kind} ${JSON.stringify(link.title)}`
    return seen.has(key) ? false : seen.add(key)
  })
}

function formatsOf(record: Element): string[] {
  const holders = [
    ...elements(record, 'distributionInfo/*/distributionFormat/MD_Format'),
    ...elements(record, 'identificationInfo/*/resourceFormat/MD_Format'),
  ]
  const names = holders.map((format) =>
    wordOf(element(format, 'name', 'formatSpecificationCitation/CI_Citation/title')),
  )
  return [...new Set(names.flatMap((name) => formatIn(name) ?? []))]
}

const SERVICES: [RegExp, string][] = [
  [/\bWMTS\b/i, 'WMTS_SRVC'],
  [/\bWMS\b|OGC Web Map Service|view service/i, 'WMS_SRVC'],
  [/\bWFS\b|OGC Web Feature Service|download service/i, 'WFS_SRVC'],
  [/\bWCS\b/i, 'WCS_SRVC'],
  [/OGC API|\bOAPIF\b|ogc-?api/i, 'REST'],
  [/\bATOM\b|INSPIRE Atom/i, 'ATOM'],
  [/ESRI:REST|ArcGIS.{0,20}(Rest|Server)|REST-?API/i, 'REST'],
]

const NAMES: [RegExp, string][] = [
  [/shape/i, 'SHP'],
  [/geo-?package|gpkg/i, 'GPKG'],
  [/geojson/i, 'GEOJSON'],
  [/\bgml\b/i, 'GML'],
  [/\bcsv\b/i, 'CSV'],
  [/\bkml\b/i, 'KML'],
  [/geo-?tiff?/i, 'GEOTIFF'],
  [/\bexcel|\bxlsx?\b/i, 'XLSX'],
  [/\bpdf\b/i, 'PDF'],
  [/\bdxf\b/i, 'DXF'],
  [/net-?cdf/i, 'NETCDF'],
]

function formatIn(name: string): string | null {
  const plain = name.slice(0, 200)
  return (
    fileTypeCode(plain) ?? serviceIn(plain) ?? NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? null
  )
}

function serviceIn(text: string): string | null {
  return SERVICES.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

const FILE =
  /\.(zip|csv|tsv|json|geojson|gpkg|gml|kml|kmz|shp|xlsx?|ods|tiff?|pdf|xml|txt|dxf|las|laz|nc|7z|gz|parquet)$/i

function sortLink(link: Link, given: { found: Links; formats: string[]; terms: Terms }): void {
  const { found } = given
  const path = link.url.split(/[?#]/)[0] ?? ''
  const service = serviceIn(link.kind) ?? serviceIn(/[?&]service=(\w+)/i.exec(link.url)?.[1] ?? '')
  const ending = FILE.exec(path)?.[1] ?? null
  const download = link.role === 'download' || /DOWNLOAD/i.test(link.kind)
  const about = ['information', 'search', 'order', 'completemetadata', 'browsing', 'browsegraphic'].includes(
    link.role,
  )
  if (!service && !download && (about || (link.role === '' && ending === null && /html?$|\/$/i.test(path)))) {
    const pages = link.role === 'information' && ending !== null ? found.documentation : found.landingPages
    if (!pages.includes(link.url)) pages.push(link.url)
    return
  }
  const single = given.formats.length === 1 ? (given.formats[0] ?? null) : null
  const named = formatIn(Object.values(link.title)[0] ?? '')
  const file = !service && (download || ending !== null)
  found.distributions.push({
    ...underTerms(given.terms),
    title: link.title,
    description: link.description,
    accessUrl: link.url,
    downloadUrl: file && ending !== null ? link.url : null,
    format: service ?? (ending === null ? (named ?? single) : zipped(ending, named ?? single)),
  })
}

function underTerms({ licence, attribution, rights }: Terms): Distribution {
  return {
    ...emptyDistribution(),
    licence,
    attribution: attribution === null ? {} : { '': attribution },
    rights,
  }
}

/** Inside a ZIP stands what the record calls the format. */
function zipped(ending: string, named: string | null): string | null {
  return /^(zip|7z|gz)$/i.test(ending) ? (named ?? 'ZIP') : fileTypeCode(ending)
}
