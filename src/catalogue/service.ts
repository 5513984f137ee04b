// What the catalogue can do, from its sub-rooms. Other rooms import from here.
export {
  createEntry,
  findEntries,
  getEntry,
  listFiles,
  listVersions,
  publishDataset,
  shareEntries,
  unshareEntries,
  updateEntry,
} from './entries/service.ts'
export { searchEntries } from './search/service.ts'
export {
  addNeed,
  entriesOfQuestion,
  finishMap,
  listNeeds,
  mapNeed,
  proposeCandidates,
  questionsOfEntry,
} from './mapping/service.ts'
export { answerRequest, listWaitingRequests, replyToRequest, requestData } from './requests/service.ts'
export { personalData } from './editing/personal-data.ts'
export { harvestSource, harvestUrl } from './sources/service.ts'
export { importDcat } from './sources/drafts.ts'
export { confirmRemoval, getRun, listFindings } from './runs/service.ts'
export { matchEntries } from './musterdatenkatalog/service.ts'
export { listAddresses } from './feed/service.ts'
export { deskTasks, searchHits } from './desk/service.ts'
export { describeFile } from './profile/describe.ts'
export { settleQuality } from './worklist/scoring.ts'
