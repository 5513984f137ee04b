import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openHub } from '../hub.ts'
import { backUp } from '../backup.ts'
import { backUpTo, countRows, createBackups } from './backup.ts'
import type { Config } from './config.ts'
import { readConfig } from './config.ts'
import { openEmbedded } from './db.ts'
import { createLog } from './log.ts'

// Only the embedded database is copied by the hub itself; the template of the tests on a server is none.
const onServer = inject('template').startsWith('postgres')
const log = createLog('error')
let folder: string
const configIn = (name: string): Config =>
  readConfig({ NODE_ENV: 'test', ALLMENDE_DATA: join(folder, name), LOG_LEVEL: 'error' })
const open = (name: string, migrations?: string) =>
  openHub(configIn(name), { log, ...(migrations ? { migrations } : {}) })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmende-backup-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A data folder with a migrated hub. */
async function hubIn(name: string) {
  const target = join(folder, name, 'database', 'pglite')
  await mkdir(join(folder, name, 'database'), { recursive: true })
  await cp(inject('template'), target, { recursive: true })
}

describe.skipIf(onServer)('a backup', () => {
  it('is made by the nightly job, keeps the last seven, and leaves the operator’s own copies alone', async () => {
    await hubIn('nightly')
    const hub = await open('nightly')
    const backups = join(folder, 'nightly', 'backups')
    await mkdir(backups)
    await writeFile(join(backups, 'mine.tar.gz'), 'mine')
    for (let day = 1; day <= 9; day++) {
      await writeFile(join(backups, `daily-2026-01-0${day}T03-10-00-000Z.tar.gz`), 'old')
    }
    const done = await hub.resources.backups!.backUp(new Date('2026-02-01T02:10:00Z'))
    expect(done!.rows).toBeGreaterThan(0)
    const names = (await readdir(backups)).toSorted()
    expect(names).toHaveLength(7 + 1)
    expect(names).toContain('mine.tar.gz')
    expect(names).toContain('daily-2026-02-01T02-10-00-000Z.tar.gz')
    expect(names).not.toContain('daily-2026-01-03T03-10-00-000Z.tar.gz')
    expect(await hub.resources.backups!.last()).toMatchObject({ size: done!.size })
    await hub.close()
  })

  it('brings back what was there, and only that', async () => {
    await hubIn('origin')
    const hub = await open('origin')
    const put = (ags: string) =>
      hub.database.db
        .insertInto('identity_municipality')
        .values({ ags, name: `Stadt ${ags}`, hostnames: [] })
        .execute()
    await put('11111111')
    const { file } = (await hub.resources.backups!.backUp(new Date()))!
    await put('22222222')
    await hub.close()

    const restored = join(folder, 'restored', 'database', 'pglite')
    await mkdir(restored, { recursive: true })
    execFileSync('tar', ['-xzf', file, '-C', restored])
    const again = await open('restored')
    const towns = await again.database.db.selectFrom('identity_municipality').select('ags').execute()
    expect(towns.map((town) => town.ags)).toEqual(['11111111'])
    await again.close()
  })

  it('is made before an update changes the tables, and not for a new hub', async () => {
    await hubIn('update')
    const migrations = join(folder, 'migrations')
    await cp(join(import.meta.dirname, '..', '..', 'migrations'), migrations, { recursive: true })
    const backups = () => readdir(join(folder, 'update', 'backups')).catch(() => [])
    await (await open('update', migrations)).close()
    expect(await backups()).toEqual([])
    await writeFile(join(migrations, '9990-later.sql'), 'create table later (id int);')
    const hub = await open('update', migrations)
    expect(await backups()).toEqual([expect.stringMatching(/^before-update-.*\.tar\.gz$/)])
    const { rows } = await sql<{ found: string }>`select to_regclass('later') as found`.execute(
      hub.database.db,
    )
    expect(rows[0]?.found).toBe('later')
    await hub.close()
    await (await open('fresh', migrations)).close()
    expect(await readdir(join(folder, 'fresh'))).not.toContain('backups')
  })

  it('that cannot be read is none: nothing stays behind', async () => {
    const database = await openEmbedded(join(folder, 'empty'))
    const file = join(folder, 'never', 'copy.tar.gz')
    await expect(backUpTo(database, file)).rejects.toThrow('The copy holds no hub.')
    const broken = { ...database, dump: async () => new Blob(['not an archive']) }
    await expect(backUpTo(broken, file)).rejects.toThrow(/./)
    expect(await readdir(join(folder, 'never'))).toEqual([])
    await database.close()
  })

  it('is made by hand into a named file', async () => {
    await hubIn('hand')
    const lines: string[] = []
    const file = join(folder, 'by-hand.tar.gz')
    const say = {
      out: (line: string) => void lines.push(line),
      note: (line: string) => void lines.push(line),
    }
    expect(await backUp(configIn('hand'), file, say)).toBe(0)
    expect(lines[0]).toMatch(/by-hand\.tar\.gz: opened and read, \d+ rows/)
    expect(await countRows(file)).toBeGreaterThan(0)
  })
})

describe('on a server', () => {
  it('is left to the server’s own tools', async () => {
    const server = { dump: async () => undefined } as Parameters<typeof createBackups>[0]
    expect(await createBackups(server, join(folder, 'none')).backUp(new Date())).toBeUndefined()
    expect(await createBackups(server, join(folder, 'none')).last()).toBeUndefined()
  })
})
