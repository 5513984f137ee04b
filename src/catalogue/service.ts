// What the catalogue can do, from its sub-rooms. Other rooms import from here.
export {
  createEntry,
  findEntries,
  getEntry,
  listFiles,
  listPartnersOf,
  listVersions,
  publishDataset,
  shareEntries,
  unshareEntries,
  updateEntry,
} from './entries/service.ts'
export { findSimilar, searchEntries } from './search/service.ts'
export { queryCatalogue } from './search/query.ts'
export type { CatalogueAnswer, CatalogueQuery } from './search/query.ts'
export type { Found } from './search/model.ts'
export {
  addNeed,
  entriesOfQuestion,
  finishMap,
  isQuestionMapped,
  listNeeds,
  mapNeed,
  proposeCandidates,
  questionsOfEntry,
  removeNeed,
  updateNeed,
} from './mapping/service.ts'
export type { Candidate, NeedLine } from './mapping/service.ts'
export {
  answerRequest,
  getRequest,
  listWaitingRequests,
  replyToRequest,
  requestData,
} from './requests/service.ts'
export { personalData } from './editing/personal-data.ts'
export { addSource, harvestSource, harvestUrl, listSources, previewSource } from './sources/service.ts'
export { importDcat } from './sources/drafts.ts'
export { confirmRemoval, getRun, listFindings } from './runs/service.ts'
export { listGone, removeGone, restoreGone } from './gone/service.ts'
export type { EntryUse } from './gone/model.ts'
export { matchEntries } from './musterdatenkatalog/service.ts'
export { listAddresses } from './feed/service.ts'
export { deskTasks, searchHits } from './desk/service.ts'
export { describeFile } from './profile/describe.ts'
export { confirmFile, describeDataFile, importInventory } from './intake/service.ts'
export { settleQuality } from './worklist/scoring.ts'
