import type { Preset } from '../engine/preset.ts'
import type { ProtectedResult } from '../engine/result.ts'
import type { Check } from '../model.ts'
import { maxReleaseBytes, maxReleaseRows } from '../model.ts'

/**
 * How the cells of a request lie to those that have left already: `close` pairs of nested sets that differ by fewer units
 * than the threshold, `rests` sums of parts that leave fewer than that of an earlier total, `unknown` releases whose unit
 * sets are gone, `fresh` cells of the request that have not left in the same shape.
 */
export type Differences = {
  readonly releases: number
  readonly close: number
  readonly rests: number
  readonly unknown: number
  readonly fresh: number
}

/** What the automatic checks look at; numbers are those of the room now. */
export type AuditInput = {
  readonly result: ProtectedResult | null
  readonly sql: string
  readonly context: string
  readonly preset: Preset
  /** The level of protection the answer was computed with. */
  readonly computedWith: string
  readonly spent: number
  readonly budget: number
  readonly covered: boolean
  readonly differences: Differences
}

/** The report of a request, in the order in which people read it. Causes: OpenSAFELY output checks and ACRO's rules. */
export function reportOf(input: AuditInput): Check[] {
  return [
    thresholdCheck(input),
    roundingCheck(input),
    dominanceCheck(input),
    underlyingCheck(input),
    redactionCheck(input),
    freedomCheck(input),
    differencingCheck(input),
    { id: 'columns', outcome: passedIf(input.covered), figures: {} },
    {
      id: 'budget',
      outcome: passedIf(input.spent <= input.budget),
      figures: { spent: input.spent, budget: input.budget },
    },
    { id: 'context', outcome: passedIf(input.context.length >= 20), figures: {} },
    sizeCheck(input),
  ]
}

/**
 * The report of an answer with differential privacy: noise stands in for thresholds, rounding, dominance and the comparison
 * with earlier releases, which looks at exact sets of units and would itself be an answer without noise.
 */
export function noisyReportOf(input: NoisyInput): Check[] {
  return [
    { id: 'noise', outcome: passedIf(input.noisy), figures: { rho: input.rho } },
    freedomCheck(input),
    { id: 'columns', outcome: passedIf(input.covered), figures: {} },
    { id: 'context', outcome: passedIf(input.context.length >= 20), figures: {} },
    sizeCheck(input),
  ]
}

/** What the checks of a noisy answer look at; `rho` is what the question cost. */
export type NoisyInput = Pick<AuditInput, 'result' | 'sql' | 'context' | 'covered'> & {
  readonly noisy: boolean
  readonly rho: number
}

const passedIf = (good: boolean) => (good ? 'passed' : 'failed')
const passedOrReview = (good: boolean) => (good ? 'passed' : 'review')
const countOf = (result: ProtectedResult | null, ...kinds: string[]) =>
  (result?.columns ?? []).filter((column) => kinds.includes(column.kind)).length

/** An answer that was computed under a weaker level than the agreement asks for now does not leave. */
function thresholdCheck({ preset, computedWith }: AuditInput): Check {
  return { id: 'threshold', outcome: passedIf(computedWith === preset.version), figures: { units: preset.k } }
}

/** Every count is a multiple of the rounding base. */
function roundingCheck({ result, preset }: AuditInput): Check {
  const counts = (result?.columns ?? []).flatMap((column, i) => (column.kind === 'count' ? [i] : []))
  const exact = (result?.rows ?? []).some((row) =>
    counts.some((i) => typeof row[i] === 'number' && row[i] % preset.rounding !== 0),
  )
  return { id: 'rounding', outcome: passedIf(!exact), figures: { base: preset.rounding } }
}

/** Sums and means went through the p% rule cell by cell; here it is only counted how many there are. */
function dominanceCheck({ result, preset }: AuditInput): Check {
  const sums = countOf(result, 'sum', 'mean')
  return { id: 'dominance', outcome: 'passed', figures: { sums, p: preset.p } }
}

/** Means and shares are judged by the counts behind them, so these belong beside them. */
function underlyingCheck({ result }: AuditInput): Check {
  const dependent = countOf(result, 'mean', 'derived')
  const good = dependent === 0 || countOf(result, 'count') > 0
  return { id: 'underlying', outcome: passedOrReview(good), figures: { dependent } }
}

/** Rows where a computed figure is shown although one it may rest on is protected. */
function redactionCheck({ result }: AuditInput): Check {
  const columns = result?.columns ?? []
  const rows = (result?.rows ?? []).filter((row) => {
    const shows = columns.some((c, i) => c.kind === 'derived' && row[i] !== null)
    const hides = columns.some((c, i) => c.kind !== 'derived' && c.kind !== 'dimension' && row[i] === null)
    return shows && hides
  }).length
  return { id: 'redaction', outcome: passedOrReview(rows === 0), figures: { rows } }
}

const statistics =
  /\b(regr_\w+|corr|covar_\w+|var(?:iance|_pop|_samp)?|stddev(?:_pop|_samp)?|skewness|kurtosis)\s*\(/i

/** A regression or correlation over few protected rows has few degrees of freedom; ten is ACRO's limit. */
function freedomCheck({ result, sql }: Pick<AuditInput, 'result' | 'sql'>): Check {
  const models = statistics.test(sql)
  const rows = result?.rows.length ?? 0
  return {
    id: 'freedom',
    outcome: passedOrReview(!models || rows - 2 >= 10),
    figures: { models: models ? 1 : 0 },
  }
}

/** Nested sets block; a rest of a total, or releases that can no longer be compared, go before the reviewers. */
function differencingCheck({ differences: d, preset }: AuditInput): Check {
  const doubtful = d.rests > 0 || (d.unknown > 0 && d.fresh > 0)
  const outcome = d.close > 0 ? 'failed' : passedOrReview(!doubtful)
  return { id: 'differencing', outcome, figures: { ...d, units: preset.k } }
}

function sizeCheck({ result }: Pick<AuditInput, 'result'>): Check {
  const rows = result?.rows.length ?? 0
  const bytes = Buffer.byteLength(JSON.stringify(result?.rows ?? []))
  const good = rows <= maxReleaseRows && bytes <= maxReleaseBytes && (result?.shown ?? 0) > 0
  return { id: 'size', outcome: passedIf(good), figures: { rows, limit: maxReleaseRows } }
}

/** True when a standing rule may let a request pass: everything green, nothing left to judgement. */
export function isGreen(checks: readonly Pick<Check, 'outcome'>[]): boolean {
  return checks.every((check) => check.outcome === 'passed')
}
