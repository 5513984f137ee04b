/** A question in the words of the protected room, and what an analyst would ask of the plain tables instead. */
export type BenchQuestion = { readonly name: string; readonly sql: string; readonly raw: string }

const same = (name: string, sql: string): BenchQuestion => ({ name, sql, raw: sql })

/** Questions to tables with one row per unit, as town analysts ask them. */
export const unitQuestions: readonly BenchQuestion[] = [
  same('people by district', 'SELECT district, count(*) FROM person GROUP BY district'),
  same('people by district and sex', 'SELECT district, sex, count(*) FROM person GROUP BY district, sex'),
  same(
    'people by district, sex, age',
    'SELECT district, sex, age, count(*) FROM person GROUP BY district, sex, age',
  ),
  same('people by block', 'SELECT block, count(*) FROM person GROUP BY block'),
  same('in daycare, by district', 'SELECT district, count(*) FROM person WHERE daycare GROUP BY district'),
  same(
    'under 6 in daycare, by district',
    'SELECT district, count(*) FROM person WHERE daycare AND age < 6 GROUP BY district',
  ),
  same(
    'under 6 in daycare, by block',
    'SELECT block, count(*) FROM person WHERE daycare AND age < 6 GROUP BY block',
  ),
  same(
    'one district by sex and age',
    "SELECT sex, age, count(*) FROM person WHERE district = 'D03' GROUP BY sex, age",
  ),
  same(
    'married or widowed women over 64',
    "SELECT count(*) FROM person WHERE sex = 'f' AND family IN ('married', 'widowed') AND age > 64",
  ),
  same(
    'income by district, sum and mean',
    'SELECT district, sum(income), avg(income) FROM person GROUP BY district',
  ),
  same('mean income by block', 'SELECT block, avg(income) FROM person GROUP BY block'),
  same(
    'three figures by district, sex, family',
    'SELECT district, sex, family, count(*), sum(income), avg(hours) FROM person GROUP BY district, sex, family',
  ),
  same(
    'mean hours of work by sex and age',
    'SELECT sex, age, avg(hours) FROM person WHERE age BETWEEN 15 AND 64 GROUP BY sex, age',
  ),
  {
    name: 'people by kind of home and district',
    sql: 'SELECT h.kind, p.district, count(*) FROM person p JOIN household h ON p.household_id = h.household_id GROUP BY h.kind, p.district',
    raw: 'SELECT h.kind, p.district, count(*) FROM person p JOIN household h ON p.household_id = h.household_id GROUP BY h.kind, p.district',
  },
  same(
    'mean rent of people over 64, by district',
    'SELECT p.district, avg(h.rent) FROM person p JOIN household h ON p.household_id = h.household_id WHERE p.age > 64 GROUP BY p.district',
  ),
]

const visits =
  (figures: string, by: string, where = '') =>
  (distinct: string) =>
    `SELECT ${by}, ${figures}${distinct} FROM visit${where} GROUP BY ${by}`

/** Questions to a table with ten rows per person; `raw` counts the people too, which every protected cell needs. */
export const factQuestions: readonly (BenchQuestion & { readonly plain: string })[] = [
  { name: 'visits by field', ask: visits('count(*)', 'field') },
  { name: 'visits by practice', ask: visits('count(*)', 'practice') },
  { name: 'visits and cost by field and year', ask: visits('count(*), sum(cost)', 'field, year') },
  { name: 'cost by practice and year', ask: visits('sum(cost)', 'practice, year') },
  { name: 'heart visits by year', ask: visits('count(*)', 'year', " WHERE field = 'heart'") },
].map(({ name, ask }) => ({
  name,
  sql: ask(''),
  raw: ask(', count(DISTINCT person_id)'),
  plain: ask(''),
}))
