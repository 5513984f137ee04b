import { canonicalJson, sha256Hex } from '../../../platform/canonical.ts'
import type { Json } from '../../../platform/canonical.ts'
import type { DatasetRecord, Distribution } from '../../model.ts'

/**
 * A record's hash without what changes although nothing changed: stamps that sources turn daily, labels of blank nodes, the
 * order of lists without order (GSA/data.gov#5079). Two records with the same hash say the same.
 */
export function stableHash(record: DatasetRecord): string {
  const stable = {
    ...record,
    modified: null,
    unknown: '',
    keywords: sorted(record.keywords.map((keyword) => `${keyword.lang} ${keyword.text.trim()}`)),
    themes: sorted(record.themes),
    languages: sorted(record.languages),
    references: sorted(record.references),
    conformsTo: sorted(record.conformsTo),
    otherIdentifiers: sorted(record.otherIdentifiers),
    contributorIds: sorted(record.contributorIds),
    publisher: record.publisher && unlabelled(record.publisher),
    creators: record.creators.map(unlabelled),
    custodians: record.custodians.map(unlabelled),
    originators: record.originators.map(unlabelled),
    contacts: record.contacts.map(unlabelled),
    places: record.places.map(unlabelled),
    periods: record.periods.map(unlabelled),
    distributions: sorted(record.distributions.map((each) => canonicalJson(plain(each) as unknown as Json))),
  }
  return sha256Hex(canonicalJson(stable as unknown as Json))
}

function plain(each: Distribution) {
  const checksum = each.checksum && unlabelled(each.checksum)
  return { ...unlabelled(each), modified: null, checksum, languages: sorted(each.languages) }
}

const sorted = (list: readonly string[]) => [...new Set(list)].sort()

function unlabelled<T extends { id: string | null }>(part: T): T {
  return part.id?.startsWith('_:') ? { ...part, id: null } : part
}
