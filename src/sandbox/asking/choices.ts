import type { View } from '../../platform/view.ts'
import type { Option } from '../../web/fields.tsx'
import type { FormChoices, FormColumn } from '../engine/form.ts'
import { formChoices } from '../engine/form.ts'
import type { VaultTable } from '../engine/roles.ts'
import { messages } from '../queries/messages.ts'

/** What the query form offers, ready for its selects. */
export type Choices = { measures: Option[]; dimensions: Option[]; conditions: Option[] }

/** Registered values up to this number are offered as conditions of their own. */
const fewValues = 12
/** More measures than this would make a list of pairs that nobody reads; SQL correlates them all. */
const maxPaired = 8

/**
 * What the form offers for these tables: what to compute, by what to split, and ready conditions. `isPrivate`: without
 * correlations and numbers of different values, which a room with differential privacy does not answer.
 */
export function choicesOf(view: View, tables: readonly VaultTable[], isPrivate = false): Choices {
  const bases = formChoices(tables)
  const measures = bases.flatMap((base) => [
    ...plainFigures(view, base),
    ...ownFigures(view, base),
    ...(isPrivate ? [] : relations(view, base)),
  ])
  const columns = new Map(bases.flatMap((base) => base.dimensions).map((c) => [c.value, c]))
  const dimensions = [...columns.values()].map((c) => ({ value: c.value, label: said(c), group: c.table }))
  const conditions = [...columns.values()].flatMap((c) => conditionsFor(view, c))
  return { measures, dimensions, conditions }
}

/** A column's name as a word, without underscores. */
function word({ label }: Pick<FormColumn, 'label'>): string {
  const plain = label.replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** Name and, where it says more, its meaning or unit of measure in brackets. */
function said(column: FormColumn): string {
  const name = word(column)
  const more = column.meaning ?? column.unit
  if (!more) return name
  return more.toLowerCase().startsWith(name.toLowerCase()) ? more : `${name} (${more})`
}

function plainFigures(view: View, base: FormChoices): Option[] {
  const { table: group, units, measures, onePerUnit } = base
  const t = messages[view.locale]
  return [
    ...units.map((u) => ({ value: `units:${group}:${u}`, label: t.count({ what: t.units[u] }), group })),
    ...(onePerUnit
      ? []
      : [{ value: `count:${group}`, label: t.count({ what: t.rowsOf({ table: group }) }), group }]),
    ...measures.map((m) => ({ value: `avg:${group}:${m.value}`, label: t.mean({ what: said(m) }), group })),
    ...measures.map((m) => ({ value: `sum:${group}:${m.value}`, label: t.sum({ what: said(m) }), group })),
  ]
}

const option = (kind: string, column: FormColumn, by: { group: string; label: string }): Option => ({
  value: `${kind}:${by.group}:${column.value}`,
  ...by,
})

/** Medians and deviations of single measures, where the roles allow them. */
function ownFigures(view: View, { table: group, medians, spreads }: FormChoices): Option[] {
  const t = messages[view.locale]
  return [
    ...medians.map((m) => option('median', m, { group, label: t.median({ what: said(m) }) })),
    ...spreads.map((m) => option('stddev', m, { group, label: t.deviation({ what: said(m) }) })),
  ]
}

/** Correlations and numbers of different values. */
function relations(view: View, { table: group, spreads, dimensions }: FormChoices): Option[] {
  const t = messages[view.locale]
  const paired = spreads.slice(0, maxPaired)
  const pairs = paired.flatMap((a, i) => paired.slice(i + 1).map((b) => ({ a, b })))
  return [
    ...pairs.map(({ a, b }) => ({
      value: `corr:${group}:${a.value}~${b.value}`,
      label: t.relation({ what: word(a), with: word(b) }),
      group,
    })),
    ...dimensions.map((d) => option('distinct', d, { group, label: t.distinct({ what: word(d) }) })),
  ]
}

function conditionsFor(view: View, column: FormColumn): Option[] {
  const t = messages[view.locale]
  const { domain, table: group } = column
  const label = word(column)
  if (!domain || domain.length > fewValues)
    return [{ value: column.value, label: t.valueOf({ what: label }), group }]
  const named = (value: unknown) => (value === true ? t.yes : value === false ? t.no : String(value))
  return domain.flatMap((value) =>
    value === null
      ? []
      : [{ value: `${column.value}=${String(value)}`, label: `${label}: ${named(value)}`, group }],
  )
}
