import type { Ctx } from '../../platform/context.ts'
import { organisationsOf } from '../../platform/context.ts'
import type { DeskTask, Hit } from '../../platform/panel.ts'
import { may } from '../../platform/permission.ts'
import { campaignTasks } from '../campaign/service.ts'
import { policy } from '../policy.ts'
import { listWaitingRequests, questionOf } from '../requests/service.ts'
import type { DataRequest } from '../requests/store.ts'
import { searchEntries } from '../search/service.ts'
import { sourceTasks } from './source-tasks.ts'
import { countProposals, listWithheld } from './store.ts'

/** Requests for data that wait for the signed-in person: to her houses, and for stewards those that came back. */
export async function deskTasks(ctx: Ctx): Promise<DeskTask[]> {
  if (ctx.actor.kind !== 'person') return []
  const tasks: DeskTask[] = []
  for (const request of (await listWaitingRequests(ctx)).slice(0, 20)) tasks.push(await toTask(ctx, request))
  tasks.push(...(await campaignTasks(ctx)))
  tasks.push(...(await proposalTasks(ctx)))
  if (may(ctx.actor, policy, 'confirmRemoval')) tasks.push(...(await removalTasks(ctx)))
  tasks.push(...(await sourceTasks(ctx)))
  return tasks.slice(0, 20)
}

async function proposalTasks(ctx: Ctx): Promise<DeskTask[]> {
  const waiting = await countProposals(ctx, organisationsOf(ctx.actor, 'holder', 'steward'))
  return waiting.map(({ id, title, open }) => ({
    id: `proposals-${id}`,
    kind: 'review',
    title: { de: `Änderungsvorschlag zu „${title}“`, en: `Proposed change to “${title}”` },
    text:
      open === 1
        ? {
            de: 'Die Datenlotsin schlägt eine Änderung vor. Sie entscheiden.',
            en: 'The data guide proposes a change. You decide.',
          }
        : {
            de: `${open} Vorschläge warten auf Ihre Entscheidung.`,
            en: `${open} proposals wait for your decision.`,
          },
    href: `/catalogue/datasets/${id}/proposals`,
    action: { de: 'Vorschlag ansehen', en: 'See the proposal' },
  }))
}

async function removalTasks(ctx: Ctx): Promise<DeskTask[]> {
  return (await listWithheld(ctx)).map((run) => ({
    id: `run-${run.id}`,
    kind: 'review',
    title: {
      de: `Bei „${run.name}“ fehlen ${run.withheld} Einträge`,
      en: `“${run.name}” lacks ${run.withheld} entries`,
    },
    text: {
      de: 'Das ist viel auf einmal. Sie entscheiden, ob sie als verschwunden gelten.',
      en: 'That is a lot at once. You decide whether they count as gone.',
    },
    href: `/catalogue/runs/${run.id}`,
    action: { de: 'Abruf ansehen', en: 'See the run' },
  }))
}

async function toTask(ctx: Ctx, request: DataRequest): Promise<DeskTask> {
  const question = await questionOf(ctx, request)
  const about = {
    de: question ? ` für „${question.title}“` : '',
    en: question ? ` for “${question.title}”` : '',
  }
  const back = request.state === 'asked-back'
  return {
    id: `request-${request.id}`,
    kind: 'decide',
    title: back
      ? { de: `Rückfrage eines Hauses${about.de}`, en: `A house has asked back${about.en}` }
      : { de: `Anfrage nach Daten${about.de}`, en: `Request for data${about.en}` },
    text: back
      ? {
          de: 'Ihre Antwort fehlt noch, dann kann das Haus entscheiden.',
          en: 'Your reply is needed before the house can decide.',
        }
      : {
          de: 'Jemand braucht Daten, die Ihr Haus führen könnte. Sie können zusagen, ablehnen oder nachfragen.',
          en: 'Somebody needs data that your house may keep. You can promise, decline or ask back.',
        },
    href: `/catalogue/requests/${request.id}`,
    action: back
      ? { de: 'Antworten', en: 'Reply' }
      : { de: 'Ansehen und entscheiden', en: 'Look and decide' },
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
    kind: entry.kind === 'service' ? { de: 'Dienst', en: 'Service' } : { de: 'Daten', en: 'Data' },
  }))
}
