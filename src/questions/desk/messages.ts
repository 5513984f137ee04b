import type { Localised } from '../../platform/i18n.ts'

const plural = (n: number, one: string, many: string) => (n === 1 ? one : `${n} ${many}`)

/** What a steward's desk says about the queue. */
export function queueText(counts: {
  readonly questions: number
  readonly comments: number
  readonly replies: number
}): Localised {
  const { questions, comments, replies } = counts
  const de = [
    questions > 0 ? plural(questions, 'Eine neue Frage', 'neue Fragen') : '',
    comments > 0 ? plural(comments, 'ein neuer Beitrag', 'neue Beiträge') : '',
    replies > 0 ? plural(replies, 'eine Antwort', 'Antworten') : '',
  ]
  const en = [
    questions > 0 ? plural(questions, 'One new question', 'new questions') : '',
    comments > 0 ? plural(comments, 'one new contribution', 'new contributions') : '',
    replies > 0 ? plural(replies, 'one reply', 'replies') : '',
  ]
  const line = (parts: string[], end: string) => {
    const text = parts.filter(Boolean).join(', ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${end}`
  }
  return {
    de: line(
      de,
      questions + comments + replies === 1
        ? 'wartet auf Ihre Entscheidung.'
        : 'warten auf Ihre Entscheidung.',
    ),
    en: line(
      en,
      questions + comments + replies === 1 ? 'waits for your decision.' : 'wait for your decision.',
    ),
  }
}

/** Fixed texts of the tasks. */
export const taskTexts = {
  queue: { de: 'Fragen und Beiträge prüfen', en: 'Check questions and contributions' },
  queueAction: { de: 'Ansehen und entscheiden', en: 'Look and decide' },
  asked: { de: 'Eine Rückfrage zu Ihrer Frage', en: 'A question about your question' },
  askedAction: { de: 'Antworten', en: 'Reply' },
  kind: { de: 'Frage', en: 'Question' },
} satisfies Record<string, Localised>
