import type { Constraint, Policy, RightOperand, Rule } from './vocabulary.ts'

/** What somebody wants to do, and what is known about it. `features` maps left operands to the value in the world. */
export type PolicyRequest = {
  action: string
  assignee: string
  target?: string
  features: Readonly<Record<string, string>>
}

/** The answer: permitted or not, and the first reason why not. Unknown facts never permit. */
export type PolicyReport =
  | { permitted: true }
  | {
      permitted: false
      reason: 'offer' | 'prohibited' | 'no-permission' | 'unsatisfied'
      constraint?: string
    }

/**
 * Evaluates a request against a policy (closed world): an Offer permits nothing, a prohibition wins over every
 * permission, and each constraint of the permission must hold. Duties are carried out elsewhere and not judged here.
 */
export function evaluate(policy: Policy, request: PolicyRequest): PolicyReport {
  if (policy.type === 'odrl:Offer') return { permitted: false, reason: 'offer' }
  if (policy.prohibition.some((rule) => concerns(rule, request)))
    return { permitted: false, reason: 'prohibited' }
  const rules = policy.permission.filter((rule) => concerns(rule, request))
  if (rules.length === 0) return { permitted: false, reason: 'no-permission' }
  const failures = rules.map((rule) => rule.constraint?.find((one) => !holds(one, request.features)))
  if (failures.some((failure) => failure === undefined)) return { permitted: true }
  return { permitted: false, reason: 'unsatisfied', constraint: failures[0]?.leftOperand ?? '' }
}

function concerns(rule: Rule, request: PolicyRequest): boolean {
  if (rule.action !== request.action) return false
  if (rule.assignee && !rule.assignee.includes(request.assignee)) return false
  return request.target === undefined || rule.target.includes(request.target)
}

function holds(constraint: Constraint, features: Readonly<Record<string, string>>): boolean {
  const left = features[constraint.leftOperand]
  if (left === undefined) return false
  const right = valuesOf(constraint.rightOperand)
  switch (constraint.operator) {
    case 'odrl:eq':
      return right.length === 1 && left === right[0]
    case 'odrl:isAnyOf':
      return right.includes(left)
    case 'odrl:gteq':
      return compare(left, constraint.rightOperand) >= 0
    case 'odrl:lteq':
      return compare(left, constraint.rightOperand) <= 0
  }
}

function valuesOf(operand: RightOperand): string[] {
  const all = Array.isArray(operand) ? operand : [operand]
  return all.map((one) => ('@value' in one ? one['@value'] : one['@id']))
}

// NaN compares false with everything: a value that is not comparable permits nothing.
function compare(left: string, operand: RightOperand): number {
  if (Array.isArray(operand) || !('@value' in operand)) return Number.NaN
  const right = operand['@value']
  if (operand['@type'] === 'xsd:integer') return Number(left) - Number(right)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(left)) return Number.NaN
  return left < right ? -1 : left > right ? 1 : 0
}
