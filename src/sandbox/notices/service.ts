import { emailsOf, membersOf, wishesOf } from '../../identity/service.ts'
import type { Ctx } from '../../platform/context.ts'
import { actorId, system, type Role } from '../../platform/context.ts'
import { sendMail } from '../../platform/mail.ts'
import { isProblem } from '../../platform/problem.ts'
import { addTimelineEntry, advanceQuestion, setNextDecision } from '../../questions/service.ts'
import type { Workspace } from '../model.ts'
import { mails, type MailName, type Words } from './messages.ts'

type Concerns = Pick<Workspace, 'id' | 'questionId' | 'title'>
type Bilingual = { de: string; en: string }

/** Where a room is read. */
export function hrefOf(workspace: Pick<Workspace, 'id'>): string {
  return `/sandbox/workspaces/${workspace.id}`
}

const asHub = (ctx: Ctx): Ctx => ({ ...ctx, actor: system('sandbox') })

// A question that was merged or hidden meanwhile does not stop its room.
async function tolerant(tell: Promise<unknown>): Promise<void> {
  try {
    await tell
  } catch (error) {
    if (!isProblem(error)) throw error
  }
}

/** Adds a dated line to the story of the room's question. */
export async function tellQuestion(
  ctx: Ctx,
  workspace: Concerns,
  text: Bilingual,
  href = hrefOf(workspace),
): Promise<void> {
  await tolerant(addTimelineEntry(asHub(ctx), { questionId: workspace.questionId, text, href }))
}

/** The first table is ready: the question's analysis begins. Does nothing where it has begun. */
export async function beginAnalysis(ctx: Ctx, workspace: Concerns): Promise<void> {
  const note = {
    de: 'Die Daten liegen in der Sandbox. Die Auswertung hat begonnen.',
    en: 'The data are in the sandbox. The analysis has begun.',
  }
  const href = hrefOf(workspace)
  await tolerant(
    advanceQuestion(asHub(ctx), { questionId: workspace.questionId, to: 'analysing', note, href }),
  )
}

/** Says on the question's page who looks at the table that shall leave. */
export async function nameDeciders(
  ctx: Ctx,
  workspace: Concerns,
  who: Bilingual,
  href: string,
): Promise<void> {
  const what = {
    de: 'Prüft, ob die Tabelle den Raum verlassen darf.',
    en: 'Checks whether the table may leave the workspace.',
  }
  const label = { de: 'Zur Freigabe', en: 'Go to the release' }
  await tolerant(setNextDecision(asHub(ctx), { questionId: workspace.questionId, who, what, href, label }))
}

/** What a mail is about: the room, an address of ours, and what is put into its words. */
type About = { workspace: Concerns; href?: string; words?: Omit<Words, 'title' | 'url'> }

/** Mails those who may decide for the holders, except the person who acts and those who want no mail about tasks. */
export async function mailReviewers(
  ctx: Ctx,
  about: About & { organisationIds: readonly string[]; text: MailName },
): Promise<void> {
  const people = await peopleWith(ctx, about.organisationIds, ['reviewer', 'holder'])
  await mailPeople(ctx, people, about)
}

/** Mails the person who asked; nobody if she is forgotten, is acting herself, or wants no mail about tasks. */
export async function mailAnalyst(
  ctx: Ctx,
  about: About & { personId: string | null; text: MailName },
): Promise<void> {
  await mailPeople(ctx, about.personId ? [about.personId] : [], about)
}

/** Mails those who analyse, except the person who acts and those who want no mail about tasks. */
export async function mailAnalysts(
  ctx: Ctx,
  about: About & { organisationIds: readonly string[]; text: MailName },
): Promise<void> {
  await mailPeople(ctx, await peopleWith(ctx, about.organisationIds, ['analyst']), about)
}

async function peopleWith(
  ctx: Ctx,
  organisationIds: readonly string[],
  roles: readonly Role[],
): Promise<string[]> {
  const people = new Set<string>()
  for (const organisationId of organisationIds)
    for (const { personId } of await membersOf(asHub(ctx), { organisationId, roles })) people.add(personId)
  return [...people]
}

/** Each in her own language, with the address of the page in that language. */
async function mailPeople(
  ctx: Ctx,
  people: readonly string[],
  { workspace, href = hrefOf(workspace), words, text }: About & { text: MailName },
): Promise<void> {
  const others = people.filter((id) => id !== actorId(ctx.actor))
  const wishes = await wishesOf(asHub(ctx), others)
  const wanted = others.filter((id) => wishes.get(id)?.tasks !== false)
  for (const { email, locale } of (await emailsOf(asHub(ctx), wanted)).values()) {
    const url = `${ctx.config.url}${locale === 'en' ? '/en' : ''}${href}`
    await sendMail(ctx, { to: email, ...mails[locale][text]({ ...words, title: workspace.title, url }) })
  }
}
