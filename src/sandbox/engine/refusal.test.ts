import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RefusalCode } from './refusal.ts'
import { children, createTestRoom, heat, visits, type TestRoom } from '../attacks/target.ts'
import { refusalText } from './texts.ts'

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([children, heat, visits])
})
afterAll(() => room.close())

const n = 'COUNT(*)'
const refused: [string, RefusalCode][] = [
  // not one SELECT
  ['', 'empty'],
  ['   -- nothing', 'empty'],
  ['SELECT 1; SELECT 2', 'several-statements'],
  [`SELECT ${n} FROM kinder; DROP TABLE kinder`, 'not-a-select'],
  ['SELEC x', 'syntax'],
  ["SELECT 'a\0b'", 'syntax'],
  [`SELECT ${n} FROM kinder WHERE kita = '${'x'.repeat(20_000)}'`, 'too-long'],
  ...[
    'DELETE FROM kinder',
    'CREATE MACRO count(x) AS 1',
    'CREATE TEMP TABLE t AS SELECT * FROM kinder',
    "ATTACH 'x.duckdb' AS x",
    "COPY kinder TO '/tmp/x.csv'",
    "EXPORT DATABASE '/tmp/x'",
    'PRAGMA version',
    'SET threads=8',
    'SET VARIABLE a = 1',
    'PREPARE p AS SELECT 1',
    'EXPLAIN ANALYZE SELECT COUNT(*) FROM kinder',
    'INSTALL httpfs',
    'LOAD spatial',
    'CALL pragma_version()',
    'CHECKPOINT',
    'PIVOT kinder ON stadtteil USING COUNT(*)',
  ].map((sql): [string, RefusalCode] => [sql, 'not-a-select']),
  // single rows, hidden and identifying columns
  ['SELECT * FROM kinder', 'star'],
  ['SELECT kinder.* FROM kinder', 'star'],
  ["SELECT COLUMNS('.*') FROM kinder", 'star'],
  ['SELECT kinder FROM kinder', 'unknown-column'],
  ['SELECT to_json(kinder) FROM kinder', 'function'],
  ['SELECT rowid FROM kinder', 'unknown-column'],
  ['SELECT stadtteil FROM kinder', 'single-rows'],
  ['SELECT DISTINCT name FROM kinder', 'hidden-column'],
  [`SELECT name, ${n} FROM kinder GROUP BY name`, 'hidden-column'],
  [`SELECT ${n} FROM kinder WHERE name = 'Geheim 7'`, 'hidden-column'],
  [`SELECT ${n} FROM kinder WHERE kind_id = 'k7'`, 'unit-column'],
  [`SELECT ${n} FROM kinder WHERE kind_id IN ('k1','k2')`, 'unit-column'],
  [`SELECT kind_id, ${n} FROM kinder GROUP BY 1`, 'unit-column'],
  [`SELECT baublock, ${n} FROM kinder GROUP BY baublock`, 'key-column'],
  [`SELECT geburt, ${n} FROM kinder GROUP BY geburt`, 'only-generalised'],
  [`SELECT ausgaben, ${n} FROM kinder GROUP BY ausgaben`, 'measure-as-dimension'],
  [`SELECT "_uid_person", ${n} FROM kinder GROUP BY 1`, 'unknown-column'],
  [`SELECT "_k_person", ${n} FROM kinder GROUP BY 1`, 'unknown-column'],
  // tables, files and functions of the engine
  ["SELECT * FROM '/etc/passwd'", 'unknown-table'],
  ["SELECT * FROM read_csv('/etc/passwd')", 'construct'],
  ["SELECT * FROM glob('*')", 'construct'],
  ['SELECT * FROM duckdb_tables()', 'construct'],
  ["SELECT * FROM query('SELECT 1')", 'construct'],
  ["SELECT * FROM query_table('kinder')", 'construct'],
  ['SELECT * FROM range(10)', 'construct'],
  ['SELECT * FROM information_schema.tables', 'unknown-table'],
  ['SELECT * FROM t_kinder.data', 'unknown-table'],
  [`SELECT ${n} FROM main.kinder`, 'unknown-table'],
  ['SUMMARIZE kinder', 'construct'],
  ['DESCRIBE kinder', 'construct'],
  ['SHOW TABLES', 'construct'],
  ['SELECT * FROM (SUMMARIZE kinder)', 'construct'],
  ["SELECT getenv('HOME')", 'function'],
  ["SELECT getvariable('a'), COUNT(*) FROM kinder", 'function'],
  ["SELECT json_execute_serialized_sql('x') FROM kinder", 'function'],
  ['SELECT stats(ausgaben) FROM kinder', 'function'],
  // functions and expressions over rows
  [`SELECT hash(kind_id) % 10, ${n} FROM kinder GROUP BY 1`, 'expression'],
  [`SELECT substr(stadtteil, 1, 1), ${n} FROM kinder GROUP BY 1`, 'expression'],
  [`SELECT alter_jahre + 0, ${n} FROM kinder GROUP BY 1`, 'expression'],
  [`SELECT CASE WHEN kita THEN 1 END, ${n} FROM kinder GROUP BY 1`, 'expression'],
  [`SELECT CAST(stadtteil AS INTEGER), ${n} FROM kinder GROUP BY 1`, 'expression'],
  ['SELECT SUM(ausgaben * 2) FROM kinder', 'expression'],
  ['SELECT SUM(CASE WHEN kita THEN 1 ELSE 0 END) FROM kinder', 'expression'],
  ['SELECT SUM(CAST(name AS INTEGER)) FROM kinder', 'expression'],
  ['SELECT SUM(1) FROM kinder', 'expression'],
  ['SELECT SUM(alter_jahre) FROM kinder', 'not-a-measure'],
  ['SELECT COUNT(*) FILTER (WHERE kita) FROM kinder', 'construct'],
  ['SELECT SUM(DISTINCT ausgaben) FROM kinder', 'construct'],
  ['SELECT COUNT(DISTINCT ausgaben) FROM kinder', 'aggregate'],
  ['SELECT median(ausgaben) FROM kinder', 'no-bins'],
  ...['min', 'max', 'mode', 'any_value', 'first', 'product', 'string_agg'].map((f): [string, RefusalCode] => [
    `SELECT ${f}(ausgaben) FROM kinder`,
    'aggregate',
  ]),
  ...[
    'list',
    'histogram',
    'approx_top_k',
    'bit_xor',
    'entropy',
    'reservoir_quantile',
    'approx_count_distinct',
    'count_star_x',
  ].map((f): [string, RefusalCode] => [`SELECT ${f}(ausgaben), COUNT(*) FROM kinder`, 'function']),
  ['SELECT row_number() OVER (ORDER BY ausgaben), COUNT(*) FROM kinder GROUP BY stadtteil', 'not-grouped'],
  ['SELECT stadtteil FROM kinder QUALIFY row_number() OVER (ORDER BY ausgaben) = 1', 'single-rows'],
  // conditions
  [`SELECT ${n} FROM kinder WHERE kita OR stadtteil = 'Nord'`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE NOT (kita AND stadtteil = 'Nord')`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE stadtteil <> 'Nord'`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE stadtteil NOT IN ('Nord')`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE stadtteil IS NULL`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE stadtteil LIKE 'N%'`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE regexp_matches(stadtteil, 'N')`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre + 0 = 3`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE 1 = 1`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE random() < 0.5`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE stadtteil = (SELECT 'Nord')`, 'condition'],
  [
    `SELECT ${n} FROM kinder WHERE stadtteil IN (SELECT s FROM (SELECT stadtteil s, COUNT(*) c FROM kinder GROUP BY 1))`,
    'condition',
  ],
  [`SELECT ${n} FROM kinder WHERE EXISTS (SELECT 1)`, 'condition'],
  [`SELECT ${n} FROM kinder WHERE ausgaben = 3`, 'measure-as-dimension'],
  [`SELECT ${n} FROM kinder WHERE ausgaben > 100`, 'measure-as-dimension'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre BETWEEN 1 AND 5`, 'range-edges'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre BETWEEN 0 AND 6`, 'range-edges'],
  [`SELECT ${n} FROM kinder WHERE stadtteil BETWEEN 'A' AND 'M'`, 'value-not-registered'],
  [`SELECT ${n} FROM kinder WHERE alter_3 = 4`, 'value-not-registered'],
  [`SELECT ${n} FROM kinder WHERE stadtteil = 'Nirgends'`, 'value-not-registered'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre = 'drei'`, 'constant'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre = 3.5`, 'constant'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre = 9223372036854775807`, 'number-too-large'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre = NULL`, 'number-too-large'],
  [`SELECT ${n} FROM kinder WHERE alter_jahre = $1`, 'condition'],
  [
    `SELECT ${n} FROM kinder WHERE alter_jahre IN (${Array.from({ length: 51 }, (_, i) => i).join(',')})`,
    'too-many-values',
  ],
  [`SELECT ${n} FROM kinder WHERE kita = alter_jahre`, 'condition'],
  // joins
  [`SELECT ${n} FROM kinder, waermekarte`, 'join'],
  [`SELECT ${n} FROM kinder CROSS JOIN waermekarte`, 'join'],
  [`SELECT ${n} FROM kinder NATURAL JOIN waermekarte`, 'join'],
  [`SELECT ${n} FROM kinder a JOIN kinder b USING (baublock)`, 'join'],
  [`SELECT ${n} FROM kinder RIGHT JOIN waermekarte USING (baublock)`, 'join'],
  [`SELECT ${n} FROM kinder ANTI JOIN waermekarte USING (baublock)`, 'join'],
  [`SELECT ${n} FROM kinder POSITIONAL JOIN waermekarte`, 'join'],
  [`SELECT ${n} FROM kinder ASOF JOIN waermekarte ON kinder.baublock >= waermekarte.baublock`, 'join'],
  [`SELECT ${n} FROM kinder JOIN waermekarte ON kinder.stadtteil = waermekarte.stufe`, 'join'],
  [`SELECT ${n} FROM kinder JOIN waermekarte ON kinder.name = waermekarte.baublock`, 'join'],
  [`SELECT ${n} FROM kinder JOIN waermekarte ON TRUE`, 'join'],
  [`SELECT ${n} FROM waermekarte JOIN besuche ON TRUE JOIN kinder ON TRUE`, 'join'],
  [`SELECT ${n} FROM kinder JOIN (VALUES ('b1')) v(baublock) USING (baublock)`, 'mixed-blocks'],
  [`SELECT ${n} FROM kinder JOIN range(100) ON TRUE`, 'mixed-blocks'],
  [`SELECT ${n} FROM kinder, unnest([1,2,3])`, 'mixed-blocks'],
  [`SELECT ${n} FROM kinder, LATERAL (SELECT 1)`, 'mixed-blocks'],
  [`WITH z AS (SELECT baublock b FROM waermekarte) SELECT 1 FROM z`, 'lookup-alone'],
  [`SELECT ${n} FROM waermekarte`, 'lookup-alone'],
  [
    `SELECT stufe, baublock, ${n} FROM kinder JOIN waermekarte USING (baublock) GROUP BY ALL`,
    'ambiguous-column',
  ],
  // grouping and nesting
  [`SELECT stadtteil, kita, ${n} FROM kinder GROUP BY ROLLUP (stadtteil, kita)`, 'construct'],
  [`SELECT stadtteil, ${n} FROM kinder GROUP BY GROUPING SETS ((stadtteil), ())`, 'construct'],
  [`SELECT stadtteil, ${n} FROM kinder GROUP BY kita`, 'not-grouped'],
  [`SELECT ${n} FROM kinder USING SAMPLE 10%`, 'construct'],
  [`SELECT ${n} FROM kinder TABLESAMPLE 1`, 'construct'],
  [`SELECT stadtteil, ${n} FROM kinder GROUP BY 1 LIMIT 10%`, 'construct'],
  [`WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT * FROM r`, 'construct'],
  ['SELECT list_transform([1,2], x -> x + 1), COUNT(*) FROM kinder', 'function'],
  [`SELECT stadtteil FROM kinder UNION SELECT name FROM kinder`, 'single-rows'],
  [`SELECT stadtteil, ${n} FROM kinder GROUP BY 1 EXCEPT SELECT name, 1 FROM kinder`, 'hidden-column'],
  [`SELECT (SELECT name FROM kinder LIMIT 1), ${n} FROM kinder`, 'hidden-column'],
  [`SELECT (SELECT max(ausgaben) FROM kinder), ${n} FROM kinder`, 'aggregate'],
  [`WITH kinder AS (SELECT 1 x) SELECT * FROM kinder`, 'construct'],
  ['SELECT 1', 'unknown-table'],
  [`SELECT error('x'), ${n} FROM kinder`, 'function'],
  [`SELECT repeat('x', 1000000000), ${n} FROM kinder`, 'function'],
  [`SELECT (SELECT ${'('.repeat(200)}1${')'.repeat(200)}) + ${n} FROM kinder WHERE nix`, 'unknown-column'],
]

describe('refusals', () => {
  test.each(refused)('%s → %s', async (sql, code) => {
    expect(await room.code(sql)).toBe(code)
  })

  test('no refusal repeats a value, and each has words in both languages', async () => {
    for (const [sql] of refused) {
      const answer = await room.ask(
        sql.replaceAll('Geheim 7', 'Hase-4711').replaceAll("'Nirgends'", "'Hase-4711'"),
      )
      if (answer.kind !== 'refused') throw new Error(sql)
      for (const locale of ['de', 'en'] as const) {
        const text = refusalText(answer.refusal, locale)
        expect(text.title.length * text.detail.length).toBeGreaterThan(0)
        expect(JSON.stringify([answer.refusal, text])).not.toMatch(/Hase|4711|undefined/)
      }
    }
  })

  test('errors of the outer part say nothing and show nothing', async () => {
    expect(
      await room.code(
        'SELECT stadtteil, COUNT(*) AS c FROM kinder GROUP BY stadtteil ORDER BY sqrt(-COUNT(*))',
      ),
    ).toBe('outer-failed')
    expect(
      await room.code('WITH z AS (SELECT stadtteil s, COUNT(*) c FROM kinder GROUP BY 1) SELECT nope FROM z'),
    ).toBe('outer-failed')
  })
})
