import { sql } from 'kysely'
import type { EntryUse } from '../../catalogue/gone/model.ts'
import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { policy } from '../policy.ts'

/** Agreements, in any state and version, whose terms name these entries. Says that there is one and where, nothing of its text. */
export async function entryUses(ctx: Ctx, entryIds: readonly string[]): Promise<EntryUse[]> {
  requirePermission(ctx, policy, 'read')
  const { rows } = await sql<{ entryId: string; agreementId: string }>`
    select distinct e->>'entryId' as "entryId", v.agreement_id as "agreementId"
    from cooperation_version v cross join jsonb_array_elements(v.terms->'entries') e
    where e->>'entryId' = any(${[...entryIds]}::text[])`.execute(ctx.db)
  return rows.map(({ entryId, agreementId }) => ({
    entryId,
    kind: 'agreement',
    href: `/cooperation/agreements/${agreementId}`,
  }))
}
