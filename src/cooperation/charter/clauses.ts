import type { ClauseKey, ClauseText } from '../model.ts'

/** A clause of the charter: heading, texts with placeholders, and the placeholders that its legal text must keep. */
export type CharterClause = {
  key: ClauseKey
  title: { de: string; en: string }
  text: ClauseText
  keeps: readonly string[]
}

/** A version of the charter's clauses. `since` is the day from which new agreements use it. */
export type Charter = { version: string; since: string; clauses: readonly CharterClause[] }

const clauses: readonly CharterClause[] = [
  {
    key: 'parties',
    title: { de: 'Parteien', en: 'Parties' },
    keeps: ['parties'],
    text: {
      plain: {
        de: 'Es arbeiten zusammen: {parties}. Wer Daten führt, behält sie. Wer auswertet, bekommt keine Kopie.',
        en: 'Working together: {parties}. Those who keep data go on keeping them. Those who analyse get no copy.',
      },
      legal: {
        de: '(1) Parteien dieser Vereinbarung sind: {parties}. (2) Jede Partei handelt durch eine dazu befugte Person und benennt eine Ansprechstelle. (3) Die Datenhalter bleiben für ihre Daten verantwortlich; die Vereinbarung überträgt weder Rechte an den Daten noch eine Kopie.',
        en: '(1) The parties to this agreement are: {parties}. (2) Each party acts through a person authorised to do so and names a point of contact. (3) The data holders remain responsible for their data; this agreement transfers neither rights in the data nor a copy.',
      },
    },
  },
  {
    key: 'purpose',
    title: { de: 'Zweck', en: 'Purpose' },
    keeps: ['purpose'],
    text: {
      plain: {
        de: 'Die Daten dienen nur diesem Zweck: {purpose} Wer etwas anderes wissen will, braucht eine neue Vereinbarung.',
        en: 'The data serve this purpose only: {purpose} Whoever wants to know something else needs a new agreement.',
      },
      legal: {
        de: '(1) Die Verarbeitung erfolgt ausschließlich zu folgendem Zweck: {purpose} (2) Eine Weiterverarbeitung zu anderen Zwecken ist ausgeschlossen; Art. 5 Abs. 1 Buchst. b DSGVO bleibt unberührt. (3) Ergebnisse dürfen nicht zu Maßnahmen oder Entscheidungen gegenüber einzelnen Personen oder Betrieben verwendet werden.',
        en: '(1) Processing takes place exclusively for the following purpose: {purpose} (2) Further processing for other purposes is excluded; Art. 5(1)(b) GDPR remains unaffected. (3) Results must not be used for measures or decisions regarding individual persons or firms.',
      },
    },
  },
  {
    key: 'legal-basis',
    title: { de: 'Rechtsgrundlage und Verantwortung', en: 'Legal basis and responsibility' },
    keeps: ['legalBasis'],
    text: {
      plain: {
        de: '{legalBasis} Für ihre eigenen Daten bleibt jede Stelle selbst verantwortlich. Der Betreiber der Sandbox arbeitet in ihrem Auftrag und nur nach ihrer Weisung.',
        en: '{legalBasis} Each body remains responsible for its own data. The operator of the sandbox works on their behalf and only as they instruct.',
      },
      legal: {
        de: '(1) {legalBasis} (2) Soweit personenbezogene Daten verarbeitet werden und die Parteien Zwecke und Mittel der Auswertung zusammen festlegen, sind sie gemeinsam Verantwortliche. Diese Vereinbarung enthält die Festlegungen nach Art. 26 DSGVO; ihr wesentlicher Inhalt ist öffentlich. Betroffene Personen können ihre Rechte gegenüber jeder Partei geltend machen. (3) Der Betreiber der Sandbox ist Auftragsverarbeiter der Datenhalter; das Nähere regelt ein Vertrag nach Art. 28 Abs. 3 DSGVO. (4) Die Parteien prüfen vor Beginn, ob eine Datenschutz-Folgenabschätzung nach Art. 35 DSGVO nötig ist, und halten das Ergebnis fest.',
        en: '(1) {legalBasis} (2) Where personal data are processed and the parties jointly determine purposes and means of the analysis, they are joint controllers. This agreement contains the arrangement under Art. 26 GDPR; its essence is public. Data subjects may exercise their rights against each party. (3) The operator of the sandbox is the processor of the data holders; details are set out in a contract under Art. 28(3) GDPR. (4) Before the start the parties examine whether a data protection impact assessment under Art. 35 GDPR is necessary and record the result.',
      },
    },
  },
  {
    key: 'term',
    title: { de: 'Dauer und Löschung', en: 'Term and deletion' },
    keeps: ['validFrom', 'validUntil'],
    text: {
      plain: {
        de: 'Die Auswertung läuft vom {validFrom} bis zum {validUntil}. Danach wird der Schlüssel vernichtet. Dann kann niemand die Daten in der Sandbox mehr lesen, auch der Betreiber nicht. {deletion}',
        en: 'The analysis runs from {validFrom} to {validUntil}. After that the key is destroyed. Then nobody can read the data in the sandbox any more, not even the operator. {deletion}',
      },
      legal: {
        de: '(1) Die Bereitstellung beginnt am {validFrom} und endet am {validUntil}, ohne dass es einer Kündigung bedarf. (2) Mit dem Ende vernichtet der Betreiber den Schlüssel des Datenraums und alle Sicherungen davon und weist dies im Transparenzregister nach. (3) Freigegebene Ergebnisse bleiben bestehen. {deletion}',
        en: '(1) Provision begins on {validFrom} and ends on {validUntil} without notice being required. (2) At the end the operator destroys the key of the data room and all backups of it and records this in the transparency register. (3) Released results remain. {deletion}',
      },
    },
  },
  {
    key: 'output',
    title: { de: 'Was hinausgehen darf', en: 'What may leave' },
    keeps: ['minimum'],
    text: {
      plain: {
        de: 'Nur Summen und Mittelwerte. Hinter jeder Zahl stehen mindestens {minimum} Personen oder Betriebe; kleinere Zahlen bleiben geschützt. Jede Tabelle geben die betroffenen Halter einzeln frei.',
        en: 'Sums and means only. At least {minimum} persons or firms stand behind each number; smaller numbers stay protected. The holders concerned release each table one by one.',
      },
      legal: {
        de: '(1) Freigabefähig sind ausschließlich zusammengefasste Ergebnisse mit einer Mindestfallzahl von {minimum} Personen oder Betrieben je Zelle. (2) Werte werden vor der Anzeige nach einem festgelegten Verfahren leicht verändert. (3) Jede Freigabe bedarf der Zustimmung aller betroffenen Datenhalter und wird mit Prüfsumme und Zeitpunkt im Transparenzregister vermerkt.',
        en: '(1) Only aggregated results with a minimum of {minimum} persons or firms per cell may be released. (2) Before display, values are slightly altered by a fixed procedure. (3) Each release requires the consent of all data holders concerned and is entered in the transparency register with checksum and time.',
      },
    },
  },
  {
    key: 'data',
    title: { de: 'Daten und Zugang', en: 'Data and access' },
    keeps: ['entries'],
    text: {
      plain: {
        de: 'Es geht um diese Daten: {entries}. Die Halter legen für jede Spalte fest, was damit geschehen darf. Einzelne Datensätze sieht niemand.',
        en: 'The data are: {entries}. For each column the holders decide what may be done with it. Nobody sees single records.',
      },
      legal: {
        de: '(1) Gegenstand sind: {entries}. (2) Die Verarbeitung findet ausschließlich in der Sandbox und innerhalb der Europäischen Union statt. (3) Der Datenhalter bestimmt vor der ersten Abfrage die Rolle jeder Spalte; nicht bestimmte Spalten sind verborgen. (4) Abfragen stellen nur benannte Personen von: {analysts}. Einzeldaten sind für keine andere Partei zugänglich.',
        en: '(1) The subject matter is: {entries}. (2) Processing takes place exclusively in the sandbox and within the European Union. (3) Before the first query the data holder determines the role of each column; columns without a role are hidden. (4) Only named persons of the following put queries: {analysts}. Single records are accessible to no other party.',
      },
    },
  },
  {
    key: 'benefit',
    title: { de: 'Was die Halter zurückbekommen', en: 'What the holders get back' },
    keeps: [],
    text: {
      plain: {
        de: 'Alle Parteien bekommen die fertigen Tabellen und lesen die Antwort, bevor sie öffentlich wird. {benefit}',
        en: 'All parties get the finished tables and read the answer before it becomes public. {benefit}',
      },
      legal: {
        de: '(1) Die Ergebnisse stehen allen Parteien unentgeltlich zu. (2) Die Auswertenden legen den Datenhaltern die Antwort vor der Veröffentlichung vor und teilen ihnen Auffälligkeiten zur Güte ihrer Daten mit. {benefit}',
        en: '(1) All parties are entitled to the results free of charge. (2) The analysts submit the answer to the data holders before publication and inform them of any peculiarities regarding the quality of their data. {benefit}',
      },
    },
  },
  {
    key: 'prohibitions',
    title: { de: 'Was niemand darf', en: 'What nobody may do' },
    keeps: [],
    text: {
      plain: {
        de: 'Niemand versucht, einzelne Menschen oder Betriebe zu erkennen. Niemand gleicht die Zahlen dafür mit anderen Quellen ab, und niemand gibt seinen Zugang weiter.',
        en: 'Nobody tries to recognise single people or firms. Nobody matches the numbers with other sources to that end, and nobody passes on access.',
      },
      legal: {
        de: '(1) Untersagt sind die Wiedererkennung von Personen oder Betrieben, der Abgleich von Ergebnissen mit anderen Quellen zu diesem Zweck, die Bildung von Profilen und die Weitergabe von Zugängen. (2) Die Daten werden nicht zum Training von KI-Modellen verwendet. (3) Auswertende Personen sind auf Vertraulichkeit verpflichtet und im Datenschutz geschult. (4) Wer eine Verletzung bemerkt, meldet sie den Parteien unverzüglich, spätestens binnen 24 Stunden; Art. 33 und 34 DSGVO bleiben unberührt.',
        en: '(1) Prohibited are the re-identification of persons or firms, the matching of results with other sources to that end, the creation of profiles and the passing on of access. (2) The data are not used for training AI models. (3) Persons carrying out analyses are bound to confidentiality and trained in data protection. (4) Whoever notices a breach reports it to the parties without delay, within 24 hours at the latest; Art. 33 and 34 GDPR remain unaffected.',
      },
    },
  },
  {
    key: 'publication',
    title: { de: 'Veröffentlichung', en: 'Publication' },
    keeps: [],
    text: {
      plain: {
        de: 'Die Antwort und die freigegebenen Tabellen werden offen veröffentlicht, auch wenn das Ergebnis unbequem ist. Die Halter werden als Quelle genannt.',
        en: 'The answer and the released tables are published openly, even when the result is inconvenient. The holders are named as the source.',
      },
      legal: {
        de: '(1) Freigegebene Ergebnisse werden als offene Daten veröffentlicht, in der Regel unter der Lizenz CC BY 4.0. (2) Die Datenhalter werden als Quelle genannt. (3) Keine Partei kann die Veröffentlichung freigegebener Ergebnisse wegen ihres Inhalts verhindern; jede kann eine Stellungnahme beifügen.',
        en: '(1) Released results are published as open data, as a rule under the licence CC BY 4.0. (2) The data holders are named as the source. (3) No party may prevent the publication of released results because of their content; each may attach a statement.',
      },
    },
  },
  {
    key: 'oversight',
    title: { de: 'Kontrolle', en: 'Oversight' },
    keeps: [],
    text: {
      plain: {
        de: 'Jede Abfrage, jede Ablehnung und jede Freigabe wird festgehalten. Was mit den Daten geschieht, steht im öffentlichen Register, ohne Namen von Personen. Die Datenschutzbeauftragten können die Auswertung jederzeit anhalten.',
        en: 'Every query, every refusal and every release is recorded. What happens with the data is written in the public register, without names of persons. The data protection officers can stop the analysis at any time.',
      },
      legal: {
        de: '(1) Der Betreiber protokolliert Abfragen, Ablehnungen, Freigaben und Löschungen und hält das Protokoll den Parteien zur Prüfung bereit. (2) Das öffentliche Transparenzregister enthält keine personenbezogenen Daten. (3) Die Datenschutzbeauftragten der Parteien können die Verarbeitung jederzeit anhalten; § 11 Abs. 2 gilt entsprechend. (4) Die technischen und organisatorischen Maßnahmen nach Art. 32 DSGVO sind in der Beschreibung der Sandbox dargestellt.',
        en: '(1) The operator logs queries, refusals, releases and deletions and keeps the log available to the parties for inspection. (2) The public transparency register contains no personal data. (3) The data protection officers of the parties may stop the processing at any time; § 11(2) applies accordingly. (4) The technical and organisational measures under Art. 32 GDPR are set out in the description of the sandbox.',
      },
    },
  },
  {
    key: 'change',
    title: { de: 'Änderung, Rückzug und Ende', en: 'Change, withdrawal and end' },
    keeps: [],
    text: {
      plain: {
        de: 'Ändern geht nur gemeinsam: Wird ein Satz geändert, unterschreiben alle neu. Jede Partei kann sich jederzeit zurückziehen. Dann stoppt die Auswertung sofort.',
        en: 'Changes are made together: once a sentence changes, all sign again. Each party may withdraw at any time. Then the analysis stops at once.',
      },
      legal: {
        de: '(1) Eine geänderte Fassung gilt erst, wenn alle Parteien sie unterzeichnet haben; frühere Unterschriften verlieren ihre Wirkung. (2) Jede Partei kann die Vereinbarung jederzeit unter Angabe eines Grundes mit sofortiger Wirkung beenden; die Verarbeitung endet damit, und § 4 Abs. 2 gilt. (3) Unterzeichnet ist, wenn eine befugte Person mit Name, Rolle, Organisation und Zeitpunkt der Prüfsumme des Textes zugestimmt hat. Schreibt ein Gesetz eine strengere Form vor, etwa § 57 VwVfG, unterzeichnen die Parteien zusätzlich eine Ausfertigung. (4) Verbindlich ist der deutsche Wortlaut, danach die daraus erzeugte Richtlinie für Maschinen.',
        en: '(1) A changed version applies only once all parties have signed it; earlier signatures lose their effect. (2) Each party may terminate the agreement at any time, stating a reason, with immediate effect; processing ends with it, and § 4(2) applies. (3) The agreement is signed when an authorised person has consented to the checksum of the text, stating name, role, organisation and time. Where a law requires a stricter form, such as § 57 VwVfG, the parties additionally sign a copy. (4) The German wording is binding, followed by the machine policy generated from it.',
      },
    },
  },
]

const charters: readonly Charter[] = [{ version: '1', since: '2026-01-01', clauses }]

/** The charter that new agreements start from. */
export function currentCharter(): Charter {
  return charters[charters.length - 1] as Charter
}

/** A charter by its version; the current one where the version is unknown. */
export function charterOf(version: string): Charter {
  return charters.find((one) => one.version === version) ?? currentCharter()
}
