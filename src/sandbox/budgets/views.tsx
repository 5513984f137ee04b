import type { View } from '../../platform/view.ts'
import { Meter } from '../../web/parts.tsx'
import type { Budget } from '../model.ts'
import { messages } from '../queries/messages.ts'
import type { TableBudget } from './service.ts'

type Props = {
  view: View
  budget: Budget
  tables: readonly TableBudget[]
  /** What the question on the page cost, or (`ahead`) would cost at most, and which tables it asks. */
  cost: { cells: number; ahead: boolean; tables: readonly string[] } | null
}

/** What each table still gives out, what this question cost, what room and day allow. */
export function BudgetBlock({ view, budget, tables, cost }: Props) {
  const t = messages[view.locale]
  const n = (value: number) => view.number(value)
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.budget}</h2>
      {tables.map((table) => (
        <TableMeter view={view} table={table} cost={cost?.tables.includes(table.table) ? cost : null} />
      ))}
      {cost === null ? null : (
        <p class="al-small al-gap-1">
          <b>{(cost.ahead ? t.budgetMost : t.budgetCost)({ cost: n(cost.cells) })}</b>
        </p>
      )}
      <p class="al-small al-muted al-gap-1">
        {t.budgetRoom({ spent: n(budget.spentInProject), all: n(budget.perProject) })}{' '}
        {t.budgetToday({ spent: n(budget.spentToday), all: n(budget.perDay) })} {t.budgetRepeat}
      </p>
    </div>
  )
}

function TableMeter({ view, table, cost }: { view: View; table: TableBudget; cost: Props['cost'] }) {
  const t = messages[view.locale]
  const said = {
    table: table.table,
    spent: view.number(table.spent),
    all: view.number(table.most),
  }
  const share = (cells: number) => Math.min(1, Math.max(0, cells) / table.most)
  const cells = cost?.cells ?? 0
  const before = table.spent - (cost?.ahead ? 0 : cells)
  return (
    <div class="al-gap-1">
      <Meter
        label={t.budgetLabel({ ...said, cost: view.number(cells) })}
        parts={[share(before), share(Math.min(cells, table.most - before))]}
      />
      <p class="al-small">{t.budgetTable(said)}</p>
    </div>
  )
}
