import type { ColumnRole, UnitType } from './engine/roles.ts'

/** A room of its own for one agreement in force: its tables, its people, its end. */
export type WorkspaceId = string & { readonly __brand: 'WorkspaceId' }
/** A holder's table inside a workspace. */
export type TableId = string & { readonly __brand: 'TableId' }
/** A question asked of the tables, with its protected answer or its refusal. */
export type QueryId = string & { readonly __brand: 'QueryId' }
/** The request to take one protected table out of the workspace. */
export type ReleaseId = string & { readonly __brand: 'ReleaseId' }

/** `open` while the agreement is in force; `closed` once the key is destroyed: nothing can be read again. */
export type WorkspaceState = 'open' | 'closed'

/** Why a workspace was closed, as cooperation names the end of the agreement. */
export type CloseReason = 'withdrawn' | 'expired' | 'ended'

/** One workspace as the room stores it. Days are `YYYY-MM-DD`. */
export type Workspace = {
  id: WorkspaceId
  agreementId: string
  questionId: string
  title: string
  state: WorkspaceState
  openedAt: Date
  closedAt: Date | null
  closeReason: CloseReason | null
  keyDestroyedAt: Date | null
}

/** `proposed`: in the vault, roles not confirmed, nothing may be asked. `confirmed`: may be asked. */
export type TableState = 'loading' | 'proposed' | 'confirmed' | 'failed' | 'removed'

/** All roles of a column in the order the form offers them; hidden unless the holder says otherwise. */
export const columnRoles = [
  'hidden',
  'unit',
  'key',
  'dimension',
  'measure',
] as const satisfies readonly ColumnRole['role'][]

/** What one protected thing can be. */
export const unitTypes = ['person', 'household', 'company', 'site'] as const satisfies readonly UnitType[]

/** How a query ended. `running` is written before the vault is asked, so that nothing stays without a trace. */
export type QueryState = 'running' | 'answered' | 'refused' | 'failed'

/**
 * A request is `requested`, may come back with wishes (`changes`) and be sent again, and ends once: approved, rejected by
 * a holder, or withdrawn by those who asked. A new request is a new release.
 */
export type ReleaseState = 'requested' | 'changes' | 'approved' | 'rejected' | 'withdrawn'

/** One automatic check of a release request. `review` leaves the judgement to the reviewers. */
export type Check = {
  id: CheckId
  outcome: 'passed' | 'review' | 'failed'
  figures: Record<string, number | string>
}

/**
 * The checks every request goes through: the causes of rejection published by secure research environments (rounding,
 * context, redaction, underlying counts, size) and the rules of output checkers (threshold, dominance, degrees of freedom).
 */
export type CheckId =
  | 'threshold'
  | 'rounding'
  | 'dominance'
  | 'underlying'
  | 'redaction'
  | 'freedom'
  | 'noise'
  | 'differencing'
  | 'columns'
  | 'budget'
  | 'context'
  | 'size'

/** What a holder may say: yes, no, yes if it is changed, or taking back a yes before everybody has agreed. */
export type DecisionWord = 'approve' | 'reject' | 'changes' | 'revoke'

/** One holder organisation's decision about one round of a release; `ruleId` where a standing rule decided. */
export type Decision = {
  organisationId: string
  decision: DecisionWord
  reason: string
  decidedAt: Date
  round: number
  ruleId: string | null
}

/** New cells one person may see per day, and one workspace in its whole life (repeats are free). */
export type Budget = { perDay: number; perProject: number; spentToday: number; spentInProject: number }

/** A release leaves with at most this many rows: what a person can still look through. */
export const maxReleaseRows = 5_000
/** And with at most this many bytes, as OpenSAFELY has it. */
export const maxReleaseBytes = 16 * 1024 * 1024

/** What remains of a budget: the smaller of what the person has today and what the project has at all. */
export function remaining(budget: Budget): number {
  return Math.max(0, Math.min(budget.perDay - budget.spentToday, budget.perProject - budget.spentInProject))
}

/** What holds for each organisation: its last word in this round; a yes taken back is no word. */
export function wordsIn(
  round: number,
  decisions: readonly Pick<Decision, 'organisationId' | 'decision' | 'round'>[],
): Map<string, Exclude<DecisionWord, 'revoke'>> {
  const words = new Map<string, Exclude<DecisionWord, 'revoke'>>()
  for (const each of decisions) {
    if (each.round !== round) continue
    if (each.decision === 'revoke') words.delete(each.organisationId)
    else words.set(each.organisationId, each.decision)
  }
  return words
}

/** The state of a round after its decisions: one rejection ends it, one wish sends it back, approval needs every affected holder. */
export function releaseStateAfter(
  affected: readonly string[],
  round: number,
  decisions: readonly Pick<Decision, 'organisationId' | 'decision' | 'round'>[],
): ReleaseState {
  const words = wordsIn(round, decisions)
  const said = [...words.values()]
  if (said.includes('reject')) return 'rejected'
  if (said.includes('changes')) return 'changes'
  return affected.every((id) => words.get(id) === 'approve') ? 'approved' : 'requested'
}
