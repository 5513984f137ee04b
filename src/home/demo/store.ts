import type { Db } from '../../platform/db.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    home_demo_step: { step: string; result: Record<string, string>; at: Date }
  }
}

/** What the finished steps have made, by step. */
export async function doneSteps(db: Db): Promise<Map<string, Record<string, string>>> {
  const rows = await db.selectFrom('home_demo_step').select(['step', 'result']).execute()
  return new Map(rows.map((row) => [row.step, row.result]))
}

/** Marks a step as done, in the transaction of its writes where it has one. */
export async function finishStep(
  db: Db,
  step: string,
  result: Record<string, string>,
  at: Date,
): Promise<void> {
  await db.insertInto('home_demo_step').values({ step, result, at }).execute()
}
