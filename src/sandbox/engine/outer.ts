import { isAst, listOf, textOf, type Ast } from './ast.ts'
import { constructOf } from './constant.ts'
import { refuse } from './refusal.ts'

const words = (text: string) => text.trim().split(/\s+/)

/** Aggregates of the outer part: they only ever see protected figures. */
export const outerAggregates: ReadonlySet<string> = new Set(
  words(`count count_star sum avg mean min max median any_value first last arg_max arg_min stddev stddev_samp stddev_pop
    variance var_samp var_pop corr covar_samp covar_pop regr_slope regr_intercept regr_r2 quantile_cont quantile_disc mode
    bool_and bool_or count_if string_agg product geomean`),
)

/** Scalar functions of the outer part: total or harmless, cheap in time and memory, no files, no settings. */
const outerFunctions: ReadonlySet<string> = new Set(
  words(`+ - * / // % ** ^ ~~ !~~ ~~* !~~* || abs round ceil ceiling floor sign trunc sqrt ln log log2 log10 exp pow power
    greatest least coalesce ifnull nullif if concat concat_ws lower upper length left right substring substr trim ltrim
    rtrim replace contains starts_with prefix suffix ends_with strpos position split_part year month day quarter hour week
    dayofweek date_part date_trunc strftime isnan isfinite pi mod`),
)

const windowTypes = new Set(
  words(`WINDOW_AGGREGATE WINDOW_ROW_NUMBER WINDOW_RANK WINDOW_RANK_DENSE WINDOW_DENSE_RANK WINDOW_PERCENT_RANK WINDOW_CUME_DIST
    WINDOW_NTILE WINDOW_LAG WINDOW_LEAD WINDOW_FIRST_VALUE WINDOW_LAST_VALUE WINDOW_NTH_VALUE`),
)

const castTypes = new Set(
  words('BOOLEAN INTEGER BIGINT DOUBLE FLOAT DECIMAL VARCHAR DATE TIMESTAMP SMALLINT HUGEINT'),
)
const operatorTypes = new Set(
  words(
    'OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_NULLIF COMPARE_IN COMPARE_NOT_IN COMPARE_NOT_BETWEEN',
  ),
)

/** Called for each subquery of an expression: plans it like a query of its own. */
export type PlanSubquery = (node: Ast) => Ast

/**
 * An expression of the outer part, checked against the allow-list; casts become TRY_CAST. `replace` may take a node
 * over (aggregates and dimensions of an inner block). Refuses `construct` and `function`.
 */
export function outerExpression(
  ast: Ast,
  plan: PlanSubquery,
  replace: (ast: Ast) => Ast | undefined = () => undefined,
): Ast {
  const taken = replace(ast)
  if (taken) return taken
  checkClass(ast)
  if (textOf(ast, 'class') === 'SUBQUERY') return subqueryExpression(ast, plan, replace)
  const copy = mapChildren(ast, (child) => outerExpression(child, plan, replace))
  return textOf(ast, 'class') === 'CAST' ? { ...copy, try_cast: true } : copy
}

function subqueryExpression(ast: Ast, plan: PlanSubquery, replace: (ast: Ast) => Ast | undefined): Ast {
  const statement = isAst(ast['subquery']) ? ast['subquery'] : null
  const node = isAst(statement?.['node']) ? statement['node'] : refuse('construct', { construct: 'subquery' })
  const child = isAst(ast['child']) ? outerExpression(ast['child'], plan, replace) : null
  return { ...ast, child, subquery: { ...statement, node: plan(node) } }
}

/** Applies `map` to every expression directly inside a node, also inside lists and order clauses. */
export function mapChildren(ast: Ast, map: (child: Ast) => Ast): Ast {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isAst(value)) return value
    if (typeof value['class'] === 'string') return map(value)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  return Object.fromEntries(Object.entries(ast).map(([key, value]) => [key, walk(value)]))
}

function checkClass(ast: Ast): void {
  const kind = textOf(ast, 'class')
  const type = textOf(ast, 'type')
  const plain = ['CONSTANT', 'COLUMN_REF', 'COMPARISON', 'BETWEEN', 'CASE', 'SUBQUERY']
  if (plain.includes(kind) || (kind === 'CONJUNCTION' && /^CONJUNCTION_(AND|OR)$/.test(type))) return
  if (kind === 'OPERATOR' && operatorTypes.has(type)) return
  if (kind === 'FUNCTION') return checkFunction(ast)
  if (kind === 'WINDOW' && windowTypes.has(type)) return checkFunction(ast)
  if (kind === 'CAST' && castTypes.has(textOf(isAst(ast['cast_type']) ? ast['cast_type'] : null, 'id')))
    return
  if (kind === 'STAR' && ast['columns'] !== true && !ast['expr']) return
  refuse('construct', { construct: constructOf(ast) })
}

function checkFunction(ast: Ast): void {
  const name = textOf(ast, 'function_name').toLowerCase()
  const foreign = textOf(ast, 'schema') !== '' || textOf(ast, 'catalog') !== ''
  const isRanking = textOf(ast, 'class') === 'WINDOW' && textOf(ast, 'type') !== 'WINDOW_AGGREGATE'
  const known = outerFunctions.has(name) || outerAggregates.has(name) || isRanking
  if (foreign || !known) refuse('function', { construct: constructOf(ast) })
}

const allowedModifiers = new Set(words('ORDER_MODIFIER LIMIT_MODIFIER DISTINCT_MODIFIER'))

/** ORDER BY, LIMIT and DISTINCT of a node with their expressions mapped; refuses LIMIT in per cent. */
export function outerModifiers(node: Ast, map: (expression: Ast) => Ast): unknown {
  const modifiers = Array.isArray(node['modifiers']) ? node['modifiers'].filter(isAst) : []
  for (const modifier of modifiers)
    if (!allowedModifiers.has(textOf(modifier, 'type'))) refuse('construct', { construct: 'LIMIT %' })
  return modifiers.map((modifier) => mapChildren(modifier, (child) => (isAll(child) ? child : map(child))))
}

/** ORDER BY ALL: by what is shown anyway, column after column. */
function isAll(ast: Ast): boolean {
  const parts = ['exclude_list', 'replace_list', 'qualified_exclude_list', 'rename_list']
  const bare = parts.every((key) => listOf(ast, key).length === 0) && textOf(ast, 'relation_name') === ''
  return textOf(ast, 'class') === 'STAR' && bare && ast['columns'] === true && !ast['expr']
}
