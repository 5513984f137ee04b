import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the request page. */
export const messages = defineMessages({
  de: {
    title: 'Datenanfrage',
    lead: (p: { what: string }) => `Gesucht: ${p.what}`,
    about: 'Wofür die Daten gebraucht werden',
    toQuestion: 'Zur Frage',
    need: 'Was gebraucht wird',
    asked: 'Gefragt ist',
    due: 'Antwort bis',
    state: 'Stand',
    promisedFor: 'Zugesagt bis',
    conversation: 'Wechsel',
    steward: 'Datenlotsin',
    states: {
      open: 'Antwort offen',
      promised: 'Zugesagt',
      declined: 'Abgelehnt',
      'asked-back': 'Rückfrage offen',
    },
    kinds: {
      ask: 'fragt an',
      promise: 'sagt zu',
      decline: 'lehnt ab',
      'ask-back': 'fragt zurück',
      reply: 'antwortet',
    },
    answer: 'Ihre Antwort',
    answerHint:
      'Öffentlich wird nur, dass und wie Ihr Haus geantwortet hat. Der Text bleibt zwischen Ihnen und der Datenlotsin.',
    answers: {
      promise: 'Wir haben solche Daten und sagen sie zu',
      decline: 'Wir können sie nicht geben',
      'ask-back': 'Wir haben eine Rückfrage',
    },
    answerHints: {
      promise:
        'Zugesagt ist, dass Sie die Daten beschreiben und über eine Vereinbarung sprechen. Herausgegeben wird damit nichts.',
      decline: 'Bitte nennen Sie den Grund. Er hilft, eine andere Quelle zu finden.',
      'ask-back': 'Die Anfrage wartet dann auf die Datenlotsin.',
    },
    text: 'Begründung, Rückfrage oder Bemerkung',
    textHint: 'Bei einer Ablehnung oder Rückfrage nötig.',
    promiseDay: 'Beschrieben bis',
    promiseDayHint: 'Freiwillig.',
    send: 'Antwort geben',
    reply: 'Auf die Rückfrage antworten',
    replyText: 'Ihre Antwort',
    sendReply: 'Antworten',
    describe: 'Sie haben zugesagt. Beschreiben Sie die Daten jetzt, am schnellsten mit einer Datei.',
    describeLink: 'Datei beschreiben lassen',
  },
  en: {
    title: 'Data request',
    lead: (p: { what: string }) => `Wanted: ${p.what}`,
    about: 'What the data are needed for',
    toQuestion: 'Go to the question',
    need: 'What is needed',
    asked: 'Asked is',
    due: 'Answer by',
    state: 'State',
    promisedFor: 'Promised by',
    conversation: 'Exchange',
    steward: 'Data guide',
    states: {
      open: 'Answer open',
      promised: 'Promised',
      declined: 'Declined',
      'asked-back': 'Question back open',
    },
    kinds: {
      ask: 'asks',
      promise: 'promises',
      decline: 'declines',
      'ask-back': 'asks back',
      reply: 'replies',
    },
    answer: 'Your answer',
    answerHint:
      'Public is only that and how your house answered. The text stays between you and the data guide.',
    answers: {
      promise: 'We have such data and promise them',
      decline: 'We cannot give them',
      'ask-back': 'We have a question first',
    },
    answerHints: {
      promise:
        'You promise to describe the data and to talk about an agreement. Nothing is handed out by this.',
      decline: 'Please give the reason. It helps to find another source.',
      'ask-back': 'The request then waits for the data guide.',
    },
    text: 'Reason, question or remark',
    textHint: 'Needed when declining or asking back.',
    promiseDay: 'Described by',
    promiseDayHint: 'Optional.',
    send: 'Give the answer',
    reply: 'Reply to the question',
    replyText: 'Your reply',
    sendReply: 'Reply',
    describe: 'You promised these data. Describe them now; a file is the fastest way.',
    describeLink: 'Have a file described',
  },
})

/** Mails about requests, in the language of the person who gets them. */
export const mails = defineMessages({
  de: {
    asked: (p: { what: string }) => `Datenanfrage: ${p.what}`,
    askedText: (p: { what: string; message: string; due: string; link: string }) =>
      `Guten Tag,\n\nfür eine Frage aus der Stadt fehlen Daten, die Ihr Haus wahrscheinlich hat:\n${p.what}\n\nDie Datenlotsin schreibt dazu:\n${p.message}\n\nBitte antworten Sie bis zum ${p.due}. Zusagen, ablehnen oder zurückfragen können Sie hier:\n${p.link}\n`,
    answered: (p: { house: string; state: string }) => `${p.house}: ${p.state}`,
    answeredText: (p: { house: string; state: string; link: string }) =>
      `Guten Tag,\n\n${p.house} hat auf Ihre Datenanfrage geantwortet: ${p.state}.\n\nZum Nachlesen:\n${p.link}\n`,
  },
  en: {
    asked: (p: { what: string }) => `Data request: ${p.what}`,
    askedText: (p: { what: string; message: string; due: string; link: string }) =>
      `Hello,\n\na question from the town lacks data that your house probably has:\n${p.what}\n\nThe data guide writes:\n${p.message}\n\nPlease answer by ${p.due}. You can promise, decline or ask back here:\n${p.link}\n`,
    answered: (p: { house: string; state: string }) => `${p.house}: ${p.state}`,
    answeredText: (p: { house: string; state: string; link: string }) =>
      `Hello,\n\n${p.house} answered your data request: ${p.state}.\n\nRead it here:\n${p.link}\n`,
  },
})
