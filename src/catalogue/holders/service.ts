import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { Organisation } from '../../identity/model.ts'
import { getOrganisation } from '../../identity/service.ts'
import type { Question } from '../../questions/model.ts'
import { getQuestion } from '../../questions/service.ts'
import type { RequestState } from '../mapping/model.ts'
import { policy } from '../policy.ts'
import type { UsedEntry } from './store.ts'
import * as store from './store.ts'

/** A question that a house's data serve, with the entries it took. */
export type Served = { readonly question: Question; readonly entries: readonly UsedEntry['entry'][] }

/** What a house's data bring about (benefit ledger): its entries, the questions they serve, the requests it got. */
export type Ledger = {
  readonly house: Organisation
  readonly entries: readonly UsedEntry[]
  readonly served: readonly Served[]
  readonly answered: number
  readonly requests: ReadonlyMap<RequestState, number>
}

/** The benefit ledger of a house, as far as the reader may see entries and questions. */
export async function ledgerOf(ctx: Ctx, organisationId: string): Promise<Ledger> {
  requirePermission(ctx, policy, 'read')
  const house = await getOrganisation(ctx, organisationId)
  const entries = await store.listUsed(ctx, house.id)
  const served: Served[] = []
  for (const id of new Set(entries.flatMap((each) => each.questionIds))) {
    const question = await getQuestion(ctx, id).catch(() => undefined)
    if (question)
      served.push({
        question,
        entries: entries.filter((each) => each.questionIds.includes(id)).map((each) => each.entry),
      })
  }
  served.sort((a, b) => (a.question.number < b.question.number ? 1 : -1))
  const answered = served.filter(
    ({ question }) => question.state === 'answered' || question.state === 'evaluated',
  ).length
  return { house, entries, served, answered, requests: await store.countRequests(ctx, house.id) }
}
