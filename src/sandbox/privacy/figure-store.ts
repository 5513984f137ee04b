import type { ColumnType } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { StoredFigure } from '../dp/draw.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_noisy_figure: {
      workspace_id: string
      figure_key: string
      rho: ColumnType<string, bigint, never>
      cells: ColumnType<[string, string][], string, string>
      query_id: string
    }
  }
}

/** Noisy figures drawn before in a workspace; of several under one key the most precise. */
export async function storedFigures(
  db: Db,
  workspaceId: string,
  keys: readonly string[],
): Promise<Map<string, StoredFigure>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('sandbox_noisy_figure')
    .select(['figure_key', 'rho', 'cells'])
    .where('workspace_id', '=', workspaceId)
    .where('figure_key', 'in', [...keys])
    .orderBy('rho')
    .execute()
  return new Map(
    rows.map((row) => [
      row.figure_key,
      {
        key: row.figure_key,
        rho: BigInt(row.rho),
        cells: new Map(row.cells.map(([name, value]) => [name, BigInt(value)])),
      },
    ]),
  )
}

/** Keeps what was drawn; the same key and precision again replaces it (drawn and paid anew for further cells). */
export async function keepFigures(
  db: Db,
  asked: { queryId: string; workspaceId: string },
  figures: readonly StoredFigure[],
): Promise<void> {
  for (const figure of figures) {
    const cells = JSON.stringify([...figure.cells].map(([name, value]) => [name, String(value)]))
    await db
      .insertInto('sandbox_noisy_figure')
      .values({
        workspace_id: asked.workspaceId,
        figure_key: figure.key,
        rho: figure.rho,
        cells,
        query_id: asked.queryId,
      })
      .onConflict((c) => c.columns(['workspace_id', 'figure_key', 'rho']).doUpdateSet({ cells }))
      .execute()
  }
}

/** Forgets the noisy figures of a workspace that has ended. */
export async function forgetFigures(db: Db, workspaceId: string): Promise<void> {
  await db.deleteFrom('sandbox_noisy_figure').where('workspace_id', '=', workspaceId).execute()
}
