import { dayOf } from '../platform/days.ts'
import type { Brand } from '../platform/ids.ts'
import type { Localised } from '../platform/i18n.ts'

/** A question's lasting id. People use its number. */
export type QuestionId = Brand<'QuestionId'>

/** A contribution to the talk about a question. */
export type CommentId = Brand<'CommentId'>

/** The seven states of a question's way, in order. A state says what is done, `analysing` what is going on. */
export const states = [
  'raised',
  'prioritised',
  'mapped',
  'agreed',
  'analysing',
  'answered',
  'evaluated',
] as const

/** One state of a question's way. */
export type State = (typeof states)[number]

/** Who may see a question: stewards and author, everybody, stewards and author again, or its target instead. */
export type Visibility = 'pending' | 'visible' | 'hidden' | 'merged'

/** Who decides next: a name, what is to do, the last day (`YYYY-MM-DD`), and where to do or read it. */
export type NextDecision = {
  readonly who: Localised
  readonly what?: Localised | undefined
  readonly until?: string | undefined
  readonly href?: string | undefined
  readonly label?: Localised | undefined
}

/** What a question asks and why, as people write it. Plain text, never markup. */
export type QuestionText = {
  readonly title: string
  readonly why: string
  readonly concerns: string
  readonly place: string
  /** What shall change (Wirkungsziel). */
  readonly effectGoal: string
  /** How one would notice. */
  readonly effectMeasure: string
  readonly effectBaseline: string
  readonly effectReview: string
}

/** A question as everybody may see it, plus whose it is. */
export type Question = QuestionText & {
  readonly id: QuestionId
  /** Year and running number within town and year: `2026-017`. */
  readonly number: string
  readonly ags: string
  readonly state: State
  readonly stateSince: Date
  readonly visibility: Visibility
  readonly mergedInto: QuestionId | null
  readonly authorId: string | null
  readonly organisationId: string | null
  /** The name the author chose for this question; empty: the account's name. */
  readonly signature: string
  readonly raisedAt: Date
  readonly next: NextDecision | null
  readonly similarSeen: number
  readonly people: number
  readonly organisations: number
}

/** One dated line of a question's public story. */
export type TimelineEntry = {
  readonly id: string
  readonly questionId: QuestionId
  readonly at: Date
  readonly kind: 'state' | 'note'
  readonly state: State | null
  readonly text: Localised
  /** A short remark for the stepper, such as "Platz 1". */
  readonly mark: Localised
  readonly href: string | null
}

/** Who moves a question: a steward by hand, or the hub when a room to the right reports what happened. */
export type Mover = 'steward' | 'hub'

/**
 * The states a question may take next. A steward goes one step, or from the data map straight to the answer where all data
 * were open. The hub may go further forward, because a signed agreement is a fact even if a step was not ticked off.
 */
export function nextStates(state: State, mover: Mover): readonly State[] {
  const at = states.indexOf(state)
  if (mover === 'hub') return states.slice(at + 1)
  const open: readonly State[] = state === 'mapped' ? ['answered'] : []
  return [...states.slice(at + 1, at + 2), ...open]
}

/** The step people see as current, 0 to 6; 7 when all are done. A state done makes the next step current. */
export function currentStep(state: State): number {
  const at = states.indexOf(state)
  return state === 'analysing' ? at : at + 1
}

/** The states in which people see this step as current; step 7 holds what has gone the whole way. */
export function statesAt(step: number): readonly State[] {
  return states.filter((state) => currentStep(state) === step)
}

/** The public number: `2026-017`; from 1000 on it grows by a digit. */
export function formatNumber(year: number, running: number): string {
  return `${year}-${String(running).padStart(3, '0')}`
}

/** True for the shape of a public number. */
export function isNumber(value: string): boolean {
  return /^\d{4}-\d{3,6}$/.test(value)
}

/** The year of a moment in the town's own time, so that New Year's Eve counts as people expect. */
export function yearOf(at: Date): number {
  return Number(dayOf(at).slice(0, 4))
}

/** May the author still change the text? Only before the first decision about the question. */
export function isEditable(question: Pick<Question, 'state' | 'visibility'>): boolean {
  return (
    question.state === 'raised' && (question.visibility === 'pending' || question.visibility === 'visible')
  )
}

/** True if the text holds something that opens as a link; first posts with links wait for moderation. */
export function hasLink(text: string): boolean {
  return /(?:https?:\/\/|www\.)\S|\b[a-z0-9-]+\.(?:de|com|net|org|info|eu|shop|xyz|top|online|ru|io)\b/i.test(
    text,
  )
}

/** What decides whether a contribution is shown at once or waits for the steward. */
export type Trust = {
  readonly memberOfOrganisation: boolean
  readonly firstPost: boolean
  readonly hasLink: boolean
}

/** Members of an organisation are shown at once, unless their very first post carries a link. All others wait. */
export function firstVisibility(trust: Trust): 'pending' | 'visible' {
  if (!trust.memberOfOrganisation) return 'pending'
  return trust.firstPost && trust.hasLink ? 'pending' : 'visible'
}

/** A long reason in two parts: what fits under the heading (whole sentences, about 300 signs), and the rest. */
export function splitWhy(why: string): { readonly lead: string; readonly rest: string } {
  const [first = '', ...others] = why.split(/\n{2,}/)
  if (first.length <= 320) return { lead: first, rest: others.join('\n\n') }
  const sentences = first.match(/[^.!?]+[.!?]+(?:\s|$)|[^.!?]+$/g) ?? [first]
  let lead = ''
  while (sentences.length > 0 && (lead + sentences[0]!).length <= 300) lead += sentences.shift()!
  if (lead === '') return { lead: '', rest: why }
  return { lead: lead.trim(), rest: [sentences.join('').trim(), ...others].filter(Boolean).join('\n\n') }
}
