import type { Json } from '../../platform/canonical.ts'
import { canonicalJson, sha256Hex } from '../../platform/canonical.ts'
import type { Ctx } from '../../platform/context.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { listEntries } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import type { Cell } from '../engine/result.ts'
import { wordsIn } from '../model.ts'
import { policy } from '../policy.ts'
import type { QueryRecord } from '../queries/model.ts'
import type { ReleasePackage, ReleaseRecord } from '../releases/model.ts'
import { redact } from '../releases/model.ts'
import { findRelease } from '../releases/store.ts'

const hashOfTable = ({ columns, rows }: ReleasePackage['result']): string =>
  sha256Hex(canonicalJson({ columns, rows } as unknown as Json))

/** Everything that is needed to check a release later, in one piece that never changes; blanked figures are not in it. */
export function sealPackage(room: Room, release: ReleaseRecord, query: QueryRecord): ReleasePackage {
  const result = redact(query.result!, release.redacted)
  const words = wordsIn(release.round, release.decisions)
  const final = release.decisions.filter((d) => d.round === release.round && d.decision === 'approve')
  return {
    sql: query.sql,
    result,
    planHash: query.planHash ?? '',
    policyVersion: query.presetVersion ?? '',
    resultSha256: hashOfTable(result),
    // The checksum of a table of few figures tells those that were blanked to whoever tries them out.
    ...(release.redacted.length === 0 ? { answerSha256: query.resultSha256 ?? '' } : {}),
    agreementId: room.agreement.id,
    agreementHash: room.agreement.hash,
    context: release.context,
    redacted: release.redacted.map((each) => [each.row, each.column]),
    checks: release.checks,
    decisions: [...words.keys()].flatMap((organisationId) => {
      const said = final.findLast((d) => d.organisationId === organisationId)
      if (!said) return []
      const { reason, decidedAt, ruleId } = said
      const word = {
        organisationId,
        decision: 'approve' as const,
        reason,
        decidedAt: decidedAt.toISOString(),
      }
      return [ruleId ? { ...word, rule: ruleId } : word]
    }),
  }
}

/** What checking a released package showed. All true: nothing has been changed since it left. */
export type Verification = {
  /** The package still has its checksum. */
  readonly package: boolean
  /** The table still has the checksum that the package names. */
  readonly table: boolean
  /** The register names the same checksum. */
  readonly register: boolean
  /** No figure stands where one was blanked. */
  readonly redacted: boolean
}

/** Recomputes the checksums of a released package and compares them with the register. Anybody may; others: not found. */
export async function verifyRelease(ctx: Ctx, releaseId: string): Promise<Verification> {
  requirePermission(ctx, policy, 'read')
  const { sealed, sha256 } = await packageOf(ctx, releaseId)
  const { entries } = await listEntries(ctx, { objectType: 'release', objectId: releaseId })
  const entry = entries.find((each) => each.event === 'sandbox.release-approved')
  return {
    package: sha256Hex(canonicalJson(sealed as unknown as Json)) === sha256,
    table: hashOfTable(sealed.result) === sealed.resultSha256,
    register: (entry?.details as { package?: unknown } | undefined)?.package === sha256,
    redacted: (sealed.redacted ?? []).every(([row, column]) => sealed.result.rows[row]?.[column] == null),
  }
}

/** A released package with its checksum. What has not been released is `general/not-found`: nothing can be taken along. */
export async function packageOf(
  ctx: Ctx,
  releaseId: string,
): Promise<{ sealed: ReleasePackage; sha256: string }> {
  requirePermission(ctx, policy, 'read')
  const release = isUuid(releaseId) ? await findRelease(ctx.db, releaseId) : undefined
  if (!release?.package || release.state !== 'approved') throw general.notFound()
  return { sealed: release.package, sha256: release.packageSha256 ?? '' }
}

/**
 * The released table as CSV (RFC 4180, UTF-8, semicolon, decimal point); protected and blanked figures are empty, and texts that a
 * spreadsheet would take for a formula have an apostrophe before them.
 */
export function csvOf({ result }: Pick<ReleasePackage, 'result'>): string {
  const field = (value: Cell) => {
    const isFormula = typeof value === 'string' && /^[=+\-@\t\r]/.test(value)
    const text = value === null ? '' : `${isFormula ? "'" : ''}${value}`
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = [result.columns.map((c) => c.name), ...result.rows]
  return `${lines.map((line) => line.map(field).join(';')).join('\r\n')}\r\n`
}
