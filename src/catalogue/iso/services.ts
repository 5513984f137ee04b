import { attribute, element, elements, type Element } from '../formats/element.ts'
import type { Links } from './links.ts'
import { urlOf } from './parties.ts'
import type { Service } from '../model.ts'
import { wordOf } from './words.ts'

/** No real service works on more datasets; longer lists are cut. */
const MAX_SERVED = 500
const MAX_ENDPOINTS = 20

/**
 * A service of ISO 19119 (`SV_ServiceIdentification`) as DCAT-AP has it; null without an address, as `dcat:endpointURL` must
 * be there. The capabilities describe it; their address without the question is where it answers.
 */
export function serviceOf(identification: Element, links: Links): Service | null {
  const operations = elements(identification, 'containsOperations/SV_OperationMetadata')
  const asked = operations.filter((each) => /^GetCapabilities$/i.test(wordOf(element(each, 'operationName'))))
  const described = addresses(asked.length > 0 ? asked : operations)
  const found = described.length > 0 ? described : links.distributions.flatMap((each) => each.accessUrl ?? [])
  const endpoints = [...new Set(found.map(endpointOf))].slice(0, MAX_ENDPOINTS)
  if (endpoints.length === 0) return null
  const descriptions = found.filter((url) => /GetCapabilities/i.test(url)).slice(0, MAX_ENDPOINTS)
  return { endpoints, descriptions: [...new Set(descriptions)], serves: servedBy(identification) }
}

function addresses(operations: readonly Element[]): string[] {
  const resources = operations.flatMap((each) => elements(each, 'connectPoint/CI_OnlineResource'))
  return resources.flatMap((each) => urlOf(element(each, 'linkage')) ?? [])
}

/** An address without the question to an OGC service. */
function endpointOf(url: string): string {
  if (!URL.canParse(url)) return url
  const parsed = new URL(url)
  const asked = [...parsed.searchParams.keys()].filter((name) => /^(service|request|version)$/i.test(name))
  if (asked.length === 0) return url
  for (const name of asked) parsed.searchParams.delete(name)
  return parsed.href.replace(/\?$/, '')
}

/** How the coupled data are called: by the identifier of their record, and by their own address. */
function servedBy(identification: Element): string[] {
  const names = elements(identification, 'operatesOn').flatMap((each) => {
    const href = attribute(each, 'href')
    const asked = URL.canParse(href) ? new URL(href).searchParams : null
    const id = asked && [...asked].find(([name]) => /^(id|uuid)$/i.test(name))?.[1]
    return [attribute(each, 'uuidref'), id ?? href]
  })
  return [...new Set(names.filter((name) => name !== '' && name.length <= 2000))].slice(0, MAX_SERVED)
}
