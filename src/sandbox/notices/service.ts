import { emailsOf, membersOf, wishesOf } from '../../identity/service.ts'
import type { Ctx } from '../../platform/context.ts'
import { actorId, system } from '../../platform/context.ts'
import { sendMail } from '../../platform/mail.ts'
import { isProblem } from '../../platform/problem.ts'
import { addTimelineEntry, advanceQuestion, setNextDecision } from '../../questions/service.ts'
import type { Workspace } from '../model.ts'
import { mails, snapshotMail } from './messages.ts'

type Concerns = Pick<Workspace, 'id' | 'questionId' | 'title'>
type Bilingual = { de: string; en: string }
type MailText = 'requested' | 'changes' | 'approved' | 'rejected'

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

/** Mails those who may decide for the holders, except the person who asks and those who want no mail about tasks. */
export async function mailReviewers(
  ctx: Ctx,
  about: {
    workspace: Concerns
    organisationIds: readonly string[]
    href: string
    text: MailText
  },
): Promise<void> {
  const to = new Map<string, string>()
  for (const organisationId of about.organisationIds) {
    const members = await membersOf(asHub(ctx), { organisationId, roles: ['reviewer', 'holder'] })
    for (const { personId, email } of members) if (personId !== actorId(ctx.actor)) to.set(personId, email)
  }
  const wishes = await wishesOf(asHub(ctx), [...to.keys()])
  for (const [personId, address] of to)
    if (wishes.get(personId)?.tasks !== false) await mailOne(ctx, address, about.workspace, about)
}

/** Mails the person who asked for a release; nothing if the account is gone or she wants no mail about tasks. */
export async function mailAnalyst(
  ctx: Ctx,
  about: { workspace: Concerns; personId: string | null; href: string; text: MailText },
): Promise<void> {
  if (!about.personId || about.personId === actorId(ctx.actor)) return
  const wishes = await wishesOf(asHub(ctx), [about.personId])
  if (wishes.get(about.personId)?.tasks === false) return
  const found = (await emailsOf(asHub(ctx), [about.personId])).get(about.personId)
  if (found) await mailOne(ctx, found.email, about.workspace, about)
}

/** Mails those who analyse that a table has another snapshot from now on, except those who want no mail about tasks. */
export async function mailAnalysts(
  ctx: Ctx,
  about: { workspace: Concerns; organisationIds: readonly string[]; table: string; number: number },
): Promise<void> {
  const to = new Map<string, string>()
  for (const organisationId of about.organisationIds)
    for (const { personId, email } of await membersOf(asHub(ctx), { organisationId, roles: ['analyst'] }))
      to.set(personId, email)
  const wishes = await wishesOf(asHub(ctx), [...to.keys()])
  const url = `${ctx.config.url}${hrefOf(about.workspace)}`
  const { table, number, workspace } = about
  for (const [personId, address] of to)
    if (wishes.get(personId)?.tasks !== false)
      await sendMail(ctx, {
        to: address,
        ...snapshotMail[ctx.locale]({ title: workspace.title, table, number, url }),
      })
}

async function mailOne(
  ctx: Ctx,
  to: string,
  workspace: Concerns,
  about: { href: string; text: MailText },
): Promise<void> {
  const mail = mails[ctx.locale][about.text]({
    title: workspace.title,
    url: `${ctx.config.url}${about.href}`,
  })
  await sendMail(ctx, { to, ...mail })
}
