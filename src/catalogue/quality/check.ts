import type { Finding } from '../../platform/finding.ts'
import type { DatasetRecord } from '../model.ts'
import { qualityRules } from './rules.ts'

/** The quality of a record: 0 to 100, and each rule it breaks with the points that mending it would bring. */
export type Quality = { score: number; findings: (Finding & { source: string; gain: number })[] }

/**
 * Checks a record against all rules that apply to it. Link checks and shapes are not part of it. Without `now` the rule
 * about staleness passes, so that a stored score does not age silently.
 */
export function checkRecord(record: DatasetRecord, now: Date = new Date(0)): Quality {
  const applying = qualityRules.filter((rule) => rule.applies(record))
  const total = applying.reduce((sum, rule) => sum + rule.weight, 0)
  const broken = applying.filter((rule) => !rule.passes(record, now))
  const lost = broken.reduce((sum, rule) => sum + rule.weight, 0)
  return {
    score: Math.round((100 * (total - lost)) / total),
    findings: broken.map((rule) => ({
      code: rule.id,
      severity: rule.severity,
      text: rule.text,
      source: rule.source,
      gain: Math.round((1000 * rule.weight) / total) / 10,
    })),
  }
}
