import type { Ctx } from '../../platform/context.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { Entry } from '../entries/model.ts'
import { findEntries } from '../entries/service.ts'
import type { Fits } from '../mapping/fit.ts'
import type { Need } from '../mapping/model.ts'
import { listNeeds, rateFor, requireNeed } from '../mapping/service.ts'
import { policy } from '../policy.ts'
import { findSimilar } from '../search/service.ts'

/** One source beside others: the entry as the reader may see it, and how it fits the need, if one was named. */
export type Source = { readonly entry: Entry; readonly fits: Fits | null }

/** Sources side by side, for a need or as chosen. */
export type Comparison = { readonly need: Need | null; readonly sources: readonly Source[] }

/** More columns than this nobody compares on a screen. */
const MAX_SOURCES = 6

/**
 * Puts sources side by side: the entries named, or for a need those taken for it and the most alike of others (own, Land,
 * Bund), so that one sees which to use. Entries the reader may not know of are left out.
 */
export async function compareSources(
  ctx: Ctx,
  wanted: { needId?: string | undefined; entryIds: readonly string[] },
): Promise<Comparison> {
  requirePermission(ctx, policy, 'read')
  const need = wanted.needId === undefined ? null : await requireNeed(ctx, wanted.needId)
  const ids = [...wanted.entryIds.filter(isUuid), ...(need ? await idsFor(ctx, need) : [])]
  const chosen = [...new Set(ids)].slice(0, MAX_SOURCES)
  const found = new Map((await findEntries(ctx, chosen)).map((entry) => [entry.id as string, entry]))
  const sources = chosen.flatMap((id) => {
    const entry = found.get(id)
    return entry ? [{ entry, fits: need ? rateFor(ctx, need, entry) : null }] : []
  })
  return { need, sources }
}

async function idsFor(ctx: Ctx, need: Need): Promise<string[]> {
  const line = (await listNeeds(ctx, need.questionId)).find((each) => each.need.id === need.id)
  const taken = (line?.accepted ?? []).map(({ entry }) => entry.id as string)
  const alike = await findSimilar(ctx, [need.what, need.unit ?? '', need.space ?? ''].join(' '), 12)
  return [...taken, ...alike.map((entry) => entry.id as string)]
}
