import { hasRole, organisationsOf, type Ctx } from '../../platform/context.ts'
import type { DeskTask, Hit } from '../../platform/panel.ts'
import { openParties, type Agreement } from '../model.ts'
import { selectAgreements } from '../store.ts'
import { listAgreements } from '../reading/service.ts'

const action = { de: 'Ansehen und entscheiden', en: 'Look and decide' }

/** What waits for the signed-in person: agreements to sign for her organisations, drafts to put to the parties for stewards. */
export async function deskTasks(ctx: Ctx): Promise<DeskTask[]> {
  if (ctx.actor.kind !== 'person') return []
  const mine = organisationsOf(ctx.actor, 'holder', 'analyst', 'steward')
  const inside = { all: hasRole(ctx.actor, 'steward'), organisationIds: mine, personId: ctx.actor.personId }
  const open = await selectAgreements(ctx.db, { state: 'proposed', limit: 50, inside })
  const drafts = inside.all ? await selectAgreements(ctx.db, { state: 'draft', limit: 20, inside }) : []
  const toSign = open.filter((agreement) =>
    openParties(agreement).some((party) => mine.includes(party.organisationId)),
  )
  return [...toSign.map(signTask), ...drafts.map(draftTask)].slice(0, 20)
}

function signTask(agreement: Agreement): DeskTask {
  return {
    id: `agreement-${agreement.id}`,
    kind: 'decide',
    title: { de: `Vereinbarung: ${agreement.title}`, en: `Agreement: ${agreement.title}` },
    text: {
      de: 'Ihre Organisation hat noch nicht unterschrieben. Sie können jede Klausel besprechen und ändern.',
      en: 'Your organisation has not signed yet. You can discuss and change each clause.',
    },
    href: `/cooperation/agreements/${agreement.id}`,
    action,
  }
}

function draftTask(agreement: Agreement): DeskTask {
  return {
    id: `draft-${agreement.id}`,
    kind: 'do',
    title: { de: `Entwurf: ${agreement.title}`, en: `Draft: ${agreement.title}` },
    text: {
      de: 'Der Entwurf liegt den Parteien noch nicht vor.',
      en: 'The draft has not been put to the parties yet.',
    },
    href: `/cooperation/agreements/${agreement.id}`,
    action,
  }
}

/** Agreements whose title or purpose contains what was searched, at most five of those the reader may see. */
export async function searchHits(ctx: Ctx, q: string): Promise<Hit[]> {
  const wanted = q.trim().toLowerCase()
  if (wanted.length < 2) return []
  const { agreements } = await listAgreements(ctx)
  return agreements
    .filter((agreement) => `${agreement.title} ${agreement.purpose}`.toLowerCase().includes(wanted))
    .slice(0, 5)
    .map((agreement) => ({
      title: agreement.title,
      text: agreement.purpose,
      href: `/cooperation/agreements/${agreement.id}`,
      kind: { de: 'Vereinbarung', en: 'Agreement' },
    }))
}
