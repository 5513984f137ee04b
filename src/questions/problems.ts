import { defineProblems } from '../platform/problem.ts'

/** The refusals of this room. */
export const problems = defineProblems('questions', {
  notNext: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Dieser Schritt ist noch nicht dran',
      detail: 'Eine Frage geht ihren Weg Schritt für Schritt und nur vorwärts.',
      next: { label: 'Zur Frage', href: `/questions/${p.number}` },
    },
    en: {
      title: 'This step is not next',
      detail: 'A question goes its way step by step, and only forward.',
      next: { label: 'To the question', href: `/questions/${p.number}` },
    },
  }),
  tooLate: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Der Text steht jetzt fest',
      detail:
        'Über die Frage ist schon entschieden worden. Schreiben Sie im Gespräch, was sich geändert hat.',
      next: { label: 'Zum Gespräch', href: `/questions/${p.number}/talk` },
    },
    en: {
      title: 'The text is now fixed',
      detail: 'A decision about the question has been taken. Write in the discussion what has changed.',
      next: { label: 'To the discussion', href: `/questions/${p.number}/talk` },
    },
  }),
  notOpen: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Das geht bei dieser Frage gerade nicht',
      detail:
        'Die Frage ist nicht öffentlich: Sie wird noch geprüft, wurde ausgeblendet oder zusammengeführt.',
      next: { label: 'Zur Frage', href: `/questions/${p.number}` },
    },
    en: {
      title: 'Not possible with this question now',
      detail: 'The question is not public: it is being checked, was hidden, or was merged into another.',
      next: { label: 'To the question', href: `/questions/${p.number}` },
    },
  }),
  mergeTarget: (p: { number: string }) => ({
    status: 422,
    de: {
      title: 'In diese Frage geht es nicht',
      detail: 'Das Ziel muss eine andere, sichtbare Frage sein.',
      next: { label: 'Andere Nummer eingeben', href: `/questions/${p.number}/merge` },
    },
    en: {
      title: 'This cannot be the target',
      detail: 'The target must be another, visible question.',
      next: { label: 'Enter another number', href: `/questions/${p.number}/merge` },
    },
  }),
  tooFar: (p: { number: string }) => ({
    status: 409,
    de: {
      title: 'Diese Frage ist schon zu weit',
      detail: 'Zusammenführen lassen sich Fragen, an denen noch keine Vereinbarung hängt.',
      next: { label: 'Zur Frage', href: `/questions/${p.number}` },
    },
    en: {
      title: 'This question has gone too far',
      detail: 'Only questions without an agreement can be merged into another.',
      next: { label: 'To the question', href: `/questions/${p.number}` },
    },
  }),
  notYours: () => ({
    status: 403,
    de: {
      title: 'Sie gehören nicht zu dieser Organisation',
      detail: 'Für eine Organisation kann nur handeln, wer dort eine Rolle hat.',
      next: { label: 'Meine Rollen ansehen', href: '/identity/account' },
    },
    en: {
      title: 'You do not belong to this organisation',
      detail: 'Only people with a role in an organisation can act for it.',
      next: { label: 'See my roles', href: '/identity/account' },
    },
  }),
  tooManySent: () => ({
    status: 429,
    de: {
      title: 'Das waren viele Fragen auf einmal',
      detail:
        'Ohne Anmeldung nehmen wir fünf Fragen am Tag von derselben Stelle an. Morgen geht es weiter, mit Anmeldung sofort.',
      next: { label: 'Anmelden', href: '/identity/sign-in' },
    },
    en: {
      title: 'Those were many questions at once',
      detail:
        'Without an account we accept five questions a day from one place. Try again tomorrow, or sign in now.',
      next: { label: 'Sign in', href: '/identity/sign-in' },
    },
  }),
  linkUsed: () => ({
    status: 410,
    de: {
      title: 'Dieser Link gilt nicht mehr',
      detail: 'Er ist abgelaufen, oder er wurde schon benutzt. Es ist nichts verloren gegangen.',
      next: { label: 'Zu den Fragen', href: '/questions' },
    },
    en: {
      title: 'This link is no longer valid',
      detail: 'It has expired or was used already. Nothing was lost.',
      next: { label: 'To the questions', href: '/questions' },
    },
  }),
  alreadyDecided: () => ({
    status: 409,
    de: {
      title: 'Das ist schon entschieden',
      detail: 'Jemand anderes war schneller, oder die Entscheidung passt nicht zum jetzigen Stand.',
      next: { label: 'Zur Warteschlange', href: '/questions/moderation' },
    },
    en: {
      title: 'This has been decided already',
      detail: 'Someone else was faster, or the decision does not fit the present state.',
      next: { label: 'To the queue', href: '/questions/moderation' },
    },
  }),
})
