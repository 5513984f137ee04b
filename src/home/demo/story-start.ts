import {
  addMember,
  createOrganisation,
  createPerson,
  saveMunicipality,
  setManager,
} from '../../identity/service.ts'
import { CITIZENS, organisations, people } from './cast.ts'
import { organisationKeys, personKeys, type Step } from './stage.ts'

/** The town, its organisations and its people. */
export const startSteps: readonly Step[] = [
  {
    name: 'town',
    at: '2026-03-02T08:00',
    run: async ({ hub }) => {
      const ctx = hub()
      const { ags, town } = ctx.config
      await saveMunicipality(ctx, {
        ags,
        name: town,
        operator: `Statistikstelle der Stadt ${town}`,
        contact: 'allmende@example.org',
        hostnames: [],
      })
    },
  },
  {
    name: 'organisations',
    at: '2026-03-02T09:00',
    run: async ({ hub }) => {
      const ids: Record<string, string> = {}
      for (const key of organisationKeys) {
        const { id } = await createOrganisation(hub(), { ...organisations[key], ags: hub().config.ags })
        ids[`organisation:${key}`] = id
      }
      return ids
    },
  },
  {
    name: 'people',
    at: '2026-03-03T09:00',
    run: async ({ hub, organisation }) => {
      const ids: Record<string, string> = {}
      for (const key of personKeys) {
        const { name, email, roles } = people[key]
        const person = await createPerson(hub(), { name, email })
        ids[`person:${key}`] = person.id
        for (const [where, role] of roles) {
          const organisationId = organisation(where)
          await addMember(hub(), { personId: person.id, organisationId, role })
          if (role === 'holder')
            await setManager(hub(), { personId: person.id, organisationId, manages: true })
        }
      }
      return ids
    },
  },
  {
    name: 'citizens',
    at: '2026-03-09T09:00',
    run: async ({ hub }) => {
      const ids: Record<string, string> = {}
      for (let index = 0; index < CITIZENS; index++) {
        const { id } = await createPerson(hub(), {
          name: `Bürgerin oder Bürger ${index + 1}`,
          email: `buerger${index}@example.org`,
        })
        ids[`citizen:${index}`] = id
      }
      return ids
    },
  },
]
