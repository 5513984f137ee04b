import type { Attack } from './suite.ts'

/** Runs questions that must all be refused; refusals must not carry text of the data. */
function refusing(id: number, name: string, questions: readonly string[]): Attack {
  return {
    id,
    name,
    required: 'refused',
    run: async (room) => {
      const answers = await Promise.all(questions.map((sql) => room.ask(sql)))
      const through = questions.filter((_, i) => answers[i]?.kind !== 'refused')
      const leaks = answers.some((a) => a.kind === 'refused' && /Geheim|k7\b/.test(JSON.stringify(a.refusal)))
      if (through.length > 0 || leaks)
        return {
          outcome: 'failed',
          seen: leaks ? 'a refusal repeats data' : `answered: ${through.join(' | ')}`,
        }
      const codes = [...new Set(answers.map((a) => (a.kind === 'refused' ? a.refusal.code : '')))]
      return { outcome: 'refused', seen: `${questions.length} refused: ${codes.join(', ')}` }
    },
  }
}

const calls = (functions: string, argument: string) =>
  functions.split(' ').map((f) => `SELECT ${f}(${argument}) FROM kinder`)

/** Attacks that the closed grammar stops before anything runs. */
export const grammarAttacks: readonly Attack[] = [
  refusing(4, 'tracker', [
    "SELECT COUNT(*) FROM kinder WHERE stadtteil = 'Nord' OR kita",
    "SELECT COUNT(*) FROM kinder WHERE stadtteil = 'Nord' OR NOT kita",
    "SELECT COUNT(*) FROM kinder WHERE NOT (stadtteil = 'Nord' AND kita)",
  ]),
  refusing(8, 'averaging by hash split', [
    'SELECT hash(kind_id) % 10, COUNT(*) FROM kinder GROUP BY 1',
    'SELECT substr(stadtteil, 2, 1), COUNT(*) FROM kinder GROUP BY 1',
    'SELECT alter_jahre % 2, COUNT(*) FROM kinder GROUP BY 1',
  ]),
  refusing(10, 'linear reconstruction', [
    "SELECT COUNT(*) FROM kinder WHERE kind_id IN ('k1', 'k5', 'k9')",
    'SELECT SUM(ausgaben) FROM kinder WHERE floor(sin(hash(kind_id))) = 0',
    "SELECT COUNT(*) FROM kinder WHERE baublock IN ('b1', 'b2')",
  ]),
  refusing(17, 'row multiplication', [
    'SELECT COUNT(*) FROM kinder JOIN range(100) ON TRUE',
    'SELECT COUNT(*) FROM kinder a JOIN kinder b USING (baublock)',
    'SELECT COUNT(*) FROM kinder, unnest([1, 2, 3])',
    'SELECT COUNT(*) FROM kinder CROSS JOIN waermekarte',
  ]),
  refusing(19, 'join as filter', [
    "SELECT COUNT(*) FROM kinder JOIN (VALUES ('Geheim 7')) v(name) USING (name)",
    "SELECT COUNT(*) FROM kinder JOIN (VALUES ('b1')) v(baublock) USING (baublock)",
  ]),
  refusing(
    20,
    'semi, anti, ASOF, positional, lateral joins',
    ['SEMI', 'ANTI', 'ASOF', 'RIGHT', 'FULL']
      .map(
        (j) => `SELECT COUNT(*) FROM kinder ${j} JOIN waermekarte ON kinder.baublock = waermekarte.baublock`,
      )
      .concat(
        'SELECT COUNT(*) FROM kinder POSITIONAL JOIN waermekarte',
        'SELECT COUNT(*) FROM kinder, LATERAL (SELECT kinder.name)',
      ),
  ),
  refusing(21, 'null probing after a left join', [
    'SELECT COUNT(*) FROM kinder LEFT JOIN waermekarte w USING (baublock) WHERE w.baublock IS NULL',
    'SELECT COUNT(*) FROM kinder LEFT JOIN waermekarte w USING (baublock) WHERE w.stufe IS NULL',
  ]),
  refusing(22, 'set operations on rows', [
    'SELECT name FROM kinder EXCEPT SELECT stufe FROM waermekarte',
    'SELECT stadtteil FROM kinder UNION ALL SELECT stadtteil FROM kinder',
    'SELECT stadtteil, COUNT(*) FROM (SELECT stadtteil FROM kinder UNION ALL SELECT stadtteil FROM kinder) GROUP BY 1',
  ]),
  refusing(26, 'window functions over rows', [
    'SELECT row_number() OVER (ORDER BY ausgaben) FROM kinder',
    'SELECT stadtteil, lag(ausgaben) OVER () FROM kinder GROUP BY stadtteil',
    'SELECT stadtteil FROM kinder QUALIFY rank() OVER (ORDER BY ausgaben) = 1',
  ]),
  refusing(27, 'extremes', [
    ...calls('min max first last any_value mode', 'ausgaben'),
    'SELECT arg_max(name, ausgaben) FROM kinder',
    'SELECT max(name, 2) FROM kinder',
  ]),
  refusing(28, 'quantiles', [
    ...calls('median mad approx_quantile', 'ausgaben'),
    'SELECT quantile_disc(ausgaben, 0.999) FROM kinder',
    'SELECT quantile_cont(ausgaben, 0.5) FROM kinder',
  ]),
  refusing(
    29,
    'aggregates that carry values',
    calls(
      'list string_agg histogram approx_top_k bit_xor bit_and bitstring_agg product entropy reservoir_quantile array_agg kurtosis',
      'ausgaben',
    ),
  ),
  refusing(31, 'arithmetic in figures', [
    "SELECT SUM(ausgaben * (name = 'Geheim 7')) FROM kinder",
    "SELECT SUM(ausgaben) FILTER (WHERE name = 'Geheim 7') FROM kinder",
    'SELECT COUNT_IF(kita) FROM kinder',
    'SELECT SUM(CASE WHEN kita THEN ausgaben END) FROM kinder',
  ]),
  refusing(33, 'cast errors', [
    'SELECT SUM(CAST(name AS INTEGER)) FROM kinder',
    'SELECT COUNT(*) FROM kinder WHERE CAST(name AS INTEGER) = 7',
    'SELECT name::INTEGER, COUNT(*) FROM kinder GROUP BY 1',
  ]),
  refusing(
    34,
    'domain errors',
    calls('ln sqrt chr factorial acos', 'ausgaben').concat(
      "SELECT COUNT(*) FROM kinder WHERE strptime(name, '%Y') IS NOT NULL",
    ),
  ),
  refusing(35, 'integer overflow', [
    'SELECT SUM(alter_jahre + 9223372036854775807) FROM kinder',
    'SELECT COUNT(*) FROM kinder WHERE alter_jahre = 9223372036854775808',
  ]),
  refusing(36, 'error()', [
    "SELECT error('leak ' || name) FROM kinder",
    "SELECT COUNT(*), error('x') FROM kinder",
  ]),
  refusing(37, 'conditional error oracle', [
    'SELECT SUM(CASE WHEN kita THEN 1 / 0 END) FROM kinder',
    'SELECT COUNT(*) FROM kinder WHERE CASE WHEN kita THEN error(name) END',
  ]),
  refusing(38, 'timing oracle', [
    "SELECT COUNT(*) FROM kinder WHERE regexp_matches(name, '(a+)+$')",
    'SELECT SUM(CASE WHEN kita THEN length(repeat(name, 100000)) END) FROM kinder',
    'SELECT sleep_ms(1000), COUNT(*) FROM kinder',
  ]),
  refusing(42, 'chance and clock', [
    'SELECT COUNT(*) FROM kinder WHERE random() < 0.5',
    'SELECT COUNT(*) FROM kinder TABLESAMPLE 1 ROWS',
    'SELECT COUNT(*) FROM kinder USING SAMPLE 10',
    'SELECT uuid(), COUNT(*) FROM kinder',
    "SELECT nextval('s'), COUNT(*) FROM kinder",
  ]),
  refusing(43, 'search in text', [
    "SELECT COUNT(*) FROM kinder WHERE stadtteil LIKE 'N%'",
    "SELECT COUNT(*) FROM kinder WHERE name ILIKE '%geheim%'",
    "SELECT COUNT(*) FROM kinder WHERE stadtteil SIMILAR TO 'N.*'",
    "SELECT COUNT(*) FROM kinder WHERE stadtteil GLOB 'N*'",
  ]),
  refusing(44, 'fine bins', [
    'SELECT floor(ausgaben / 0.01), COUNT(*) FROM kinder GROUP BY 1',
    "SELECT date_trunc('day', geburt), COUNT(*) FROM kinder GROUP BY 1",
    'SELECT width_bucket(ausgaben, 0, 1, 1000), COUNT(*) FROM kinder GROUP BY 1',
    'SELECT geburt, COUNT(*) FROM kinder GROUP BY 1',
  ]),
  refusing(45, 'boundary sliding', [
    'SELECT COUNT(*) FROM kinder WHERE alter_jahre BETWEEN 1 AND 5',
    'SELECT COUNT(*) FROM kinder WHERE alter_jahre >= 2',
    "SELECT COUNT(*) FROM kinder WHERE geburt >= DATE '2020-05-17'",
  ]),
  refusing(46, 'metadata of the engine', [
    'SELECT * FROM information_schema.tables',
    'SELECT * FROM duckdb_tables()',
    'SELECT * FROM duckdb_columns()',
    'SELECT stats(ausgaben) FROM kinder',
    "SELECT * FROM pragma_storage_info('kinder')",
    'SELECT * FROM sqlite_master',
    'SELECT * FROM pg_catalog.pg_tables',
  ]),
  refusing(47, 'SUMMARIZE, DESCRIBE, SHOW', [
    'SUMMARIZE kinder',
    'DESCRIBE kinder',
    'SHOW TABLES',
    'SELECT * FROM (SUMMARIZE kinder)',
    'SELECT * FROM (DESCRIBE SELECT * FROM kinder)',
  ]),
  refusing(48, 'whole rows and virtual columns', [
    'SELECT kinder FROM kinder',
    'SELECT to_json(kinder) FROM kinder',
    "SELECT COLUMNS('.*') FROM kinder",
    'SELECT * FROM kinder',
    'SELECT rowid FROM kinder',
    'SELECT "_uid_person", COUNT(*) FROM kinder GROUP BY 1',
    'SELECT struct_pack(a := name) FROM kinder',
    'SELECT * EXCLUDE (name) FROM kinder',
  ]),
  refusing(49, 'dynamic SQL', [
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('kinder')",
    "SELECT json_execute_serialized_sql('{}')",
    "SELECT * FROM json_execute_serialized_sql('{}')",
    "SELECT getvariable('x'), COUNT(*) FROM kinder",
  ]),
  refusing(50, 'files and network', [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/hosts')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM '/etc/hosts'",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "COPY kinder TO '/tmp/x'",
    "EXPORT DATABASE '/tmp/x'",
    "ATTACH '/tmp/x'",
  ]),
  refusing(51, 'state', [
    'CREATE MACRO sum(x) AS x',
    'CREATE TEMP TABLE t AS SELECT 1',
    'PREPARE p AS SELECT 1',
    'SET VARIABLE x = 1',
    'PRAGMA version',
    'USE memory',
    'BEGIN',
  ]),
  refusing(52, 'extensions', [
    'INSTALL httpfs',
    'LOAD httpfs',
    "SELECT * FROM read_xlsx('x')",
    "SELECT * FROM st_read('x')",
    'SELECT st_point(1, 2), COUNT(*) FROM kinder',
  ]),
  refusing(54, 'several statements', ['SELECT COUNT(*) FROM kinder; SELECT 1', 'SELECT 1;;SELECT 2', '']),
  refusing(55, 'abuse of resources', [
    'WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r',
    'SELECT * FROM range(10000000000)',
    `SELECT COUNT(*) FROM kinder WHERE alter_jahre IN (${Array.from({ length: 100_000 }, (_, i) => i).join()})`,
    `SELECT COUNT(*) FROM kinder WHERE alter_jahre IN (${Array.from({ length: 60 }, (_, i) => i).join()})`,
    'SELECT stadtteil, kita, alter_3, COUNT(*) FROM kinder GROUP BY CUBE (stadtteil, kita, alter_3)',
    `SELECT ${'abs('.repeat(500)}COUNT(*)${')'.repeat(500)} FROM kinder`,
  ]),
  refusing(56, 'plans and profiles', [
    'EXPLAIN SELECT COUNT(*) FROM kinder',
    'EXPLAIN ANALYZE SELECT COUNT(*) FROM kinder',
    "PRAGMA enable_profiling = 'json'",
  ]),
  refusing(58, 'correlated subquery', [
    'SELECT COUNT(*) FROM kinder WHERE ausgaben > (SELECT AVG(ausgaben) FROM kinder)',
    'SELECT COUNT(*) FROM kinder k WHERE EXISTS (SELECT 1 FROM besuche b WHERE b.kind_id = k.kind_id)',
    'SELECT (SELECT name FROM kinder LIMIT 1), COUNT(*) FROM kinder',
  ]),
]
