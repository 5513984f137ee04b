import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandArgs, CommandIo } from '../../platform/command.ts'
import { commands } from '../commands.ts'

let dir: string
let files: { data: string; roles: string }
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'allmende-private-'))
  files = { data: join(dir, 'kinder.csv'), roles: join(dir, 'roles.json') }
  const rows = Array.from({ length: 600 }, (_, i) => `k${i},${['Nord', 'Süd'][i % 2]},${i % 50},p${i % 3}`)
  await writeFile(files.data, ['kind_id,stadtteil,minuten,praxis', ...rows].join('\n'))
  const columns = {
    kind_id: { role: 'unit' },
    stadtteil: { role: 'dimension', domain: ['Nord', 'Süd', 'West'] },
    minuten: { role: 'measure', lower: 0, upper: 60 },
    praxis: { role: 'dimension' },
  }
  await writeFile(files.roles, JSON.stringify({ columns }))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

type Ran = { code: number; json: Record<string, unknown> }

async function query(sql: string | string[], options: CommandArgs['options'] = {}): Promise<Ran> {
  const lines: string[] = []
  const io: CommandIo = { out: (line) => lines.push(line), note: () => undefined, json: true }
  const command = commands.find((c) => c.verb === 'query')
  if (!command || command.needsHub) throw new Error('query')
  const code = await command.run(
    { words: [], options: { ...files, sql, dp: true, json: true, ...options } },
    io,
  )
  return { code, json: JSON.parse(lines.join('\n')) as Record<string, unknown> }
}

const byDistrict = 'SELECT stadtteil, COUNT(*) AS n, AVG(minuten) AS m FROM kinder GROUP BY stadtteil'
type Budget = { epsilon: { used: number; limit: number }; delta: { used: number }; rho: { used: number } }

describe('sandbox query --dp', () => {
  it('prints noisy rows of the whole registered list with deviations and the budget used', async () => {
    const { code, json } = await query(byDistrict, { epsilon: '2', delta: '1e-6' })
    expect(code).toBe(0)
    const rows = json['rows'] as [string, number, number][]
    expect(rows.map((r) => r[0])).toEqual(['Nord', 'Süd', 'West'])
    const sd = json['sd'] as (number | null)[][]
    expect(Math.abs(rows[0]![1] - 300)).toBeLessThan(6 * Number(sd[0]?.[1]))
    const budget = json['budget'] as Budget
    expect(budget.epsilon.used).toBeLessThanOrEqual(2)
    expect(budget.epsilon.used).toBeGreaterThan(1.99)
    expect(budget.delta.used).toBeLessThanOrEqual(1e-6)
  })

  it('draws anew in each run: the files do not decide the noise', async () => {
    const [first, second] = [await query(byDistrict), await query(byDistrict)]
    expect(first.json['resultHash']).not.toBe(second.json['resultHash'])
  })

  it('shares the budget among the questions, asks nothing for a repeat and pays thresholds from δ', async () => {
    const byPractice = 'SELECT praxis, COUNT(*) AS n FROM kinder GROUP BY praxis'
    const { json } = await query([byPractice, `${byPractice} ORDER BY n DESC`, byDistrict])
    const answers = json['answers'] as { cost: { rho: number; delta: number } }[]
    expect(answers[1]?.cost).toMatchObject({ rho: 0, delta: 0 })
    expect(answers[0]?.cost.delta).toBeGreaterThan(0)
    expect((json['budget'] as Budget).delta.used).toBeLessThanOrEqual(1e-6)
  })

  it('refuses by name what has no bound and ends with 1', async () => {
    const { code, json } = await query('SELECT MAX(minuten) FROM kinder')
    expect(code).toBe(1)
    expect(json).toMatchObject({ kind: 'refused', refusal: { code: 'aggregate' } })
  })

  it('does not run with an impossible ε or δ, or a measure without bounds', async () => {
    expect((await query(byDistrict, { epsilon: '0' })).code).toBe(2)
    expect((await query(byDistrict, { delta: '1' })).code).toBe(2)
    expect((await query(byDistrict, { groups: '0' })).code).toBe(2)
    const roles = join(dir, 'without.json')
    await writeFile(
      roles,
      JSON.stringify({ columns: { kind_id: { role: 'unit' }, minuten: { role: 'measure' } } }),
    )
    expect((await query('SELECT SUM(minuten) FROM kinder', { roles })).code).toBe(2)
  })
})
