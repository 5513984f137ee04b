import { z } from 'zod'
import type { App, Call } from '../../platform/http.ts'
import { submit, valid } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { policy } from '../policy.ts'
import { route } from '../releases/api.ts'
import { receivedFile } from '../schema.ts'
import { unfit, withFile } from '../tables/api.ts'
import { getTable, receiveFile } from '../tables/service.ts'
import { snapshotJson } from './model.ts'
import { dropSnapshot, listSnapshots, pinSnapshot, takeSnapshot } from './service.ts'

const snapshotAnswer = z
  .object({
    number: z.int(),
    state: z.enum(['loading', 'held', 'pinned', 'retired', 'refused', 'failed']),
    takenAt: z.iso.datetime(),
    fileName: z.string(),
    rows: z.int().nullable(),
    /** Units per kind of change since the pinned one; for the holder alone. */
    change: z
      .array(
        z.object({
          unitType: z.string(),
          added: z.int(),
          removed: z.int(),
          changed: z.int(),
          smallest: z.int(),
        }),
      )
      .nullable(),
    pinnedAt: z.iso.datetime().nullable(),
    retiredAt: z.iso.datetime().nullable(),
  })
  .meta({ ref: 'TableSnapshot' })

const place = z.object({ id: z.uuid(), number: z.coerce.number().int().min(1).max(9_999_999) })

/** Snapshots for programs of the holder: a newer file, what differs, accept it or throw it away. */
export function snapshotApi(app: App): void {
  const path = '/api/v1/sandbox/tables/:id/snapshots'
  const one = `${path}/:number`
  app.get(path, route('Numbered states of a table of your own, newest first', z.array(snapshotAnswer)), (c) =>
    list(c, c.req.param('id')),
  )
  app.post(path, withFile('Bring a newer file of a confirmed table', snapshotAnswer, []), (c) =>
    take(c, c.req.param('id')),
  )
  app.post(
    `${one}/pin`,
    route('Work with this state from now on; the earlier one is destroyed', z.array(snapshotAnswer)),
    valid('param', place),
    async (c) => {
      const { id: tableId, number } = c.req.valid('param')
      await pinSnapshot(c.get('ctx'), { tableId, number })
      return list(c, tableId)
    },
  )
  app.delete(
    one,
    route('Throw a waiting state away; its key is destroyed', z.array(snapshotAnswer)),
    valid('param', place),
    async (c) => {
      const { id: tableId, number } = c.req.valid('param')
      await dropSnapshot(c.get('ctx'), { tableId, number })
      return list(c, tableId)
    },
  )
}

async function list(c: Call, tableId: string): Promise<Response> {
  const { table } = await getTable(c.get('ctx'), tableId)
  return c.json((await listSnapshots(c.get('ctx'), table)).map(snapshotJson))
}

async function take(c: Call, tableId: string): Promise<Response> {
  const ctx = c.get('ctx')
  const { table, room } = await getTable(ctx, tableId)
  // Before a byte of the body is read: who may not upload, does not send.
  requirePermission(ctx, policy, 'upload', { organisationIds: [table.organisationId] })
  return submit(c, z.object({ file: receivedFile }), {
    slow: true,
    receive: (part) => receiveFile(ctx, room, part),
    act: async (ctx, { file }) => c.json(snapshotJson(await takeSnapshot(ctx, { tableId, file }))),
    invalid: unfit,
  })
}
