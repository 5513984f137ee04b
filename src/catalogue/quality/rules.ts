import { forms } from './forms.ts'
import { helpful } from './helpful.ts'
import { inventory } from './inventory.ts'
import { mandatory } from './mandatory.ts'
import type { QualityRule } from './rule.ts'

/** All rules, the most basic ones first. */
export const qualityRules: readonly QualityRule[] = [...mandatory, ...forms, ...helpful, ...inventory].map(
  ([id, source, severity, weight, applies, passes, de, en]) => ({
    id: `record.${id}`,
    source,
    severity,
    weight,
    applies,
    passes,
    text: { de, en },
  }),
)
