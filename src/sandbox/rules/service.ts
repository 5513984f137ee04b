import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { loadRoom, requireOpen } from '../access/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { EndRule, SetRule } from '../releases/schema.ts'
import { endRuleSchema, setRuleSchema } from '../releases/schema.ts'
import type { StandingRule } from './store.ts'
import { activeRules, endRule as endRuleRow, insertRule } from './store.ts'

/**
 * A holder lets tables of this room leave by themselves when every check is green and they show at most so many figures.
 * It replaces her earlier rule, stands in the register and can be revoked at any time.
 */
export async function setRule(ctx: Ctx, input: SetRule): Promise<StandingRule> {
  const { workspaceId, organisationId, maxCells } = setRuleSchema.parse(input)
  requirePermission(ctx, policy, 'rule', { organisationIds: [organisationId] })
  const room = await loadRoom(ctx, workspaceId)
  if (!room.holders.includes(organisationId)) throw problems.notHolder({ workspaceId })
  await requireOpen(ctx, room)
  const setBy = actorId(ctx.actor) ?? null
  const rule = {
    id: newId(ctx.now.getTime()),
    workspaceId: room.workspace.id,
    organisationId,
    maxCells,
    setBy,
    setAt: ctx.now,
  }
  await transact(ctx, async (ctx) => {
    await endRuleRow(ctx.db, rule, { personId: setBy, at: ctx.now })
    await insertRule(ctx.db, rule)
    await recordRule(ctx, room, rule, 'rule-set', {
      de: 'lässt kleine, einwandfreie Tabellen ohne Einzelprüfung hinaus',
      en: 'lets small tables with all checks passed leave without looking at each',
    })
  })
  return { ...rule, revokedAt: null }
}

/** Revokes the organisation's rule; from now on each table waits for a person again. Refuses when there is none. */
export async function endRule(ctx: Ctx, input: EndRule): Promise<void> {
  const { workspaceId, organisationId } = endRuleSchema.parse(input)
  requirePermission(ctx, policy, 'rule', { organisationIds: [organisationId] })
  const room = await loadRoom(ctx, workspaceId)
  await transact(ctx, async (ctx) => {
    const whose = { workspaceId: room.workspace.id, organisationId }
    const ended = await endRuleRow(ctx.db, whose, { personId: actorId(ctx.actor) ?? null, at: ctx.now })
    if (!ended) throw problems.noRule({ workspaceId })
    await recordRule(ctx, room, ended, 'rule-ended', {
      de: 'prüft wieder jede Tabelle selbst',
      en: 'looks at each table again',
    })
  })
}

async function recordRule(
  ctx: Ctx,
  room: Room,
  rule: Pick<StandingRule, 'id' | 'organisationId' | 'maxCells'>,
  what: 'rule-set' | 'rule-ended',
  does: { de: string; en: string },
): Promise<void> {
  const { workspace } = room
  const name = room.agreement.parties.find((p) => p.organisationId === rule.organisationId)?.name ?? ''
  await record(ctx, {
    event: `sandbox.${what}`,
    object: { type: 'workspace', id: workspace.id },
    organisationId: rule.organisationId,
    summary: {
      de: `${name} ${does.de} (Arbeitsraum „${workspace.title}“).`,
      en: `${name} ${does.en} (workspace “${workspace.title}”).`,
    },
    href: `/sandbox/workspaces/${workspace.id}`,
    details: { ruleId: rule.id, maxCells: rule.maxCells, agreementId: workspace.agreementId },
  })
}

/** The standing rules of a room, for everybody who takes part in it. */
export async function listRules(ctx: Ctx, room: Room): Promise<StandingRule[]> {
  requirePermission(ctx, policy, 'seeStatus', { organisationIds: room.everyone })
  return activeRules(ctx.db, room.workspace.id)
}
