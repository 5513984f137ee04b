import type { Ctx } from '../../platform/context.ts'
import { safeFetch } from '../../platform/fetch.ts'
import type { Fetched } from '../../platform/fetch.ts'
import type { Finding } from '../../platform/finding.ts'
import { finding } from '../../platform/finding.ts'
import { requirePermission } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import type { Entry, Preview } from '../entries/model.ts'
import { getEntry } from '../entries/service.ts'
import type { Distribution } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { describeFile } from '../profile/describe.ts'
import { CSV_START, WHOLE_LIMIT, previewable, totalOf, wholeLines } from './start.ts'
import * as store from './store.ts'

/** What a file at its own address shows. `partial`: only its beginning was read. `preview` is null where nothing could be shown. */
export type FilePreview = {
  readonly entry: Entry
  readonly distribution: Distribution
  readonly url: string
  readonly preview: Preview | null
  readonly partial: boolean
  readonly findings: readonly Finding[]
  readonly fetchedAt: Date
}

const DAY = 24 * 60 * 60 * 1000

/** True for a file of open data whose form can be shown: a table or shapes, at a web address. */
export function canPreview(entry: Pick<Entry, 'access'>, distribution: Distribution): boolean {
  return entry.access === 'open' && addressOf(distribution) !== null && formOf(distribution) !== undefined
}

function addressOf(distribution: Distribution): string | null {
  const url = distribution.downloadUrl ?? distribution.accessUrl
  return url && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null
}

function formOf(distribution: Distribution) {
  return previewable[(distribution.format ?? '').toUpperCase()]
}

/**
 * The beginning of an open file, read at its holder's address by a ranged request and kept for a day. Refuses files that
 * are not open or not of a form that can be shown; an address that does not answer gives findings, not an error.
 */
export async function previewFile(ctx: Ctx, entryId: string, position: number): Promise<FilePreview> {
  requirePermission(ctx, policy, 'read')
  const entry = await getEntry(ctx, entryId)
  const distribution = entry.record.distributions[position]
  if (!distribution || !canPreview(entry, distribution)) throw problems.notFound()
  const url = addressOf(distribution)!
  const file = { entryId: entry.id, position, url }
  const known = await store.findPreview(ctx.db, file)
  const fresh = known && ctx.now.getTime() - known.fetched_at.getTime() < DAY
  const row = fresh
    ? known
    : { entry_id: entry.id, position, url, ...(await read(ctx, url, distribution)), fetched_at: ctx.now }
  if (!fresh) await store.savePreview(ctx.db, row)
  const { preview, partial, findings, fetched_at } = row
  return { entry, distribution, url, preview, partial, findings, fetchedAt: fetched_at }
}

type Read = { preview: Preview | null; partial: boolean; findings: Finding[] }

async function read(ctx: Ctx, url: string, distribution: Distribution): Promise<Read> {
  const form = formOf(distribution)!
  try {
    const limit = form.partly ? CSV_START : WHOLE_LIMIT
    const answer = await safeFetch(ctx.config, url, {
      maxBytes: WHOLE_LIMIT,
      beginning: form.partly,
      timeoutMs: 15_000,
      // Half a packed file can not be unpacked.
      headers: { range: `bytes=0-${limit - 1}`, 'accept-encoding': 'identity' },
    })
    return await describe(answer, form)
  } catch (error) {
    if (!isProblem(error)) throw error
    return {
      preview: null,
      partial: false,
      findings: [unreachable(error.spec.de.detail, error.spec.en.detail)],
    }
  }
}

async function describe(answer: Fetched, form: { filename: string; partly: boolean }): Promise<Read> {
  if (answer.status >= 400) return { preview: null, partial: false, findings: [refused(answer.status)] }
  const total = totalOf(answer.headers['content-range'])
  const { length } = answer.body
  // A server that does not say how much there is may well have more than was asked for.
  const part = answer.status === 206 && (total === null ? length >= CSV_START : total > length)
  const cut = answer.cut || part
  if (cut && !form.partly) return { preview: null, partial: true, findings: [tooLarge(total ?? length)] }
  const found = await describeFile(wholeLines(answer.body, cut), { filename: form.filename })
  return {
    preview: found.preview,
    partial: cut,
    findings: found.findings.filter((each) => each.severity !== 'info'),
  }
}

function unreachable(de: string, en: string): Finding {
  return finding('error', 'unreachable', { de, en })
}

function refused(status: number): Finding {
  return finding('error', 'refused', {
    de: `Die Adresse der Datei antwortet mit dem Fehler ${status}.`,
    en: `The address of the file answers with the error ${status}.`,
  })
}

function tooLarge(bytes: number): Finding {
  const size = `${Math.round(bytes / 1024 / 1024)} MB`
  return finding('error', 'too-large', {
    de: `Die Datei ist mit ${size} zu groß für eine Vorschau; diese Form lässt sich nur als Ganzes lesen.`,
    en: `At ${size} the file is too large for a preview; this form can only be read as a whole.`,
  })
}

/** Forgets at night what was fetched more than a week ago. */
export async function forgetOldPreviews(ctx: Ctx): Promise<void> {
  await store.forgetPreviews(ctx.db, new Date(ctx.now.getTime() - 7 * DAY))
}
