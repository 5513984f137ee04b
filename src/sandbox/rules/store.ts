import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'

/** A holder's standing word: what she lets leave this room without looking at it. Never changed, only revoked. */
export type StandingRule = {
  id: string
  workspaceId: string
  organisationId: string
  /** Figures shown in the table, at most. */
  maxCells: number
  setBy: string | null
  setAt: Date
  revokedAt: Date | null
}

type RuleTable = {
  id: string
  workspace_id: string
  organisation_id: string
  max_cells: number
  set_by: string | null
  set_at: Date
  revoked_by: string | null
  revoked_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_rule: RuleTable
  }
}

const toRule = (row: Selectable<RuleTable>): StandingRule => ({
  id: row.id,
  workspaceId: row.workspace_id,
  organisationId: row.organisation_id,
  maxCells: row.max_cells,
  setBy: row.set_by,
  setAt: row.set_at,
  revokedAt: row.revoked_at,
})

/** The rules of a room that hold now. */
export async function activeRules(db: Db, workspaceId: string): Promise<StandingRule[]> {
  const rows = await db
    .selectFrom('sandbox_rule')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .orderBy('set_at')
    .execute()
  return rows.map(toRule)
}

/** Writes a rule; false if the organisation has one in this room already. */
export async function insertRule(db: Db, rule: Omit<StandingRule, 'revokedAt'>): Promise<boolean> {
  const done = await db
    .insertInto('sandbox_rule')
    .values({
      id: rule.id,
      workspace_id: rule.workspaceId,
      organisation_id: rule.organisationId,
      max_cells: rule.maxCells,
      set_by: rule.setBy,
      set_at: rule.setAt,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows ?? 0) === 1
}

/** Ends a rule that holds; gives it, or nothing if there was none. */
export async function endRule(
  db: Db,
  whose: { workspaceId: string; organisationId: string },
  by: { personId: string | null; at: Date },
): Promise<StandingRule | undefined> {
  const row = await db
    .updateTable('sandbox_rule')
    .set({ revoked_at: by.at, revoked_by: by.personId })
    .where('workspace_id', '=', whose.workspaceId)
    .where('organisation_id', '=', whose.organisationId)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && toRule(row)
}
