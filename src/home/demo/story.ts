import { createSignInLink } from '../../identity/service.ts'
import type { Actor, Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Locale } from '../../platform/i18n.ts'
import { requirePermission } from '../../platform/permission.ts'
import { matchEntries, settleQuality } from '../../catalogue/service.ts'
import { closeDays } from '../../transparency/service.ts'
import { offered, people } from './cast.ts'
import { moment, stageFor, type Step } from './stage.ts'
import { allSteps } from './steps.ts'
import { doneSteps, finishStep } from './store.ts'

const policy = { fill: [] as const }

/** What the fill needs of the running hub. */
export interface DemoHub {
  makeCtx: (options?: { actor?: Actor; now?: Date; locale?: Locale }) => Ctx
  drain: () => Promise<number>
  note: (line: string) => void
}

/** Somebody the demo offers for signing in: who, what to try, and a one-time link as a path. */
export interface DemoPerson {
  name: string
  does: string
  href: string
}

/**
 * Tells the story of the demo town through the public services, in the order of its dates. Each step commits on its own,
 * so a fill that was cut off goes on where it stopped; what is done stays done. `note` hears of every step newly done.
 */
export async function fillDemo(hub: DemoHub, steps: readonly Step[] = allSteps): Promise<void> {
  const ctx = hub.makeCtx()
  requirePermission(ctx, policy, 'fill')
  const done = await doneSteps(ctx.db)
  const ids = new Map([...done.values()].flatMap((result) => Object.entries(result)))
  let isNew = false
  for (const step of steps) {
    if (done.has(step.name)) continue
    const made = step.slow ? await playSlow(ctx, ids, step) : await play(ctx, ids, step)
    for (const [key, id] of Object.entries(made)) ids.set(key, id)
    isNew = true
    hub.note(`✓ ${step.name}`)
  }
  if (!isNew) return
  // Jobs act in the present, so they wait until the story has arrived there: the register's time never runs backwards.
  await hub.drain()
  const present = hub.makeCtx()
  await matchEntries(present)
  await settleQuality(present)
  await closeDays(hub.makeCtx())
}

function play(ctx: Ctx, ids: ReadonlyMap<string, string>, step: Step): Promise<Record<string, string>> {
  return transact(ctx, async (ctx) => {
    const made = (await step.run(stageFor(ctx, ids, step))) ?? {}
    await finishStep(ctx.db, step.name, made, moment(step.at))
    return made
  })
}

// The vault and uploads work outside a transaction; such a step looks first at what an earlier try left behind.
async function playSlow(
  ctx: Ctx,
  ids: ReadonlyMap<string, string>,
  step: Step,
): Promise<Record<string, string>> {
  const made = (await step.run(stageFor(ctx, ids, step))) ?? {}
  await finishStep(ctx.db, step.name, made, moment(step.at))
  return made
}

/** Fresh one-time links for the people of the demo, good for a day. Refuses everybody but the hub; empty before the fill. */
export async function demoPeople(ctx: Ctx): Promise<DemoPerson[]> {
  requirePermission(ctx, policy, 'fill')
  const made = (await doneSteps(ctx.db)).get('people')
  if (!made) return []
  const list: DemoPerson[] = []
  for (const key of offered) {
    const person = people[key]
    const personId = made[`person:${key}`] as string
    const link = await createSignInLink(ctx, { personId, to: person.try.to, minutes: 24 * 60 })
    list.push({ name: person.name, does: person.try[ctx.locale], href: link.replace(ctx.config.url, '') })
  }
  return list
}
