import { dayOf, daysUntil } from '../platform/days.ts'

/** One side of an agreement: whose data it is, who analyses, or who asked. */
export type Part = 'holder' | 'analyst' | 'asker'

/** Where an agreement stands. `signed` means: signed by every party; whether it is in force today also needs the term. */
export type AgreementState = 'draft' | 'proposed' | 'signed' | 'withdrawn' | 'expired' | 'ended'

/** Every state, in the order of a normal life. */
export const agreementStates = [
  'draft',
  'proposed',
  'signed',
  'withdrawn',
  'expired',
  'ended',
] as const satisfies readonly AgreementState[]

/** How strongly single people or firms are protected in every number that leaves. */
export type ProtectionLevel = 'basic' | 'raised' | 'high'

/** Levels with the number of people or firms that must stand behind each number. */
export const protectionLevels = { basic: 5, raised: 10, high: 20 } as const satisfies Record<
  ProtectionLevel,
  number
>

/** Legal grounds offered by the template (GDPR Art. 6, 89; none for data that are not about people). */
export const legalBases = [
  'public-task',
  'research',
  'consent',
  'legitimate-interest',
  'not-personal',
] as const
/** One of the legal grounds of the template. */
export type LegalBasis = (typeof legalBases)[number]

/** The eleven clauses of the charter, in order of their paragraph number. */
export const clauseKeys = [
  'parties',
  'purpose',
  'legal-basis',
  'term',
  'output',
  'data',
  'benefit',
  'prohibitions',
  'publication',
  'oversight',
  'change',
] as const
/** One clause of the charter. */
export type ClauseKey = (typeof clauseKeys)[number]

/** An organisation taking part, with the name it has in the text. */
export type Party = { organisationId: string; name: string; part: Part }

/** A dataset the agreement covers, with the title it has in the text and its holder. */
export type CoveredEntry = { entryId: string; title: string; organisationId: string }

/** What is agreed as values: text, machine policy and enforcement are all made from these. Days are 'YYYY-MM-DD', both inclusive. */
export type Terms = {
  purpose: string
  legalBasis: LegalBasis
  protectionLevel: ProtectionLevel
  validFrom: string
  validUntil: string
  deletion: string
  benefit: string
  parties: Party[]
  entries: CoveredEntry[]
}

/** A clause's two texts in both languages; English may be empty where a changed clause was not translated. */
export type ClauseText = { plain: { de: string; en: string }; legal: { de: string; en: string } }

/** Clauses that differ from the charter; missing keys stand as in the charter. Texts hold placeholders such as {validUntil}. */
export type Overrides = Partial<Record<ClauseKey, ClauseText>>

/** One version of the text: values, wording and the SHA-256 of its canonical form (RFC 8785). */
export type AgreementVersion = {
  version: number
  charter: string
  terms: Terms
  overrides: Overrides
  hash: string
  createdAt: Date
  changedClause: ClauseKey | null
  reason: string | null
}

/** A signature binds an organisation to one hash; `name` is null for readers who are not part of the agreement. */
export type Signature = {
  organisationId: string
  name: string | null
  role: string
  hash: string
  version: number
  signedAt: Date
  valid: boolean
}

/** An agreement as neighbours see it. `terms` are those of the current version. */
export type Agreement = {
  id: string
  questionId: string
  title: string
  state: AgreementState
  version: number
  charter: string
  hash: string
  terms: Terms
  overrides: Overrides
  parties: Party[]
  entryIds: string[]
  purpose: string
  protectionLevel: ProtectionLevel
  validFrom: string
  validUntil: string
  createdBy: string | null
  createdAt: Date
  proposedAt: Date | null
  signedAt: Date | null
  inForceAt: Date | null
  endedAt: Date | null
  endReason: string | null
  signatures: Signature[]
}

/** What can happen to an agreement. */
export type AgreementStep = 'propose' | 'change' | 'sign-last' | 'withdraw' | 'expire' | 'end'

const steps: Record<AgreementState, Partial<Record<AgreementStep, AgreementState>>> = {
  draft: { propose: 'proposed', change: 'draft', end: 'ended' },
  proposed: {
    change: 'proposed',
    'sign-last': 'signed',
    withdraw: 'withdrawn',
    expire: 'expired',
    end: 'ended',
  },
  signed: { change: 'proposed', withdraw: 'withdrawn', expire: 'expired', end: 'ended' },
  withdrawn: {},
  expired: {},
  ended: {},
}

/** The state after a step, or undefined where the step is not possible. */
export function nextState(state: AgreementState, step: AgreementStep): AgreementState | undefined {
  return steps[state][step]
}

/** True when nothing can happen to the agreement any more. */
export function isOver(state: AgreementState): boolean {
  return Object.keys(steps[state]).length === 0
}

/** True when all have signed and today lies within the term (both days inclusive). */
export function isInForce(
  agreement: Pick<Agreement, 'state' | 'validFrom' | 'validUntil'>,
  now: Date,
): boolean {
  const day = dayOf(now)
  return agreement.state === 'signed' && agreement.validFrom <= day && day <= agreement.validUntil
}

/** True when the last day of the term has passed. */
export function isPastTerm(agreement: Pick<Agreement, 'validUntil'>, now: Date): boolean {
  return dayOf(now) > agreement.validUntil
}

/** How many people or firms must stand behind each number that leaves. */
export function minimumUnits(level: ProtectionLevel): number {
  return protectionLevels[level]
}

/** Parties (each organisation once) whose valid signature under the current hash is missing, holders last: those who give have the last word. */
export function openParties(agreement: Pick<Agreement, 'parties' | 'signatures' | 'hash'>): Party[] {
  const signed = new Set(
    agreement.signatures
      .filter((one) => one.valid && one.hash === agreement.hash)
      .map((one) => one.organisationId),
  )
  const open = agreement.parties.filter(
    (party, index, all) =>
      !signed.has(party.organisationId) &&
      all.findIndex((one) => one.organisationId === party.organisationId) === index,
  )
  return [
    ...open.filter((party) => party.part !== 'holder'),
    ...open.filter((party) => party.part === 'holder'),
  ]
}

/** Organisations of one part. */
export function partiesOf(agreement: Pick<Agreement, 'parties'>, part: Part): Party[] {
  return agreement.parties.filter((party) => party.part === part)
}

/** Whole days from today until the last day of the term; negative when over. */
export function daysLeft(agreement: Pick<Agreement, 'validUntil'>, now: Date): number {
  return daysUntil(agreement.validUntil, now)
}
