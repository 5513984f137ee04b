import { explain } from '../engine/explain.ts'
import { isDominated } from '../engine/magnitude.ts'
import { presets } from '../engine/preset.ts'
import { samplerTiming } from '../dp/timing.ts'
import type { Ledger } from '../engine/result.ts'
import { createOuterEngine } from '../vault/pool.ts'
import { ask } from '../engine/ask.ts'
import { leastChange, tooSmall } from '../snapshots/model.ts'
import type { Attack, Outcome } from './suite.ts'
import { children, createTestRoom, freshLedger, heat, visits, type TestRoom } from './target.ts'

type Check = (room: TestRoom) => Promise<{ held: boolean; seen: string }>

function neutral(id: number, name: string, check: Check): Attack {
  return {
    id,
    name,
    required: 'neutralised',
    run: async (room) => {
      const { held, seen } = await check(room)
      return { outcome: held ? 'neutralised' : 'failed', seen }
    },
  }
}

function said(
  id: number,
  name: string,
  outcome: Extract<Outcome, 'governed' | 'open'>,
  seen: string,
): Attack {
  return { id, name, required: outcome, run: async () => ({ outcome, seen }) }
}

const others = "('Altstadt', 'Hafen', 'Nord', 'Süd')"
const text = (rows: unknown) => JSON.stringify(rows)

/** All questions must give exactly the same protected rows. */
async function same(room: TestRoom, questions: readonly string[]): Promise<{ held: boolean; seen: string }> {
  const rows = await Promise.all(questions.map((sql) => room.rows(sql)))
  const held = rows.every((r) => text(r) === text(rows[0]))
  return { held, seen: held ? `${questions.length} times the same figures` : 'different figures' }
}

/** All figures of all questions must be protected. */
async function allProtected(
  room: TestRoom,
  questions: readonly string[],
): Promise<{ held: boolean; seen: string }> {
  const rows = (await Promise.all(questions.map((sql) => room.rows(sql)))).flat()
  const shown = rows.filter((row) => typeof row.at(-1) === 'number').length
  return { held: shown === 0, seen: shown === 0 ? 'protected' : `${shown} figures shown` }
}

/** A ledger that remembers, as a workspace keeps it. */
function workspaceLedger(): Ledger & { take: (room: TestRoom, sql: string) => Promise<string> } {
  const cells = new Set<string>()
  const ways = new Map<string, Set<string>>()
  const ledger: Ledger = {
    remaining: 1_000_000,
    seen: async () => cells,
    waysOf: async (base) => ways.get(base) ?? new Set(),
  }
  const take = async (room: TestRoom, sql: string) => {
    const answer = await room.ask(sql, { ledger })
    if (answer.kind === 'refused') return answer.refusal.code
    for (const { base, way } of answer.spending.partitions)
      ways.set(base, (ways.get(base) ?? new Set()).add(way))
    return 'answered'
  }
  return { ...ledger, take }
}

const dimensions = ['stadtteil', 'kita', 'alter_3', 'geburtsjahr', 'alter_jahre']

/** Every choice of up to five dimensions: 31 ways to split the same children. */
function waysToSplit(): string[] {
  return Array.from({ length: 2 ** dimensions.length - 1 }, (_, n) =>
    dimensions.filter((_d, i) => ((n + 1) >> i) & 1).join(', '),
  )
}

/** Attacks that are answered, or partly so, and must not give anything away; and those that people decide. */
export const behaviourAttacks: readonly Attack[] = [
  neutral(1, 'small cell', (room) =>
    allProtected(room, [
      "SELECT COUNT(*) FROM kinder WHERE stadtteil = 'Insel'",
      "SELECT alter_jahre, COUNT(*) FROM kinder WHERE stadtteil = 'Insel' GROUP BY 1",
    ]),
  ),
  neutral(2, 'simple differencing', (room) =>
    allProtected(room, [`SELECT COUNT(*) FROM kinder WHERE stadtteil IN ${others}`]),
  ),
  neutral(3, 'differencing of sums', (room) =>
    allProtected(room, [
      `SELECT SUM(ausgaben) FROM kinder WHERE stadtteil IN ${others}`,
      `SELECT AVG(ausgaben) FROM kinder WHERE kita AND stadtteil IN ${others}`,
    ]),
  ),
  neutral(5, 'averaging by repetition', (room) =>
    same(
      room,
      Array.from({ length: 25 }, () => 'SELECT kita, COUNT(*), SUM(ausgaben) FROM kinder GROUP BY kita'),
    ),
  ),
  neutral(6, 'averaging by syntax', (room) =>
    same(room, [
      'SELECT COUNT(*) FROM kinder WHERE alter_jahre = 4 AND kita',
      'select count(*) as x from kinder k where k.kita = true and alter_jahre in (4)',
      'SELECT COUNT(*) FROM kinder WHERE kita AND kita AND alter_jahre IN (4, 4) -- again',
      'WITH a AS (SELECT COUNT(*) n FROM kinder WHERE alter_jahre = 4 AND kita) SELECT n FROM a',
      'SELECT COUNT(DISTINCT kind_id) FROM kinder WHERE kita AND alter_jahre = 4',
    ]),
  ),
  neutral(7, 'averaging by partition', async (room) => {
    const ledger = workspaceLedger()
    const codes: string[] = []
    for (const by of waysToSplit())
      codes.push(await ledger.take(room, `SELECT ${by}, COUNT(*) FROM kinder GROUP BY ${by}`))
    const answered = codes.filter((c) => c === 'answered').length
    return {
      held: answered === presets.allmende.partitions && codes.includes('partitions'),
      seen: `${answered} ways answered, then refused`,
    }
  }),
  neutral(9, 'mean times count', async (room) => {
    const [row] = await room.rows('SELECT AVG(ausgaben) * COUNT(*), SUM(ausgaben) FROM kinder')
    const total = children.rows.reduce((sum, r) => sum + Number(r[7]), 0)
    const off = row?.map((x) => Math.abs(Number(x) - total)) ?? []
    return { held: off.every((d) => d > 50), seen: `off by ${off.map((d) => Math.round(d)).join(' and ')}` }
  }),
  neutral(11, 'noise exploitation, differential', (room) =>
    allProtected(room, [
      `SELECT COUNT(*) FROM kinder WHERE kita AND stadtteil IN ${others}`,
      `SELECT COUNT(*) FROM kinder WHERE alter_jahre BETWEEN 0 AND 5 AND stadtteil IN ${others}`,
    ]),
  ),
  neutral(12, 'noise exploitation, cloning', async (room) => {
    const all = Array.from({ length: 18 }, (_, i) => i)
    const clones = await same(room, [
      'SELECT COUNT(*) FROM kinder WHERE kita',
      ...[99, 1000, 77].map(
        (dummy) => `SELECT COUNT(*) FROM kinder WHERE kita AND alter_jahre IN (${[...all, dummy].join()})`,
      ),
    ])
    const outside = await room.code("SELECT COUNT(*) FROM kinder WHERE kita AND stadtteil IN ('Nirgends')")
    return {
      held: clones.held && outside === 'value-not-registered',
      seen: `${clones.seen}; unknown value ${outside}`,
    }
  }),
  neutral(13, 'two projects, one group', async (room) => {
    const sql = 'SELECT stadtteil, COUNT(*) FROM kinder WHERE kita GROUP BY stadtteil'
    const other = await createTestRoom([children])
    const [a, b] = await Promise.all([room.rows(sql), other.rows(sql)])
    await other.close()
    return {
      held: text(a) === text(b),
      seen: text(a) === text(b) ? 'the same noise in both projects' : 'different noise',
    }
  }),
  neutral(14, 'difference over a refresh', async () => {
    const room = await createTestRoom([children])
    try {
      const of = async (changed: number) => {
        const rows = children.rows.map((row, i) =>
          i < changed ? [...row.slice(0, 7), 999, row[8] ?? null] : row,
        )
        const { snapshot } = await room.vault.ingest(children.spec, rows, { hold: true })
        const change = await room.vault.changeBetween('kinder', 1, snapshot)
        return tooSmall(change, leastChange(presets.allmende)) === null
      }
      const [few, many, none] = [await of(1), await of(60), await of(0)]
      return {
        held: !few && many && none,
        seen: 'a new snapshot in which one child differs is not taken, one with 60 is; workspaces stay on their snapshot',
      }
    } finally {
      await room.close()
    }
  }),
  said(
    15,
    'injected own records',
    'governed',
    'the reviewers of the other holders see the question; the engine cannot know a holder’s own records',
  ),
  neutral(16, 'colluding second contributor', async () => {
    const of = (top: bigint[], rest: bigint) => ({
      set: { n: 100n, key: 0n },
      sum: top.reduce((a, b) => a + b, rest),
      absolute: top.reduce((a, b) => a + b, rest),
      top,
    })
    const held =
      isDominated(of([1000n, 900n], 99n), presets.allmende) &&
      !isDominated(of([1000n, 900n], 101n), presets.allmende)
    return { held, seen: 'p% rule at its edge' }
  }),
  neutral(18, 'one unit with very many rows', async (room) => {
    const rows = await room.rows('SELECT praxis, COUNT(*), SUM(kosten) FROM besuche GROUP BY praxis')
    const corner = rows.find((r) => r[0] === 'Eck')
    return {
      held: !corner || corner.slice(1).every((x) => x === null),
      seen: corner ? text(corner) : 'protected',
    }
  }),
  neutral(23, 'HAVING on true values', async (room) => {
    const rows = await room.rows(
      'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil HAVING COUNT(*) = 3 OR COUNT(*) < 10',
    )
    return { held: rows.length === 0, seen: `${rows.length} rows` }
  }),
  neutral(24, 'ORDER BY and LIMIT by true figures', async (room) => {
    const all = await room.rows('SELECT stadtteil, SUM(ausgaben) FROM kinder GROUP BY stadtteil')
    const [top] = await room.rows(
      'SELECT stadtteil, SUM(ausgaben) s FROM kinder GROUP BY stadtteil ORDER BY s DESC NULLS LAST LIMIT 1',
    )
    const most = Math.max(...all.map((r) => Number(r[1] ?? 0)))
    return { held: top?.[1] === most, seen: 'order follows the protected figures' }
  }),
  neutral(25, 'DISTINCT listing', async (room) => {
    const code = await room.code('SELECT DISTINCT name FROM kinder')
    const rows = await room.rows('SELECT DISTINCT praxis FROM besuche')
    return {
      held: code === 'hidden-column' && !rows.flat().includes('Selten'),
      seen: `${code}; rare values are not listed`,
    }
  }),
  neutral(30, 'huge weights', async (room) => {
    const row = [...(children.rows[0] ?? [])]
    row[7] = 1e15
    const one = await createTestRoom([{ spec: children.spec, rows: [row, ...children.rows.slice(1)] }])
    const sql = 'SELECT SUM(ausgaben) FROM kinder'
    const [[a], [b]] = await Promise.all([one.rows(sql), room.rows(sql)])
    await one.close()
    const moved = Math.abs(Number(a?.[0]) - Number(b?.[0]))
    return { held: moved < 5_000, seen: `a value of 1e15 moves the sum by ${Math.round(moved)}` }
  }),
  neutral(32, 'division by zero', async (room) => {
    const code = await room.code('SELECT SUM(1 / (ausgaben - 5)) FROM kinder')
    const rows = await room.rows('SELECT 1 / (COUNT(*) - COUNT(*)) FROM kinder')
    return {
      held: code === 'expression' && rows[0]?.[0] === null,
      seen: `rows: ${code}; protected figures: null`,
    }
  }),
  neutral(39, 'timing of a DP sampler', async () => samplerTiming()),
  neutral(40, 'order of summation', async (room) => {
    const shuffled = await createTestRoom([{ spec: children.spec, rows: children.rows.toReversed() }])
    const sql = 'SELECT stadtteil, SUM(ausgaben), AVG(ausgaben), COUNT(*) FROM kinder GROUP BY stadtteil'
    const [a, b] = await Promise.all([room.rows(sql), shuffled.rows(sql)])
    await shuffled.close()
    return { held: text(a) === text(b), seen: 'sums are whole numbers; the order of rows changes nothing' }
  }),
  neutral(41, 'memory and time oracle', async (room) => {
    const outer = createOuterEngine({ timeoutMs: 400 })
    const cells = 'SELECT alter_jahre, stadtteil, COUNT(*) n FROM kinder GROUP BY ALL'
    const bomb = `WITH v AS (${cells}) SELECT count(*) FROM v a, v b, v c, v d, v e, v f WHERE a.n + b.n + c.n > d.n + e.n * f.n`
    const answer = await ask({ sql: bomb, room: room.room, vault: room.vault, outer, ledger: freshLedger })
    await outer.close()
    const next = await room.code('SELECT COUNT(*) FROM kinder')
    const code = answer.kind === 'refused' ? answer.refusal.code : 'answered'
    return {
      held: ['time', 'memory', 'vault'].includes(code) && next === 'answered',
      seen: `stopped with “${code}”, the next question is answered`,
    }
  }),
  neutral(53, 'parser differential', async (room) => {
    const held = await same(room, [
      'SELECT COUNT(*) AS n FROM kinder WHERE kita',
      'SELECT /* ; DROP */ COUNT(*) AS "n" FROM "kinder" WHERE "kita" -- \' OR 1=1',
      'FROM kinder SELECT COUNT(*) AS n WHERE kita',
    ])
    const pivot = await room.code('PIVOT kinder ON stadtteil USING COUNT(*)')
    return { held: held.held && pivot === 'not-a-select', seen: `${held.seen}; PIVOT ${pivot}` }
  }),
  neutral(57, 'spelling, NULL and NaN groups', async (room) => {
    const rows = await room.rows('SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil')
    const odd = rows.filter((r) => String(r[0]).normalize('NFC') !== r[0])
    return { held: odd.length === 0 && rows.length === 5, seen: `${rows.length} groups, one spelling each` }
  }),
  said(
    59,
    'cache and log channel',
    'governed',
    'the engine keeps no cache and writes no log; the workspace stores texts for holders only',
  ),
  neutral(60, 'pattern of protected cells', async (room) => {
    const rows = await room.rows(
      'SELECT stadtteil, stufe, COUNT(*) FROM kinder JOIN waermekarte USING (baublock) GROUP BY ALL',
    )
    const close = await room.rows(
      "SELECT stadtteil, COUNT(*) FROM kinder WHERE stadtteil IN ('Nord', 'Insel') GROUP BY stadtteil",
    )
    const held =
      rows.filter((r) => r[0] === 'Insel').every((r) => r[2] === null) && close.every((r) => r[1] === null)
    return { held, seen: 'empty looks like protected; the rest of a nearly complete group is protected too' }
  }),
  neutral(61, 'presence by group value', async (room) => {
    const rows = await room.rows('SELECT praxis, COUNT(DISTINCT kind_id) FROM besuche GROUP BY praxis')
    return { held: !rows.some((r) => r[0] === 'Selten'), seen: 'a value of three units is not printed' }
  }),
  neutral(62, 'drift between engines', async (room) => {
    const other = await createTestRoom([visits, heat, children])
    const sql = 'SELECT stadtteil, kita, COUNT(*), SUM(ausgaben) FROM kinder GROUP BY ALL'
    const [a, b] = await Promise.all([room.rows(sql), other.rows(sql)])
    await other.close()
    return {
      held: text(a) === text(b),
      seen: 'noise comes from the unit set in whole numbers: the same in a second vault; other engines are not connected yet',
    }
  }),
  neutral(63, 'burning the budget of a colleague', async (room) => {
    const dry = await explain({
      sql: 'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil',
      room: room.room,
    })
    return {
      held: dry.admissible && dry.cellsAtMost === 5,
      seen: 'dry runs are free; the workspace counts per person and day',
    }
  }),
  said(
    64,
    'laundering by releases',
    'governed',
    'rows per release are limited, each release is decided by reviewers',
  ),
  neutral(65, 'several unit types', async (room) => {
    const rows = await room.rows('SELECT heim, COUNT(*) FROM bewohner GROUP BY heim')
    return {
      held: !rows.some((r) => r[0] === 'Linde') && rows.length === 2,
      seen: 'a hundred people of two households are protected',
    }
  }),
]
