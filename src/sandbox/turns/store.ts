import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_turn: { key: string; holder: string; until: Date }
  }
}

/** Takes or renews a turn for some seconds by the database's own clock; false while somebody else holds it. */
export async function takeTurn(db: Db, key: string, holder: string, seconds: number): Promise<boolean> {
  const { rows } = await sql<{ holder: string }>`
    insert into sandbox_turn (key, holder, until)
    values (${key}, ${holder}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (key) do update set holder = excluded.holder, until = excluded.until
      where sandbox_turn.holder = excluded.holder or sandbox_turn.until < clock_timestamp()
    returning holder`.execute(db)
  return rows.length === 1
}

/** Gives a turn back; does nothing if it ran out and went to somebody else. */
export async function endTurn(db: Db, key: string, holder: string): Promise<void> {
  await db.deleteFrom('sandbox_turn').where('key', '=', key).where('holder', '=', holder).execute()
}
