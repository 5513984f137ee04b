import { createHmac } from 'node:crypto'
import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Room } from '../access/service.ts'
import { rhoNumber } from '../dp/accountant.ts'
import { answerPrivately, refusalOf } from '../dp/answer.ts'
import { lossOf, rangesOf, ranksOf } from '../dp/loss.ts'
import { systemBits } from '../dp/bits.ts'
import { planPrivately, type PrivatePlan, type PrivateTerms } from '../dp/plan.ts'
import { Refused, refuse } from '../engine/refusal.ts'
import type { Answer, DataRoom, Explanation } from '../engine/result.ts'
import type { UnitType } from '../engine/roles.ts'
import type { SandboxTable } from '../tables/model.ts'
import type { VaultPool } from '../vault/contract.ts'
import { keepFigures, storedFigures } from './figure-store.ts'
import {
  brokenBudget,
  epsilonShown,
  precisions,
  thresholds,
  type PrivacySetting,
  type Precision,
} from './model.ts'
import { lockPrivacy } from './service.ts'
import * as store from './store.ts'

/** A question to a room in the private mode. */
export type PrivateAsked = {
  readonly room: Room
  readonly data: DataRoom
  readonly tables: readonly SandboxTable[]
  readonly setting: PrivacySetting
  readonly sql: string
  readonly precision: Precision
}

function termsOf({ room, data, setting }: PrivateAsked): PrivateTerms {
  const salt = createHmac('sha256', data.cellKey).update(`contribution|${room.workspace.id}`).digest('hex')
  return {
    contribution: setting.contribution,
    k: data.preset.k,
    thresholdDelta: thresholds.each,
    salt: salt.slice(0, 32),
  }
}

async function planned(ctx: Ctx, asked: PrivateAsked) {
  const terms = termsOf(asked)
  const { tables, preset } = asked.data
  const plan = await planPrivately(asked.sql, { tables, preset, terms })
  const keys = plan.blocks.flatMap((b) => b.keys)
  const stored = await storedFigures(ctx.db, asked.room.workspace.id, keys)
  return { plan, terms, stored, rho: precisions[asked.precision] }
}

/** Dry run: adds what the question would cost, without data and without booking; or says why it would be refused. */
export async function previewPrivately(
  ctx: Ctx,
  asked: PrivateAsked,
  explanation: Explanation,
): Promise<Explanation> {
  try {
    const found = await planned(ctx, asked)
    const { rho } = lossOf(found)
    const cost = { rho: rhoNumber(rho), epsilon: epsilonShown(rho) }
    const ranges = rangesOf(found.plan, found.rho)
    const ranks = ranksOf(found.plan, found.rho)
    const privacy = { ...cost, figures: found.plan.figures, repeated: rho === 0n, ranges, ranks }
    return { ...explanation, privacy }
  } catch (error) {
    if (error instanceof Refused) return { ...explanation, admissible: false, refusal: error.refusal }
    throw error
  }
}

/**
 * Answers a question with noisy figures. Its cost is booked in a transaction of its own before the vault is asked and stays
 * booked whatever happens then; a question whose figures are all stored costs nothing. Not inside a transaction.
 */
export async function askPrivately(
  ctx: Ctx,
  asked: PrivateAsked & { readonly queryId: string },
  vaults: VaultPool,
): Promise<Answer> {
  const { room, data, queryId } = asked
  const workspaceId = room.workspace.id
  try {
    const found = await planned(ctx, asked)
    await charge(ctx, asked, found)
    const vault = await vaults.open(workspaceId)
    const answer = await answerPrivately({
      ...found,
      room: data,
      vault: vault.at(data.tables),
      outer: vaults.outer,
      bits: systemBits(),
    })
    await transact(ctx, (ctx) => keepFigures(ctx.db, { queryId, workspaceId }, answer.fresh))
    return {
      kind: 'answered',
      result: answer.result,
      spending: { fresh: [], repeated: 0, partitions: [] },
      tables: found.plan.tables,
      planHash: answer.planHash,
      resultHash: answer.resultHash,
      presetVersion: answer.version,
    }
  } catch (error) {
    return { kind: 'refused', refusal: refusalOf(error) }
  }
}

type Planned = Awaited<ReturnType<typeof planned>>

/** Books the cost with every budget it touches locked: two questions at once never spend the same rest. */
async function charge(ctx: Ctx, asked: PrivateAsked & { queryId: string }, found: Planned): Promise<void> {
  const accounts = accountsOf(found.plan, asked.tables)
  await transact(ctx, async (ctx) => {
    const privacy = await lockPrivacy(ctx, asked.room)
    if (!privacy) refuse('privacy-budget')
    const loss = lossOf(found)
    const broken = loss.rho > 0n ? brokenBudget(privacy, loss) : undefined
    if (broken) refuse('privacy-budget', { construct: broken })
    for (const account of loss.rho > 0n ? accounts : []) {
      const limit = await store.lockLimit(ctx.db, account)
      const spent = await store.spentOf(ctx.db, account)
      if (spent + loss.rho > limit) refuse('privacy-budget', { construct: 'holder' })
    }
    const { queryId, room } = asked
    await store.bookCharge(
      ctx.db,
      { queryId, workspaceId: room.workspace.id, at: ctx.now },
      { loss, accounts: loss.rho > 0n ? accounts : [] },
    )
  })
}

/** Whose units a question is about: the holder of each table and the types of its units, in one order for all. */
function accountsOf(
  plan: PrivatePlan,
  tables: readonly SandboxTable[],
): { organisationId: string; unitType: UnitType }[] {
  const accounts = plan.blocks.flatMap((block) =>
    block.unitTypes.map(({ table, unitType }) => ({
      organisationId: tables.find((t) => t.name === table)?.organisationId ?? '',
      unitType,
    })),
  )
  const byName = new Map(accounts.map((a) => [`${a.organisationId}|${a.unitType}`, a]))
  return [...byName.keys()].sort().map((key) => byName.get(key)!)
}
