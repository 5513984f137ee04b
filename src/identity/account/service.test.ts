import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { PersonalData } from '../model.ts'
import { addMember } from '../organisations/service.ts'
import { createConfirmation } from '../confirmations/service.ts'
import { createPerson, createSignInLink, displayNames, emailsOf } from '../people/service.ts'
import * as service from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const table = (name: 'identity_session' | 'identity_account' | 'identity_passkey', personId: string) =>
  world.hub.database.db.selectFrom(name).select('id').where('userId', '=', personId).execute()

describe('the own account', () => {
  it('is shown to its owner only', async () => {
    const person = await world.person({ name: 'Olga Offen' })
    expect(await (await person.get('/identity/account')).text()).toContain('Olga Offen')
    const stranger = await world.anonymous.get('/identity/account')
    expect(stranger.headers.get('location')).toBe('/identity/sign-in?to=%2Fidentity%2Faccount')
    await expect(service.getOwnAccount(world.system, null)).rejects.toThrow('general/sign-in')
  })

  it('takes a new name and wishes, also without any tick', async () => {
    const person = await world.person({ name: 'Alt' })
    await person.post('/identity/account/name', { name: 'Neu Name' })
    expect((await displayNames(world.system, [person.personId])).get(person.personId)).toBe('Neu Name')
    await person.post('/identity/account/wishes', { digest: 'daily' })
    const wishes = await service.wishesOf(world.system, [person.personId, 'nobody'])
    expect(wishes.get(person.personId)).toEqual({ digest: 'daily', tasks: false })
    expect(wishes.get('nobody')).toEqual({ digest: 'weekly', tasks: true })
    expect((await person.post('/identity/account/wishes', { digest: 'hourly' })).status).toBe(422)
  })

  it('changes its address only once the new one is confirmed', async () => {
    const person = await world.person({ name: 'Umzug' })
    const email = 'umgezogen@example.org'
    await person.post('/identity/account/email', { email })
    const of = async () => (await emailsOf(world.system, [person.personId])).get(person.personId)?.email
    expect(await of()).not.toBe(email)
    const mail = (await world.mails()).findLast((each) => each.to === email)
    const token = /identity\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
    await world.anonymous.post('/identity/confirm', { token })
    expect(await of()).toBe(email)
  })

  it('never takes the address of another account', async () => {
    const [one, two] = [await world.person({ name: 'Eins' }), await world.person({ name: 'Zwei' })]
    const email = (await emailsOf(world.system, [two.personId])).get(two.personId)?.email ?? ''
    await one.post('/identity/account/email', { email })
    const mail = (await world.mails()).findLast((each) => each.to === email)
    const token = /identity\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
    expect((await world.anonymous.post('/identity/confirm', { token })).status).toBe(409)
    expect((await emailsOf(world.system, [one.personId])).get(one.personId)?.email).not.toBe(email)
  })
})

describe('signing out', () => {
  it('everywhere ends all sessions of this person and of nobody else', async () => {
    const person = await world.person({ name: 'Viele Geräte' })
    const other = await world.person({ name: 'Andere' })
    const link = await createSignInLink(world.system, { personId: person.personId })
    const second = await world.anonymous.post('/identity/link', { token: link.split('/').at(-1) ?? '' })
    const cookie = second.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await world.anonymous.get('/identity/account', { cookie })).status).toBe(200)
    expect(await table('identity_session', person.personId)).toHaveLength(2)
    await person.post('/identity/account/sessions/end-all')
    expect((await world.anonymous.get('/identity/account', { cookie })).status).toBe(303)
    expect((await person.get('/identity/account')).status).toBe(303)
    expect((await other.get('/identity/account')).status).toBe(200)
  })

  it('of another person’s device does nothing', async () => {
    const [one, two] = [await world.person({ name: 'A' }), await world.person({ name: 'B' })]
    const [session] = await table('identity_session', two.personId)
    await one.post('/identity/account/sessions/end', { sessionId: session?.id ?? '' })
    expect((await two.get('/identity/account')).status).toBe(200)
  })
})

describe('a sign-in link', () => {
  it('is made by the hub only, works inside a transaction of its own and lands where it says', async () => {
    const person = await createPerson(world.system, { email: 'Link@Example.org', name: 'Link' })
    expect(person.email).toBe('link@example.org')
    await expect(createSignInLink(world.as('operator').ctx, { personId: person.id })).rejects.toThrow(
      'general/forbidden',
    )
    const link = new URL(
      await createSignInLink(world.system, { personId: person.id, to: '/catalogue', minutes: 60 }),
    )
    const token = link.pathname.split('/').at(-1) ?? ''
    const to = link.searchParams.get('to') ?? ''
    const response = await world.anonymous.post('/identity/link', { token, to })
    expect(response.headers.get('location')).toBe('/catalogue')
    const again = await world.anonymous.post('/identity/link', { token, to })
    expect(again.headers.get('location')).toContain('error=INVALID_TOKEN')
  })
})

describe('the own data', () => {
  const share: PersonalData = {
    room: 'questions',
    export: async (_ctx, personId) => ({ askedBy: personId }),
  }

  it('come out whole, room by room, and only to their owner', async () => {
    const person = await world.person({
      name: 'Meine Daten',
      roles: [{ role: 'holder', organisationId: world.organisationId }],
    })
    const data = await service.exportOwnData(person.ctx, [share])
    expect(data).toMatchObject({
      rooms: {
        identity: { account: { name: 'Meine Daten' }, memberships: [{ roles: ['holder'] }] },
        questions: { askedBy: person.personId },
      },
    })
    const response = await person.get('/identity/account/data.json')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    const body = await response.text()
    expect(body).toContain('Meine Daten')
    expect(body).not.toContain('token')
    await expect(service.exportOwnData(world.anonymous.ctx, [])).rejects.toThrow('general/sign-in')
  })
})

describe('erasing the account', () => {
  it('leaves nothing that leads to the person, and cuts the key in public records', async () => {
    const person = await world.person({
      name: 'Frieda Fort',
      roles: [{ role: 'holder', organisationId: world.organisationId }],
    })
    const email = person.actor.kind === 'person' ? person.actor.email : ''
    await addMember(world.system, {
      personId: person.personId,
      organisationId: world.organisationId,
      role: 'analyst',
    })
    await createConfirmation(world.system, {
      email,
      purpose: 'questions.raise',
      payload: { a: 1 },
      text: { title: 'x', text: 'y', button: 'z' },
    })
    const erased: string[] = []
    await service.eraseOwnAccount(person.ctx, [
      {
        room: 'questions',
        export: async () => ({}),
        erase: async (_ctx, personId) => void erased.push(personId),
      },
    ])
    expect(erased).toEqual([person.personId])
    const dump = JSON.stringify(
      await Promise.all(
        (
          [
            'identity_user',
            'identity_session',
            'identity_membership',
            'identity_verification',
            'identity_confirmation',
            'platform_mail',
          ] as const
        ).map((name) => world.hub.database.db.selectFrom(name).selectAll().execute()),
      ),
    )
    expect(dump).not.toContain('Frieda')
    expect(dump).not.toContain(email)
    expect((await emailsOf(world.system, [person.personId])).size).toBe(0)
    expect((await displayNames(world.system, [person.personId])).get(person.personId)).toBe('Ohne Namen')
    expect((await person.get('/identity/account')).status).toBe(303)
    const key = person.actor.kind === 'person' ? person.actor.personKey : undefined
    const keys = await world.hub.database.db.selectFrom('identity_user').select('personKey').execute()
    expect(keys.map((row) => row.personKey)).not.toContain(key)
  })

  it('happens on the page only when the address is typed, and undoes nothing halfway', async () => {
    const person = await world.person({ name: 'Bleibt Noch' })
    expect((await person.get('/identity/account/erase')).status).toBe(200)
    expect((await person.post('/identity/account/erase', { email: 'falsch@example.org' })).status).toBe(422)
    expect((await person.get('/identity/account')).status).toBe(200)
    const failing: PersonalData = {
      room: 'questions',
      export: async () => ({}),
      erase: async () => {
        throw new Error('a room could not erase')
      },
    }
    await expect(service.eraseOwnAccount(person.ctx, [failing])).rejects.toThrow('a room could not erase')
    expect((await displayNames(world.system, [person.personId])).get(person.personId)).toBe('Bleibt Noch')
    const email = person.actor.kind === 'person' ? person.actor.email : ''
    const gone = await person.post('/identity/account/erase', { email })
    expect(gone.headers.get('location')).toBe('/identity/sign-in?done=erased')
  })

  it('is refused to the last operator', async () => {
    const operator = world.as('operator')
    await expect(service.eraseOwnAccount(operator.ctx, [])).rejects.toThrow('identity/last-operator')
    expect((await operator.get('/identity/account')).status).toBe(200)
  })
})
