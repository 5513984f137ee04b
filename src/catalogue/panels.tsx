import { may } from '../platform/permission.ts'
import { getQuestion } from '../questions/service.ts'
import type { QuestionPanel } from '../questions/service.ts'
import { listNeeds, namesOfHouses } from './mapping/service.ts'
import { HoldersSection, NeedsSection } from './mapping/views.tsx'
import { policy } from './policy.ts'

/** The data needs of a question with the fit of what was found. Nothing while nobody has written any. */
export const needsPanel: QuestionPanel = {
  id: 'catalogue.needs',
  side: 'main',
  render: async (ctx, view, questionId) => {
    const lines = await listNeeds(ctx, questionId)
    const mayWrite = ctx.actor.kind === 'person' && may(ctx.actor, policy, 'writeNeeds')
    if (lines.length === 0 && !mayWrite) return null
    const { number } = await getQuestion(ctx, questionId)
    return <NeedsSection view={view} lines={lines} names={await namesOfHouses(ctx)} number={number} mayWrite={mayWrite} />
  },
}

/** Who has the data a question needs, and who was asked. */
export const holdersPanel: QuestionPanel = {
  id: 'catalogue.holders',
  side: 'main',
  render: async (ctx, view, questionId) => {
    const lines = await listNeeds(ctx, questionId)
    if (lines.every((line) => line.accepted.length === 0 && line.requests.length === 0)) return null
    return <HoldersSection view={view} lines={lines} names={await namesOfHouses(ctx)} />
  },
}
