import type { Ctx } from '../platform/context.ts'
import type { View } from '../platform/view.ts'
import type { QuestionPanel } from '../questions/service.ts'
import { Card, LinkArrow } from '../web/parts.tsx'
import { isOpen, rightsIn } from './access/service.ts'
import { messages } from './messages.ts'
import { listReleases, listRoomsOfQuestion } from './service.ts'
import { listTableRows } from './tables/store.ts'
import { LevelChip } from './workspaces/views.tsx'
import { ReleaseLines } from './releases/views.tsx'

/** The question's page: whether its room is open, how many tables lie in it, what has left it. */
const sandboxPanel: QuestionPanel = { id: 'sandbox', side: 'aside', render: renderPanel }

async function renderPanel(ctx: Ctx, view: View, questionId: string) {
  const [room] = await listRoomsOfQuestion(ctx, questionId)
  if (!room) return null
  const t = messages[view.locale]
  const tables = await listTableRows(ctx.db, [room.workspace.id], ['confirmed'])
  const released = await listReleases(ctx, { questionId, state: 'approved', limit: 5 })
  const state = room.workspace.state === 'closed' ? t.closed : isOpen(ctx, room) ? t.openState : t.paused
  return (
    <Card title={t.panelTitle} id="sandbox">
      <div class="al-row">
        <LevelChip view={view} room={room} />
        <span class="al-small al-muted">{state}</span>
      </div>
      <p class="al-small">
        {t.panelTables({ n: tables.length })}, {t.panelReleased({ n: released.length })}.
      </p>
      <ReleaseLines view={view} releases={released} />
      <LinkArrow
        href={view.href(rightsIn(ctx, room).status ? `/sandbox/workspaces/${room.workspace.id}` : '/sandbox')}
      >
        {rightsIn(ctx, room).status ? t.panelTo : t.how}
      </LinkArrow>
    </Card>
  )
}

/** The panels this room adds to the question's page. */
export const panels = [sandboxPanel]
