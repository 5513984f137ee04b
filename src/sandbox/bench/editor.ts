import type { View } from '../../platform/view.ts'
import { namedColumns, type NamedColumn } from '../engine/roles.ts'
import { messages } from '../tables/messages.ts'
import type { SandboxTable } from '../tables/model.ts'

/** One word the editor offers: what it is and what it means stand beside it. */
type Completion = { label: string; type: 'class' | 'property'; detail?: string; info?: string }

/** Tables, columns and registered coarser readings with their meanings, for the editor's suggestions. Hidden columns are not suggested. */
export function schemaOf(view: View, tables: readonly SandboxTable[]): string {
  const entries = tables.flatMap((table) => {
    if (!table.spec) return []
    const children = namedColumns(table.spec)
      .filter((named) => named.column.role !== 'hidden' && named.column.role !== 'unit')
      .map((named) => completionOf(view, named))
    const self: Completion = { label: table.name, type: 'class', info: table.description }
    return [[table.name, { self, children }] as const]
  })
  return JSON.stringify(Object.fromEntries(entries))
}

function completionOf(view: View, { name, column, generalisation }: NamedColumn): Completion {
  const t = messages[view.locale]
  const unit = column.role === 'measure' && column.unit ? `, ${column.unit}` : ''
  const detail = `${t.roleWords[column.role]}${unit}`
  const info = generalisation
    ? (generalisation.label ?? column.meaning ?? column.name)
    : (column.meaning ?? column.label ?? '')
  return { label: name, type: 'property', detail, info }
}
