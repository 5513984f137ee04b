import { finding, type Finding } from '../../platform/finding.ts'
import { asText, isObject, type Json } from '../ckan/fields.ts'
import { looseDate } from '../formats/dates.ts'
import {
  getPage,
  type FirstPage,
  type PageContext,
  type PageRequest,
  type SourceFormat,
  type SourceItem,
  type SourcePage,
} from '../formats/format.ts'
import { readJson } from '../formats/json.ts'
import { readOgcRecord } from './read.ts'

const ACCEPT = 'application/geo+json, application/json;q=0.9'

/** OGC API Records 1.0: a feature collection of records, a single record, or the list of collections that leads to one. */
export const ogcFormat: SourceFormat = {
  name: 'ogc',
  label: { de: 'OGC API Records', en: 'OGC API Records' },
  incremental: false,
  detect,
  readPage,
  firstPage,
}

/** Signs by which records differ from other GeoJSON. */
const RECORD =
  /"type"\s*:\s*"(dataset|service|series|collection|model|document)"|"(externalIds|numberMatched|conformsTo|recordCreated)"\s*:/

function detect(start: string): number {
  if (!/^\s*\{/.test(start) || /"@(context|graph)"\s*:/.test(start)) return 0
  if (/"type"\s*:\s*"Feature(Collection)?"/.test(start)) return RECORD.test(start) ? 0.9 : 0.3
  if (/"itemType"\s*:\s*"record"|ogcapi-records/.test(start)) return 0.9
  return /"collections"\s*:\s*\[/.test(start) ? 0.6 : 0
}

async function readPage(bytes: Uint8Array, context: PageContext): Promise<SourcePage> {
  const { value, findings } = await readJson(bytes)
  const blank = { items: [], next: null, total: null, gone: [], detail: 'json' }
  if (!isObject(value))
    return { ...blank, findings: value === undefined ? findings : [...findings, noRecord()] }
  if (Array.isArray(value['collections'])) return collectionsPage(value['collections'], context, findings)
  const features =
    value['type'] === 'Feature' ? [value] : Array.isArray(value['features']) ? value['features'] : []
  const items = features.filter(isObject).filter(isRecord).map(itemOf)
  const matched = value['numberMatched']
  const total = typeof matched === 'number' && Number.isSafeInteger(matched) ? matched : null
  return {
    items,
    next: items.length === 0 ? null : nextOf(value, context.request),
    total,
    gone: [],
    passedOver: features.length - items.length,
    findings: items.length === 0 && total !== 0 ? [...findings, noRecord()] : findings,
    detail: asText(value['type']) || 'json',
  }
}

/** Features without a title are places, not descriptions of data. */
function isRecord(json: Json): boolean {
  return isObject(json['properties']) && asText(json['properties']['title']) !== ''
}

function itemOf(json: Json): SourceItem {
  const properties = isObject(json['properties']) ? json['properties'] : {}
  return {
    remoteId: asText(json['id']) || null,
    modified: looseDate(asText(properties['updated'])),
    raw: () => JSON.stringify(json),
    read: () => readOgcRecord(json),
  }
}

function nextOf(page: Json, request: PageRequest | null): PageRequest | null {
  const links = Array.isArray(page['links']) ? page['links'].filter(isObject) : []
  const found = links.filter((link) => link['rel'] === 'next' && !/html/.test(asText(link['type'])))
  const href = asText(found[0]?.['href'])
  if (href === '' || !URL.canParse(href, request?.url)) return null
  const url = new URL(href, request?.url).href
  return url === request?.url ? null : getPage(url, ACCEPT)
}

/** The list of collections leads to the items of the first one that holds records. */
function collectionsPage(collections: unknown[], context: PageContext, findings: Finding[]): SourcePage {
  const records = collections.filter(isObject).filter((each) => asText(each['itemType']) === 'record')
  const id = asText(records[0]?.['id'])
  const base = context.request?.url.replace(/\/collections\/?(\?.*)?$/, '')
  const next =
    id === '' || base === undefined
      ? null
      : getPage(`${base}/collections/${encodeURIComponent(id)}/items?f=json`, ACCEPT)
  const others = records.length > 1 ? [severalCollections(records.map((each) => asText(each['id'])))] : []
  return {
    items: [],
    next,
    total: null,
    gone: [],
    findings: [...findings, ...others, ...(next ? [] : [noRecord()])],
    detail: 'collections',
  }
}

function firstPage({ base, pageSize, since }: FirstPage): PageRequest {
  const url = new URL(base)
  const path = url.pathname.replace(/\/$/, '')
  if (/\/collections\/[^/]+\/items$/.test(path)) url.pathname = path
  else if (/\/collections\/[^/]+$/.test(path)) url.pathname = `${path}/items`
  else {
    url.pathname = `${path.replace(/\/collections$/, '')}/collections`
    return getPage(url.href, ACCEPT)
  }
  url.searchParams.set('f', 'json')
  if (!url.searchParams.has('limit')) url.searchParams.set('limit', String(pageSize))
  if (since !== null) url.searchParams.set('updated', `${since}/..`)
  return getPage(url.href, ACCEPT)
}

function severalCollections(ids: string[]): Finding {
  const list = ids.slice(0, 10).join(', ')
  return finding('warning', 'ogc-several-collections', {
    de: `Der Dienst hat mehrere Kataloge (${list}); gelesen wird der erste. Für die anderen geben Sie deren Adresse an.`,
    en: `The service has several catalogues (${list}); the first is read. For the others give their own address.`,
  })
}

function noRecord(): Finding {
  return finding('warning', 'no-dataset', {
    de: 'Das Dokument enthält keinen Eintrag nach OGC API Records.',
    en: 'The document holds no record of OGC API Records.',
  })
}
