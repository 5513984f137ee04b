import { dayOf } from '../../platform/days.ts'
import type { Agreement } from '../model.ts'
import { minimumUnits } from '../model.ts'
import { evaluate, type PolicyReport } from './evaluate.ts'
import { iri } from './vocabulary.ts'
import { address, writePolicy } from './write.ts'

/** What can be asked of an agreement: bring in data, query them for protected sums, release a result, see single records. */
export type PermitAction = 'upload' | 'query' | 'release' | 'extract'

/** A wish to do something under an agreement at a moment. */
export type PermitRequest = { action: PermitAction; organisationId: string; entryId?: string; now: Date }

const actions: Record<PermitAction, string> = {
  upload: 'al:provide',
  query: 'odrl:aggregate',
  release: 'odrl:distribute',
  extract: 'odrl:extract',
}

const hub = 'urn:allmende:hub' // the evaluation compares addresses among themselves; any base does

/** True if the agreement's machine policy permits it now: signed by all, within the term, and the organisation has the part for it. */
export function permits(agreement: Agreement, request: PermitRequest): boolean {
  return explainPermit(agreement, request).permitted
}

/** The same decision with its reason. Withdrawn, expired and ended agreements permit nothing. */
export function explainPermit(agreement: Agreement, request: PermitRequest): PolicyReport {
  if (agreement.state !== 'signed') return { permitted: false, reason: 'offer' }
  const own = agreement.terms.entries.find((entry) => entry.entryId === request.entryId)
  if (request.action === 'upload' && own && own.organisationId !== request.organisationId) {
    return { permitted: false, reason: 'no-permission' }
  }
  const party = address.organisation(hub, request.organisationId)
  return evaluate(writePolicy(agreement, hub), {
    action: actions[request.action],
    assignee: party,
    ...(request.entryId === undefined ? {} : { target: address.entry(hub, request.entryId) }),
    features: {
      'odrl:dateTime': dayOf(request.now),
      'odrl:purpose': address.question(hub, agreement.questionId),
      'odrl:spatial': iri.europeanUnion,
      'odrl:recipient': party,
      'al:minimumUnits': String(minimumUnits(agreement.protectionLevel)),
    },
  })
}
