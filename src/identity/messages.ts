import { defineMessages } from '../platform/i18n.ts'

/** Subject and text of a mail. */
export type MailText = { readonly subject: string; readonly text: string }

type LinkMail = (p: { url: string }) => MailText
type Mails = {
  readonly signIn: (p: { url: string; minutes: number }) => MailText
  readonly verify: LinkMail
  readonly known: LinkMail
  readonly password: LinkMail
  readonly confirm: (p: { url: string; title: string; text: string; days: number }) => MailText
}

const ignore = {
  de: 'Wenn Sie das nicht waren, können Sie diese Mail löschen. Es geschieht dann nichts.',
  en: 'If this was not you, simply delete this mail. Nothing will happen.',
}

/** The mails of this room. Each says what the link does and what happens without it. */
export const mails: { readonly de: Mails; readonly en: Mails } = {
  de: {
    signIn: (p) => ({
      subject: 'Ihr Link zum Anmelden',
      text: `Guten Tag,\n\nmit diesem Link melden Sie sich an. Er gilt ${p.minutes} Minuten und nur einmal:\n\n${p.url}\n\n${ignore.de}`,
    }),
    verify: (p) => ({
      subject: 'Bitte bestätigen Sie Ihre Adresse',
      text: `Guten Tag,\n\nmit diesem Link bestätigen Sie Ihre Adresse und schließen die Registrierung ab. Er gilt einen Tag:\n\n${p.url}\n\n${ignore.de}`,
    }),
    known: (p) => ({
      subject: 'Sie haben schon ein Konto',
      text: `Guten Tag,\n\njemand wollte sich mit Ihrer Adresse registrieren. Sie haben hier schon ein Konto. So melden Sie sich an, auch ohne Passwort:\n\n${p.url}\n\n${ignore.de}`,
    }),
    password: (p) => ({
      subject: 'Ihr neues Passwort',
      text: `Guten Tag,\n\nmit diesem Link legen Sie ein neues Passwort fest. Er gilt eine Stunde und nur einmal. Danach sind Sie auf allen anderen Geräten abgemeldet:\n\n${p.url}\n\n${ignore.de}`,
    }),
    confirm: (p) => ({
      subject: p.title,
      text: `Guten Tag,\n\n${p.text}\n\nWeiter zur Bestätigung:\n\n${p.url}\n\nDer Link gilt ${p.days} Tage und nur einmal. ${ignore.de}`,
    }),
  },
  en: {
    signIn: (p) => ({
      subject: 'Your link to sign in',
      text: `Hello,\n\nthis link signs you in. It works once, for ${p.minutes} minutes:\n\n${p.url}\n\n${ignore.en}`,
    }),
    verify: (p) => ({
      subject: 'Please confirm your address',
      text: `Hello,\n\nthis link confirms your address and completes your registration. It works for one day:\n\n${p.url}\n\n${ignore.en}`,
    }),
    known: (p) => ({
      subject: 'You already have an account',
      text: `Hello,\n\nsomebody wanted to register with your address. You already have an account here. You can sign in, even without a password:\n\n${p.url}\n\n${ignore.en}`,
    }),
    password: (p) => ({
      subject: 'Your new password',
      text: `Hello,\n\nthis link lets you choose a new password. It works once, for one hour. You will then be signed out on all other devices:\n\n${p.url}\n\n${ignore.en}`,
    }),
    confirm: (p) => ({
      subject: p.title,
      text: `Hello,\n\n${p.text}\n\nContinue to the confirmation:\n\n${p.url}\n\nThe link works once, for ${p.days} days. ${ignore.en}`,
    }),
  },
}

/** Words used all over this room. */
export const messages = defineMessages({
  de: {
    kinds: {
      department: 'Amt oder Fachbereich',
      utility: 'Kommunales Unternehmen',
      company: 'Unternehmen',
      institute: 'Forschung',
      association: 'Verein oder Initiative',
    },
    roles: {
      citizen: 'Mitglied',
      holder: 'Datenhaltung',
      steward: 'Datenlotsin',
      analyst: 'Auswertung',
      reviewer: 'Prüfung',
      council: 'Rat',
      operator: 'Betrieb',
    },
  },
  en: {
    kinds: {
      department: 'Department',
      utility: 'Municipal utility',
      company: 'Company',
      institute: 'Research',
      association: 'Association or initiative',
    },
    roles: {
      citizen: 'Member',
      holder: 'Data holder',
      steward: 'Data guide',
      analyst: 'Analyst',
      reviewer: 'Reviewer',
      council: 'Council',
      operator: 'Operator',
    },
  },
})
