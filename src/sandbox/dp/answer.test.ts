import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { children, createTestRoom, heat, homes, visits, type TestRoom } from '../attacks/target.ts'
import { rhoNumber } from './accountant.ts'
import { answerPrivately, refusalOf, type PrivateAnswer, type PrivateQuestion } from './answer.ts'
import { lossOf } from './loss.ts'
import { seededBits } from './bits.ts'
import { deviationOf, type StoredFigure } from './draw.ts'
import { planPrivately, type PrivateTerms } from './plan.ts'

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([children, heat, visits, homes])
})
afterAll(() => room.close())

const terms: PrivateTerms = {
  contribution: { groups: 2, rows: 3 },
  k: 10,
  thresholdDelta: 10_000_000n,
  salt: 'order',
}

type Wish = { rho?: number; seed?: string; terms?: PrivateTerms; stored?: Map<string, StoredFigure> }

async function questionOf(sql: string, wish: Wish = {}): Promise<PrivateQuestion> {
  const setting = { tables: room.room.tables, preset: room.room.preset, terms: wish.terms ?? terms }
  return {
    plan: await planPrivately(sql, setting),
    rho: BigInt(Math.round((wish.rho ?? 0.01) * 1e9)),
    terms: setting.terms,
    stored: wish.stored ?? new Map<string, StoredFigure>(),
    room: room.room,
    vault: room.vault,
    outer: room.outer,
    bits: seededBits(wish.seed ?? sql),
  }
}

const ask = async (sql: string, wish?: Wish) => answerPrivately(await questionOf(sql, wish))
const kept = (...answers: PrivateAnswer[]) => new Map(answers.flatMap((a) => a.fresh).map((f) => [f.key, f]))
const codeOf = (sql: string) =>
  questionOf(sql).then(
    () => 'planned',
    (error: unknown) => refusalOf(error).code,
  )

describe('figures', () => {
  it('lie as far from the truth as their public deviation says', async () => {
    const sql =
      'SELECT stadtteil, COUNT(*) AS n, SUM(ausgaben) AS s, AVG(ausgaben) AS m FROM kinder GROUP BY stadtteil'
    const { result } = await ask(sql, { rho: 20 })
    const [row] = result.rows
    const sd = result.sd?.[0] ?? []
    expect(row?.[0]).toBe('Altstadt')
    expect(Math.abs(Number(row?.[1]) - 1500)).toBeLessThan(5 * Number(sd[1]))
    const true_ = children.rows.filter((r) => r[2] === 'Altstadt').map((r) => Number(r[7]))
    const sum = true_.reduce((a, b) => a + b, 0)
    expect(Math.abs(Number(row?.[2]) - sum)).toBeLessThan(5 * Number(sd[2]))
    expect(Math.abs(Number(row?.[3]) - sum / true_.length)).toBeLessThan(5 * Number(sd[3]))
  })

  it('spread over many draws as the deviation says', async () => {
    const sql = 'SELECT COUNT(*) AS n FROM waermekarte w JOIN kinder k ON k.baublock = w.baublock'
    const found = await questionOf(sql)
    const sd = deviationOf(found.plan.blocks[0]!.bounding, 0, found.rho)
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        ask(sql, { seed: `spread ${i}` }).then((a) => Number(a.result.rows[0]?.[0])),
      ),
    )
    const mean = answers.reduce((a, b) => a + b, 0) / answers.length
    const seen = Math.sqrt(answers.reduce((a, b) => a + (b - mean) ** 2, 0) / (answers.length - 1))
    expect(seen / sd).toBeGreaterThan(0.6)
    expect(seen / sd).toBeLessThan(1.5)
  })

  it('are given for every registered cell, empty and small ones too, and only for those left open', async () => {
    const all = await ask('SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil')
    expect(all.result.rows.map((r) => r[0])).toEqual(['Altstadt', 'Hafen', 'Nord', 'Süd', 'Insel'])
    expect(all.result.rows.every((r) => typeof r[1] === 'number')).toBe(true)
    const two = await ask(
      "SELECT stadtteil, COUNT(*) AS n FROM kinder WHERE stadtteil IN ('Nord', 'Insel') GROUP BY stadtteil",
    )
    expect(two.result.rows.map((r) => r[0])).toEqual(['Nord', 'Insel'])
  })

  it('go through the second engine as noisy rows', async () => {
    const answer = await ask(
      'WITH c AS (SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil) SELECT MAX(n) AS most FROM c',
    )
    expect(Number(answer.result.rows[0]?.[0])).toBeGreaterThan(1300)
    expect(answer.result.sd).toBeUndefined()
  })
})

describe('variance and standard deviation', () => {
  const spending = children.rows.filter((r) => r[2] === 'Altstadt').map((r) => Number(r[7]))
  const mean = spending.reduce((a, b) => a + b, 0) / spending.length
  const variance = spending.reduce((a, b) => a + (b - mean) ** 2, 0) / (spending.length - 1)

  it('come from three noisy sums, as far from the truth as said', async () => {
    const sql =
      "SELECT VARIANCE(ausgaben) AS v, STDDEV(ausgaben) AS s FROM kinder WHERE stadtteil = 'Altstadt'"
    const question = await questionOf(sql, { rho: 20 })
    expect(question.plan.figures).toBe(3)
    const { result } = await answerPrivately(question)
    const [[v, s] = [], [vSd, sSd] = []] = [result.rows[0], result.sd?.[0]]
    expect(Math.abs(Number(v) - variance)).toBeLessThan(5 * Number(vSd))
    expect(Math.abs(Number(s) - Math.sqrt(variance))).toBeLessThan(5 * Number(sSd))
    expect(Number(sSd) / Number(s)).toBeLessThan(0.1)
  })

  it('are never more than the bounds allow, however large the noise', async () => {
    const spread = async (i: number) => {
      const { result } = await ask("SELECT STDDEV_POP(ausgaben) AS s FROM kinder WHERE stadtteil = 'Insel'", {
        seed: `wide ${i}`,
      })
      return Number(result.rows[0]?.[0] ?? 0)
    }
    const seen = await Promise.all(Array.from({ length: 12 }, (_, i) => spread(i)))
    expect(seen.every((s) => s >= 0 && s <= 501)).toBe(true)
  })
})

describe('deviations after the second engine', () => {
  const by = 'SELECT stadtteil, COUNT(*) AS n, AVG(ausgaben) AS m FROM kinder GROUP BY stadtteil'

  it('stand beside rows that were only ordered and chosen', async () => {
    const plain = await ask(by, { seed: 'passed' })
    const sorted = await ask(`${by} HAVING COUNT(*) > 100 ORDER BY n DESC LIMIT 3`, { seed: 'passed' })
    const expected = new Map(plain.result.rows.map((row, i) => [row[0], plain.result.sd?.[i]]))
    expect(sorted.result.rows).toHaveLength(3)
    expect(sorted.result.sd).toEqual(sorted.result.rows.map((row) => expected.get(row[0])))
  })

  it('are left out where something is computed', async () => {
    expect((await ask(`SELECT n * 2 AS n FROM (${by}) t ORDER BY n`)).result.sd).toBeUndefined()
    expect((await ask('SELECT COUNT(*) * 2 AS n FROM kinder')).result.sd).toBeUndefined()
  })
})

describe('values that are not registered', () => {
  it('are named only above a threshold that a single unit does not reach', async () => {
    const { result, loss } = await ask(
      'SELECT praxis, COUNT(DISTINCT kind_id) AS n FROM besuche GROUP BY praxis',
    )
    const names = result.rows.map((r) => r[0])
    expect(names).toEqual(expect.arrayContaining(['Markt', 'Park']))
    expect(names).not.toContain('Selten')
    expect(loss.delta).toBe(terms.thresholdDelta)
  })

  it('cost no δ where all are registered', async () => {
    expect((await ask('SELECT kita, COUNT(*) AS n FROM kinder GROUP BY kita')).loss.delta).toBe(0n)
  })
})

describe('one unit', () => {
  it('with thousands of rows weighs no more than its bound', async () => {
    const few = { ...terms, contribution: { groups: 1, rows: 1 } }
    const { result } = await ask("SELECT COUNT(*) AS n FROM besuche WHERE praxis = 'Eck'", {
      rho: 50,
      terms: few,
    })
    expect(Number(result.rows[0]?.[0])).toBeLessThan(60)
  })
})

describe('what a question costs', () => {
  it('is shared among its figures and never more than was asked for', async () => {
    const { loss } = await ask('SELECT COUNT(*) AS n, SUM(ausgaben) AS s, AVG(ausgaben) AS m FROM kinder')
    expect(loss.rho).toBeLessThanOrEqual(10_000_000n)
    expect(rhoNumber(loss.rho)).toBeCloseTo(0.01, 6)
  })

  it('is nothing for the same thing again, in other words and in another order, with the same figures', async () => {
    const first = await ask('SELECT stadtteil, kita, COUNT(*) AS n FROM kinder GROUP BY stadtteil, kita')
    const stored = kept(first)
    const sql = 'SELECT x.kita AS k, x.stadtteil AS s, COUNT(*) AS c FROM kinder x GROUP BY ALL'
    const again = await ask(sql, { stored, seed: 'other' })
    expect(again.loss).toEqual({ rho: 0n, delta: 0n })
    const byName = (rows: PrivateAnswer['result']['rows'], order: number[]) =>
      rows.map((r) => order.map((i) => r[i]).join('|')).sort()
    expect(byName(again.result.rows, [1, 0, 2])).toEqual(byName(first.result.rows, [0, 1, 2]))
    const coarser = await questionOf(sql, { stored, rho: 0.001 })
    expect(lossOf(coarser).rho).toBe(0n)
    expect(lossOf(await questionOf(sql, { stored, rho: 0.02 })).rho).toBe(20_000_000n)
  })

  it('covers only what is new where a part is stored', async () => {
    const first = await ask('SELECT praxis, COUNT(DISTINCT kind_id) AS n FROM besuche GROUP BY praxis', {
      rho: 0.005,
    })
    const sql = 'SELECT praxis, COUNT(DISTINCT kind_id) AS n, SUM(kosten) AS s FROM besuche GROUP BY praxis'
    const more = await ask(sql, { rho: 0.01, stored: kept(first) })
    expect(more.loss).toEqual({ rho: 5_000_000n, delta: 0n })
    expect(more.result.rows.map((r) => r.slice(0, 2))).toEqual(first.result.rows)
  })

  it('is refused where nothing would be left for a figure', async () => {
    const tiny = await questionOf('SELECT COUNT(*) AS n, SUM(ausgaben) AS s FROM kinder', { rho: 1e-9 })
    expect(() => lossOf(tiny)).toThrow('privacy-budget')
  })
})

describe('refusals', () => {
  it('name what has no provable bound', async () => {
    expect(await codeOf('SELECT MIN(ausgaben) FROM kinder')).toBe('aggregate')
    expect(await codeOf('SELECT kind_id FROM kinder')).not.toBe('planned')
    expect(await codeOf('SELECT COUNT(*) FROM besuche b JOIN kinder k ON b.kind_id = k.kind_id')).toBe(
      'privacy-units',
    )
    expect(await codeOf('SELECT COUNT(*) FROM besuche b LEFT JOIN kinder k ON b.kind_id = k.kind_id')).toBe(
      'privacy-join',
    )
  })
})
