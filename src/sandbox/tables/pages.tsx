import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Note } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { isOpen, loadRoom } from '../access/service.ts'
import { policy } from '../policy.ts'
import { crumbsOf } from '../queries/pages.tsx'
import { receivedFile, rolesFormSchema, uploadTableSchema } from '../schema.ts'
import { holderOrganisationsOf } from '../workspaces/service.ts'
import { LevelChip, RestNote, RoomMeta } from '../workspaces/views.tsx'
import { snapshotPages, snapshotsPart } from '../snapshots/pages.tsx'
import { messages } from './messages.ts'
import { confirmRoles, getTable, receiveFile, removeTable, uploadTable } from './service.ts'
import { RolesForm } from './roles-views.tsx'
import { ConfirmedRoles, Findings, RemoveButton, UploadAside, UploadForm } from './views.tsx'
import type { UploadTargets } from './views.tsx'

const uploadForm = uploadTableSchema.extend({ file: receivedFile })

/** Upload, roles, taking out. */
export function tablePages(app: App): void {
  app.get('/sandbox/workspaces/:id/upload', (c) => uploadPage(c))
  app.post('/sandbox/workspaces/:id/upload', async (c) => {
    const workspaceId = c.req.param('id')
    // Before a byte of the body is read: who may not upload, does not send.
    const room = await loadRoom(c.get('ctx'), workspaceId)
    requireHolder(c, room)
    return submit(c, uploadForm, {
      slow: true,
      receive: (part) => receiveFile(c.get('ctx'), room, part),
      act: async (ctx, input) => `/sandbox/tables/${(await uploadTable(ctx, { ...input, workspaceId })).id}`,
      invalid: (form) => uploadPage(c, form, 422),
    })
  })
  snapshotPages(app, (c, form) => rolesPage(c, c.req.param('id') ?? '', form, 422))
  app.get('/sandbox/tables/:id', (c) => rolesPage(c, c.req.param('id')))
  app.post('/sandbox/tables/:id', (c) => {
    const tableId = c.req.param('id')
    return submit(c, rolesFormSchema, {
      slow: true,
      act: async (ctx, { rowUnit, columns }) => {
        const table = await confirmRoles(ctx, { tableId, ...(rowUnit ? { rowUnit } : {}), columns })
        return `/sandbox/workspaces/${table.workspaceId}`
      },
      invalid: (form) => rolesPage(c, tableId, form, 422),
    })
  })
  app.post('/sandbox/tables/:id/remove', (c) =>
    submit(c, z.object({}), {
      slow: true,
      act: async (ctx) => `/sandbox/workspaces/${(await removeTable(ctx, c.req.param('id'))).workspaceId}`,
      invalid: (form) => rolesPage(c, c.req.param('id'), form, 422),
    }),
  )
}

function requireHolder(c: Call, room: Room): void {
  requirePermission(c.get('ctx'), policy, 'upload', { organisationIds: room.holders })
}

async function uploadPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const room = await loadRoom(ctx, c.req.param('id') ?? '')
  requireHolder(c, room)
  const open = isOpen(ctx, room)
  return page(
    c,
    {
      title: t.uploadTitle,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.uploadLead,
      crumbs: crumbsOf(c, room, t.uploadTitle),
      meta: <RoomMeta view={view} room={room} now={ctx.now} />,
      actions: <LevelChip view={view} room={room} />,
      aside: <UploadAside view={view} />,
      asideLabel: t.what,
      robots: 'noindex',
    },
    open ? (
      <UploadForm
        view={view}
        room={room}
        targets={targetsOf(c, room)}
        limit={ctx.config.uploadLimitBytes}
        form={form}
      />
    ) : (
      <RestNote view={view} room={room} />
    ),
    status,
  )
}

function targetsOf(c: Call, room: Room): UploadTargets {
  const mine = holderOrganisationsOf(c.get('ctx'), room)
  const name = (id: string) => room.agreement.parties.find((p) => p.organisationId === id)?.name ?? ''
  const entries = room.agreement.terms.entries.filter((e) => mine.includes(e.organisationId))
  return {
    organisations: mine.map((id) => ({ id, name: name(id) })),
    entries: entries.map((e) => ({ id: e.entryId, title: e.title })),
  }
}

async function rolesPage(
  c: Call,
  tableId: string,
  form?: FormState,
  status: PageStatus = 200,
): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const { table, room } = await getTable(ctx, tableId)
  const proposed = table.state === 'proposed' && table.spec
  return page(
    c,
    {
      title: t.rolesTitle({ name: table.name }),
      room: 'sandbox',
      heading: 'x-large',
      lead: proposed ? t.rolesLead : table.description,
      crumbs: crumbsOf(c, room, table.name),
      meta: <RoomMeta view={view} room={room} now={ctx.now} />,
      robots: 'noindex',
    },
    <div class="al-stack--l">
      {isOpen(ctx, room) ? null : <RestNote view={view} room={room} />}
      {table.state === 'failed' || table.state === 'removed' ? <Note tone="warn">{t.gone}</Note> : null}
      {table.spec ? <Findings view={view} table={table} /> : null}
      {proposed ? (
        <RolesForm view={view} table={table} columns={proposed.columns} form={form ?? emptyForm()} />
      ) : null}
      {await snapshotsPart(c, table, room, form)}
      {table.state === 'confirmed' ? <ConfirmedRoles view={view} table={table} /> : null}
      {table.spec ? <RemoveButton view={view} table={table} /> : null}
    </div>,
    status,
  )
}
