import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the support box. */
export const messages = defineMessages({
  de: {
    title: (p: { n: number; text: string }) =>
      p.n === 0
        ? 'Noch niemand unterstützt das'
        : p.n === 1
          ? 'Eine Stimme unterstützt das'
          : `${p.text} unterstützen das`,
    people: (p: { n: number; text: string }) => (p.n === 1 ? 'ein Mensch' : `${p.text} Menschen`),
    organisations: (p: { n: number; text: string }) =>
      p.n === 1 ? 'eine Organisation' : `${p.text} Organisationen`,
    support: 'Ich unterstütze die Frage',
    withdraw: 'Unterstützung zurücknehmen',
    supporting: 'Sie unterstützen diese Frage.',
    mailNote: 'Eine E-Mail-Adresse genügt. Ihr Name wird nicht gezeigt.',
    pageTitle: 'Frage unterstützen',
    pageLead:
      'Jeder Mensch zählt einmal. Deshalb bestätigen Sie Ihre E-Mail-Adresse. Wer unterstützt, sieht niemand.',
    email: 'Ihre E-Mail-Adresse',
    emailHint: 'Wir schicken Ihnen einen Link. Erst wenn Sie ihn bestätigen, zählt Ihre Stimme.',
    follow: 'Schreiben Sie mir bei jedem neuen Schritt dieser Frage.',
    send: 'Link anfordern',
    haveAccount: 'Schon ein Konto?',
    signIn: 'Anmelden',
    cancel: 'Abbrechen',
    mailTitle: 'Ihre Unterstützung bestätigen',
    mailText: (p: { title: string }) => `Sie möchten diese Frage unterstützen: ${p.title}`,
    mailButton: 'Frage unterstützen',
    forOrganisation: 'Für eine Organisation unterstützen',
    supportAs: (p: { name: string }) => `Für ${p.name} unterstützen`,
    withdrawAs: (p: { name: string }) => `Für ${p.name} zurücknehmen`,
    supportingOrganisations: 'Diese Organisationen sind dabei',
  },
  en: {
    title: (p: { n: number; text: string }) =>
      p.n === 0 ? 'Nobody supports this yet' : p.n === 1 ? 'One supporter' : `${p.text} support this`,
    people: (p: { n: number; text: string }) => (p.n === 1 ? 'one person' : `${p.text} people`),
    organisations: (p: { n: number; text: string }) =>
      p.n === 1 ? 'one organisation' : `${p.text} organisations`,
    support: 'I support this question',
    withdraw: 'Take support back',
    supporting: 'You support this question.',
    mailNote: 'An e-mail address is enough. Your name is not shown.',
    pageTitle: 'Support the question',
    pageLead: 'Everybody counts once. That is why you confirm your e-mail address. Nobody sees who supports.',
    email: 'Your e-mail address',
    emailHint: 'We send you a link. Your support counts once you confirm it.',
    follow: 'Write to me at each new step of this question.',
    send: 'Request the link',
    haveAccount: 'Do you have an account?',
    signIn: 'Sign in',
    cancel: 'Cancel',
    mailTitle: 'Confirm your support',
    mailText: (p: { title: string }) => `You want to support this question: ${p.title}`,
    mailButton: 'Support the question',
    forOrganisation: 'Support for an organisation',
    supportAs: (p: { name: string }) => `Support for ${p.name}`,
    withdrawAs: (p: { name: string }) => `Take back for ${p.name}`,
    supportingOrganisations: 'These organisations support it',
  },
})
