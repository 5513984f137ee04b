import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { asText, isObject, type Json } from './fields.ts'

/** What an answer of the action API holds: packages, how many there are in all, and what is wrong with it. */
export type CkanAnswer = { packages: Json[]; total: number | null; findings: Finding[]; detail: string }

/** Finds the packages in an answer of any action, in a dump, or in a single file. */
export function packagesOf(json: unknown): CkanAnswer {
  if (isObject(json) && json['success'] === false) return nothing('error', refusal(json['error']))
  if (isObject(json) && 'error' in json && !('result' in json))
    return nothing('error', refusal(json['error']))
  const result = isObject(json) && 'result' in json && !isPackage(json) ? json['result'] : json
  if (isObject(result) && Array.isArray(result['results'])) return searched(result, result['results'])
  if (isObject(result) && Array.isArray(result['packages'])) return listed(result['packages'], 'packages')
  if (isObject(result) && isPackage(result)) return listed([result], 'package_show')
  if (Array.isArray(result)) return listed(flatten(result), 'list')
  return nothing('unknown', noPackage())
}

/** DKAN wraps the one package of `package_show` in a list of its own. */
function flatten(list: unknown[]): unknown[] {
  return list.length === 1 && Array.isArray(list[0]) ? list[0] : list
}

function searched(result: Json, results: unknown[]): CkanAnswer {
  const found = listed(results, 'package_search')
  const count = result['count']
  const total = typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null
  return { ...found, total, findings: total === 0 ? [] : found.findings }
}

function listed(list: unknown[], detail: string): CkanAnswer {
  const packages = list.filter(isObject).filter(isPackage)
  if (packages.length > 0 || list.length === 0)
    return { packages, total: null, findings: packages.length === 0 ? [noPackage()] : [], detail }
  const names = list.every((each) => typeof each === 'string')
  return nothing(detail, names ? namesOnly() : noPackage())
}

const SIGNS = ['resources', 'notes', 'license_id', 'license_title', 'owner_org', 'metadata_modified']

/** True for what describes a dataset: groups, organisations and single files have id and title, too. */
function isPackage(json: Json): boolean {
  if (asText(json['title']) === '' && asText(json['name']) === '') return false
  if ('package_id' in json || 'is_organization' in json || 'package_count' in json) return false
  return SIGNS.some((sign) => sign in json) && !('@context' in json)
}

function nothing(detail: string, reason: Finding): CkanAnswer {
  return { packages: [], total: null, findings: [reason], detail }
}

function refusal(error: unknown): Finding {
  const said = isObject(error)
    ? `${asText(error['__type'])} ${asText(error['message'])}`.trim()
    : asText(error)
  const shown = excerpt(said || 'success: false', 200)
  return finding('error', 'ckan-refused', {
    de: `Die CKAN-Schnittstelle meldet einen Fehler: ${shown}`,
    en: `The CKAN interface reports an error: ${shown}`,
  })
}

function namesOnly(): Finding {
  return finding('error', 'ckan-names-only', {
    de: 'Die Antwort nennt nur Namen von Datensätzen. Gebraucht wird package_search oder current_package_list_with_resources.',
    en: 'The answer lists names of datasets only. package_search or current_package_list_with_resources is needed.',
  })
}

function noPackage(): Finding {
  return finding('warning', 'no-dataset', {
    de: 'Die CKAN-Antwort enthält keinen Datensatz.',
    en: 'The CKAN answer holds no dataset.',
  })
}
