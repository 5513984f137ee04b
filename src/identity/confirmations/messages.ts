import { defineMessages } from '../../platform/i18n.ts'

/** Texts of one-time links. */
export const messages = defineMessages({
  de: {
    invitationTitle: (p: { organisation: string }) => `Einladung: ${p.organisation}`,
    invitationText: (p: { organisation: string; role: string }) =>
      `Sie sind eingeladen, bei „${p.organisation}“ mitzuarbeiten, in der Rolle „${p.role}“. Mit der Bestätigung nehmen Sie an.`,
    invitationButton: 'Einladung annehmen',
    emailTitle: 'Ihre neue E-Mail-Adresse',
    emailText: 'Diese Adresse soll künftig zu Ihrem Konto gehören. Bis Sie bestätigen, gilt die alte weiter.',
    emailButton: 'Adresse bestätigen',
    forAddress: (p: { email: string }) =>
      `Dieser Link wurde an ${p.email} geschickt. Mit dem Klick sind Sie auch angemeldet.`,
    eyebrow: 'Bestätigung',
  },
  en: {
    invitationTitle: (p) => `Invitation: ${p.organisation}`,
    invitationText: (p) =>
      `You are invited to work with “${p.organisation}” in the role “${p.role}”. By confirming you accept.`,
    invitationButton: 'Accept invitation',
    emailTitle: 'Your new e-mail address',
    emailText: 'This address is to belong to your account from now on. Until you confirm, the old one stays.',
    emailButton: 'Confirm address',
    forAddress: (p) => `This link was sent to ${p.email}. With the click you are also signed in.`,
    eyebrow: 'Confirmation',
  },
})
