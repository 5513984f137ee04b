import type { Brand } from '../../platform/ids.ts'

/** The id of one need of a question. */
export type NeedId = Brand<'catalogue_need'>

/** The id of one request to a probable holder. */
export type RequestId = Brand<'catalogue_request'>

/** The spatial grains a need or a dataset can have, from fine to coarse. */
export const grains = ['address', 'street', 'block', 'district', 'town', 'county', 'state'] as const

/** One spatial grain. */
export type Grain = (typeof grains)[number]

/** How often something is measured or brought up to date, from often to seldom. */
export const paces = ['hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once'] as const

/** One pace. */
export type Pace = (typeof paces)[number]

/** One line of what a question needs to know. */
export type Need = {
  readonly id: NeedId
  readonly questionId: string
  readonly position: number
  /** What is to be known, in plain words: "Wo kleine Kinder wohnen". */
  readonly what: string
  readonly unit: string | null
  /** What one row stands for: a child, a block, a sensor. */
  readonly space: string | null
  readonly place: string | null
  /** Calendar days, both inclusive. */
  readonly starts: string | null
  readonly ends: string | null
  readonly granularity: Grain | null
  readonly frequency: Pace | null
  readonly topic: string | null
}

/** How far a need is on its way: an entry is accepted, somebody was asked, or it is an open gap. */
export type NeedState = 'mapped' | 'asked' | 'gap'

/** The states of a request to a holder. */
export type RequestState = 'open' | 'promised' | 'declined' | 'asked-back'

/** The answers a holder may give. */
export const answers = ['promise', 'decline', 'ask-back'] as const

/** One answer. */
export type Answer = (typeof answers)[number]

const after: Readonly<Record<Answer, RequestState>> = {
  promise: 'promised',
  decline: 'declined',
  'ask-back': 'asked-back',
}

/** The state an answer leads to, or undefined where the request no longer waits for the holder. */
export function answered(state: RequestState, answer: Answer): RequestState | undefined {
  return state === 'open' ? after[answer] : undefined
}

/** The state of a need from what was found and asked for; a declined request leaves the gap open. */
export function needState(accepted: number, requests: readonly RequestState[]): NeedState {
  if (accepted > 0) return 'mapped'
  return requests.some((state) => state !== 'declined') ? 'asked' : 'gap'
}

/** True if nothing is left to look for: every need has an entry or somebody who was asked. */
export function isMapped(states: readonly NeedState[]): boolean {
  return states.length > 0 && states.every((state) => state !== 'gap')
}

const grainWords: readonly (readonly [RegExp, Grain])[] = [
  [
    /adress|geb(ä|ae)ude|haus|standort|messpunkt|punkt|koordinat|point|building|sensor|einrichtung|baum|person|kind\b/,
    'address',
  ],
  [/stra(ß|ss)e|street|strecke|linie/, 'street'],
  [/block|quartier|raster|grid|zelle|flurst|plr|planungsraum|meter/, 'block'],
  [/stadtteil|bezirk|ortsteil|viertel|district|stimmbezirk|plz|postleit/, 'district'],
  [/stadt|gemeinde|town|city|municipal|gesamt/, 'town'],
  [/kreis|county|region/, 'county'],
  [/land|state|bund/, 'state'],
]

/** Reads a spatial grain out of free words ("je Baublock"), or null if none is named. */
export function readGrain(text: string | null | undefined): Grain | null {
  if (!text) return null
  const known = grains.find((grain) => grain === text)
  if (known) return known
  const folded = text.toLowerCase()
  return grainWords.find(([words]) => words.test(folded))?.[1] ?? null
}

const paceOf: Readonly<Record<string, Pace>> = {
  CONT: 'hourly',
  UPDATE_CONT: 'hourly',
  HOURLY: 'hourly',
  BIHOURLY: 'hourly',
  DAILY: 'daily',
  DAILY_2: 'daily',
  WEEKLY: 'weekly',
  BIWEEKLY: 'weekly',
  WEEKLY_2: 'weekly',
  MONTHLY: 'monthly',
  MONTHLY_2: 'monthly',
  BIMONTHLY: 'monthly',
  QUARTERLY: 'quarterly',
  ANNUAL_2: 'quarterly',
  ANNUAL_3: 'quarterly',
  ANNUAL: 'yearly',
  BIENNIAL: 'yearly',
  IRREG: 'yearly',
  NEVER: 'once',
}

/** The pace behind a code or URI of the EU frequency list, or null if it says nothing about a pace. */
export function readPace(frequency: string | null | undefined): Pace | null {
  if (!frequency) return null
  const known = paces.find((pace) => pace === frequency)
  return known ?? paceOf[frequency.slice(frequency.lastIndexOf('/') + 1).toUpperCase()] ?? null
}
