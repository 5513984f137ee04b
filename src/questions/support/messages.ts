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
    signInNote: 'Dafür melden Sie sich an. Ihr Name wird dabei nicht gezeigt.',
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
    signInNote: 'You sign in for this. Your name is not shown.',
    forOrganisation: 'Support for an organisation',
    supportAs: (p: { name: string }) => `Support for ${p.name}`,
    withdrawAs: (p: { name: string }) => `Take back for ${p.name}`,
    supportingOrganisations: 'These organisations support it',
  },
})
