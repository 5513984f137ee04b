import { membersOf } from '../../identity/service.ts'
import { actorId, system, type Ctx } from '../../platform/context.ts'
import type { Json } from '../../platform/canonical.ts'
import { sendMail } from '../../platform/mail.ts'
import { isProblem } from '../../platform/problem.ts'
import { states, type State } from '../../questions/model.ts'
import { addTimelineEntry, advanceQuestion, getQuestion, setNextDecision } from '../../questions/service.ts'
import { record } from '../../transparency/service.ts'
import type { Agreement } from '../model.ts'
import { openParties } from '../model.ts'
import { mailTexts, questionTexts, registerTexts, type Happening } from './messages.ts'

/** Puts a step of an agreement on the public register: what happened and to which organisation, never who or which words. */
export async function recordAgreement(
  ctx: Ctx,
  what: keyof typeof registerTexts,
  agreement: Agreement,
  details: Record<string, Json> = {},
  organisationId?: string,
): Promise<void> {
  await record(ctx, {
    event: `cooperation.agreement-${what}`,
    object: { type: 'agreement', id: agreement.id },
    organisationId,
    summary: registerTexts[what],
    href: `/cooperation/agreements/${agreement.id}`,
    details: { ...details, questionId: agreement.questionId },
  })
}

/** Mails everybody who may sign for a party, except the person who just acted. */
export async function tellParties(ctx: Ctx, agreement: Agreement, what: Happening): Promise<void> {
  const hub = asHub(ctx)
  const addresses = new Set<string>()
  for (const organisationId of new Set(agreement.parties.map((party) => party.organisationId))) {
    const members = await membersOf(hub, { organisationId, roles: ['holder', 'analyst', 'steward'] })
    for (const member of members) if (member.personId !== actorId(ctx.actor)) addresses.add(member.email)
  }
  const href = `${ctx.config.url}/cooperation/agreements/${agreement.id}`
  const { subject, text } = mailTexts(what, agreement, href)
  for (const to of addresses) await sendMail(ctx, { to, subject, text })
}

/** Tells the question's page: a dated line, who decides next, and the step to `agreed` once in force. */
export async function tellQuestion(ctx: Ctx, agreement: Agreement, what: Happening): Promise<void> {
  const hub = asHub(ctx)
  try {
    const question = await getQuestion(hub, agreement.questionId)
    await tellVisible(hub, { agreement, what, state: question.state })
  } catch (error) {
    // A question that was merged or hidden meanwhile does not stop its agreement.
    if (!isProblem(error)) throw error
  }
}

type News = { agreement: Agreement; what: Happening; state: State }

async function tellVisible(hub: Ctx, { agreement, what, state }: News): Promise<void> {
  const { questionId } = agreement
  const href = `/cooperation/agreements/${agreement.id}`
  const next = nextOf(agreement, what)
  const at = states.indexOf(state)
  if (what === 'in-force' && at < states.indexOf('agreed')) {
    const decides = next ? { decides: { ...next, href } } : {}
    await advanceQuestion(hub, {
      questionId,
      to: 'agreed',
      note: questionTexts['in-force'],
      href,
      ...decides,
    })
    return
  }
  if (what !== 'signed') await addTimelineEntry(hub, { questionId, text: questionTexts[what], href })
  // Once answered, the question waits for others than the parties.
  if (next && at < states.indexOf('answered')) await setNextDecision(hub, { questionId, ...next, href })
}

function nextOf(agreement: Agreement, what: Happening) {
  if (what === 'withdrawn' || what === 'expired') return { ...nextTexts.over, label: nextTexts.label }
  if (what === 'in-force') {
    const analyst = agreement.parties.find((party) => party.part === 'analyst')
    return (
      analyst && {
        who: analyst.name,
        what: nextTexts.analyse,
        until: agreement.validUntil,
        label: nextTexts.label,
      }
    )
  }
  const open = agreement.state === 'proposed' ? openParties(agreement)[0] : undefined
  return open && { who: open.name, what: nextTexts.sign, label: nextTexts.label }
}

const nextTexts = {
  sign: { de: 'Liest die Vereinbarung und unterschreibt.', en: 'Reads the agreement and signs it.' },
  analyse: {
    de: 'Wertet die Daten gemeinsam mit den Haltern aus.',
    en: 'Analyses the data together with the holders.',
  },
  over: {
    who: { de: 'Die Datenlotsin', en: 'The data guide' },
    what: {
      de: 'Klärt, wie es ohne diese Vereinbarung weitergeht.',
      en: 'Finds out how to go on without this agreement.',
    },
  },
  label: { de: 'Zur Vereinbarung', en: 'Go to the agreement' },
}

function asHub(ctx: Ctx): Ctx {
  return { ...ctx, actor: system('cooperation') }
}
