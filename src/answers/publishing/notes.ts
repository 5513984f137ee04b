import type { PersonalData } from '../../identity/model.ts'
import { hasRole, type Ctx } from '../../platform/context.ts'
import type { DeskTask, Hit } from '../../platform/panel.ts'
import { listAnswers, listDrafts } from '../drafting/service.ts'
import { forgetPerson, selectOfPerson } from '../store.ts'

/** What this room keeps about a person: which answers she drafted. */
export const personalData: PersonalData = {
  room: 'answers',
  export: async (ctx, personId) => ({ drafted: await selectOfPerson(ctx.db, personId) }),
  erase: (ctx, personId) => forgetPerson(ctx.db, personId),
}

/** What waits for the signed-in person: drafts to publish for stewards, to read for the parties. */
export async function deskTasks(ctx: Ctx): Promise<DeskTask[]> {
  if (ctx.actor.kind !== 'person') return []
  const steward = hasRole(ctx.actor, 'steward')
  return (await listDrafts(ctx)).slice(0, 20).map((answer) => ({
    id: `answer-${answer.id}`,
    kind: steward ? 'decide' : 'review',
    title: { de: answer.draft.title, en: answer.draft.title },
    text: steward
      ? {
          de: 'Ein Entwurf wartet auf Ihre Prüfung und Veröffentlichung.',
          en: 'A draft waits for your check and publication.',
        }
      : {
          de: 'Lesen Sie den Entwurf, bevor er öffentlich wird.',
          en: 'Read the draft before it becomes public.',
        },
    href: `/answers/${answer.number}/preview`,
    action: steward
      ? { de: 'Prüfen und veröffentlichen', en: 'Check and publish' }
      : { de: 'Entwurf lesen', en: 'Read the draft' },
  }))
}

/** Published answers whose words contain what was searched, at most five. */
export async function searchHits(ctx: Ctx, q: string): Promise<Hit[]> {
  const wanted = q.trim().toLowerCase()
  if (wanted.length < 2) return []
  const { answers } = await listAnswers(ctx)
  return answers
    .filter(({ current }) =>
      `${current.content.title} ${current.content.lead} ${current.content.finding}`
        .toLowerCase()
        .includes(wanted),
    )
    .slice(0, 5)
    .map(({ answer, current }) => ({
      title: current.content.title,
      text: current.content.lead || current.content.finding.slice(0, 200),
      href: `/answers/${answer.number}`,
      kind: { de: 'Antwort', en: 'Answer' },
    }))
}
