import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { isOpen, type Room } from '../access/service.ts'
import { policy } from '../policy.ts'
import { levelOf } from '../protection/service.ts'
import { receivedFile } from '../schema.ts'
import type { SandboxTable } from '../tables/model.ts'
import { getTable, receiveFile } from '../tables/service.ts'
import { leastChange } from './model.ts'
import { dropSnapshot, listSnapshots, pinSnapshot, takeSnapshot } from './service.ts'
import { SnapshotsBlock } from './views.tsx'

type Again = (c: Call, form: FormState) => Promise<Response>

/** A new snapshot of a table, and the holder's decision about it. `again` shows the table's page with what to mend. */
export function snapshotPages(app: App, again: Again): void {
  app.post('/sandbox/tables/:id/snapshots', async (c) => {
    const tableId = c.req.param('id')
    const ctx = c.get('ctx')
    // Before a byte of the body is read: who may not upload, does not send.
    const { table, room } = await getTable(ctx, tableId)
    requirePermission(ctx, policy, 'upload', { organisationIds: [table.organisationId] })
    return submit(c, z.object({ file: receivedFile }), {
      slow: true,
      receive: (part) => receiveFile(ctx, room, part),
      act: async (ctx, { file }) => {
        await takeSnapshot(ctx, { tableId, file })
        return `/sandbox/tables/${tableId}#snapshots`
      },
      invalid: (form) => again(c, form),
    })
  })
  const decision = (verb: 'pin' | 'drop') =>
    app.post(`/sandbox/tables/:id/snapshots/:number/${verb}`, (c) => {
      const input = { tableId: c.req.param('id') ?? '', number: numberOf(c.req.param('number')) }
      return submit(c, z.object({}), {
        slow: true,
        act: async (ctx) => {
          await (verb === 'pin' ? pinSnapshot(ctx, input) : dropSnapshot(ctx, input))
          return `/sandbox/tables/${input.tableId}#snapshots`
        },
        invalid: (form) => again(c, form),
      })
    })
  decision('pin')
  decision('drop')
}

function numberOf(text: string | undefined): number {
  if (!text || !/^[1-9]\d{0,6}$/.test(text)) throw general.notFound()
  return Number(text)
}

/** The part of a table's page about its snapshots; nothing before its roles are confirmed. */
export async function snapshotsPart(c: Call, table: SandboxTable, room: Room, form?: FormState) {
  if (table.state !== 'confirmed') return null
  const ctx = c.get('ctx')
  return (
    <SnapshotsBlock
      view={c.get('view')}
      table={table}
      snapshots={await listSnapshots(ctx, table)}
      least={leastChange(levelOf(ctx, room.agreement.protectionLevel))}
      open={isOpen(ctx, room)}
      form={form}
    />
  )
}
