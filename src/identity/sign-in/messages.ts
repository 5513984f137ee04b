import { defineMessages } from '../../platform/i18n.ts'

/** Texts of signing in and up. */
export const messages = defineMessages({
  de: {
    signIn: 'Anmelden',
    lead: 'Lesen geht ohne Konto. Zum Mitreden reicht Ihre E-Mail-Adresse.',
    byLink: 'Mit einem Link',
    byLinkText:
      'Wir schicken Ihnen einen Link. Ein Passwort brauchen Sie nicht, ein Konto entsteht dabei von selbst.',
    email: 'E-Mail-Adresse',
    sendLink: 'Link zuschicken',
    otherWays: 'Andere Wege',
    byPasskey: 'Mit einem Passkey',
    byPasskeyText: 'Mit Fingerabdruck, Gesicht oder PIN Ihres Geräts.',
    passkeyNeedsScript:
      'Passkeys brauchen JavaScript, denn nur so spricht der Browser mit Ihrem Gerät. Der Link per E-Mail geht immer.',
    usePasskey: 'Passkey verwenden',
    passkeyFailed:
      'Das hat nicht geklappt oder wurde abgebrochen. Versuchen Sie es noch einmal, oder nehmen Sie den Link per E-Mail.',
    passkeyStale:
      'Zu Ihrem Schutz geht das nur kurz nach dem Anmelden. Melden Sie sich ab und neu an, dann klappt es.',
    byOutside: (p: { name: string }) => `Mit ${p.name}`,
    byOutsideText: 'Sie werden dorthin geleitet und kommen danach hierher zurück.',
    useOutside: (p: { name: string }) => `Weiter zu ${p.name}`,
    byPassword: 'Mit Passwort',
    password: 'Passwort',
    forgotten: 'Passwort vergessen oder noch keins',
    noAccount: 'Noch kein Konto?',
    signUp: 'Registrieren',
    wrong:
      'Adresse und Passwort passen nicht zusammen. Prüfen Sie beides, oder lassen Sie sich einen Link schicken.',
    unverified:
      'Ihre Adresse ist noch nicht bestätigt. Wir haben Ihnen den Link dafür gerade noch einmal geschickt.',
    sentTitle: 'Sehen Sie in Ihr Postfach',
    sentLead: 'Wenn die Adresse stimmt, ist eine Mail unterwegs.',
    sentText:
      'Der Link darin gilt 15 Minuten und nur einmal. Nichts angekommen? Sehen Sie im Spam-Ordner nach, oder fordern Sie einen neuen an.',
    sentVerify:
      'Mit dem Link darin bestätigen Sie Ihre Adresse. Er gilt einen Tag. Nichts angekommen? Sehen Sie im Spam-Ordner nach.',
    sentPassword: 'Mit dem Link darin legen Sie Ihr Passwort fest. Er gilt eine Stunde und nur einmal.',
    again: 'Neuen Link anfordern',
    linkTitle: 'Jetzt anmelden',
    linkLead: 'Noch ein Klick, dann sind Sie angemeldet.',
    linkText:
      'Der Link gilt nur einmal. Deshalb warten wir auf Ihren Klick: So verbraucht ihn kein Virenscanner im Postfach.',
    verifyTitle: 'Adresse bestätigen',
    verifyLead: 'Noch ein Klick, dann ist Ihr Konto fertig.',
    verifyButton: 'Adresse bestätigen',
    signUpTitle: 'Registrieren',
    signUpLead: 'Mit einem Konto stellen Sie Fragen, reden mit und arbeiten für Ihre Organisation.',
    name: 'Name',
    nameHint: 'So erscheinen Sie bei Beiträgen. Ein Kürzel ist in Ordnung.',
    passwordHint: 'Mindestens 12 Zeichen. Leer lassen geht auch: Dann melden Sie sich mit Links an.',
    signUpButton: 'Konto anlegen',
    already: 'Schon ein Konto?',
    passwordTitle: 'Neues Passwort',
    passwordLead: 'Wir schicken Ihnen einen Link, mit dem Sie Ihr Passwort festlegen.',
    newPassword: 'Neues Passwort',
    newPasswordHint:
      'Mindestens 12 Zeichen. Mehrere Wörter hintereinander sind gut zu merken und schwer zu raten.',
    savePassword: 'Passwort speichern',
    passwordSaved: 'Ihr Passwort ist gespeichert. Melden Sie sich jetzt damit an.',
    passwordRefused: 'Dieses Passwort geht nicht. Bitte wählen Sie eines mit 12 bis 128 Zeichen.',
    signedOut: 'Sie sind abgemeldet.',
    erased: 'Ihr Konto ist gelöscht. Danke, dass Sie dabei waren.',
    expired:
      'Dieser Link gilt nicht mehr: Er wurde schon benutzt oder ist zu alt. Fordern Sie hier einen neuen an.',
    outsideFailed:
      'Die Anmeldung über das andere Konto hat nicht geklappt. Versuchen Sie es noch einmal, oder nehmen Sie den Link per E-Mail.',
    outsideUnverified:
      'Das andere Konto hat Ihre E-Mail-Adresse noch nicht bestätigt. Bestätigen Sie sie dort, oder nehmen Sie den Link per E-Mail.',
    why: 'Was wir speichern',
    whyText:
      'Ihre Adresse, Ihren Namen, wenn Sie einen angeben, und wann Sie sich angemeldet haben. Keine IP-Adressen, kein Verfolgen. Im Konto sehen Sie alles und können es mitnehmen oder löschen.',
  },
  en: {
    signIn: 'Sign in',
    lead: 'Reading needs no account. To take part, your e-mail address is enough.',
    byLink: 'With a link',
    byLinkText: 'We send you a link. You need no password, and an account is made along the way.',
    email: 'E-mail address',
    sendLink: 'Send me a link',
    otherWays: 'Other ways',
    byPasskey: 'With a passkey',
    byPasskeyText: 'With the fingerprint, face or PIN of your device.',
    passkeyNeedsScript:
      'Passkeys need JavaScript, the only way a browser talks to your device. The link by e-mail always works.',
    usePasskey: 'Use passkey',
    passkeyFailed: 'That did not work or was cancelled. Try again, or use the link by e-mail.',
    passkeyStale:
      'For your protection this is possible only shortly after signing in. Sign out and in again, then it works.',
    byOutside: (p) => `With ${p.name}`,
    byOutsideText: 'You will be taken there and return here afterwards.',
    useOutside: (p) => `Continue to ${p.name}`,
    byPassword: 'With a password',
    password: 'Password',
    forgotten: 'Password forgotten or none yet',
    noAccount: 'No account yet?',
    signUp: 'Register',
    wrong: 'Address and password do not match. Check both, or have a link sent to you.',
    unverified: 'Your address is not confirmed yet. We have just sent you the link for it once more.',
    sentTitle: 'Look into your mailbox',
    sentLead: 'If the address is right, a mail is on its way.',
    sentText:
      'The link in it works once, for 15 minutes. Nothing there? Look into your spam folder, or request a new one.',
    sentVerify:
      'The link in it confirms your address. It works for one day. Nothing there? Look into your spam folder.',
    sentPassword: 'The link in it lets you choose your password. It works once, for one hour.',
    again: 'Request a new link',
    linkTitle: 'Sign in now',
    linkLead: 'One more click and you are signed in.',
    linkText:
      'The link works only once. That is why we wait for your click: no virus scanner in your mailbox can use it up.',
    verifyTitle: 'Confirm address',
    verifyLead: 'One more click and your account is ready.',
    verifyButton: 'Confirm address',
    signUpTitle: 'Register',
    signUpLead: 'With an account you raise questions, join in and work for your organisation.',
    name: 'Name',
    nameHint: 'This is how your contributions are signed. A short form is fine.',
    passwordHint: 'At least 12 characters. You may leave it empty and sign in with links instead.',
    signUpButton: 'Create account',
    already: 'Already have an account?',
    passwordTitle: 'New password',
    passwordLead: 'We send you a link with which you choose your password.',
    newPassword: 'New password',
    newPasswordHint:
      'At least 12 characters. Several words in a row are easy to keep in mind and hard to guess.',
    savePassword: 'Save password',
    passwordSaved: 'Your password is saved. Sign in with it now.',
    passwordRefused: 'This password cannot be used. Please choose one with 12 to 128 characters.',
    signedOut: 'You are signed out.',
    erased: 'Your account is erased. Thank you for having been here.',
    expired: 'This link is no longer valid: it was used already or is too old. Request a new one here.',
    outsideFailed: 'Signing in with the other account did not work. Try again, or use the link by e-mail.',
    outsideUnverified:
      'The other account has not confirmed your e-mail address yet. Confirm it there, or use the link by e-mail.',
    why: 'What we keep',
    whyText:
      'Your address, your name if you give one, and when you signed in. No IP addresses, no tracking. Your account page shows everything; you can take it with you or erase it.',
  },
})
