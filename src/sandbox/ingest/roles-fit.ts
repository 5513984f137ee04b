import type { ColumnSpec, Generalisation, ValueType } from '../engine/roles.ts'

const numbers: readonly ValueType[] = ['integer', 'decimal']
const days: readonly ValueType[] = ['date', 'datetime']

/** What a role asks of a column that its type cannot give, one line each: every value would count as missing. */
export function misfitsOf(column: ColumnSpec, way: string): string[] {
  if (column.role === 'measure')
    return numbers.includes(column.type)
      ? []
      : [`${way}: a measure needs numbers, the column is ${column.type}`]
  if (column.role !== 'dimension') return []
  const { domain = [], edges, generalisations, type } = column
  return [
    ...generalisations.flatMap((g) => misfitOf(g, type, `${way}.${g.name}`)),
    ...(edges && !numbers.includes(type) ? [`${way}.edges: need numbers, the column is ${type}`] : []),
    ...(domain.some((value) => typeof value !== kindOf(type))
      ? [`${way}.domain: has values of another kind than the column, which is ${type}`]
      : []),
  ]
}

function misfitOf({ kind }: Generalisation, type: ValueType, way: string): string[] {
  if (kind === 'bands' && !numbers.includes(type))
    return [`${way}: bands need numbers, the column is ${type}`]
  if (kind === 'calendar' && !days.includes(type))
    return [`${way}: a calendar needs days, the column is ${type}`]
  return []
}

function kindOf(type: ValueType): string {
  return numbers.includes(type) ? 'number' : type === 'boolean' ? 'boolean' : 'string'
}
