import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { listOrganisations } from '../../identity/service.ts'
import { advanceQuestion, getQuestion } from '../../questions/service.ts'
import type { Question } from '../../questions/model.ts'
import { record } from '../../transparency/service.ts'
import type { Entry, EntrySummary } from '../entries/model.ts'
import { findEntries, getEntry } from '../entries/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { AddNeed, MapNeed } from '../schema.ts'
import { mapInput, needInput } from '../schema.ts'
import { listRequests } from '../requests/store.ts'
import type { DataRequest } from '../requests/store.ts'
import { findSimilar } from '../search/service.ts'
import { wordSet, relatedWords } from '../search/model.ts'
import type { Fits, Rated } from './fit.ts'
import { rate, score } from './fit.ts'
import type { Need, NeedId, NeedState } from './model.ts'
import { isMapped, needState, readPace } from './model.ts'
import * as store from './store.ts'

/** An entry rated for a need. */
export type Candidate = { readonly entry: Rating; readonly fits: Fits; readonly score: number }

/** What a rating shows of an entry; public words only. */
export type Rating = Pick<EntrySummary, 'id' | 'title' | 'kind' | 'holderName' | 'organisationId' | 'access'>

/** One line of the data map: the need, what was taken for it with its fit, and whom we asked. */
export type NeedLine = {
  readonly need: Need
  readonly state: NeedState
  readonly accepted: readonly Candidate[]
  readonly requests: readonly DataRequest[]
}

/** The data map of a question as this reader may see it: accepted entries she may not know of are left out. */
export async function listNeeds(ctx: Ctx, questionId: string): Promise<NeedLine[]> {
  requirePermission(ctx, policy, 'read')
  const needs = await store.listNeedRows(ctx.db, questionId)
  const ids = needs.map((need) => need.id)
  const decisions = await store.listCandidates(ctx.db, ids)
  const requests = await listRequests(ctx.db, ids)
  const taken = decisions.filter((each) => each.state === 'accepted')
  const entries = await findEntries(
    ctx,
    taken.map((each) => each.entryId),
  )
  return needs.map((need) => {
    const accepted = taken.filter((each) => each.needId === need.id)
    const own = requests.filter((request) => request.needId === need.id)
    const shown = accepted.flatMap((each) => entries.filter((entry) => entry.id === each.entryId))
    return {
      need,
      state: needState(
        accepted.length,
        own.map((request) => request.state),
      ),
      accepted: shown.map((entry) => rateEntry(ctx, need, entry)),
      requests: own,
    }
  })
}

function rateEntry(ctx: Ctx, need: Need, entry: EntrySummary): Candidate {
  const fits = rateFor(ctx, need, entry)
  return { entry, fits, score: score(fits) }
}

/** How an entry fits a need, criterion by criterion, as of today. */
export function rateFor(ctx: Ctx, need: Need, entry: EntrySummary): Fits {
  return rate(need, wantedWords(need), factsOf(entry), dayOf(ctx.now))
}

/** The words of a need with their relatives, so that heat also finds temperature. */
function wantedWords(need: Need): Set<string> {
  return wordSet([need.what, need.unit ?? '', need.space ?? ''].join(' '))
}

function withRelatives(words: ReadonlySet<string>): Set<string> {
  return new Set([...words, ...[...words].flatMap((word) => [...wordSet(relatedWords(word).join(' '))])])
}

function factsOf(entry: EntrySummary): Rated {
  return {
    kind: entry.kind,
    words: withRelatives(wordSet(`${entry.title} ${entry.words} ${entry.summary}`)),
    topics: entry.topics,
    starts: entry.starts,
    ends: entry.ends,
    grain: entry.grain,
    pace: readPace(entry.frequency),
    modified: entry.currentTo,
    formats: entry.formats,
    access: entry.access,
  }
}

/** Candidates for a need, best first: found by its words, rated by the rules, without those set aside before. */
export async function proposeCandidates(ctx: Ctx, needId: string): Promise<Candidate[]> {
  requirePermission(ctx, policy, 'mapNeed')
  const need = await requireNeed(ctx, needId)
  const decided = new Set((await store.listCandidates(ctx.db, [needId])).map((each) => each.entryId))
  const hits = await findSimilar(ctx, [need.what, need.unit ?? '', need.space ?? ''].join(' '), 30)
  return hits
    .filter((hit) => !decided.has(hit.id))
    .map((hit) => rateEntry(ctx, need, hit))
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
}

/** The need, or `catalogue/not-found`. */
export async function requireNeed(ctx: Ctx, needId: string): Promise<Need> {
  const need = isUuid(needId) ? await store.findNeed(ctx.db, needId) : undefined
  if (!need) throw problems.notFound()
  return need
}

const MAX_NEEDS = 50

/** Adds a line to what a question needs to know. */
export async function addNeed(ctx: Ctx, input: AddNeed): Promise<Need> {
  requirePermission(ctx, policy, 'writeNeeds')
  const wanted = needInput.parse(input)
  return transact(ctx, async (ctx) => {
    const question = await getQuestion(ctx, wanted.questionId)
    const others = await store.listNeedRows(ctx.db, question.id)
    if (others.length >= MAX_NEEDS) throw problems.tooManyNeeds()
    const position = (others.at(-1)?.position ?? 0) + 1
    const need = toNeed(wanted, { id: newId<NeedId>(ctx.now.getTime()), position })
    await store.insertNeed(ctx.db, need, ctx.now)
    await note(ctx, 'need-added', question, {
      de: 'Für eine Frage wurde ein Datenbedarf aufgeschrieben.',
      en: 'A data need was written down for a question.',
    })
    return need
  })
}

function toNeed(wanted: ReturnType<typeof needInput.parse>, own: { id: NeedId; position: number }): Need {
  return {
    ...own,
    questionId: wanted.questionId,
    what: wanted.what,
    unit: wanted.unit ?? null,
    space: wanted.space ?? null,
    place: wanted.place ?? null,
    starts: wanted.starts ?? null,
    ends: wanted.ends ?? null,
    granularity: wanted.granularity ?? null,
    frequency: wanted.frequency ?? null,
    topic: wanted.topic ?? null,
  }
}

async function note(
  ctx: Ctx,
  what: string,
  question: Pick<Question, 'id' | 'number'>,
  summary: Localised,
  organisationId?: string,
) {
  await record(ctx, {
    event: `catalogue.${what}`,
    object: { type: 'question', id: question.id },
    organisationId,
    summary,
    href: `/questions/${question.number}`,
    details: {},
  })
}

/** Changes the words of a need; what was mapped to it stays and is rated anew. */
export async function updateNeed(ctx: Ctx, needId: string, input: AddNeed): Promise<Need> {
  requirePermission(ctx, policy, 'writeNeeds')
  const old = await requireNeed(ctx, needId)
  const need = toNeed(needInput.parse({ ...input, questionId: old.questionId }), old)
  await transact(ctx, async (ctx) => {
    await store.updateNeedRow(ctx.db, need, ctx.now)
    const question = await getQuestion(ctx, old.questionId)
    await note(ctx, 'need-changed', question, {
      de: 'Ein Datenbedarf einer Frage wurde geändert.',
      en: 'A data need of a question was changed.',
    })
  })
  return need
}

/** Takes a need away, with its candidates and requests. */
export async function removeNeed(ctx: Ctx, needId: string): Promise<Need> {
  requirePermission(ctx, policy, 'writeNeeds')
  const need = await requireNeed(ctx, needId)
  await transact(ctx, async (ctx) => {
    await store.deleteNeed(ctx.db, needId)
    const question = await getQuestion(ctx, need.questionId)
    await note(ctx, 'need-removed', question, {
      de: 'Ein Datenbedarf einer Frage wurde gestrichen.',
      en: 'A data need of a question was removed.',
    })
  })
  return need
}

/** Takes an entry for a need, or sets it aside. The entry must be visible to the steward. */
export async function mapNeed(ctx: Ctx, input: MapNeed): Promise<void> {
  requirePermission(ctx, policy, 'mapNeed')
  const { needId, entryId, accept } = mapInput.parse(input)
  await transact(ctx, async (ctx) => {
    const need = await requireNeed(ctx, needId)
    const entry = await getEntry(ctx, entryId)
    const state = accept ? 'accepted' : 'rejected'
    await store.saveCandidate(ctx.db, {
      id: newId(ctx.now.getTime()),
      need_id: needId,
      entry_id: entry.id,
      state,
      created_at: ctx.now,
      decided_at: ctx.now,
    })
    if (!accept) return
    const question = await getQuestion(ctx, need.questionId)
    await note(
      ctx,
      'need-mapped',
      question,
      {
        de: 'Für einen Datenbedarf wurde ein Datensatz gefunden.',
        en: 'A dataset was found for a data need.',
      },
      entry.organisationId,
    )
  })
}

/** The entries taken for a question's needs, as far as the actor may see them. */
export async function entriesOfQuestion(ctx: Ctx, questionId: string): Promise<Entry[]> {
  const needs = await store.listNeedRows(ctx.db, questionId)
  const taken = await store.listCandidates(
    ctx.db,
    needs.map((need) => need.id),
  )
  const ids = taken.filter((each) => each.state === 'accepted').map((each) => each.entryId)
  return findEntries(ctx, [...new Set(ids)])
}

/** The public questions an entry was taken for. */
export async function questionsOfEntry(ctx: Ctx, entryId: string): Promise<Question[]> {
  const entry = await getEntry(ctx, entryId)
  const found: Question[] = []
  for (const id of await store.listQuestionIdsOf(ctx.db, entry.id)) {
    // A question that was hidden meanwhile is no reason to fail.
    const question = await getQuestion(ctx, id).catch(() => undefined)
    if (question) found.push(question)
  }
  return found
}

/** True if every need has an entry or somebody who was asked. */
async function isQuestionMapped(ctx: Ctx, questionId: string): Promise<boolean> {
  return isMapped((await listNeeds(ctx, questionId)).map((line) => line.state))
}

/** Closes the data map: the question moves on. Refuses while a gap is open. */
export async function finishMap(ctx: Ctx, questionId: string): Promise<Question> {
  requirePermission(ctx, policy, 'mapNeed')
  return transact(ctx, async (ctx) => {
    if (!(await isQuestionMapped(ctx, questionId))) throw problems.notMapped()
    const question = await getQuestion(ctx, questionId)
    const lines = await listNeeds(ctx, questionId)
    const found = lines.filter((line) => line.state === 'mapped').length
    await advanceQuestion(ctx, {
      questionId,
      to: 'mapped',
      note: {
        de: `${found} von ${lines.length} Datensätzen gefunden`,
        en: `${found} of ${lines.length} datasets found`,
      },
      href: `/questions/${question.number}`,
      decides: {
        who: { de: 'Die Datenhalter', en: 'The data holders' },
        href: `/questions/${question.number}`,
      },
    })
    return question
  })
}

/** Names of all houses by id, for lists that know only ids. */
export async function namesOfHouses(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  return new Map((await listOrganisations(ctx)).map((each) => [each.id, each.name]))
}
