import { sql } from 'kysely'
import type { EntryUse } from '../../catalogue/gone/model.ts'
import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { policy } from '../policy.ts'

/** Published answers that name these entries as a source, draw a map from them, or were published as them. */
export async function entryUses(ctx: Ctx, entryIds: readonly string[]): Promise<EntryUse[]> {
  requirePermission(ctx, policy, 'read')
  const { rows } = await sql<{ entryId: string; number: string }>`
    select distinct u.id as "entryId", a.number
    from answers_version v join answers_answer a on a.id = v.answer_id
    cross join lateral (
      select v.entry_id as id union select v.content->'map'->>'entryId'
      union select s->>'entryId' from jsonb_array_elements(v.content->'sources') s
    ) u
    where u.id = any(${[...entryIds]}::text[])`.execute(ctx.db)
  return rows.map(({ entryId, number }) => ({ entryId, kind: 'answer', href: `/answers/${number}` }))
}
