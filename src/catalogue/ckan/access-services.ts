import type { DatasetRecord, Distribution, Service } from '../model.ts'
import { emptyDistribution, licenceOfRecord, nameOf, textIn } from '../model.ts'
import type { Fields, Json } from './fields.ts'
import { asText, fieldsOf, isObject, objects, text } from './fields.ts'
import { iri } from './people.ts'

/** Longer lists are mistakes of their source. */
const MAX_ADDRESSES = 20
const MAX_SERVED = 500

/**
 * A service as CKAN has it: it knows packages only, so `resource-type` (the spatial extension's word for the level of an
 * ISO record) says what the package is.
 */
export const RESOURCE_TYPE = 'resource-type'

/** The ways to a service: its distributions where it came with any, else the addresses where it answers. */
export function accessOfService(record: DatasetRecord, service: Service): Distribution[] {
  if (record.distributions.length > 0) return record.distributions
  const licence = licenceOfRecord(record)
  return service.endpoints.map((accessUrl) => ({
    ...emptyDistribution(),
    title: record.title,
    accessUrl,
    licence,
    modified: record.modified,
  }))
}

/** `access_services` of a resource, as the DCAT extension keeps `dcat:accessService`: a list as JSON. */
export function accessServices(record: DatasetRecord, service: Service): string {
  return JSON.stringify([
    {
      uri: record.uri?.startsWith('_:') === false ? record.uri : '',
      title: textIn(record.title, 'de'),
      endpoint_url: service.endpoints,
      endpoint_description: service.descriptions[0] ?? '',
      serves_dataset: service.serves,
      license: licenceOfRecord(record) ?? '',
    },
  ])
}

/** The service a package stands for; undefined for data, and where no resource says at which address it answers. */
export function serviceOfPackage(
  fields: Fields,
  resources: unknown,
  distributions: readonly Distribution[],
): Service | undefined {
  if (text(fields, RESOURCE_TYPE) !== 'service') return undefined
  const stated = (Array.isArray(resources) ? resources.slice(0, MAX_ADDRESSES) : [])
    .filter(isObject)
    .flatMap((each) => objects(fieldsOf(each), 'access_services'))
  const own = stated.flatMap((each) => addresses(each['endpoint_url']))
  const endpoints = own.length > 0 ? own : distributions.flatMap((each) => each.accessUrl ?? [])
  if (endpoints.length === 0) return undefined
  const served = stated.flatMap((each) => listOf(each['serves_dataset'])).map(asText)
  return {
    endpoints: [...new Set(endpoints)].slice(0, MAX_ADDRESSES),
    descriptions: [...new Set(stated.flatMap((each) => addresses(each['endpoint_description'])))],
    serves: [...new Map(served.filter(Boolean).map((name) => [nameOf(name), name])).values()].slice(
      0,
      MAX_SERVED,
    ),
  }
}

const listOf = (value: Json[string]): unknown[] => (Array.isArray(value) ? value : [value])

function addresses(value: unknown): string[] {
  return listOf(value).flatMap((each) => iri(asText(each) || null) ?? [])
}
