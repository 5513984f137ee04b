import type { LegalBasis } from '../model.ts'

type Basis = {
  name: { de: string; en: string }
  plain: { de: string; en: string }
  legal: { de: string; en: string }
}

/** What each legal ground of the template means and says (GDPR Art. 6, 7, 89; BDSG §§ 3, 27; GeschGehG; BStatG § 16). */
export const legalBasisTexts: Readonly<Record<LegalBasis, Basis>> = {
  'public-task': {
    name: { de: 'Öffentliche Aufgabe', en: 'Public task' },
    plain: {
      de: 'Die beteiligten Stellen erfüllen damit eine öffentliche Aufgabe.',
      en: 'The bodies involved thereby carry out a public task.',
    },
    legal: {
      de: 'Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. e und Abs. 3 DSGVO in Verbindung mit dem Fachrecht der jeweiligen Stelle, § 3 BDSG oder der entsprechenden Vorschrift des Landesdatenschutzgesetzes.',
      en: 'The legal basis is Art. 6(1)(e) and (3) GDPR together with the sectoral law of the respective body, § 3 BDSG or the corresponding provision of the state data protection act.',
    },
  },
  research: {
    name: { de: 'Forschung und Statistik', en: 'Research and statistics' },
    plain: {
      de: 'Ausgewertet wird für Forschung oder Statistik. Dafür gelten eigene Regeln zum Schutz der Menschen.',
      en: 'The analysis serves research or statistics. Special rules for the protection of people apply to it.',
    },
    legal: {
      de: 'Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit Art. 89 DSGVO und § 27 BDSG oder der entsprechenden Vorschrift des Landesdatenschutzgesetzes. Die Auswertung in der Sandbox gehört zu den Garantien nach Art. 89 Abs. 1 DSGVO.',
      en: 'The legal basis is Art. 6(1)(e) GDPR together with Art. 89 GDPR and § 27 BDSG or the corresponding provision of the state data protection act. The analysis in the sandbox is one of the safeguards under Art. 89(1) GDPR.',
    },
  },
  consent: {
    name: { de: 'Einwilligung', en: 'Consent' },
    plain: {
      de: 'Die Menschen, um die es geht, haben eingewilligt. Widerruft jemand, werden seine Daten entfernt.',
      en: 'The people concerned have given consent. If someone withdraws it, their data are removed.',
    },
    legal: {
      de: 'Rechtsgrundlage ist die Einwilligung nach Art. 6 Abs. 1 Buchst. a und Art. 7 DSGVO. Der Datenhalter weist die Einwilligungen nach und entfernt die Daten einer Person unverzüglich, wenn sie widerruft; bereits freigegebene Summen bleiben unberührt.',
      en: 'The legal basis is consent under Art. 6(1)(a) and Art. 7 GDPR. The data holder demonstrates the consents and removes the data of a person without delay upon withdrawal; sums already released remain unaffected.',
    },
  },
  'legitimate-interest': {
    name: { de: 'Berechtigtes Interesse', en: 'Legitimate interest' },
    plain: {
      de: 'Ein Unternehmen oder Verein hat ein berechtigtes Interesse an der Antwort. Es wurde gegen die Belange der Betroffenen abgewogen.',
      en: 'A company or association has a legitimate interest in the answer. It was weighed against the interests of those concerned.',
    },
    legal: {
      de: 'Rechtsgrundlage für nicht öffentliche Stellen ist Art. 6 Abs. 1 Buchst. f DSGVO; die Abwägung ist festgehalten. Behörden stützen sich in Erfüllung ihrer Aufgaben nicht darauf, sondern auf Art. 6 Abs. 1 Buchst. e DSGVO.',
      en: 'The legal basis for private bodies is Art. 6(1)(f) GDPR; the balancing is recorded. Public authorities performing their tasks do not rely on it but on Art. 6(1)(e) GDPR.',
    },
  },
  'not-personal': {
    name: { de: 'Keine Daten über Personen', en: 'No data about persons' },
    plain: {
      de: 'Die Daten handeln nicht von Menschen. Geheimnisse von Betrieben bleiben trotzdem geschützt.',
      en: 'The data are not about people. Secrets of firms stay protected all the same.',
    },
    legal: {
      de: 'Nach Prüfung der Datenhalter enthalten die Daten keine personenbezogenen Daten. Geschäftsgeheimnisse nach dem GeschGehG und die statistische Geheimhaltung nach § 16 BStatG bleiben gewahrt. Zeigt sich ein Personenbezug, ruht die Verarbeitung, bis eine Rechtsgrundlage vereinbart ist.',
      en: 'According to the data holders’ examination the data contain no personal data. Trade secrets under the GeschGehG and statistical confidentiality under § 16 BStatG are preserved. Should a reference to persons emerge, processing is suspended until a legal basis is agreed.',
    },
  },
}
