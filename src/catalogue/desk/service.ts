import type { Ctx } from '../../platform/context.ts'
import type { DeskTask, Hit } from '../../platform/panel.ts'
import { listWaitingRequests, questionOf } from '../requests/service.ts'
import type { DataRequest } from '../requests/store.ts'
import { searchEntries } from '../search/service.ts'

/** Requests for data that wait for the signed-in person: to her houses, and for stewards those that came back. */
export async function deskTasks(ctx: Ctx): Promise<DeskTask[]> {
  if (ctx.actor.kind !== 'person') return []
  const tasks: DeskTask[] = []
  for (const request of (await listWaitingRequests(ctx)).slice(0, 20)) tasks.push(await toTask(ctx, request))
  return tasks
}

async function toTask(ctx: Ctx, request: DataRequest): Promise<DeskTask> {
  const question = await questionOf(ctx, request)
  const about = { de: question ? ` für „${question.title}“` : '', en: question ? ` for “${question.title}”` : '' }
  const back = request.state === 'asked-back'
  return {
    id: `request-${request.id}`,
    kind: 'decide',
    title: back
      ? { de: `Rückfrage eines Hauses${about.de}`, en: `A house has asked back${about.en}` }
      : { de: `Anfrage nach Daten${about.de}`, en: `Request for data${about.en}` },
    text: back
      ? { de: 'Ihre Antwort fehlt noch, dann kann das Haus entscheiden.', en: 'Your reply is needed before the house can decide.' }
      : {
          de: 'Jemand braucht Daten, die Ihr Haus führen könnte. Sie können zusagen, ablehnen oder nachfragen.',
          en: 'Somebody needs data that your house may keep. You can promise, decline or ask back.',
        },
    href: `/catalogue/requests/${request.id}`,
    action: back ? { de: 'Antworten', en: 'Reply' } : { de: 'Ansehen und entscheiden', en: 'Look and decide' },
    until: request.due,
  }
}

/** The five entries that fit a word best, as far as the reader may see them. */
export async function searchHits(ctx: Ctx, q: string): Promise<Hit[]> {
  const { hits } = await searchEntries(ctx, { q })
  return hits.slice(0, 5).map((entry) => ({
    title: entry.title,
    text: entry.summary,
    href: `/catalogue/datasets/${entry.id}`,
    kind: { de: 'Daten', en: 'Data' },
  }))
}
