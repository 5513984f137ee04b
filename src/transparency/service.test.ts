import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionMatrix, createWorld } from '../../test/harness.ts'
import type { World } from '../../test/harness.ts'
import type { Entry } from './model.ts'
import { createChainCheck, GENESIS, hashEntry, merkleRoot } from './model.ts'
import { closeDays, exportEntries, listEntries, record, verifyRegister } from './service.ts'
import { newId } from '../platform/ids.ts'
import { policy } from './policy.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const happening = (n: number) => ({
  event: 'questions.raised',
  object: { type: 'question', id: `q-${n}` },
  organisationId: world.organisationId,
  summary: { de: `Frage ${n} gestellt`, en: `Question ${n} raised` },
  details: { n },
})

async function all(): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of exportEntries(world.system, {})) entries.push(entry)
  return entries
}

/** The faults found after a change by somebody with full rights on the database; the change is put back. */
async function faultsAfter(change: string, undo: string) {
  const run = (text: string) => sql.raw(text).execute(world.hub.database.db)
  await run('alter table transparency_entry disable trigger all')
  await run(change)
  const result = await verifyRegister(world.system)
  await run(undo)
  await run('alter table transparency_entry enable trigger all')
  return result.faults
}

describe('the register', () => {
  it('chains entries, also when they are written at the same time', async () => {
    const day = (n: number) => world.as('steward').at(new Date(Date.UTC(2026, 2, 1 + n)))
    for (let n = 0; n < 6; n++) await record(day(n), happening(n))
    await Promise.all(
      [6, 7, 8, 9].map((n) => record(world.as('steward').at(new Date(Date.UTC(2026, 2, 7))), happening(n))),
    )
    const result = await verifyRegister(world.system)
    expect(result).toMatchObject({ entries: 10, faults: [] })
    expect((await all())[0]?.previousHash).toBe(GENESIS)
  })

  it('stays sound for a check that runs while lines are written', async () => {
    const other = await createWorld()
    let checking = true
    const write = async (from: number) => {
      for (let n = from; checking; n++)
        await record(other.system, { ...happening(n), organisationId: other.organisationId })
    }
    const writers = [1000, 2000, 3000].map(write)
    const results = []
    for (let n = 0; n < 10; n++) results.push(await verifyRegister(other.anonymous.ctx))
    checking = false
    await Promise.all(writers)
    expect(results.at(-1)!.entries).toBeGreaterThan(results[0]!.entries)
    expect(results.flatMap((result) => result.faults)).toEqual([])
    await other.close()
  })

  it('never dates a line before the line above it', async () => {
    const entry = await record(world.as('steward').at(new Date(Date.UTC(2020, 0, 1))), happening(99))
    expect(entry.at).toBe('2026-03-07T00:00:00.000Z')
  })

  it('closes ended days once, with a root that fits its entries', async () => {
    expect(await closeDays(world.system)).toBe(7)
    expect(await closeDays(world.system)).toBe(0)
    expect((await verifyRegister(world.system)).days).toBe(7)
  })

  it('refuses change and removal in the database itself', async () => {
    const attempt = (text: string) => sql.raw(text).execute(world.hub.database.db)
    await expect(attempt("update transparency_entry set event = 'x' where seq = 1")).rejects.toThrow(
      /append-only/,
    )
    await expect(attempt('delete from transparency_entry where seq = 1')).rejects.toThrow(/append-only/)
    await expect(attempt('truncate transparency_entry')).rejects.toThrow(/append-only/)
  })

  it.each([
    ["event = 'questions.merged'", "event = 'questions.raised'"],
    ["id = '00000000-0000-7000-8000-000000000000'", 'id = (select id from keep)'],
    ["at = at + interval '1 millisecond'", "at = at - interval '1 millisecond'"],
    ["object_type = 'entry'", "object_type = 'question'"],
    ["object_id = 'q-77'", "object_id = 'q-3'"],
    ['organisation_id = null', 'organisation_id = (select organisation_id from keep)'],
    ["actor_role = 'holder'", "actor_role = 'steward'"],
    [`details = jsonb_set(details, '{n}', '4')`, `details = jsonb_set(details, '{n}', '3')`],
    [`details = jsonb_set(details, '{summary,de}', '"x"')`, 'details = (select details from keep)'],
    [`previous_hash = repeat('1', 64)`, 'previous_hash = (select previous_hash from keep)'],
    [`hash = repeat('2', 64)`, 'hash = (select hash from keep)'],
  ])('detects a changed field: %s', async (change, undo) => {
    await sql
      .raw('create table if not exists keep as select * from transparency_entry where seq = 4')
      .execute(world.hub.database.db)
    expect(
      await faultsAfter(
        `update transparency_entry set ${change} where seq = 4`,
        `update transparency_entry set ${undo} where seq = 4`,
      ),
    ).not.toEqual([])
  })

  it('detects an entry that was put behind the end without being recorded', async () => {
    const [last] = (await listEntries(world.system, {}, undefined, 1)).entries
    const covered = { ...last!, seq: last!.seq + 1, previousHash: last!.hash, id: newId() }
    const forged = { ...covered, hash: hashEntry(covered) }
    const faults = await faultsAfter(
      `insert into transparency_entry select ${forged.seq}, '${forged.id}', at, event, object_type, object_id,
        organisation_id, actor_role, details, hash, '${forged.hash}' from transparency_entry where seq = ${last!.seq}`,
      `delete from transparency_entry where seq = ${forged.seq}`,
    )
    expect(faults.map((fault) => fault.kind)).toContain('tail-missing')
  })

  it('detects a removed, a reordered and a cut-off entry', async () => {
    expect(
      await faultsAfter(
        'delete from transparency_entry where seq = 4',
        'insert into transparency_entry select * from keep',
      ),
    ).not.toEqual([])
    expect(
      await faultsAfter(
        'create table last_entry as select * from transparency_entry where seq = 11; delete from transparency_entry where seq = 11',
        'insert into transparency_entry select * from last_entry',
      ),
    ).not.toEqual([])
    const swap =
      'update transparency_entry set seq = case seq when 40 then 4 when 50 then 5 end where seq in (40, 50)'
    expect(
      await faultsAfter(
        `update transparency_entry set seq = seq * 10 where seq in (4, 5); update transparency_entry set seq = case seq when 40 then 5 when 50 then 4 end where seq in (40, 50)`,
        `update transparency_entry set seq = case seq when 5 then 40 when 4 then 50 end where seq in (4, 5); ${swap}`,
      ),
    ).not.toEqual([])
    expect((await verifyRegister(world.system)).faults).toEqual([])
  })

  it('finds entries by room, organisation, day and word', async () => {
    const found = (filter: object) => listEntries(world.anonymous.ctx, filter).then((p) => p.total)
    expect(await found({ room: 'questions' })).toBe(11)
    expect(await found({ room: 'sandbox' })).toBe(0)
    expect(await found({ from: '2026-03-02', to: '2026-03-03' })).toBe(2)
    expect(await found({ q: 'Frage 3' })).toBe(1)
    expect(await found({ q: '100%_' })).toBe(0)
  })
})

describe('its pages', () => {
  it.each([
    '/transparency',
    '/en/transparency',
    '/transparency?room=questions&from=kaputt&cursor=-3',
    '/transparency/entries/3',
    '/transparency/objects/question/q-3',
    '/transparency/days',
    '/transparency/verify',
  ])('shows %s to everybody', async (path) => {
    const response = await world.anonymous.get(path)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('</html>')
  })

  it('answers an unknown entry with a page that leads on', async () => {
    const response = await world.anonymous.get('/transparency/entries/4711')
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Zur Startseite')
  })

  it('exports what it shows, checkable without the hub', async () => {
    const json = (await (await world.anonymous.get('/transparency/register.json')).json()) as Entry[]
    const check = createChainCheck()
    expect(json.flatMap((entry) => [...check.take(entry)])).toEqual([])
    const csv = await (await world.anonymous.get('/transparency/register.csv?room=questions')).text()
    expect(csv.trim().split('\n')).toHaveLength(12)
  })

  it('checks itself on demand', async () => {
    const response = await world.anonymous.post('/transparency/verify')
    expect(await response.text()).toContain('Die Kette ist lückenlos')
  })
})

describe('permissions', () => {
  permissionMatrix(
    () => world,
    { read: policy.read },
    { read: { request: (user) => user.get('/api/v1/transparency/entries') } },
  )
})

describe('hashes', () => {
  it('builds the Merkle tree of RFC 6962', () => {
    const leaf = '11'.repeat(32)
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(merkleRoot([leaf])).toHaveLength(64)
    expect(merkleRoot([leaf, leaf, leaf])).not.toBe(merkleRoot([leaf, leaf]))
  })

  it('depend on every field and on no order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (details) => {
        const base = {
          seq: 1,
          id: 'i',
          at: 't',
          event: 'e',
          objectType: 'o',
          objectId: 'x',
          organisationId: null,
          actorRole: 'hub' as const,
          previousHash: GENESIS,
        }
        const summary = { de: 'a', en: 'b' }
        const one = hashEntry({ ...base, details: { ...details, summary } as unknown as Entry['details'] })
        const two = hashEntry({
          ...base,
          details: Object.fromEntries(
            Object.entries({ ...details, summary }).reverse(),
          ) as unknown as Entry['details'],
        })
        expect(one).toBe(two)
      }),
    )
  })
})
