import type { Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { loadRoom, rightsIn, type Room } from '../access/service.ts'
import { messages as roomMessages } from '../messages.ts'
import type { Release } from '../releases/model.ts'
import { findReleaseState, listReleases } from '../releases/service.ts'
import { namesOf } from '../releases/views.tsx'
import { messages } from './messages.ts'
import { Door, DoorWays } from './views.tsx'

/**
 * The outside of a room for those who may not enter (403, with what is public and the ways on); undefined for those who may.
 * Public stories and the register lead here.
 */
export async function doorOfWorkspace(c: Call, workspaceId: string): Promise<Response | undefined> {
  const room = await loadRoom(c.get('ctx'), workspaceId)
  if (rightsIn(c.get('ctx'), room).status) return undefined
  const view = c.get('view')
  const title = roomMessages[view.locale].workspace({ title: room.workspace.title })
  const lead = messages[view.locale].workspaceLead
  return door(c, room, { title, lead, object: `workspace/${room.workspace.id}` })
}

/** The outside of a release that is not public; undefined for those who may see it. */
export async function doorOfRelease(c: Call, releaseId: string): Promise<Response | undefined> {
  const ctx = c.get('ctx')
  const { state, affected, room } = await findReleaseState(ctx, releaseId)
  if (state === 'approved' || rightsIn(ctx, room).status) return undefined
  const view = c.get('view')
  const t = messages[view.locale]
  const object = `release/${releaseId}`
  if (state === 'rejected') return door(c, room, { title: t.rejectedTitle, lead: t.rejectedLead, object })
  const lead = t.releaseLead({ names: view.list(namesOf(room, affected)) })
  return door(c, room, { title: t.releaseTitle, lead, object })
}

async function door(
  c: Call,
  room: Room,
  text: { title: string; lead: string; object: string },
): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const released: Release[] = await listReleases(ctx, { workspaceId: room.workspace.id, state: 'approved' })
  const t = roomMessages[view.locale]
  return page(
    c,
    {
      title: text.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: text.lead,
      robots: 'noindex',
      crumbs: [{ label: t.title, href: '/sandbox' }, { label: room.workspace.title }],
      aside: <DoorWays view={view} room={room} object={text.object} />,
      asideLabel: messages[view.locale].register,
    },
    <Door view={view} room={room} released={released} now={ctx.now} />,
    403,
  )
}
