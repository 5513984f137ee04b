import type { RefusalCode } from '../engine/refusal.ts'

/** One statement about the generated tables and what the planner must make of it. */
export type Probe = {
  readonly construct: string
  readonly sql: string
  readonly expected: 'admitted' | RefusalCode
}

const z = 'WITH z AS (SELECT stadtteil AS s, COUNT(*) AS n FROM kinder GROUP BY 1)'
const cells = '(SELECT kita, stadtteil AS s, COUNT(*) AS n FROM kinder GROUP BY ALL)'
const recursive = 'SELECT 1 AS x UNION ALL SELECT x + 1 FROM r WHERE x < 9'

/** Constructs by what is required of them: kinds of query, sources, fields of a SELECT, classes of expression. */
const statements: Partial<Record<Probe['expected'], Readonly<Record<string, string>>>> = {
  admitted: {
    'grouped SELECT': 'SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil',
    'FROM first': 'FROM kinder SELECT kita, AVG(ausgaben) GROUP BY kita',
    WITH: `${z} SELECT s, n FROM z WHERE n > 10`,
    'WITH, materialised':
      'WITH z AS MATERIALIZED (SELECT kita AS k, SUM(ausgaben) AS a FROM kinder GROUP BY 1) SELECT SUM(a) FROM z',
    'UNION ALL': 'SELECT kita, COUNT(*) FROM kinder GROUP BY 1 UNION ALL SELECT true, 1',
    'EXCEPT, INTERSECT': `SELECT s FROM ${cells} a EXCEPT (SELECT s FROM ${cells} b INTERSECT SELECT 'Nord')`,
    'UNION BY NAME, quoted names':
      'SELECT kita AS "$id", COUNT(*) AS "n""1" FROM "kinder" GROUP BY 1 UNION BY NAME SELECT COUNT(*) AS "n""1" FROM kinder',
    'FULL JOIN of results': `SELECT a.s, a.n - b.n FROM ${cells} a FULL JOIN ${cells} b ON a.s = b.s AND a.kita <> b.kita`,
    'JOIN USING': 'SELECT stufe, COUNT(*) FROM kinder JOIN waermekarte USING (baublock) GROUP BY stufe',
    'LEFT JOIN ON':
      'SELECT w.stufe, COUNT(*) FROM kinder k LEFT JOIN waermekarte w ON k.baublock = w.baublock GROUP BY w.stufe',
    'GROUP BY ALL': 'SELECT stadtteil, alter_3, COUNT(*), STDDEV(ausgaben) FROM kinder GROUP BY ALL',
    'ORDER BY ALL': 'SELECT kita, COUNT(*) FROM kinder GROUP BY kita ORDER BY ALL',
    'HAVING, ORDER BY, LIMIT, OFFSET':
      'SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY 1 HAVING n > 10 ORDER BY n DESC NULLS LAST LIMIT 3 OFFSET 1',
    QUALIFY:
      'SELECT stadtteil, kita, COUNT(*) AS n FROM kinder GROUP BY ALL QUALIFY ROW_NUMBER() OVER (PARTITION BY kita ORDER BY n DESC) = 1',
    'DISTINCT ON':
      'SELECT DISTINCT ON (kita) kita, stadtteil, COUNT(*) FROM kinder GROUP BY ALL ORDER BY kita, stadtteil',
    'FILTER, ordered aggregates': `SELECT SUM(n) FILTER (WHERE kita), string_agg(s, ', ' ORDER BY n DESC) FROM ${cells} f`,
    'window with a frame':
      'SELECT alter_3, SUM(COUNT(*)) OVER (ORDER BY alter_3 ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM kinder GROUP BY alter_3',
    'CASE, operators':
      "SELECT CASE WHEN kita THEN 'ja' ELSE 'nein' END, COUNT(*) * 2 - 1 // 3 FROM kinder GROUP BY kita",
    'CAST, TRY_CAST': 'SELECT kita::VARCHAR, TRY_CAST(COUNT(*) AS DOUBLE) / 3 FROM kinder GROUP BY kita',
    'scalar query': 'SELECT stadtteil, 100 * COUNT(*) / (SELECT COUNT(*) FROM kinder) FROM kinder GROUP BY 1',
    'AND, BETWEEN, IN, NOT':
      "SELECT COUNT(*) FROM kinder WHERE alter_jahre BETWEEN 3 AND 5 AND stadtteil IN ('Nord', 'Süd') AND NOT kita",
    'star with EXCLUDE and REPLACE': `SELECT * EXCLUDE (kita) REPLACE (upper(s) AS s) FROM ${cells} f`,
    'comments, dollar quotes, umlauts':
      'SELECT /* Kinder */ COUNT(*) AS Zählung -- alle\nFROM kinder WHERE stadtteil = $$Süd$$',
  },
  'not-stable': {
    VALUES: `${z} SELECT z.s, n / v.w FROM z JOIN (VALUES ('Nord', 3), ('Süd', 4)) v(s, w) ON z.s = v.s`,
  },
  join: {
    'NATURAL JOIN': 'SELECT COUNT(*) FROM kinder NATURAL JOIN waermekarte',
    'SEMI JOIN': 'SELECT COUNT(*) FROM kinder SEMI JOIN waermekarte USING (baublock)',
    'ANTI JOIN': 'SELECT COUNT(*) FROM kinder ANTI JOIN waermekarte USING (baublock)',
    'ASOF JOIN': 'SELECT COUNT(*) FROM kinder k ASOF JOIN waermekarte w ON k.baublock >= w.baublock',
    'POSITIONAL JOIN': 'SELECT COUNT(*) FROM kinder POSITIONAL JOIN waermekarte',
    comma: 'SELECT COUNT(*) FROM kinder, waermekarte',
  },
  'mixed-blocks': { LATERAL: 'SELECT COUNT(*) FROM kinder, LATERAL (SELECT kinder.name) x' },
  'unknown-table': {
    'no FROM': 'SELECT 1 AS eins',
    'file as table': "SELECT COUNT(*) FROM '/etc/passwd'",
  },
  construct: {
    'WITH RECURSIVE': `WITH RECURSIVE r AS (${recursive}) SELECT x FROM r`,
    'AT (time travel)': 'SELECT COUNT(*) FROM kinder AT (VERSION => 1)',
    'table function': "SELECT * FROM query('SELECT name FROM kinder')",
    PIVOT: "SELECT * FROM kinder PIVOT (COUNT(*) FOR stadtteil IN ('Nord', 'Süd') GROUP BY kita)",
    UNPIVOT: 'SELECT * FROM kinder UNPIVOT (wert FOR art IN (ausgaben, alter_jahre))',
    SUMMARIZE: 'SELECT * FROM (SUMMARIZE kinder)',
    DESCRIBE: 'DESCRIBE kinder',
    'ROLLUP, GROUPING':
      'SELECT stadtteil, kita, GROUPING(kita), COUNT(*) FROM kinder GROUP BY ROLLUP (stadtteil, kita)',
    'CUBE, GROUPING SETS':
      'SELECT stadtteil, kita, COUNT(*) FROM kinder GROUP BY GROUPING SETS (CUBE (stadtteil, kita), ())',
    SAMPLE: 'SELECT COUNT(*) FROM kinder USING SAMPLE 3 ROWS',
    'structures and lists': "SELECT {'a': COUNT(*)}.a, [COUNT(*)][1] FROM kinder",
    'LIMIT in per cent': 'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY 1 LIMIT 10%',
  },
  function: {
    UNNEST: 'SELECT unnest([1, 2, 3]), COUNT(*) FROM kinder',
    'LIKE, ILIKE, GLOB, SIMILAR TO': `SELECT s FROM ${cells} f WHERE s LIKE 'N%' OR s ILIKE '%d' OR s GLOB 'A*' OR s SIMILAR TO 'H.*'`,
    'lambda, list comprehension':
      'SELECT list_transform([1, 2], x -> x + 1), [y * 2 FOR y IN [3, 4]], COUNT(*) FROM kinder',
  },
  condition: {
    'IN and EXISTS with a query':
      'SELECT COUNT(*) FROM kinder WHERE stadtteil IN (SELECT name FROM kinder) AND EXISTS (SELECT 1)',
    parameter: 'SELECT COUNT(*) FROM kinder WHERE alter_jahre = $1',
  },
  star: { COLUMNS: "SELECT COLUMNS('.*') FROM kinder" },
}

/**
 * 51 statements, one for each construct that the engine's serialiser turns into a tree. Every one but VALUES is printed and
 * read back to the same tree.
 */
export const probes: readonly Probe[] = Object.entries(statements).flatMap(([expected, of]) =>
  Object.entries(of).map(([construct, sql]) => ({
    construct,
    sql,
    expected: expected as Probe['expected'],
  })),
)
