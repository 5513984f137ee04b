import { afterAll, beforeAll } from 'vitest'
import type { User, World } from '../../test/harness.ts'
import { createWorld, permissionMatrix } from '../../test/harness.ts'
import { policy } from './policy.ts'
import { setManager } from './organisations/service.ts'

let world: World
let organisationId: string
let person: User

beforeAll(async () => {
  world = await createWorld()
  organisationId = (await world.organisation('Matrix')).id
  person = await world.person({ name: 'Mitglied', roles: [{ role: 'citizen', organisationId }] })
  await setManager(world.system, { personId: person.personId, organisationId, manages: true })
})
afterAll(() => world.close())

const base = () => `/identity/organisations/${organisationId}`
const { createPerson: _, createSignInLink: __, seeMembers: ___, ...overHttp } = policy

permissionMatrix(() => world, overHttp, {
  read: { request: (user) => user.get(base()) },
  createOrganisation: {
    request: (user) =>
      user.post('/identity/organisations', {
        name: 'Neu',
        shortName: 'Neu',
        kind: 'company',
        ags: world.config.ags,
      }),
  },
  manageOrganisation: {
    request: (user) =>
      user.post(`${base()}/edit`, {
        organisationId,
        name: 'Matrix',
        shortName: 'M',
        description: '',
        url: '',
      }),
  },
  seePeople: { request: (user) => user.get('/identity/people') },
  grantAnyRole: {
    request: (user) => user.post(`${base()}/give`, { personId: person.personId, role: 'steward' }),
  },
  saveMunicipality: {
    request: (user) => user.post('/identity/towns', { ags: '14729998', name: 'Matrixau', hostnames: '' }),
  },
  nameManager: {
    request: (user) => user.post(`${base()}/manager`, { personId: person.personId, manages: 'true' }),
  },
  ownAccount: { request: (user) => user.get('/identity/account') },
})
