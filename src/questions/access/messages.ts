import type { Localised } from '../../platform/i18n.ts'

type Line = (n: string) => Localised

/** What the register says about each event of this room; `n` is the question's number. Nobody is named. */
export const registerLines = {
  'questions.raised': (n) => ({ de: `Frage ${n} wurde gestellt.`, en: `Question ${n} was raised.` }),
  'questions.edited': (n) => ({
    de: `Der Text der Frage ${n} wurde geändert.`,
    en: `The text of question ${n} was changed.`,
  }),
  'questions.advanced': (n) => ({
    de: `Frage ${n} ist einen Schritt weiter.`,
    en: `Question ${n} has moved forward.`,
  }),
  'questions.decision-named': (n) => ({
    de: `Für Frage ${n} steht fest, wer als Nächstes entscheidet.`,
    en: `It is settled who decides next on question ${n}.`,
  }),
  'questions.noted': (n) => ({
    de: `Frage ${n} hat einen neuen Eintrag im Verlauf.`,
    en: `Question ${n} has a new line in its story.`,
  }),
  'questions.supported': (n) => ({
    de: `Frage ${n} hat eine Unterstützung mehr.`,
    en: `Question ${n} gained one supporter.`,
  }),
  'questions.support-withdrawn': (n) => ({
    de: `Eine Unterstützung für Frage ${n} wurde zurückgenommen.`,
    en: `One supporter of question ${n} withdrew.`,
  }),
  'questions.commented': (n) => ({
    de: `Zu Frage ${n} kam ein Beitrag.`,
    en: `A contribution to question ${n} came in.`,
  }),
  'questions.comment-rated': (n) => ({
    de: `Ein Beitrag zu Frage ${n} wurde als hilfreich bewertet oder die Bewertung zurückgenommen.`,
    en: `A contribution to question ${n} was marked helpful, or the mark was taken back.`,
  }),
  'questions.moderated': (n) => ({
    de: `Über die Sichtbarkeit der Frage ${n} wurde entschieden.`,
    en: `It was decided whether question ${n} is shown.`,
  }),
  'questions.comment-moderated': (n) => ({
    de: `Über die Sichtbarkeit eines Beitrags zu Frage ${n} wurde entschieden.`,
    en: `It was decided whether a contribution to question ${n} is shown.`,
  }),
  'questions.moderation-answered': (n) => ({
    de: `Zu einer Entscheidung der Moderation bei Frage ${n} kam eine Antwort.`,
    en: `A reply came to a moderation decision on question ${n}.`,
  }),
  'questions.merged': (n) => ({
    de: `Frage ${n} ging in einer anderen Frage auf.`,
    en: `Question ${n} was merged into another.`,
  }),
  'questions.absorbed': (n) => ({
    de: `Frage ${n} hat eine andere Frage aufgenommen.`,
    en: `Question ${n} took in another question.`,
  }),
  'questions.followed': (n) => ({
    de: `Frage ${n} hat jemanden mehr, der auf dem Laufenden bleibt.`,
    en: `One more follows question ${n}.`,
  }),
  'questions.unfollowed': (n) => ({
    de: `Jemand folgt Frage ${n} nicht mehr.`,
    en: `One follower left question ${n}.`,
  }),
} satisfies Record<string, Line>

/** An event of this room. */
export type QuestionEvent = keyof typeof registerLines
