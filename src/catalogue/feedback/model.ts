/** What users say about whether data suit them; a fixed list, so that it can be counted. */
export const feedbackKinds = [
  'useful',
  'too-coarse',
  'period-missing',
  'out-of-date',
  'hard-to-understand',
  'wrong',
  'not-reachable',
] as const

/** One of them. */
export type FeedbackKind = (typeof feedbackKinds)[number]

/** A remark about an entry. The words are for the house; everyone sees the kind, the count and the answer. */
export type Feedback = {
  readonly id: string
  readonly entryId: string
  readonly kind: FeedbackKind
  readonly text: string
  readonly createdAt: Date
  readonly answer: string | null
  readonly answeredAt: Date | null
  readonly state: 'open' | 'answered' | 'done'
}
