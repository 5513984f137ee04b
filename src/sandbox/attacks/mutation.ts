import { openGrafting } from './grafting.ts'
import { probes } from './probes.ts'
import { chanceOf, pick } from './simulation/chance.ts'

/** Questions as analysts write them, right and wrong. */
const questions: readonly string[] = [
  'SELECT stadtteil, COUNT(*) AS n FROM kinder WHERE kita AND alter_jahre BETWEEN 0 AND 5 GROUP BY stadtteil HAVING COUNT(*) > 10 ORDER BY n DESC LIMIT 5',
  "WITH z AS (SELECT k.stadtteil, w.stufe, COUNT(*) AS c FROM kinder k JOIN waermekarte w USING (baublock) GROUP BY ALL) SELECT stadtteil, SUM(c) FILTER (WHERE stufe = 'heiß') / SUM(c) FROM z GROUP BY stadtteil",
  "SELECT kita, AVG(ausgaben), rank() OVER (PARTITION BY kita ORDER BY SUM(ausgaben)) FROM kinder WHERE stadtteil IN ('Nord', 'Süd') GROUP BY 1 UNION ALL SELECT true, 1, 2",
  'SELECT DISTINCT praxis FROM besuche WHERE kosten > 3 QUALIFY row_number() OVER () = 1',
  'SELECT geburtsjahr, COUNT(DISTINCT kind_id), STDDEV(ausgaben), CORR(ausgaben, kosten) FROM kinder GROUP BY geburtsjahr',
  'SELECT alter_3 AS band, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS anteil FROM kinder GROUP BY band ORDER BY band',
  'SELECT k.stadtteil, SUM(b.kosten) FROM besuche b JOIN kinder k ON b.kind_id = k.kind_id GROUP BY k.stadtteil',
  "SELECT CASE WHEN n > 100 THEN 'viele' ELSE 'wenige' END AS art, count(*) FROM (SELECT stadtteil, COUNT(*) n FROM kinder GROUP BY stadtteil) t GROUP BY 1",
  'SELECT coalesce(a.stadtteil, b.stadtteil), a.n - b.n FROM (SELECT stadtteil, COUNT(*) n FROM kinder WHERE kita GROUP BY 1) a FULL JOIN (SELECT stadtteil, COUNT(*) n FROM kinder WHERE NOT kita GROUP BY 1) b ON a.stadtteil = b.stadtteil',
  'FROM kinder SELECT stadtteil, MEDIAN(ausgaben), QUANTILE_CONT(ausgaben, 0.9), COUNT(ausgaben) GROUP BY ALL',
  "SELECT COUNT(*) FROM kinder WHERE stadtteil = 'Nord' AND NOT kita AND geburtsjahr >= 2015 AND geburtsjahr < 2020",
  'SELECT COUNT(DISTINCT stadtteil), MIN(alter_jahre), MAX(ausgaben), string_agg(name) FROM kinder',
]

const spice: readonly string[] = [
  ...'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT UNION EXCEPT INTERSECT WITH RECURSIVE AS ON USING JOIN LEFT RIGHT FULL SEMI ANTI ASOF POSITIONAL CROSS LATERAL NOT AND OR IN BETWEEN LIKE ILIKE GLOB SIMILAR IS NULL CASE WHEN THEN ELSE END CAST TRY_CAST ( ) , ; . * :: [ ] { } $1 ? := -> ->> || -- /* */ @ ^ ~ !'.split(
    ' ',
  ),
  ..."kind_id haushalt_id name rowid _uid_person _k_person kinder waermekarte besuche bewohner information_schema.tables duckdb_tables() COLUMNS(*) unnest([1,2]) range(9) read_csv('/etc/passwd') query('SELECT 1') getenv('HOME') error(name) hash(name) sum max list count mode histogram(name) arg_max(name,ausgaben) to_json(kinder) random() now() uuid() 0 -1 1e308 9223372036854775808 99999999999999999999 0x7f 'x' '' 'Geheim 7' \"kinder\" \"name\" NaN DATE '2020-01-01' INTERVAL FILTER OVER () DISTINCT ALL ROLLUP CUBE GROUPING SETS SAMPLE TABLESAMPLE 50% PIVOT UNPIVOT SUMMARIZE DESCRIBE SHOW EXPLAIN ANALYZE VALUES (1) EXISTS ANY SOME COPY ATTACH INSTALL LOAD SET PRAGMA CALL PREPARE EXECUTE CREATE MACRO INSERT UPDATE DELETE".split(
    ' ',
  ),
]

/** A question torn into words; mutations work on these. */
function words(sql: string): string[] {
  return sql.match(word) ?? []
}

const word =
  /\$\$[^]*?\$\$|--[^\n]*\n|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\d+\.\d+|[\p{L}\p{N}_]+|::|->>?|\/\/|[<>=!|~]+|\S/gu

/** What is mutated: the questions and the probes, each as often as it stands here. */
export const seeds: readonly string[] = [...questions, ...probes.map(({ sql }) => sql)]

/** Share of the mutations that put trees together; the others change words. */
const graftedShare = 0.35

/**
 * Questions mutated from the seeds, one after the other, always the same for a seed: some put together from the trees of
 * several (grammatical, whatever they mean), the others changed word by word.
 */
export async function* mutations(seed: number, count: number): AsyncGenerator<string> {
  const chance = chanceOf(seed)
  const pool = seeds.map(words)
  const grafting = await openGrafting(seeds)
  try {
    for (let i = 0; i < count; i++) {
      const grafted = chance() < graftedShare ? await grafting.graft(chance) : null
      yield grafted ?? changed(chance, pool)
    }
  } finally {
    grafting.close()
  }
}

function changed(chance: () => number, pool: readonly string[][]): string {
  const out = [...pick(chance, pool)]
  const gentle = chance() < 0.6
  const changes = 1 + Math.floor(chance() * (gentle ? 4 : 6))
  for (let c = 0; c < changes; c++)
    if (gentle) exchange(out, chance)
    else change(out, chance, pool)
  return out.join(' ')
}

function change(out: string[], chance: () => number, pool: readonly string[][]): void {
  const at = Math.floor(chance() * (out.length + 1))
  const kind = Math.floor(chance() * 7)
  if (kind === 0) out.splice(at, 1)
  else if (kind === 1) out.splice(at, 0, pick(chance, spice))
  else if (kind === 2) out[Math.min(at, out.length - 1)] = pick(chance, spice)
  else if (kind === 3) out.splice(at, 0, ...out.slice(at, at + 5))
  else if (kind === 4) out.push(...out.splice(0, at))
  else if (kind === 5) {
    const other = pick(chance, pool)
    const from = Math.floor(chance() * other.length)
    out.splice(at, 3, ...other.slice(from, from + 1 + Math.floor(chance() * 8)))
  } else if (kind === 6 && at + 1 < out.length) {
    const [a = '', b = ''] = [out[at], out[at + 1]]
    out.splice(at, 2, b, a)
  }
}

/** Words that may stand for each other without breaking the grammar. */
const kinds: readonly (readonly string[])[] = [
  'stadtteil kita alter_jahre alter_3 geburtsjahr ausgaben name kind_id haushalt_id baublock praxis kosten stufe temp geburt heim'.split(
    ' ',
  ),
  'kinder besuche waermekarte bewohner z t'.split(' '),
  'COUNT SUM AVG MIN MAX MEDIAN STDDEV VARIANCE CORR abs round upper length hash rank row_number lag first any_value'.split(
    ' ',
  ),
  ['=', '<', '>', '<=', '>=', '<>', 'LIKE', 'IN', 'IS'],
  ['0', '1', '2', '5', '6', '10', '0.5', '0.9', '100', '2015', '2020', '1e9'],
  ["'Nord'", "'Süd'", "'Insel'", "'Nirgends'", "'heiß'", "'x'", "'2015-01-01'"],
  ['AND', 'OR', '+', '-', '*', '/', '||', ','],
  ['GROUP BY 1', 'GROUP BY ALL', 'ORDER BY 1', 'LIMIT 3', 'HAVING COUNT(*) > 3'],
  ['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'],
  ['JOIN', 'LEFT JOIN', 'FULL JOIN', 'SEMI JOIN', 'CROSS JOIN'],
]

/** Puts one word in the place of another of its kind. */
function exchange(out: string[], chance: () => number): void {
  const at = Math.floor(chance() * out.length)
  const kind = kinds.find((list) => list.includes(out[at] ?? '')) ?? []
  if (kind.length > 0) out[at] = pick(chance, kind)
}
