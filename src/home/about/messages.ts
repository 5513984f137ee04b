import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the explaining and legal pages. A section is a heading and its paragraphs. */
export const messages = defineMessages({
  de: {
    way: {
      title: 'Der Weg einer Frage',
      lead: 'Fragen Sie, was wichtig ist. Finden Sie heraus, wer es schon weiß. Einigen Sie sich. Sehen Sie gemeinsam hin, ohne etwas herauszugeben. Sagen Sie, was Sie gelernt haben. Prüfen Sie, ob es geholfen hat.',
      steps: [
        {
          title: 'Frage',
          text: 'Jemand fragt: was, warum, wen es angeht, wo, und was sich ändern soll. Andere unterstützen die Frage, reden mit oder legen sie mit einer ähnlichen zusammen.',
        },
        {
          title: 'Vorrang',
          text: 'Nicht alles geht gleichzeitig. Welche Frage drankommt, entscheidet die Stadt öffentlich und mit Begründung.',
        },
        {
          title: 'Datenbedarf und Datenlandkarte',
          text: 'Die Datenlotsin schreibt auf, welche Daten nötig sind. Die Datenlandkarte zeigt, wer sie hat, wie gut sie passen und was fehlt.',
        },
        {
          title: 'Zusammenarbeit',
          text: 'Halter und Fragende einigen sich auf Zweck, Rechtsgrundlage, Schutz und Dauer. Jede Seite unterschreibt, und was nicht vereinbart ist, lehnt die Sandbox ab.',
        },
        {
          title: 'Sandbox',
          text: 'Zugelassene Menschen werten die Daten in einem abgeschlossenen Raum aus. Heraus kommen nur geschützte Summen, und erst nach der Freigabe durch die Halter.',
        },
        {
          title: 'Ergebnis',
          text: 'Die Antwort erscheint in verständlichen Worten, mit Diagramm, Methode, Grenzen und den freigegebenen Tabellen als offene Daten.',
        },
        {
          title: 'Wirkung',
          text: 'Der Rat entscheidet, die Stadt misst nach, und alle sehen, ob es geholfen hat. Daraus kann die nächste Frage entstehen.',
        },
      ],
      record: 'Jeder Schritt steht im Transparenzregister.',
      register: 'Zum Transparenzregister',
      ask: 'Frage stellen',
    },
    protection: {
      title: 'So schützen wir Daten',
      lead: 'Was die Sandbox zusagt, und was sie nicht zusagt.',
      promiseTitle: 'Die Zusage',
      promise: [
        'Kein Datensatz über einen Menschen, keine Zelle unter der Schwelle, keine Summe, die eine einzelne Einheit beherrscht, und keine exakte Zahl verlässt die Sandbox.',
        'Dieselbe Frage bekommt dieselbe Antwort. Bekannte Wege, durch Vergleichen, Mitteln oder Einkreisen auf Einzelne zu schließen, werden abgelehnt oder brauchen das Budget auf.',
      ],
      limitsTitle: 'Was das nicht ist',
      limits: [
        'Es ist kein Beweis. Wer viel Vorwissen hat und viele erlaubte Fragen stellt, kann trotzdem etwas dazulernen. Der Schutz beruht auf festen Regeln, Grenzen, Vertrag und der Freigabe durch die Halter.',
        'Geschützte Ergebnisse sind vertrauliche Statistik, wie sie die amtliche Statistik kennt. Ob sie im Sinne der Datenschutz-Grundverordnung anonym sind, ist damit nicht gesagt.',
      ],
      howTitle: 'Wie es geschieht',
      how: [
        {
          title: 'Rollen für jede Spalte',
          text: 'Der Halter legt fest, was eine Spalte darf: Einheit, Verbindung, Aufteilung oder Messgröße. Alles andere bleibt verborgen.',
        },
        {
          title: 'Abgeschlossener Tresor',
          text: 'Die Daten liegen verschlüsselt und werden nur in einem eigenen, abgeriegelten Prozess geöffnet. Kennungen von Menschen werden beim Einlesen durch Schlüsselwerte ersetzt.',
        },
        {
          title: 'Geprüfte Abfragen',
          text: 'Nur Summen, Anzahlen und Mittelwerte nach freigegebenen Aufteilungen sind möglich. Was nicht passt, wird abgelehnt, mit einem Weg, wie es geht.',
        },
        {
          title: 'Schwelle, Rauschen, Runden',
          text: 'Zahlen über zu wenige Einheiten werden zurückgehalten. Jede andere ist leicht verändert, und zwar immer gleich.',
        },
        {
          title: 'Freigabe',
          text: 'Eine Tabelle darf erst hinaus, wenn jeder betroffene Halter sie gesehen und zugestimmt hat.',
        },
        {
          title: 'Ende',
          text: 'Läuft die Vereinbarung ab oder tritt jemand zurück, wird der Schlüssel vernichtet. Die Daten sind dann für niemanden mehr lesbar.',
        },
      ],
      footnote:
        'Hinweis an jeder Tabelle: Werte müssen sich nicht zu den Summen addieren. Lesen Sie Summen in ihrer eigenen Zeile.',
      link: 'Jede Abfrage und jede Freigabe im Register',
    },
    legal: {
      operatorMissing: 'Diese Angaben ergänzt, wer die Allmende betreibt.',
      imprint: {
        title: 'Impressum',
        sections: [
          { id: 'operator', title: 'Betrieben von', text: (p: { operator: string }) => p.operator },
          { id: 'contact', title: 'Kontakt', text: (p: { operator: string; contact: string }) => p.contact },
          { id: 'licence', title: 'Software', text: () => 'Allmende ist freie Software unter der EUPL-1.2.' },
        ],
      },
      privacy: {
        title: 'Datenschutz',
        sections: [
          {
            title: 'Lesen',
            text: 'Lesen geht ohne Anmeldung, ohne Cookies und ohne Zählung. Es werden keine Inhalte von anderen Servern geladen.',
          },
          {
            title: 'Konto',
            text: 'Für ein Konto speichern wir Name, E-Mail-Adresse, Sprache, Ihre Rollen und was Sie selbst schreiben. Ein einziges Cookie hält die Anmeldung. Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. e DSGVO, für freiwillige Benachrichtigungen Ihre Einwilligung.',
          },
          {
            title: 'Register',
            text: 'Das Transparenzregister nennt Organisationen und Rollen, nie Menschen.',
          },
          {
            title: 'Protokolle',
            text: 'Technische Protokolle enthalten Zeit, Seite und eine Vorgangsnummer, keine Namen, Adressen oder Suchwörter.',
          },
          {
            title: 'Ihre Rechte',
            text: 'Im Konto laden Sie alles herunter, was über Sie gespeichert ist, und löschen es. Fragen beantwortet die Datenschutzstelle der Stadt; beschweren können Sie sich bei der Landesbeauftragten für den Datenschutz.',
          },
        ],
      },
      accessibility: {
        title: 'Barrierefreiheit',
        sections: [
          {
            title: 'Anspruch',
            text: 'Diese Seiten sollen die WCAG 2.2 auf Stufe AA und die BITV 2.0 erfüllen. Alles lässt sich mit der Tastatur, auf dem Telefon und ohne JavaScript bedienen.',
          },
          {
            title: 'Geprüft',
            text: 'Bei jeder Änderung prüft ein Programm alle Seiten auf Deutsch und Englisch, breit und schmal. Eine Prüfung durch Menschen mit Behinderungen steht noch aus.',
          },
          {
            title: 'Bekannte Lücken',
            text: 'Texte in Leichter Sprache und Gebärdensprache fehlen noch. Frei gezeichnete Karten haben eine Tabelle mit denselben Werten.',
          },
          {
            title: 'Etwas stört Sie?',
            text: 'Schreiben Sie der betreibenden Stelle. Antwortet sie nicht in sechs Wochen, hilft die Durchsetzungsstelle Ihres Landes.',
          },
        ],
      },
    },
  },
  en: {
    way: {
      title: 'The way of a question',
      lead: 'Ask what matters. Find out who already knows. Agree on terms. Look together, without handing anything over. Publish what was learnt. Check whether it helped.',
      steps: [
        {
          title: 'Question',
          text: 'Somebody asks: what, why, whom it concerns, where, and what should change. Others support the question, discuss it or merge it with a similar one.',
        },
        {
          title: 'Priority',
          text: 'Not everything can be done at once. Which question is next the town decides in public, with reasons.',
        },
        {
          title: 'Data need and data map',
          text: 'The data guide writes down which data are needed. The data map shows who has them, how well they fit and what is missing.',
        },
        {
          title: 'Cooperation',
          text: 'Holders and askers agree on purpose, legal basis, protection and term. Each side signs, and what was not agreed the sandbox refuses.',
        },
        {
          title: 'Sandbox',
          text: 'Approved people analyse the data in a locked room. Only protected sums come out, and only after the holders have released them.',
        },
        {
          title: 'Answer',
          text: 'The answer appears in plain words, with chart, method, limits and the released tables as open data.',
        },
        {
          title: 'Effect',
          text: 'The council decides, the town measures, and everybody sees whether it helped. The next question may come of it.',
        },
      ],
      record: 'Each step stands in the transparency register.',
      register: 'To the transparency register',
      ask: 'Ask a question',
    },
    protection: {
      title: 'How we protect data',
      lead: 'What the sandbox promises, and what it does not.',
      promiseTitle: 'The promise',
      promise: [
        'No record about a person, no cell under the threshold, no sum dominated by a single unit and no exact number leaves the sandbox.',
        'The same question gets the same answer. Known ways to single somebody out by comparing, averaging or narrowing down are refused or use up the budget.',
      ],
      limitsTitle: 'What this is not',
      limits: [
        'It is not a proof. Somebody who knows much beforehand and asks many permitted questions can still learn something. Protection rests on fixed rules, limits, contract and the release by the holders.',
        'Protected results are confidential statistics in the sense of official statistics. That does not say whether they are anonymous in the sense of the General Data Protection Regulation.',
      ],
      howTitle: 'How it is done',
      how: [
        {
          title: 'A role for each column',
          text: 'The holder sets what a column may be: unit, key, dimension or measure. Everything else stays hidden.',
        },
        {
          title: 'A locked vault',
          text: 'The data lie encrypted and are opened only in a process of their own that is sealed off. Identifiers of people are replaced by key values when they are read in.',
        },
        {
          title: 'Checked queries',
          text: 'Only sums, counts and means by released dimensions are possible. What does not fit is refused, with a way to ask it instead.',
        },
        {
          title: 'Threshold, noise, rounding',
          text: 'Numbers about too few units are held back. Each other number is slightly changed, and always in the same way.',
        },
        {
          title: 'Release',
          text: 'A table may leave only when every holder concerned has seen it and agreed.',
        },
        {
          title: 'End',
          text: 'When the agreement ends or somebody withdraws, the key is destroyed. Then nobody can read the data any more.',
        },
      ],
      footnote: 'A note at each table: values need not add up to the totals. Read totals in their own row.',
      link: 'Every query and every release in the register',
    },
    legal: {
      operatorMissing: 'Whoever runs this hub adds this.',
      imprint: {
        title: 'Imprint',
        sections: [
          { id: 'operator', title: 'Run by', text: (p) => p.operator },
          { id: 'contact', title: 'Contact', text: (p) => p.contact },
          { id: 'licence', title: 'Software', text: () => 'Allmende is free software under the EUPL-1.2.' },
        ],
      },
      privacy: {
        title: 'Privacy',
        sections: [
          {
            title: 'Reading',
            text: 'Reading needs no account, no cookies, and nobody counts. Nothing is loaded from other servers.',
          },
          {
            title: 'Account',
            text: 'For an account we keep name, e-mail address, language, your roles and what you write yourself. A single cookie keeps you signed in. The legal basis is Art. 6 (1) (e) GDPR, for voluntary notices your consent.',
          },
          {
            title: 'Register',
            text: 'The transparency register names organisations and roles, never people.',
          },
          {
            title: 'Logs',
            text: 'Technical logs hold time, page and a request number, no names, addresses or search words.',
          },
          {
            title: 'Your rights',
            text: 'In your account you download everything that is kept about you, and delete it. The data protection office of the town answers questions; you can complain to the state commissioner for data protection.',
          },
        ],
      },
      accessibility: {
        title: 'Accessibility',
        sections: [
          {
            title: 'Aim',
            text: 'These pages aim to meet WCAG 2.2 at level AA and the German BITV 2.0. Everything works with the keyboard, on a phone and without JavaScript.',
          },
          {
            title: 'Checked',
            text: 'With each change a program checks all pages in German and English, wide and narrow. A check by people with disabilities is still to come.',
          },
          {
            title: 'Known gaps',
            text: 'Texts in easy-to-read language and sign language are still missing. Free-hand maps have a table with the same values.',
          },
          {
            title: 'Does something get in your way?',
            text: 'Write to whoever runs this hub. If there is no answer within six weeks, the enforcement body of your state helps.',
          },
        ],
      },
    },
  },
})
