import type { Call } from '../../platform/http.ts'
import { LinkArrow } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { isOpen, rightsIn } from '../access/service.ts'
import { budgetOf, tableBudgets } from '../budgets/service.ts'
import { BudgetBlock } from '../budgets/views.tsx'
import { listNotebooks } from '../notebooks/service.ts'
import { NotebookBlock } from '../notebooks/views.tsx'
import { messages as privacyMessages } from '../privacy/messages.ts'
import { costOfQuery, privacyOf } from '../privacy/service.ts'
import { PrivacyBudget } from '../privacy/views.tsx'
import { messages } from '../queries/messages.ts'
import { listQueries } from '../queries/service.ts'
import { HistoryBlock, RulesBlock } from '../queries/views.tsx'
import { listSaved } from '../saved/service.ts'
import { SavedBlock } from '../saved/views.tsx'
import type { SandboxTable } from '../tables/model.ts'
import { TablesBlock } from '../tables/views.tsx'
import { holderOrganisationsOf } from '../workspaces/service.ts'
import type { Shown } from './pages.tsx'

/** True on the room's own page, where no question and no dry run is shown. */
export const isEmpty = (shown: Shown) => !shown.query && !shown.preview

/** Beside the bench: what is left to spend, tables with meanings, and on a result what was asked and kept. */
export async function side(c: Call, room: Room, shown: Shown, tables: readonly SandboxTable[]) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const rights = rightsIn(ctx, room)
  const { id } = room.workspace
  const open = isOpen(ctx, room)
  return (
    <>
      {rights.query ? await budgetPart(c, room, shown, tables) : null}
      <TablesBlock
        {...{ view, room, tables }}
        rights={{ upload: rights.upload && open, query: rights.query }}
        mine={holderOrganisationsOf(ctx, room)}
      />
      {rights.query && !isEmpty(shown) ? await kept(c, room) : null}
      <RulesBlock view={view} room={room} asks={rights.query && open} />
      {rights.log ? (
        <div class="al-side-block">
          <p>
            <LinkArrow href={view.href(`/sandbox/workspaces/${id}/log`)}>
              {messages[view.locale].logTitle}
            </LinkArrow>
          </p>
          <p>
            <LinkArrow href={view.href(`/sandbox/workspaces/${id}/privacy`)}>
              {privacyMessages[view.locale].title}
            </LinkArrow>
          </p>
        </div>
      ) : null}
    </>
  )
}

/** Last questions, what is kept, pages of steps: for those who ask. */
export async function kept(c: Call, room: Room) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const workspaceId = room.workspace.id
  const queries = await listQueries(ctx, { workspaceId, limit: 6 })
  return (
    <>
      <HistoryBlock view={view} room={room} queries={queries} now={ctx.now} />
      <SavedBlock view={view} saved={await listSaved(ctx, workspaceId)} />
      <NotebookBlock view={view} room={room} notebooks={await listNotebooks(ctx, workspaceId)} />
    </>
  )
}

async function budgetPart(c: Call, room: Room, shown: Shown, tables: readonly SandboxTable[]) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const privacy = await privacyOf(ctx, room)
  if (!privacy)
    return (
      <BudgetBlock
        view={view}
        budget={await budgetOf(ctx, room)}
        tables={await tableBudgets(ctx, room, tables)}
        cost={costOf(shown, tables)}
      />
    )
  const cost = shown.query ? await costOfQuery(ctx, shown.query.id) : null
  return <PrivacyBudget {...{ view, room, privacy, cost }} />
}

function costOf({ query, preview }: Shown, tables: readonly SandboxTable[]) {
  if (query?.state === 'answered') {
    const asked = tables.filter((table) => query.tableIds.includes(table.id)).map((table) => table.name)
    return { cells: query.cellsNew, ahead: false, tables: asked }
  }
  const cells = preview?.cellsAtMost ?? null
  return cells === null || !preview ? null : { cells, ahead: true, tables: preview.tables }
}
