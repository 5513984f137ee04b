import type { Policy } from '../platform/permission.ts'

/**
 * Who may do what in the catalogue. Which entries and fields a reader sees is no verb: `visibleEntries` decides it in the
 * query. Only the holder's organisation edits; stewards propose.
 */
export const policy = {
  read: ['anyone'],
  readPartnerFeed: ['signed-in'],
  saveSearch: ['signed-in'],
  create: ['holder@own', 'steward@own'],
  edit: ['holder@own', 'steward@own'],
  chooseModelDataset: ['holder@own', 'steward'],
  propose: ['steward'],
  decideProposal: ['holder@own', 'steward@own'],
  importInventory: ['holder@own', 'steward@own'],
  manageSources: ['steward', 'operator'],
  importDcat: ['steward', 'operator', 'holder@own'],
  readRuns: ['steward', 'operator', 'holder'],
  confirmRemoval: ['steward', 'operator'],
  settleGone: ['steward', 'operator'],
  decideDuplicates: ['steward'],
  checkLinks: ['steward', 'operator'],
  readWorklist: ['holder@own', 'steward'],
  giveFeedback: ['signed-in'],
  answerFeedback: ['holder@own', 'steward@own'],
  publish: ['analyst@own', 'holder@own', 'steward'],
  share: ['holder', 'steward', 'analyst'],
  runCampaigns: ['steward'],
  declareComplete: ['holder@own', 'steward@own'],
  writeNeeds: ['steward'],
  mapNeed: ['steward'],
  requestData: ['steward'],
  answerRequest: ['holder@own', 'steward@own'],
  readRequest: ['steward', 'holder@own'],
} satisfies Policy
