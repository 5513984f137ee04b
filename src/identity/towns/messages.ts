import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the operator's page of municipalities. */
export const messages = defineMessages({
  de: {
    title: 'Gemeinden',
    lead: 'Für welche Gemeinden diese Plattform spricht. Jede kann unter einer eigenen Adresse erscheinen.',
    name: 'Name',
    ags: 'Gemeindeschlüssel',
    agsHint: 'Amtlicher Gemeindeschlüssel, acht Ziffern. Ein bekannter Schlüssel ändert den Eintrag.',
    hostnames: 'Adressen',
    hostnamesHint:
      'Zum Beispiel daten.auenstadt.de. Mehrere mit Leerzeichen trennen. Wer so hereinkommt, sieht diese Gemeinde.',
    operator: 'Betrieben von',
    operatorHint: 'Steht unten auf jeder Seite.',
    claim: 'Zeile ganz oben',
    contact: 'Kontakt',
    contactHint: 'E-Mail-Adresse oder Telefonnummer für Fragen.',
    save: 'Gemeinde speichern',
    saved: 'Gespeichert.',
    enter: 'Gemeinde eintragen oder ändern',
    noHost: 'alle übrigen',
  },
  en: {
    title: 'Municipalities',
    lead: 'Which municipalities this hub speaks for. Each may appear under an address of its own.',
    name: 'Name',
    ags: 'Municipality key',
    agsHint: 'Official key (AGS), eight digits. A known key changes its entry.',
    hostnames: 'Addresses',
    hostnamesHint:
      'For example daten.auenstadt.de. Divide several by spaces. Who comes in this way sees this municipality.',
    operator: 'Run by',
    operatorHint: 'Stands at the bottom of each page.',
    claim: 'Line at the very top',
    contact: 'Contact',
    contactHint: 'E-mail address or telephone number for questions.',
    save: 'Save municipality',
    saved: 'Saved.',
    enter: 'Enter or change a municipality',
    noHost: 'all others',
  },
})
