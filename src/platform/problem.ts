import type { Locale } from './i18n.ts'

/** What a person reads of a refusal: what happened, why, and what to do next. */
export type ProblemText = {
  readonly title: string
  readonly detail: string
  readonly next?: { readonly label: string; readonly href: string }
}

/** A refusal in every language with its HTTP status. */
export type ProblemSpec = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 502 | 503 | 504
  readonly de: ProblemText
  readonly en: ProblemText
}

/** A named refusal. Thrown by use cases, rendered once per protocol; never carries secrets or personal data. */
export class Problem extends Error {
  readonly room: string
  readonly code: string
  readonly spec: ProblemSpec
  constructor(room: string, code: string, spec: ProblemSpec) {
    super(`${room}/${code}`)
    this.name = 'Problem'
    this.room = room
    this.code = code
    this.spec = spec
  }
  /** The problem type of RFC 9457, a stable path on this hub. */
  get type(): string {
    return `/problems/${this.room}/${this.code}`
  }
}

type Definitions = Record<string, (params: never) => ProblemSpec>
type Factories<D extends Definitions> = { readonly [K in keyof D]: (...args: Parameters<D[K]>) => Problem }

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A room's named refusals: each entry becomes a function that makes the `Problem` to throw. */
export function defineProblems<D extends Definitions>(room: string, definitions: D): Factories<D> {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, spec]) => [
      name,
      (params: never) => new Problem(room, kebab(name), spec(params)),
    ]),
  ) as unknown as Factories<D>
}

/** RFC 9457 body of a refusal in the reader's language. */
export function problemJson(problem: Problem, locale: Locale): Record<string, unknown> {
  const text = problem.spec[locale]
  return {
    type: problem.type,
    title: text.title,
    status: problem.spec.status,
    detail: text.detail,
    ...(text.next ? { next: text.next } : {}),
  }
}

/** True for a refusal, also across bundles. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === 'Problem' && 'spec' in error
}

/** Refusals every room may need. */
export const general = defineProblems('general', {
  notFound: () => ({
    status: 404,
    de: {
      title: 'Das gibt es hier nicht',
      detail: 'Die Adresse stimmt nicht, oder der Inhalt ist nicht für Sie sichtbar.',
      next: { label: 'Zur Startseite', href: '/' },
    },
    en: {
      title: 'There is nothing here',
      detail: 'The address is wrong, or the content is not visible to you.',
      next: { label: 'Go to the start page', href: '/' },
    },
  }),
  signIn: () => ({
    status: 401,
    de: {
      title: 'Bitte melden Sie sich an',
      detail: 'Dafür muss klar sein, wer handelt. Lesen geht ohne Anmeldung.',
      next: { label: 'Anmelden', href: '/identity/sign-in' },
    },
    en: {
      title: 'Please sign in',
      detail: 'For this it must be clear who acts. Reading needs no account.',
      next: { label: 'Sign in', href: '/identity/sign-in' },
    },
  }),
  forbidden: () => ({
    status: 403,
    de: {
      title: 'Das dürfen Sie hier nicht',
      detail: 'Ihnen fehlt die Rolle dafür. Die Datenlotsin Ihrer Stadt kann sie vergeben lassen.',
      next: { label: 'Meine Rollen ansehen', href: '/identity/account' },
    },
    en: {
      title: 'You may not do this here',
      detail: 'You lack the role for it. The data guide of your town can arrange it.',
      next: { label: 'See my roles', href: '/identity/account' },
    },
  }),
  alreadySent: () => ({
    status: 409,
    de: {
      title: 'Dieses Formular ist schon angekommen',
      detail: 'Es wurde nichts doppelt angelegt. Laden Sie die Seite neu, um noch etwas zu senden.',
    },
    en: {
      title: 'This form has already arrived',
      detail: 'Nothing was created twice. Reload the page to send something else.',
    },
  }),
  tooMany: () => ({
    status: 429,
    de: {
      title: 'Zu viele Anfragen',
      detail: 'Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    },
    en: { title: 'Too many requests', detail: 'Please wait a minute, then try again.' },
  }),
  tooLarge: (p: { limit: string }) => ({
    status: 413,
    de: {
      title: 'Die Datei ist zu groß',
      detail: `Hier sind höchstens ${p.limit} möglich. Es wurde nichts gespeichert.`,
    },
    en: { title: 'The file is too large', detail: `The limit here is ${p.limit}. Nothing was stored.` },
  }),
  foreignForm: () => ({
    status: 403,
    de: {
      title: 'Dieses Formular kam nicht von hier',
      detail:
        'Zum Schutz vor fremden Seiten nehmen wir nur Formulare an, die auf dieser Seite ausgefüllt wurden.',
      next: { label: 'Zur Startseite', href: '/' },
    },
    en: {
      title: 'This form did not come from here',
      detail: 'To protect you from other sites we only accept forms filled in on this site.',
      next: { label: 'Go to the start page', href: '/' },
    },
  }),
  invalid: (p: { where: string }) => ({
    status: 400,
    de: { title: 'Das konnten wir nicht lesen', detail: `Bitte prüfen Sie: ${p.where}.` },
    en: { title: 'We could not read this', detail: `Please check: ${p.where}.` },
  }),
})
