import type { PublishDataset } from '../../catalogue/schema.ts'
import { publishDataset } from '../../catalogue/service.ts'
import { getOrganisation } from '../../identity/service.ts'
import { canonicalJson, sha256Hex, type Json } from '../../platform/canonical.ts'
import { organisationsOf, system, transact, type Ctx } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import { addTimelineEntry, advanceQuestion } from '../../questions/service.ts'
import { record } from '../../transparency/service.ts'
import { describeColumns, writeFiles } from '../files/service.ts'
import {
  licences,
  readTable,
  type Answer,
  type AnswerContent,
  type AnswerFile,
  type AnswerVersion,
} from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { publishSchema, type PublishAnswer } from '../schema.ts'
import { composeContent, getAnswer } from '../drafting/service.ts'
import * as store from '../store.ts'

/**
 * Publishes the draft as the next version: freezes words and tables, writes CSV, Parquet, GeoJSON and query as open files
 * with a record in the catalogue, and moves the question to answered. Not to be called inside a transaction.
 */
export async function publishAnswer(ctx: Ctx, input: PublishAnswer): Promise<AnswerVersion> {
  requirePermission(ctx, policy, 'publish')
  const { answerId, changes } = publishSchema.parse(input)
  const answer = await getAnswer(ctx, answerId)
  if (answer.version > 0 && changes === '') throw problems.changesMissing({ number: answer.number })
  const publisher = await findPublisher(ctx, answer)
  const content = await composeContent(ctx, answer, publisher.name)
  const sha256 = hashContent(content)
  const before = (await store.selectVersions(ctx.db, answer.id)).at(-1)
  if (before?.sha256 === sha256) throw problems.nothingNew({ number: answer.number })
  const files = await writeFiles(ctx, content)
  return transact(ctx, async (ctx) => {
    const locked = await store.findAnswer(ctx.db, answer.id, true)
    if (locked?.updatedAt.getTime() !== answer.updatedAt.getTime() || locked.version !== answer.version)
      throw problems.changedMeanwhile({ number: answer.number })
    const entryId = await publishData(ctx, { answer, content, files, organisationId: publisher.id })
    const version: AnswerVersion = {
      version: answer.version + 1,
      content,
      changes,
      files,
      entryId,
      sha256,
      publishedAt: ctx.now,
    }
    await store.insertVersion(ctx.db, answer.id, version)
    await store.markPublished(ctx.db, answer.id, version.version, ctx.now)
    await announce(ctx, { answer, version, organisationId: publisher.id })
    return version
  })
}

/** The checksum of what is published, over its canonical JSON (RFC 8785). */
function hashContent(content: AnswerContent): string {
  return sha256Hex(canonicalJson(content as unknown as Json))
}

async function findPublisher(ctx: Ctx, answer: Answer) {
  const analyst = answer.parties.find((party) => party.part === 'analyst')?.organisationId
  const id = answer.draft.publisherId ?? organisationsOf(ctx.actor, 'steward')[0] ?? analyst
  if (!id) throw problems.notReleased()
  return getOrganisation(ctx, id)
}

type Publication = { answer: Answer; content: AnswerContent; files: AnswerFile[]; organisationId: string }

async function publishData(
  ctx: Ctx,
  { answer, content, files, organisationId }: Publication,
): Promise<string> {
  const edition = answer.version > 0 ? `, Fassung ${answer.version + 1}` : ''
  const entry = await publishDataset(ctx, {
    title: `${content.title}${edition}`,
    description: [content.lead, content.finding, content.method]
      .filter(Boolean)
      .join('\n\n')
      .slice(0, 10_000),
    preview: previewOf(content),
    organisationId,
    licence: licences[content.licence].uri,
    files: files.map(({ name, mediaType, sha256, size }) => ({ name, mediaType, sha256, size })),
    sourceEntryIds: content.sources.map((source) => source.entryId).filter(isUuid),
    landingPage: `/answers/${answer.number}`,
    columns: describeColumns(content.tables),
  })
  return entry.id
}

/** The first rows and the bars of the answer, as the dataset's page shows them. Protected figures stay empty. */
function previewOf(content: AnswerContent): PublishDataset['preview'] {
  const [table] = content.tables
  if (!table) return undefined
  const { chart } = content
  const charted = content.tables.find((one) => one.releaseId === chart?.releaseId)
  const readings = chart && charted ? readTable(charted, chart.label, chart.value) : []
  const items = readings.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]))
  return {
    columns: table.columns.map((column) => column.name),
    rows: table.rows.slice(0, 10).map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
    rowCount: table.rows.length,
    invented: false,
    ...(chart && items.length > 1 ? { chart: { title: chart.title, label: chart.label, items } } : {}),
  }
}

async function announce(
  ctx: Ctx,
  { answer, version, organisationId }: { answer: Answer; version: AnswerVersion; organisationId: string },
): Promise<void> {
  const href = `/answers/${answer.number}`
  const first = version.version === 1
  await record(ctx, {
    event: 'answers.published',
    object: { type: 'answer', id: answer.id },
    organisationId,
    summary: first
      ? {
          de: 'Eine Antwort wurde mit ihren Daten veröffentlicht.',
          en: 'An answer was published with its data.',
        }
      : {
          de: 'Eine Antwort wurde in neuer Fassung veröffentlicht.',
          en: 'An answer was published in a new version.',
        },
    href,
    details: {
      version: version.version,
      sha256: version.sha256,
      questionId: answer.questionId,
      entryId: version.entryId,
      releaseIds: version.content.releaseIds,
    },
  })
  await emit(ctx, 'answers.published', {
    answerId: answer.id,
    questionId: answer.questionId,
    version: version.version,
  })
  await tellQuestion(ctx, answer, first)
}

async function tellQuestion(ctx: Ctx, answer: Answer, first: boolean): Promise<void> {
  const hub: Ctx = { ...ctx, actor: system('answers') }
  const href = `/answers/${answer.number}`
  const { questionId } = answer
  try {
    if (first)
      await advanceQuestion(hub, {
        questionId,
        to: 'answered',
        href,
        note: texts.answered,
        decides: { ...texts.council, href },
      })
    else await addTimelineEntry(hub, { questionId, text: texts.again, href })
  } catch (error) {
    // A question that was merged or hidden meanwhile does not stop its answer.
    if (!isProblem(error)) throw error
  }
}

const texts = {
  answered: {
    de: 'Die Antwort ist veröffentlicht, mit Daten und Rechenweg.',
    en: 'The answer is published, with data and method.',
  },
  again: { de: 'Die Antwort wurde ergänzt.', en: 'The answer was extended.' },
  council: {
    who: { de: 'Der Rat', en: 'The council' },
    what: { de: 'Berät, was aus der Antwort folgt.', en: 'Discusses what follows from the answer.' },
    label: { de: 'Antwort lesen', en: 'Read the answer' },
  },
}
