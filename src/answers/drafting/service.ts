import type { Agreement, Party } from '../../cooperation/model.ts'
import { listAgreements } from '../../cooperation/service.ts'
import { actorId, transact, type Ctx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { getQuestion } from '../../questions/service.ts'
import { record } from '../../transparency/service.ts'
import { checkFigures, listSources, loadAreas, loadEvidence } from '../figures/service.ts'
import type {
  Answer,
  AnswerContent,
  AnswerDraft,
  AnswerVersion,
  CouncilDecision,
  Indicator,
} from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import {
  draftSchema,
  listSchema,
  updateSchema,
  type DraftAnswer,
  type ListAnswers,
  type UpdateAnswer,
} from '../schema.ts'
import * as store from '../store.ts'

const PAGE = 12

/** A published answer as everybody reads it. */
export type AnswerView = {
  answer: Answer
  current: AnswerVersion
  versions: AnswerVersion[]
  decisions: CouncilDecision[]
  indicators: Indicator[]
}

/** The parties of the agreements an answer rests on, for permission checks. */
export function whose(answer: Pick<Answer, 'parties' | 'createdBy'>) {
  return { authorId: answer.createdBy, organisationIds: answer.parties.map((party) => party.organisationId) }
}

/** An answer by id or number; a draft only for those who take part. */
export async function getAnswer(ctx: Ctx, idOrNumber: string): Promise<Answer> {
  requirePermission(ctx, policy, 'read')
  const answer = await store.findAnswer(ctx.db, idOrNumber)
  if (!answer) throw problems.notFound()
  if (answer.state === 'draft' && !may(ctx.actor, policy, 'readDraft', whose(answer)))
    throw problems.notFound()
  return answer
}

/** A published answer with its versions, decisions and measurements; refuses drafts with `answers/not-found`. */
export async function getPublished(ctx: Ctx, idOrNumber: string, version?: number): Promise<AnswerView> {
  const answer = await getAnswer(ctx, idOrNumber)
  const versions = await store.selectVersions(ctx.db, answer.id)
  const current = versions.find((one) => one.version === (version ?? answer.version))
  if (!current) throw problems.notFound()
  const decisions = await store.selectDecisions(ctx.db, answer.id)
  return { answer, current, versions, decisions, indicators: await store.selectIndicators(ctx.db, answer.id) }
}

/** A line of the list: the answer with what was published last. */
export type AnswerLine = { answer: Answer; current: AnswerVersion }

/** A page of published answers, newest first. */
export async function listAnswers(
  ctx: Ctx,
  input: ListAnswers = {},
): Promise<{ answers: AnswerLine[]; next: string | undefined }> {
  requirePermission(ctx, policy, 'read')
  const { questionId, cursor } = listSchema.parse(input)
  const rows = await store.selectAnswers(ctx.db, {
    questionId,
    before: cursor,
    limit: PAGE + 1,
    drafts: false,
  })
  const shown = rows.slice(0, PAGE)
  const current = await store.selectCurrent(
    ctx.db,
    shown.map((one) => one.id),
  )
  const answers = shown.flatMap((answer) => {
    const version = current.get(answer.id)
    return version ? [{ answer, current: version }] : []
  })
  return { answers, next: rows.length > PAGE ? shown.at(-1)?.id : undefined }
}

/** Drafts the reader takes part in, newest first. */
export async function listDrafts(ctx: Ctx, questionId?: string): Promise<Answer[]> {
  requirePermission(ctx, policy, 'read')
  const rows = await store.selectAnswers(ctx.db, { questionId, limit: 50, drafts: true })
  return rows.filter((answer) => may(ctx.actor, policy, 'readDraft', whose(answer)))
}

/** Starts an answer from released tables of a question. By the steward, or an analyst of the agreement. */
export async function draftAnswer(ctx: Ctx, input: DraftAnswer): Promise<Answer> {
  const known = await partiesOfQuestion(ctx, input.questionId)
  requirePermission(ctx, policy, 'draft', { organisationIds: analystsOf(known) })
  const { questionId, ...content } = draftSchema.parse(input)
  const question = await getQuestion(ctx, questionId)
  const { agreements } = await checkContent(ctx, question.id, content)
  return transact(ctx, async (ctx) => {
    const count = await store.countOfQuestion(ctx.db, question.id)
    const answer: Answer = {
      id: newId(ctx.now.getTime()),
      number: count === 0 ? question.number : `${question.number}-${count + 1}`,
      questionId: question.id,
      state: 'draft',
      version: 0,
      draft: content,
      parties: partiesOf(agreements),
      createdBy: actorId(ctx.actor) ?? null,
      createdAt: ctx.now,
      updatedAt: ctx.now,
      publishedAt: null,
    }
    await store.insertAnswer(ctx.db, answer)
    await recordDraft(ctx, 'drafted', answer)
    return answer
  })
}

/** Changes the draft; a published answer keeps its version until it is published again. */
export async function updateAnswer(ctx: Ctx, input: UpdateAnswer): Promise<Answer> {
  const known = await getAnswer(ctx, input.answerId)
  requirePermission(ctx, policy, 'edit', { organisationIds: analystsOf(known.parties) })
  const { answerId: _id, ...content } = updateSchema.parse(input)
  const { agreements } = await checkContent(ctx, known.questionId, content)
  return transact(ctx, async (ctx) => {
    const parties = partiesOf(agreements)
    await store.updateDraft(ctx.db, known.id, { draft: content, parties, updatedAt: ctx.now })
    const answer: Answer = { ...known, draft: content, parties, updatedAt: ctx.now }
    await recordDraft(ctx, 'draft-changed', answer)
    return answer
  })
}

async function checkContent(ctx: Ctx, questionId: string, content: AnswerDraft) {
  const evidence = await loadEvidence(ctx, questionId, content.releaseIds)
  checkFigures(content, evidence.tables)
  await loadAreas(ctx, content, evidence.tables)
  return evidence
}

/** The draft with its tables, sources and areas as they would be published now. */
export async function previewAnswer(
  ctx: Ctx,
  idOrNumber: string,
): Promise<{ answer: Answer; content: AnswerContent }> {
  const answer = await getAnswer(ctx, idOrNumber)
  requirePermission(ctx, policy, 'readDraft', whose(answer))
  return { answer, content: await composeContent(ctx, answer) }
}

/** Puts words, tables, sources and areas together; refuses what is not released. */
export async function composeContent(ctx: Ctx, answer: Answer, publisher = ''): Promise<AnswerContent> {
  const { tables, agreements } = await loadEvidence(ctx, answer.questionId, answer.draft.releaseIds)
  checkFigures(answer.draft, tables)
  const geo = await loadAreas(ctx, answer.draft, tables)
  const sources = await listSources(ctx, answer.draft, agreements)
  return { ...answer.draft, tables, sources, publisher, geo }
}

/** The parties of every agreement about a question; those who analyse may draft its answer. */
export async function partiesOfQuestion(ctx: Ctx, questionId: string): Promise<Party[]> {
  const { agreements } = await listAgreements(ctx, { questionId })
  return partiesOf(agreements.filter((agreement) => agreement.signedAt !== null))
}

/** The organisations that analyse. */
export function analystsOf(parties: readonly Party[]): string[] {
  return parties.filter((party) => party.part === 'analyst').map((party) => party.organisationId)
}

function partiesOf(agreements: readonly Agreement[]): Party[] {
  return agreements.flatMap((agreement) => agreement.parties)
}

async function recordDraft(ctx: Ctx, what: 'drafted' | 'draft-changed', answer: Answer): Promise<void> {
  const summary =
    what === 'drafted'
      ? {
          de: 'Eine Antwort wird aus freigegebenen Tabellen entworfen.',
          en: 'An answer is being drafted from released tables.',
        }
      : { de: 'Der Entwurf einer Antwort wurde geändert.', en: 'The draft of an answer was changed.' }
  const details = { questionId: answer.questionId, releaseIds: answer.draft.releaseIds }
  await record(ctx, { event: `answers.${what}`, object: { type: 'answer', id: answer.id }, summary, details })
}
