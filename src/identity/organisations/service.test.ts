import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { inviteMember, listInvitations, withdrawInvitation } from '../confirmations/service.ts'
import * as service from './service.ts'

let world: World
let organisationId: string
let manager: User

const newOrganisation = (name = 'Stadtwerke Auenstadt') => ({
  name,
  shortName: name.slice(0, 40),
  kind: 'utility' as const,
  ags: world.config.ags,
})

beforeAll(async () => {
  world = await createWorld()
  organisationId = (await service.createOrganisation(world.as('operator').ctx, newOrganisation())).id
  const person = await world.person({ name: 'Vera Verwalterin' })
  await service.setManager(world.as('operator').ctx, {
    personId: person.personId,
    organisationId,
    manages: true,
  })
  manager = person
})
afterAll(() => world.close())

const registerOf = (id: string) =>
  world.hub.database.db
    .selectFrom('transparency_entry')
    .select(['event', 'details'])
    .where('object_id', '=', id)
    .orderBy('seq')
    .execute()

describe('an organisation', () => {
  it('is entered by operators and stewards, stands in the public list and in the register', async () => {
    const made = await service.createOrganisation(
      world.as('steward').ctx,
      newOrganisation('Institut für Stadtklima'),
    )
    expect(await service.getOrganisation(world.anonymous.ctx, made.id)).toEqual({
      ...made,
      description: null,
      url: null,
    })
    const names = (await service.listOrganisations(world.anonymous.ctx)).map((each) => each.name)
    expect(names).toContain('Institut für Stadtklima')
    expect((await registerOf(made.id)).map((line) => line.event)).toEqual(['identity.organisation-created'])
  })

  it('refuses an unknown municipality and garbage, and leaves nothing', async () => {
    const before = (await service.listOrganisations(world.system)).length
    const call = (input: object) =>
      service.createOrganisation(world.as('operator').ctx, { ...newOrganisation(), ...input })
    await expect(call({ ags: '99999999' })).rejects.toThrow('identity/unknown-town')
    await expect(call({ url: 'javascript:alert(1)' })).rejects.toThrow('url')
    await expect(call({ name: 'a\nb' })).rejects.toThrow('name')
    await expect(service.getOrganisation(world.system, "' or 1=1")).rejects.toThrow('general/not-found')
    expect((await service.listOrganisations(world.system)).length).toBe(before)
  })

  it('is edited by those who manage it and by nobody else’s manager', async () => {
    const change = {
      organisationId,
      name: 'Stadtwerke',
      shortName: 'SW',
      description: 'Wärme und Wasser',
      url: '',
    }
    expect(await service.editOrganisation(manager.ctx, change)).toMatchObject({ shortName: 'SW', url: null })
    const other = await service.createOrganisation(world.system, newOrganisation('Anderes Amt'))
    await expect(
      service.editOrganisation(manager.ctx, { ...change, organisationId: other.id }),
    ).rejects.toThrow('general/forbidden')
  })

  it('is found by part of its name, where signs of the pattern language mean themselves', async () => {
    await service.createOrganisation(world.system, newOrganisation('100 % Auen'))
    const names = async (q: string) =>
      (await service.listOrganisations(world.anonymous.ctx, { q })).map((each) => each.name)
    expect(await names('% a')).toEqual(['100 % Auen'])
    expect(await names('_')).toEqual([])
  })
})

describe('roles', () => {
  it('are given within the organisation by its manager, but not those of the whole hub', async () => {
    const person = await world.person({ name: 'Neu' })
    const give = (role: 'holder' | 'steward' | 'operator') =>
      service.addMember(manager.ctx, { personId: person.personId, organisationId, role })
    await give('holder')
    await expect(give('steward')).rejects.toThrow('identity/role-not-yours')
    await expect(give('operator')).rejects.toThrow('identity/role-not-yours')
    const members = await service.membersOf(world.system, { organisationId, roles: ['holder', 'steward'] })
    expect(members.map((member) => [member.personId, member.roles])).toEqual([[person.personId, ['holder']]])
  })

  it('may be several in one organisation; giving one twice changes nothing', async () => {
    const person = await world.person({ name: 'Zwei Hüte' })
    const operator = world.as('operator').ctx
    for (const role of ['holder', 'reviewer', 'holder'] as const) {
      await service.addMember(operator, { personId: person.personId, organisationId, role })
    }
    const member = (await service.membersOf(world.system, { organisationId })).find(
      (m) => m.personId === person.personId,
    )
    expect(member?.roles).toEqual(['holder', 'reviewer'])
  })

  it('go on record with a key instead of a name', async () => {
    const person = await world.person({ name: 'Geheime Person' })
    await service.addMember(world.system, { personId: person.personId, organisationId, role: 'analyst' })
    const last = (await registerOf(organisationId)).at(-1)
    expect(last?.event).toBe('identity.role-given')
    const text = JSON.stringify(last)
    expect(text).not.toContain('Geheime')
    expect(text).not.toContain(person.personId)
  })

  it('of the last operator cannot be taken away', async () => {
    const operator = world.as('operator')
    const own = {
      personId: operator.personId,
      organisationId: world.organisationId,
      role: 'operator' as const,
    }
    await expect(service.removeMember(operator.ctx, own)).rejects.toThrow('identity/last-operator')
    const second = await world.person({ roles: [{ role: 'operator', organisationId: world.organisationId }] })
    await service.removeMember(operator.ctx, { ...own, personId: second.personId })
    await expect(service.removeMember(operator.ctx, own)).rejects.toThrow('identity/last-operator')
  })

  it('and addresses of members are shown to their managers only', async () => {
    const outsider = await world.person({ roles: [{ role: 'holder', organisationId: world.organisationId }] })
    await expect(service.listMembers(outsider.ctx, organisationId)).rejects.toThrow('general/forbidden')
    const page = await (await world.anonymous.get(`/identity/organisations/${organisationId}`)).text()
    expect(page).not.toContain('@example.org')
    expect(page).not.toContain('Vera Verwalterin')
    const own = await (await manager.get(`/identity/organisations/${organisationId}`)).text()
    expect(own).toContain('Vera Verwalterin')
  })
})

describe('an invitation', () => {
  const email = 'eingeladen@example.org'
  const linkFrom = async () => {
    const mail = (await world.mails()).findLast((each) => each.to === email)
    return /identity\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  }

  it('by mail makes an account with the role, signs in and works once', async () => {
    await inviteMember(manager.ctx, { organisationId, email, role: 'holder' })
    const token = await linkFrom()
    const shown = await (await world.anonymous.get(`/identity/confirm/${token}`)).text()
    expect(shown).toContain('Einladung annehmen')
    const accepted = await world.anonymous.post('/identity/confirm', { token })
    expect(accepted.headers.get('location')).toBe(`/identity/organisations/${organisationId}`)
    expect(accepted.headers.getSetCookie().join()).toContain('allmende.session_token=')
    const members = await service.membersOf(world.system, { organisationId, roles: ['holder'] })
    expect(members.map((member) => member.email)).toContain(email)
    expect((await world.anonymous.post('/identity/confirm', { token })).status).toBe(410)
  })

  it('cannot be taken once it was withdrawn', async () => {
    await inviteMember(manager.ctx, { organisationId, email, role: 'analyst' })
    const token = await linkFrom()
    const [open] = await listInvitations(manager.ctx, organisationId)
    await withdrawInvitation(manager.ctx, { organisationId, invitationId: open?.id ?? '' })
    expect((await world.anonymous.get(`/identity/confirm/${token}`)).status).toBe(410)
  })

  it('into a role of the whole hub, or to manage, is refused to managers', async () => {
    await expect(inviteMember(manager.ctx, { organisationId, email, role: 'steward' })).rejects.toThrow(
      'role-not-yours',
    )
    await expect(
      inviteMember(manager.ctx, { organisationId, email, role: 'holder', manages: true }),
    ).rejects.toThrow('forbidden')
  })

  it('of another organisation cannot be withdrawn', async () => {
    const other = await service.createOrganisation(world.system, newOrganisation('Fremdes Amt'))
    await inviteMember(world.system, { organisationId: other.id, email, role: 'holder' })
    const [open] = await listInvitations(world.system, other.id)
    const attempt = withdrawInvitation(manager.ctx, { organisationId, invitationId: open?.id ?? '' })
    await expect(attempt).rejects.toThrow('general/not-found')
    expect(await listInvitations(world.system, other.id)).toHaveLength(1)
  })
})
