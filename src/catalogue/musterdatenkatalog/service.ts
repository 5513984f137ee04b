import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Ctx } from '../../platform/context.ts'
import { organisationsOf, transact } from '../../platform/context.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import type { Entry } from '../entries/model.ts'
import { getEntry, updateEntry } from '../entries/service.ts'
import type { DatasetRecord } from '../model.ts'
import { recordForFace, textIn } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { Gaps, Way } from './model.ts'
import { compareWith } from './model.ts'
import type { ChooseModelDataset, CompareInput } from './schema.ts'
import { chooseModelDatasetInput, compareInput } from './schema.ts'
import { reckonNow } from './queue.ts'
import { thereFor } from './counting.ts'
import * as store from './store.ts'
import type { Suggestion } from './suggest.ts'
import { PROBABLE, suggestConcepts } from './suggest.ts'
import type { Concept } from './taxonomy.ts'
import { statedIn, withConcept } from './stated.ts'
import { conceptOf, mdkThemes } from './taxonomy.ts'

/** What a municipality typically has, and what of it the reader can see here. */
export async function compareWithModel(ctx: Ctx, input: CompareInput = {}): Promise<Gaps> {
  requirePermission(ctx, policy, 'read')
  const { place } = compareInput.parse(input)
  const { there, at } = await thereFor(ctx, place)
  return compareWith(mdkThemes, there, at)
}

/** Which model dataset an entry is, and how that is known; what else may fit. */
export type Match = {
  readonly concept: Concept | null
  readonly way: Way | null
  readonly others: readonly Suggestion[]
}

/** The model dataset of an entry the reader can see. */
export async function matchOf(ctx: Ctx, entry: Entry): Promise<Match> {
  requirePermission(ctx, policy, 'read')
  const stated = statedIn(entry.record)
  if (stated) return { concept: stated, way: 'stated', others: [] }
  const row = await store.findMatch(ctx.db, entry.id)
  if (row?.way === 'dismissed') return { concept: null, way: 'dismissed', others: [] }
  const stored = row?.concept ? (conceptOf(row.concept) ?? null) : null
  // What the job has found for this version need not be looked for again; a choice is offered to those who may choose.
  const known = row?.way === 'suggested' && row.version === entry.version
  const chooses = may(ctx.actor, policy, 'chooseModelDataset', { organisationIds: [entry.organisationId] })
  const others = chooses || !known ? suggestConcepts(describe(entry.record)) : []
  if (row?.way === 'confirmed') return { concept: stored, way: 'confirmed', others }
  const best = others[0] && others[0].score >= PROBABLE ? others[0].concept : null
  const probable = known ? stored : best
  return { concept: probable, way: probable ? 'suggested' : null, others }
}

/**
 * Says which model dataset an entry is, or that none fits. The holder's own entries get it into their record (and so into
 * every feed); at entries kept at a source, and for stewards, it is noted beside the record.
 */
export async function chooseModelDataset(ctx: Ctx, input: ChooseModelDataset): Promise<Entry> {
  const entry = await getEntry(ctx, input.entryId)
  requirePermission(ctx, policy, 'chooseModelDataset', { organisationIds: [entry.organisationId] })
  const { concept: id } = chooseModelDatasetInput.parse(input)
  const concept = id === null ? null : conceptOf(id)
  if (concept === undefined) throw problems.notFound()
  const own =
    entry.sourceId === null && organisationsOf(ctx.actor, 'holder', 'steward').includes(entry.organisationId)
  return transact(ctx, async (ctx) => {
    const record = withConcept(entry.record, concept)
    const saved = own ? await updateEntry(ctx, { id: entry.id, record }) : entry
    await keep(ctx, saved, concept)
    await ctx.enqueue(reckonNow, {}, { key: 'now' })
    return saved
  })
}

async function keep(ctx: Ctx, entry: Entry, concept: Concept | null): Promise<void> {
  await store.saveMatches(ctx.db, [
    {
      entry_id: entry.id,
      concept: concept?.id ?? null,
      way: concept ? 'confirmed' : 'dismissed',
      score: 1,
      version: entry.version,
      at: ctx.now,
    },
  ])
  if (entry.visibility !== 'public') return
  await record(ctx, {
    event: 'catalogue.model-dataset-chosen',
    object: { type: 'dataset', id: entry.id },
    organisationId: entry.organisationId,
    summary: concept
      ? {
          de: `Ein Datensatz wurde dem Musterdatensatz „${concept.de}“ zugeordnet.`,
          en: `A dataset was assigned to the model dataset “${concept.en}”.`,
        }
      : { de: 'Zu einem Datensatz passt kein Musterdatensatz.', en: 'No model dataset fits a dataset.' },
    href: `/catalogue/datasets/${entry.id}`,
    details: { concept: concept?.id ?? null },
  })
}

/** The model datasets that fit a title while it is typed. */
export function suggestFor(ctx: Ctx, title: string): readonly Suggestion[] {
  requirePermission(ctx, policy, 'read')
  return suggestConcepts({ title: title.slice(0, 300) })
}

function describe(record: DatasetRecord) {
  return {
    title: textIn(record.title, 'de'),
    description: textIn(record.description, 'de'),
    keywords: record.keywords.map((keyword) => keyword.text),
  }
}

const BATCH = 1000

/** So many are looked at before others get their turn: a page is not to wait for a batch. */
const TURN = 20

/** Looks at all entries that are new or changed. */
export async function matchEntries(ctx: Ctx): Promise<void> {
  let after: string | undefined
  do after = await matchBatch(ctx, after)
  while (after)
}

/** Looks at the next entries that are new or changed; returns the last, after which to go on, or nothing at the end. */
export async function matchBatch(ctx: Ctx, after?: string): Promise<string | undefined> {
  const rows = await store.listUnmatched(ctx, { after, limit: BATCH })
  const found: ReturnType<typeof lookedAt>[] = []
  for (const [i, row] of rows.entries()) {
    if (i % TURN === 0) await turnOfOthers()
    found.push(lookedAt(row, ctx.now))
  }
  await store.saveMatches(ctx.db, found)
  return rows.length < BATCH ? undefined : rows.at(-1)?.id
}

type Unmatched = Awaited<ReturnType<typeof store.listUnmatched>>[number]

function lookedAt({ id, record: full, version, way, concept }: Unmatched, at: Date) {
  const record = recordForFace(full, 'public')
  const stated = statedIn(record)
  const decided = !stated && (way === 'confirmed' || way === 'dismissed')
  const [best] = stated || decided ? [] : suggestConcepts(describe(record), 1)
  const probable = best && best.score >= PROBABLE ? best : undefined
  return {
    entry_id: id,
    concept: stated?.id ?? (decided ? concept : (probable?.concept.id ?? null)),
    way: stated ? ('stated' as const) : decided ? way : ('suggested' as const),
    score: stated || decided ? 1 : (probable?.score ?? 0),
    version,
    at,
  }
}
