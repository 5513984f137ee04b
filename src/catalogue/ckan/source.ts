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
import { packagesOf } from './answer.ts'
import { asText, isObject, type Json } from './fields.ts'
import { podDatasets, readPodDataset } from './pod.ts'
import { readCkanPackage } from './read.ts'

/** CKAN's action API, its dumps, DKAN, and the older data.json with a list of datasets. */
export const ckanFormat: SourceFormat = {
  name: 'ckan',
  label: { de: 'CKAN (Action-API)', en: 'CKAN (action API)' },
  incremental: true,
  detect,
  readPage,
  firstPage,
}

function detect(start: string): number {
  if (!/^\s*[[{]/.test(start) || /"@(context|graph|id)"\s*:/.test(start)) return 0
  if (/"success"\s*:\s*(true|false)/.test(start) && /"(result|error)"\s*:/.test(start)) return 0.95
  if (/"resources"\s*:\s*\[/.test(start) && /"(title|name)"\s*:/.test(start)) return 0.85
  if (/"(license_id|license_title|owner_org|metadata_modified)"\s*:/.test(start)) return 0.8
  if (/"distribution"\s*:\s*\[/.test(start) && /"(accessURL|downloadURL)"/.test(start)) return 0.75
  return /"(title|name)"\s*:/.test(start) && /"(notes|description|dataset)"\s*:/.test(start) ? 0.5 : 0.2
}

async function readPage(bytes: Uint8Array, context: PageContext): Promise<SourcePage> {
  const { value, findings } = await readJson(bytes)
  const blank = { items: [], next: null, total: null, gone: [], detail: 'json' }
  if (value === undefined) return { ...blank, findings }
  const pod = podDatasets(value)
  if (pod) return { ...blank, items: pod.map(podItem), findings, detail: 'data.json' }
  const answer = packagesOf(value)
  const site = siteOf(context.request?.url ?? null) ?? siteOf(isObject(value) ? asText(value['help']) : null)
  const { live, gone } = sorted(answer.packages)
  return {
    items: live.map((json) => itemOf(json, site)),
    next: nextOf(context.request, { count: answer.packages.length, total: answer.total }),
    total: answer.total,
    gone,
    passedOver: answer.packages.length - live.length - gone.length,
    findings: [...findings, ...answer.findings],
    detail: answer.detail,
  }
}

/** Deleted packages are news about removals; harvest sources are no datasets. */
function sorted(packages: Json[]): { live: Json[]; gone: string[] } {
  const deleted = packages.filter((json) => asText(json['state']).toLowerCase() === 'deleted')
  const live = packages.filter((json) => !deleted.includes(json) && asText(json['type']) !== 'harvest')
  return { live, gone: deleted.map(nameOf).flatMap((name) => name ?? []) }
}

function nameOf(json: Json): string | null {
  return asText(json['id']) || asText(json['name']) || asText(json['identifier']) || null
}

function itemOf(json: Json, site: string | null): SourceItem {
  return {
    remoteId: nameOf(json),
    modified: looseDate(asText(json['metadata_modified'])),
    raw: () => rawOf(json),
    read: () => readCkanPackage(json, site),
  }
}

function podItem(json: Json): SourceItem {
  return {
    remoteId: nameOf(json),
    modified: looseDate(asText(json['modified'])),
    raw: () => rawOf(json),
    read: () => readPodDataset(json),
  }
}

/** The package as JSON with sorted keys, without what CKAN changes on its own. */
function rawOf(json: Json): string {
  const { tracking_summary: _, revision_id: _r, metadata_modified: _m, ...rest } = json
  try {
    return JSON.stringify(rest, (_key, value: unknown) =>
      isObject(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    )
  } catch {
    return asText(json['id'])
  }
}

/** The portal's address: everything before `/api/`. */
function siteOf(url: string | null): string | null {
  return url === null ? null : (/^(https?:\/\/.+?)\/api\/(?:\d\/)?action\b/.exec(url)?.[1] ?? null)
}

/** The next page of a search or list, where the address says how it was paged and there is more. */
function nextOf(
  request: PageRequest | null,
  page: { count: number; total: number | null },
): PageRequest | null {
  if (!request || page.count === 0) return null
  const url = new URL(request.url)
  const at = url.pathname.endsWith('package_search')
    ? 'start'
    : url.searchParams.has('limit')
      ? 'offset'
      : null
  if (at === null) return null
  const reached = Number(url.searchParams.get(at) ?? '0') + page.count
  if (!Number.isSafeInteger(reached) || (page.total !== null && reached >= page.total)) return null
  url.searchParams.set(at, String(reached))
  return { ...request, url: url.href }
}

/** The first page of `package_search`; a base that is such an address already keeps its own filters. */
function firstPage({ base, pageSize, since }: FirstPage): PageRequest {
  const url = new URL(base)
  if (!/\/action\/\w+$/.test(url.pathname)) {
    url.pathname = `${url.pathname.replace(/\/(api(\/.*)?|dataset\/?|catalog\.\w+)?$/, '').replace(/\/$/, '')}/api/3/action/package_search`
    url.search = ''
    url.hash = ''
  }
  if (url.pathname.endsWith('package_search')) {
    if (!url.searchParams.has('rows')) url.searchParams.set('rows', String(pageSize))
    url.searchParams.set('start', url.searchParams.get('start') ?? '0')
    if (!url.searchParams.has('sort')) url.searchParams.set('sort', 'id asc')
    if (since !== null) addFilter(url, `metadata_modified:[${since.replace(/(\.\d+)?Z?$/, '')}Z TO *]`)
  }
  return getPage(url.href, 'application/json')
}

function addFilter(url: URL, filter: string): void {
  const own = url.searchParams.get('fq')
  url.searchParams.set('fq', own === null ? filter : `(${own}) AND ${filter}`)
}
