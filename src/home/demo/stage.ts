import type { Actor, Ctx } from '../../platform/context.ts'
import { system } from '../../platform/context.ts'
import { organisations, people, type OrganisationKey, type PersonKey } from './cast.ts'
import { buildTown, type ModelTown } from './registers.ts'

/** One step of the story: done once, in its own transaction; `slow` ones open their own and may run twice after a crash. */
export interface Step {
  name: string
  /** When it happens in the story, local summer time: `2026-03-12T09:00`. */
  at: string
  slow?: boolean
  run: (stage: Stage) => Promise<Record<string, string> | void>
}

/** What a step plays on: who acts, when, and the ids that earlier steps have made. */
export interface Stage {
  /** The use-case context of a person of the cast, at the time of the step or the one given. */
  as: (person: PersonKey, at?: string) => Ctx
  /** The context of somebody from the crowd of citizens. */
  citizen: (index: number, at?: string) => Ctx
  hub: (at?: string) => Ctx
  id: (key: string) => string
  organisation: (key: OrganisationKey) => string
  town: () => ModelTown
}

/** The moment a story time means. The town lives in Central European (summer) time. */
export function moment(at: string): Date {
  const month = Number(at.slice(5, 7))
  return new Date(`${at}:00+0${month >= 4 && month <= 10 ? 2 : 1}:00`)
}

let built: ModelTown | undefined

/** Sets the stage for a step over the ids made so far. */
export function stageFor(ctx: Ctx, ids: ReadonlyMap<string, string>, step: Pick<Step, 'at'>): Stage {
  const id = (key: string): string => {
    const found = ids.get(key)
    if (!found) throw new Error(`the story has made no ${key} yet`)
    return found
  }
  const at = (time = step.at) => moment(time)
  return {
    as: (person, time) => ({ ...ctx, actor: actorOf(person, id), now: at(time) }),
    citizen: (index, time) => ({ ...ctx, actor: citizenOf(index, id), now: at(time) }),
    hub: (time) => ({ ...ctx, actor: system('demo'), now: at(time) }),
    id,
    organisation: (key) => id(`organisation:${key}`),
    town: () => (built ??= buildTown()),
  }
}

function actorOf(key: PersonKey, id: (key: string) => string): Actor {
  const { name, email, roles } = people[key]
  const memberships = roles.map(([organisation, role]) => ({
    organisationId: id(`organisation:${organisation}`),
    role,
  }))
  return { kind: 'person', personId: id(`person:${key}`), name, email, memberships }
}

function citizenOf(index: number, id: (key: string) => string): Actor {
  return {
    kind: 'person',
    personId: id(`citizen:${index}`),
    name: '',
    email: `buerger${index}@example.org`,
    memberships: [],
  }
}

/** All organisations in the order in which they join. */
export const organisationKeys = Object.keys(organisations) as OrganisationKey[]

/** All people of the cast. */
export const personKeys = Object.keys(people) as PersonKey[]
