import type { Ctx } from '../../platform/context.ts'
import { ActionError } from '../action/errors.ts'
import type { Condition } from '../action/filter.ts'
import { conditionFor } from '../action/search.ts'
import { problems } from '../problems.ts'
import type { FeedAsked } from './asked.ts'

/** The condition of a feed's `q` and `fq`, in the same language as `package_search`. Refuses what can not be read. */
export async function conditionOfQuery(
  ctx: Ctx,
  { q, fq }: Pick<FeedAsked, 'q' | 'fq'>,
): Promise<Condition | undefined> {
  if (q.length + fq.length === 0) return undefined
  try {
    return await conditionFor(ctx, [...q, ...fq])
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    throw problems.feedQuery({
      name: q.length > 0 ? 'q, fq' : 'fq',
      why: { de: error.message, en: error.message },
    })
  }
}
