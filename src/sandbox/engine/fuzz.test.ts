import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { children, heat, visits } from '../attacks/target.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { explain } from './explain.ts'
import { presets } from './preset.ts'

const tables = supposedTables([children.spec, heat.spec, visits.spec])
const room = { tables, preset: presets.allmende }

const seeds = [
  'SELECT stadtteil , COUNT ( * ) AS n FROM kinder WHERE kita AND alter_jahre BETWEEN 0 AND 5 GROUP BY stadtteil HAVING COUNT ( * ) > 10 ORDER BY n DESC LIMIT 5',
  "WITH z AS ( SELECT k . stadtteil , w . stufe , COUNT ( * ) AS c FROM kinder k JOIN waermekarte w USING ( baublock ) GROUP BY ALL ) SELECT stadtteil , SUM ( c ) FILTER ( WHERE stufe = 'heiß' ) / SUM ( c ) FROM z GROUP BY stadtteil",
  "SELECT kita , AVG ( ausgaben ) , rank ( ) OVER ( PARTITION BY kita ORDER BY SUM ( ausgaben ) ) FROM kinder WHERE stadtteil IN ( 'Nord' , 'Süd' ) GROUP BY 1 UNION ALL SELECT true , 1 , 2",
  'SELECT DISTINCT praxis FROM besuche WHERE kosten > 3 QUALIFY row_number ( ) OVER ( ) = 1',
].map((s) => s.split(' '))

const spice = [
  ...'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT UNION EXCEPT WITH RECURSIVE AS ON USING JOIN LEFT CROSS LATERAL NOT AND OR IN BETWEEN LIKE IS NULL CASE WHEN THEN END CAST ( ) , ; . * :: [ ] { } $1 ? -- /* */'.split(
    ' ',
  ),
  ..."kind_id name rowid _uid_person kinder waermekarte besuche COLUMNS unnest range read_csv query getenv error hash sum max list count 0 -1 1e308 9223372036854775808 'x' '' \"kinder\" NaN DATE INTERVAL FILTER OVER DISTINCT ALL ROLLUP CUBE SAMPLE PIVOT SUMMARIZE DESCRIBE VALUES EXISTS ANY".split(
    ' ',
  ),
]

const mutation = fc.record({
  at: fc.nat(200),
  kind: fc.constantFrom('drop', 'insert', 'replace', 'swap', 'repeat'),
  token: fc.constantFrom(...spice),
})

function mutate(
  tokens: readonly string[],
  changes: readonly { at: number; kind: string; token: string }[],
): string {
  let out = [...tokens]
  for (const { at, kind, token } of changes) {
    const i = at % (out.length + 1)
    if (kind === 'drop') out.splice(i, 1)
    if (kind === 'insert') out.splice(i, 0, token)
    if (kind === 'replace') out[i] = token
    if (kind === 'swap') out = [...out.slice(i), ...out.slice(0, i)]
    if (kind === 'repeat') out.splice(i, 0, ...out.slice(i, i + 5))
  }
  return out.join(' ')
}

test('every mutated query is either planned or refused with a typed reason, and never names a hidden column inside', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...seeds),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      async (tokens, changes) => {
        const answer = await explain({ sql: mutate(tokens, changes), room })
        expect(answer.admissible ? answer.inner.length : answer.refusal?.code).toBeTruthy()
        for (const sql of answer.inner)
          expect(sql).not.toMatch(/\b(name|rowid|_uid|_k_)\b|COUNT\(DISTINCT (?!person|household)/)
      },
    ),
    { numRuns: 3_000, seed: 20_261_121 },
  )
})

test('arbitrary text never breaks the planner', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (sql) => {
      expect((await explain({ sql, room })).admissible).toBe(false)
    }),
    { numRuns: 500, seed: 7 },
  )
})
