import type { Localised } from '../../platform/i18n.ts'

/** What to do to gain the points of an indicator, said to the holder. */
const fixTexts: Readonly<Record<string, Localised>> = {
  keyword: { de: 'Schlagwörter ergänzen', en: 'Add keywords' },
  category: { de: 'Ein Thema der EU-Liste wählen', en: 'Choose a topic of the EU list' },
  spatial: { de: 'Den Ort angeben', en: 'Say the place' },
  temporal: { de: 'Den Zeitraum angeben', en: 'Say the period' },
  distribution: {
    de: 'Angeben, wo es die Daten gibt: Datei, Dienst oder Seite mit Format und Lizenz',
    en: 'Say where the data are: a file, service or page with format and licence',
  },
  'access-url-answers': {
    de: 'Die Zugangsadresse antwortet nicht: richtigstellen',
    en: 'The access address does not answer: put it right',
  },
  'download-url': { de: 'Eine Adresse zum Herunterladen angeben', en: 'Give an address for downloading' },
  'download-url-answers': {
    de: 'Die Adresse der Datei antwortet nicht: richtigstellen',
    en: 'The address of the file does not answer: put it right',
  },
  format: { de: 'Das Dateiformat angeben', en: 'Say the file format' },
  'media-type': { de: 'Den Medientyp angeben', en: 'Say the media type' },
  'format-listed': {
    de: 'Format und Medientyp aus den amtlichen Listen wählen',
    en: 'Choose format and media type from the official lists',
  },
  'non-proprietary': {
    de: 'Die Daten auch in einem herstellerfreien Format anbieten',
    en: 'Offer the data in a format free of vendors as well',
  },
  'machine-readable': {
    de: 'Die Daten auch maschinenlesbar anbieten, etwa als CSV',
    en: 'Offer the data in a machine-readable form as well, such as CSV',
  },
  'dcat-ap': {
    de: 'Pflichtangaben von DCAT-AP.de ergänzen oder berichtigen',
    en: 'Complete or correct what DCAT-AP.de requires',
  },
  licence: { de: 'Eine Lizenz angeben', en: 'State a licence' },
  'licence-listed': {
    de: 'Eine Lizenz aus der Liste von DCAT-AP.de wählen',
    en: 'Choose a licence of the DCAT-AP.de list',
  },
  'access-right': { de: 'Angeben, wer zugreifen darf', en: 'State who may have access' },
  'access-right-listed': {
    de: 'Den Zugang aus der EU-Liste wählen',
    en: 'Choose the access right from the EU list',
  },
  contact: { de: 'Eine Kontaktstelle nennen', en: 'Name a contact' },
  publisher: { de: 'Den Herausgeber nennen', en: 'Name the publisher' },
  rights: { de: 'Den Rechtehinweis der Datei angeben', en: 'State the rights of the file' },
  'file-size': { de: 'Die Größe der Datei angeben', en: 'State the size of the file' },
  issued: { de: 'Das Datum der Veröffentlichung angeben', en: 'State the date of publication' },
  modified: { de: 'Das Datum der letzten Änderung angeben', en: 'State the date of the last change' },
  'service-description': {
    de: 'Verlinken, was der Dienst kann, etwa seine Capabilities',
    en: 'Link what the service can do, such as its capabilities',
  },
  'inventory-description': {
    de: 'In mindestens 100 Zeichen beschreiben, was darin steht',
    en: 'Describe in at least 100 characters what it holds',
  },
  'inventory-publisher': { de: 'Den Herausgeber nennen', en: 'Name the publisher' },
  'inventory-contact': {
    de: 'Sagen, wo man nach den Daten fragt',
    en: 'Say where to ask for the data',
  },
  'inventory-reason': {
    de: 'Sagen, warum die Daten nicht offen sind',
    en: 'Say why the data are not open',
  },
  'inventory-law': { de: 'Die Rechtsgrundlage nennen', en: 'Name the legal basis' },
  'inventory-columns': { de: 'Die Spalten beschreiben', en: 'Describe the columns' },
  'inventory-place': { de: 'Den Ort angeben', en: 'Say the place' },
  'inventory-period': { de: 'Den Zeitraum angeben', en: 'Say the period' },
  'inventory-frequency': { de: 'Angeben, wie oft aktualisiert wird', en: 'Say how often it is updated' },
  'inventory-keyword': { de: 'Schlagwörter ergänzen', en: 'Add keywords' },
}

/** The words for a fix; its id where there are none. */
export function fixText(id: string): Localised {
  return fixTexts[id] ?? { de: id, en: id }
}
