import type { Ctx } from '../platform/context.ts'
import { organisationsOf } from '../platform/context.ts'
import type { PagePart } from '../platform/panel.ts'
import { may } from '../platform/permission.ts'
import { getQuestion } from '../questions/service.ts'
import type { QuestionPanel } from '../questions/service.ts'
import { listOwn } from './desk/store.ts'
import { Benefit, MyData, NeedsCare } from './desk/views.tsx'
import { listNeeds, namesOfHouses } from './mapping/service.ts'
import { HoldersSection, NeedsSection } from './mapping/views.tsx'
import { policy } from './policy.ts'
import { WorkPart } from './worklist/list-views.tsx'
import { ownWork } from './worklist/service.ts'

/** The data needs of a question with the fit of what was found. Nothing while nobody has written any. */
export const needsPanel: QuestionPanel = {
  id: 'catalogue.needs',
  side: 'main',
  render: async (ctx, view, questionId) => {
    const lines = await listNeeds(ctx, questionId)
    const mayWrite = ctx.actor.kind === 'person' && may(ctx.actor, policy, 'writeNeeds')
    if (lines.length === 0 && !mayWrite) return null
    const { number } = await getQuestion(ctx, questionId)
    return (
      <NeedsSection
        view={view}
        lines={lines}
        names={await namesOfHouses(ctx)}
        number={number}
        mayWrite={mayWrite}
      />
    )
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

const ownOf = (ctx: Ctx) => listOwn(ctx, organisationsOf(ctx.actor, 'holder'))
const isHolder = (ctx: Ctx) => organisationsOf(ctx.actor, 'holder').length > 0

/** The desk's table "our data", for people who hold data. */
export const myDataPart: PagePart = {
  id: 'catalogue.my-data',
  render: async (ctx, view) =>
    isHolder(ctx) ? <MyData view={view} own={await ownOf(ctx)} now={ctx.now} /> : null,
}

/** What the data of a house bring about, for its desk. */
export const benefitPart: PagePart = {
  id: 'catalogue.benefit',
  render: async (ctx, view) => {
    if (!isHolder(ctx)) return null
    const own = await ownOf(ctx)
    const ids = new Set(own.flatMap((each) => each.questionIds))
    let answered = 0
    for (const id of ids) {
      const question = await getQuestion(ctx, id).catch(() => undefined)
      if (question?.state === 'answered' || question?.state === 'evaluated') answered++
    }
    return own.length === 0 ? null : <Benefit view={view} own={own} answered={answered} />
  },
}

/** Which of a house's entries are late or thin, for its desk. */
export const carePart: PagePart = {
  id: 'catalogue.care',
  render: async (ctx, view) =>
    isHolder(ctx) ? <NeedsCare view={view} own={await ownOf(ctx)} now={ctx.now} /> : null,
}

/** What would make the descriptions of a house better, for its desk. */
export const workPart: PagePart = {
  id: 'catalogue.work',
  render: async (ctx, view) => (isHolder(ctx) ? <WorkPart view={view} lists={await ownWork(ctx)} /> : null),
}
