// What the room can do, from its sub-rooms. Other rooms import from here.
export {
  draftAnswer,
  getAnswer,
  getPublished,
  listAnswers,
  listDrafts,
  partiesOfQuestion,
  previewAnswer,
  updateAnswer,
  whose,
} from './drafting/service.ts'
export type { AnswerLine, AnswerView } from './drafting/service.ts'
export { recordDecision, recordIndicator } from './effect/service.ts'
export { entryUses } from './publishing/uses.ts'
export { publishAnswer } from './publishing/service.ts'
export { deskTasks, personalData, searchHits } from './publishing/notes.ts'
