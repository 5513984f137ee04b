import { DuckDBInstance } from '@duckdb/node-api'
import { ask } from '../engine/ask.ts'
import { explain } from '../engine/explain.ts'
import { refusalText } from '../engine/texts.ts'
import { mutations } from './mutation.ts'
import { children, createTestRoom, freshLedger, heat, homes, visits, type TestRoom } from './target.ts'

/** What became of the questions: by refusal code, how many were planned, answered, and everything that must not be. */
export type Fuzzed = {
  readonly questions: number
  readonly planned: number
  readonly answered: number
  readonly refused: Readonly<Record<string, number>>
  /** Questions that broke the engine, and answers or refusals that repeat what is hidden in the tables. */
  readonly crashes: readonly string[]
  readonly leaks: readonly string[]
}

/** What is in the hidden columns and unit ids of the generated tables and nowhere in the questions’ own words. */
const secret = /Geheim (?!7')\d|\bk\d{3,}\b|\bh\d{3,}\b|_uid_|_k_person/

type Count = {
  questions: number
  planned: number
  answered: number
  refused: Record<string, number>
  crashes: string[]
  leaks: string[]
}

/**
 * Puts mutated questions to the planner, and what it plans to the vault (`answers` at most). Nothing may break, and no
 * answer or refusal may carry what is hidden.
 */
export async function fuzzQuestions(
  options: { count: number; seed: number; answers: number },
  note: (text: string) => void = () => undefined,
): Promise<Fuzzed> {
  return inRoom(async (room, count) => {
    for await (const sql of mutations(options.seed, options.count)) {
      await one(room, sql, { count, runs: count.answered < options.answers })
      if (count.questions % 10_000 === 0) note(`${count.questions} questions`)
    }
  })
}

/** Puts every function the engine knows into every place of a question: argument, figure, condition, table. */
export async function fuzzFunctions(options: { answers: number; every?: number }): Promise<Fuzzed> {
  const names = (await functionNames()).filter((_, i) => i % (options.every ?? 1) === 0)
  return inRoom(async (room, count) => {
    for (const name of names)
      for (const sql of placesOf(name))
        await one(room, sql, { count, runs: count.answered < options.answers })
  })
}

async function inRoom(run: (room: TestRoom, count: Count) => Promise<void>): Promise<Fuzzed> {
  const room = await createTestRoom([children, heat, visits, homes])
  const count: Count = { questions: 0, planned: 0, answered: 0, refused: {}, crashes: [], leaks: [] }
  try {
    await run(room, count)
    return count
  } finally {
    await room.close()
  }
}

async function one(room: TestRoom, sql: string, by: { count: Count; runs: boolean }): Promise<void> {
  const { count } = by
  count.questions++
  try {
    const plan = await explain({ sql, room: room.room })
    if (!plan.admissible) return noteRefusal(count, sql, plan.refusal)
    count.planned++
    if (!by.runs) return
    const answer = await ask({
      sql,
      room: room.room,
      vault: room.vault,
      outer: room.outer,
      ledger: freshLedger,
    })
    if (answer.kind === 'refused') return noteRefusal(count, sql, answer.refusal)
    count.answered++
    if (secret.test(JSON.stringify(answer.result))) count.leaks.push(sql)
  } catch (error) {
    count.crashes.push(`${sql} → ${error instanceof Error ? error.message : String(error)}`)
  }
}

function noteRefusal(
  count: Count,
  sql: string,
  refusal: Parameters<typeof refusalText>[0] | undefined,
): void {
  if (!refusal) return void count.crashes.push(`${sql} → no reason`)
  count.refused[refusal.code] = (count.refused[refusal.code] ?? 0) + 1
  const said = JSON.stringify([refusal, refusalText(refusal, 'de'), refusalText(refusal, 'en')])
  const found = secret.exec(said)?.[0]
  if (found && !sql.includes(found)) count.leaks.push(sql)
}

/** The names of all functions in the engine’s own catalogue: scalar, aggregate, table, macro. */
async function functionNames(): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_matches(function_name, '^[a-z_][a-z0-9_]*$') ORDER BY 1",
  )
  const names = reader.getRowsJson().flatMap(([name]) => (typeof name === 'string' ? [name] : []))
  connection.closeSync()
  instance.closeSync()
  return names
}

function placesOf(name: string): string[] {
  return [
    `SELECT ${name}(name) FROM kinder`,
    `SELECT ${name}(ausgaben) FROM kinder`,
    `SELECT ${name}(ausgaben, 1), COUNT(*) FROM kinder GROUP BY ALL`,
    `SELECT stadtteil, COUNT(*) FROM kinder WHERE ${name}(name) = 'x' GROUP BY stadtteil`,
    `SELECT ${name}(stadtteil), COUNT(*) FROM kinder GROUP BY 1`,
    `SELECT SUM(${name}(ausgaben)) FROM kinder`,
    `SELECT * FROM ${name}()`,
    `SELECT * FROM ${name}('kinder')`,
    `SELECT ${name}(COUNT(*)) FROM kinder`,
    `SELECT ${name}() OVER (ORDER BY COUNT(*)) FROM kinder GROUP BY stadtteil`,
  ]
}
