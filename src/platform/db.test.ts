import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { World } from '../../test/harness.ts'
import { createWorld } from '../../test/harness.ts'
import { CannotStart } from './cannot-start.ts'
import { transact } from './context.ts'
import { DatabaseInUse, openEmbedded } from './db.ts'
import { emit, forgetEvents } from './events.ts'
import { defineJob } from './jobs.ts'
import { sendMail } from './mail.ts'
import { migrate, readMigrations } from './migrate.ts'

let folder: string
let world: World
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmende-db-'))
  world = await createWorld()
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

describe('the embedded database', () => {
  it('is opened by one process only; the lock of a dead one is taken over', async () => {
    const stranger = spawn('sleep', ['60'])
    await writeFile(join(folder, 'lock'), String(stranger.pid))
    await expect(openEmbedded(folder)).rejects.toBeInstanceOf(DatabaseInUse)
    await new Promise((gone) => stranger.once('exit', gone).kill('SIGKILL'))
    const database = await openEmbedded(folder)
    await database.close()
  })
})

describe('migrations', () => {
  it('do nothing when all are applied', async () => {
    expect(await migrate(world.hub.database.db, await readMigrations('migrations'))).toEqual([])
  })

  it('refuse a file that was changed after it had been applied', async () => {
    const [first, ...others] = await readMigrations('migrations')
    const changed = { name: first!.name, text: 'select 1' }
    await expect(migrate(world.hub.database.db, [changed, ...others])).rejects.toThrow(/was changed/)
  })

  it('refuse a database that a newer program has used', async () => {
    const all = await readMigrations('migrations')
    const older = migrate(world.hub.database.db, all.slice(0, -1))
    await expect(older).rejects.toThrow(CannotStart)
    await expect(older).rejects.toThrow(all.at(-1)!.name)
  })

  it('apply a file whole or not at all', async () => {
    const broken = {
      name: '9998-broken.sql',
      text: 'create table half (id int); select nonsense from nowhere',
    }
    const all = await readMigrations('migrations')
    await expect(migrate(world.hub.database.db, [...all, broken])).rejects.toThrow(/nonsense|nowhere/)
    const { rows } = await sql<{ found: string | null }>`select to_regclass('half') as found`.execute(
      world.hub.database.db,
    )
    expect(rows[0]?.found).toBeNull()
  })
})

describe('use cases in a transaction', () => {
  const refuse = () => {
    throw new Error('refused')
  }

  it('send mail, news and jobs only when they commit', async () => {
    const job = defineJob({
      name: 'platform.test',
      payload: z.object({ n: z.number() }),
      run: async () => {},
    })
    const failing = transact(world.system, async (ctx) => {
      await sendMail(ctx, { to: 'a@example.org', subject: 'x', text: 'y' })
      await emit(ctx, 'platform.tested', {})
      await ctx.enqueue(job, { n: 1 })
      refuse()
    })
    await expect(failing).rejects.toThrow('refused')
    expect(await world.mails()).toEqual([])
    expect(await world.runJobs()).toBe(0)
    await transact(world.system, (ctx) => sendMail(ctx, { to: 'a@example.org', subject: 'x', text: 'y' }))
    expect(await world.runJobs()).toBe(1)
    expect(await world.mails()).toEqual([{ to: 'a@example.org', subject: 'x', text: 'y' }])
  })

  it('join when they call each other', async () => {
    const failing = transact(world.system, async (ctx) => {
      await transact(ctx, (ctx) => sendMail(ctx, { to: 'inner@example.org', subject: 'x', text: 'y' }))
      refuse()
    })
    await expect(failing).rejects.toThrow('refused')
    expect((await world.mails()).map((mail) => mail.to)).not.toContain('inner@example.org')
  })

  it('give news that are forgotten after their time', async () => {
    await transact(world.system, (ctx) => emit(ctx, 'platform.tested', {}))
    const kept = async (before: Date) => {
      await forgetEvents(world.system, before)
      const rows = world.hub.database.db.selectFrom('platform_event').select('id')
      return (await rows.where('name', '=', 'platform.tested').execute()).length
    }
    expect(await kept(new Date(Date.now() - 3_600_000))).toBe(1)
    expect(await kept(new Date(Date.now() + 3_600_000))).toBe(0)
    await world.runJobs()
  })

  it('keep one waiting job per key', async () => {
    const send = () => transact(world.system, (ctx) => ctx.enqueue(forKey, {}, { key: 'same' }))
    const forKey = defineJob({ name: 'transparency.close-days', payload: z.object({}), run: async () => {} })
    await send()
    await send()
    expect(await world.runJobs()).toBe(1)
  })
})
