import { isUuid } from '../../platform/ids.ts'
import { ckanLicenceId, slug, uuidOf } from '../ckan/names.ts'
import { licenceByName, licenceIri, licences } from '../dcat/licences.ts'

/** What was asked for: a whole id, the ending of one (packages' names and resources' ids carry it), or undefined for neither. */
export function readPackageName(text: string): { id: string } | { ending: string } | undefined {
  if (isUuid(text)) return { id: text }
  const ending = endingOf(text)
  return ending === undefined ? undefined : { ending }
}

/** The last twelve hex digits of a name or id, by which an entry is found; undefined if it does not end so. */
export function endingOf(text: string): string | undefined {
  return /(?:^|-)([0-9a-f]{12})$/.exec(text)?.[1]
}

/** A house as CKAN sees it: `name` for addresses, and an id that stays while the house keeps its name. */
export function organisationNames(title: string): { id: string; name: string; title: string } {
  const name = slug(title).slice(0, 100) || 'ohne-namen'
  return { id: uuidOf(`organization:${name}`), name, title }
}

/** The addresses that may stand in records for a licence by CKAN's short name, a name of the list, or an address. */
export function licenceAddresses(text: string): string[] {
  const byId = licences.find((licence) => ckanLicenceId(licence.code) === text || licence.code === text)
  const byName = licenceByName(text)
  return [...(byId ? [licenceIri(byId.code)] : []), ...(byName ? [byName] : []), text]
}
