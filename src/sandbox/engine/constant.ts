import { isAst, nodeOf, textOf, type Ast } from './ast.ts'

/** A constant as the analyst wrote it; `kind` tells dates that were marked as such from plain text. */
export type Constant = {
  readonly kind: 'text' | 'number' | 'boolean' | 'date'
  readonly value: string | number | boolean
}

const integerTypes = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
])

/** Reads a literal: text, number, boolean or date. Undefined for anything else (NULL, casts, arithmetic, huge numbers). */
export function constantOf(ast: Ast | null): Constant | undefined {
  if (!ast) return undefined
  if (textOf(ast, 'class') === 'CAST') return castConstant(ast)
  if (textOf(ast, 'class') !== 'CONSTANT') return undefined
  const value = nodeOf(ast, 'value')
  const type = nodeOf(value, 'type')
  if (!value || value['is_null'] !== false) return undefined
  return plainConstant(textOf(type, 'id'), value['value'], nodeOf(type, 'type_info'))
}

function plainConstant(type: string, value: unknown, info: Ast | null): Constant | undefined {
  if (type === 'VARCHAR' && typeof value === 'string') return { kind: 'text', value: value.normalize('NFC') }
  if (type === 'BOOLEAN' && typeof value === 'boolean') return { kind: 'boolean', value }
  if (typeof value !== 'number') return undefined
  if (integerTypes.has(type)) return Number.isSafeInteger(value) ? { kind: 'number', value } : undefined
  if (type === 'DOUBLE') return { kind: 'number', value }
  const scale = info?.['scale']
  if (type !== 'DECIMAL' || typeof scale !== 'number' || !Number.isSafeInteger(value)) return undefined
  return { kind: 'number', value: value / 10 ** scale }
}

/** `DATE '2026-01-01'`, `true` and `false` arrive as casts of a text. */
function castConstant(ast: Ast): Constant | undefined {
  const child = nodeOf(ast, 'child')
  const target = textOf(nodeOf(ast, 'cast_type'), 'id')
  const inner = child && textOf(child, 'class') === 'CONSTANT' ? constantOf(child) : undefined
  if (!inner || typeof inner.value !== 'string') return undefined
  if (target === 'BOOLEAN' && ['t', 'f', 'true', 'false'].includes(inner.value))
    return { kind: 'boolean', value: inner.value.startsWith('t') }
  if (target === 'DATE' && isDay(inner.value)) return { kind: 'date', value: inner.value }
  return undefined
}

/** True for a calendar day `YYYY-MM-DD` that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

/** The words for a construct in a refusal: `OR`, `LIKE`, a function's name; never a value. */
export function constructOf(ast: unknown): string {
  if (!isAst(ast)) return 'expression'
  const type = textOf(ast, 'type')
  const name = textOf(ast, 'function_name')
  const operators: Record<string, string> = { '~~': 'LIKE', '!~~': 'NOT LIKE', '~~*': 'ILIKE', '~~~': 'GLOB' }
  if (textOf(ast, 'class') === 'FUNCTION') return operators[name] ?? name.slice(0, 40)
  return words[type] ?? (type || textOf(ast, 'class')).replaceAll('_', ' ')
}

const words: Record<string, string> = {
  CONJUNCTION_OR: 'OR',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_NOT_IN: 'NOT IN',
  COMPARE_NOT_BETWEEN: 'NOT BETWEEN',
  COMPARE_DISTINCT_FROM: 'IS DISTINCT FROM',
  COMPARE_NOT_DISTINCT_FROM: 'IS NOT DISTINCT FROM',
  OPERATOR_NOT: 'NOT',
  OPERATOR_IS_NULL: 'IS NULL',
  OPERATOR_IS_NOT_NULL: 'IS NOT NULL',
  OPERATOR_CAST: 'CAST',
  CASE_EXPR: 'CASE',
  SUBQUERY: 'subquery',
  LAMBDA: 'lambda',
  VALUE_PARAMETER: 'parameter',
  VALUE_CONSTANT: 'constant',
  SHOW_REF: 'DESCRIBE, SHOW, SUMMARIZE',
  TABLE_FUNCTION: 'table function',
  EXPRESSION_LIST: 'VALUES',
  PIVOT: 'PIVOT',
  RECURSIVE_CTE_NODE: 'WITH RECURSIVE',
}
