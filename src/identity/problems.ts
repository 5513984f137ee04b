import { defineProblems } from '../platform/problem.ts'

const signIn = {
  de: { label: 'Neuen Link anfordern', href: '/identity/sign-in' },
  en: { label: 'Request a new link', href: '/identity/sign-in' },
}

/** Refusals of this room. None says whether an address has an account. */
export const problems = defineProblems('identity', {
  linkUsed: () => ({
    status: 410,
    de: {
      title: 'Dieser Link gilt nicht mehr',
      detail:
        'Links aus unseren Mails gelten einmal und nur für begrenzte Zeit. Fordern Sie einfach einen neuen an.',
      next: signIn.de,
    },
    en: {
      title: 'This link is no longer valid',
      detail: 'Links in our mails work once and for a limited time. Simply request a new one.',
      next: signIn.en,
    },
  }),
  unknownTown: (p: { ags: string }) => ({
    status: 422,
    de: {
      title: 'Diese Gemeinde ist hier nicht eingetragen',
      detail: `Für den Gemeindeschlüssel ${p.ags} gibt es hier noch keine Gemeinde. Der Betreiber kann sie eintragen.`,
    },
    en: {
      title: 'This municipality is not registered here',
      detail: `There is no municipality with the key ${p.ags} here yet. The operator can register it.`,
    },
  }),
  roleNotYours: (p: { organisationId: string }) => ({
    status: 403,
    de: {
      title: 'Diese Rolle vergibt nur der Betreiber',
      detail:
        'Sie gilt für alle Organisationen dieser Plattform, nicht nur für Ihre. Es wurde nichts geändert.',
      next: { label: 'Zur Organisation', href: `/identity/organisations/${p.organisationId}` },
    },
    en: {
      title: 'Only the operator gives this role',
      detail: 'It counts for all organisations of this hub, not only for yours. Nothing was changed.',
      next: { label: 'Go to the organisation', href: `/identity/organisations/${p.organisationId}` },
    },
  }),
  lastOperator: () => ({
    status: 409,
    de: {
      title: 'Ohne Betreiber geht es nicht',
      detail: 'Das ist die letzte Betreiberrolle. Geben Sie sie zuerst einer anderen Person.',
      next: { label: 'Zu den Personen', href: '/identity/people' },
    },
    en: {
      title: 'The hub needs an operator',
      detail: 'This is the last operator role. Give it to another person first.',
      next: { label: 'Go to people', href: '/identity/people' },
    },
  }),
  addressTaken: () => ({
    status: 409,
    de: {
      title: 'Diese Adresse wird schon verwendet',
      detail: 'Zu jeder Adresse gehört höchstens ein Konto. Nichts wurde geändert.',
      next: { label: 'Zum Konto', href: '/identity/account' },
    },
    en: {
      title: 'This address is already in use',
      detail: 'Each address belongs to at most one account. Nothing was changed.',
      next: { label: 'Go to the account', href: '/identity/account' },
    },
  }),
  tooManyTries: () => ({
    status: 429,
    de: {
      title: 'Zu viele Versuche',
      detail:
        'Für diese Adresse gab es in kurzer Zeit viele Versuche. Bitte warten Sie eine Viertelstunde. So wird Raten aussichtslos und kein Postfach überschwemmt.',
    },
    en: {
      title: 'Too many tries',
      detail:
        'There were many tries for this address in a short time. Please wait a quarter of an hour. This makes guessing hopeless and keeps mailboxes from being flooded.',
    },
  }),
  oidcUnavailable: () => ({
    status: 502,
    de: {
      title: 'Das andere Anmeldekonto antwortet nicht',
      detail: 'Die Anmeldung darüber ist gerade nicht möglich. Mit einem Link per E-Mail geht es trotzdem.',
      next: signIn.de,
    },
    en: {
      title: 'The other sign-in service does not answer',
      detail: 'Signing in through it is not possible right now. A link by e-mail still works.',
      next: signIn.en,
    },
  }),
})
