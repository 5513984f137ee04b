import type { Ctx } from '../../platform/context.ts'
import { actorId, organisationsOf, transact } from '../../platform/context.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { sendMail } from '../../platform/mail.ts'
import { requirePermission } from '../../platform/permission.ts'
import { emailsOf, membersOf } from '../../identity/service.ts'
import { record } from '../../transparency/service.ts'
import type { Entry } from '../entries/model.ts'
import { changesBetween } from '../entries/model.ts'
import { changeEntry, createEntry, getEntry, updateEntry } from '../entries/service.ts'
import { findFull } from '../entries/store.ts'
import type { DatasetRecord } from '../model.ts'
import { emptyRecord } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { DecideProposal, EntryForm } from '../schema.ts'
import { decideProposalInput, updateInput } from '../schema.ts'
import { mails } from './messages.ts'
import { recordFromForm } from './form.ts'
import * as store from './store.ts'
import type { Proposal } from './store.ts'

/** Adds an entry from the form, for the actor's own house. */
export async function createFromForm(ctx: Ctx, form: EntryForm): Promise<Entry> {
  const base = {
    ...emptyRecord(),
    ags: ctx.config.ags,
    geocodingLevel: 'municipality' as const,
    languages: ['DEU'],
  }
  return createEntry(ctx, {
    organisationId: form.organisationId,
    record: recordFromForm(base, form),
    visibility: form.visibility,
    partners: form.partners,
    ...(form.grain ? { grain: form.grain } : {}),
  })
}

/** Saves the form of an entry of the actor's own house. */
export async function saveForm(ctx: Ctx, id: string, form: EntryForm): Promise<Entry> {
  const entry = await getEntry(ctx, id)
  return updateEntry(ctx, {
    id,
    record: recordFromForm(entry.record, form),
    visibility: form.visibility,
    partners: form.partners,
    version: form.version,
    ...(form.grain ? { grain: form.grain } : {}),
  })
}

/** A steward's proposal to the holder. Only public fields can be proposed; the entry itself stays as it is. */
export async function proposeChange(
  ctx: Ctx,
  input: { id: string; form: EntryForm; note: string },
): Promise<Proposal> {
  requirePermission(ctx, policy, 'propose')
  const entry = await getEntry(ctx, input.id)
  if (entry.sourceId) throw problems.fromSource({ id: entry.id })
  const changes = changesBetween(entry.record, recordFromForm(entry.record, input.form)).filter(
    (change) => change.face === 'public' && change.field !== 'faces',
  )
  return transact(ctx, async (ctx) => {
    const id = newId(ctx.now.getTime())
    await store.insertProposal(ctx.db, {
      id,
      entry_id: entry.id,
      person_id: actorId(ctx.actor) ?? null,
      organisation_id: organisationsOf(ctx.actor, 'steward')[0] ?? null,
      base_version: entry.version,
      changes,
      note: input.note,
      state: 'open',
      reason: null,
      created_at: ctx.now,
      decided_at: null,
    })
    await note(ctx, 'change-proposed', entry, {
      de: 'Zu einem Datensatz wurde eine Änderung vorgeschlagen.',
      en: 'A change to a dataset was proposed.',
    })
    await tellHolders(ctx, entry)
    return (await store.findProposal(ctx.db, id))!
  })
}

async function note(ctx: Ctx, what: string, entry: Entry, summary: Localised): Promise<void> {
  await record(ctx, {
    event: `catalogue.${what}`,
    object: { type: 'dataset', id: entry.id },
    organisationId: entry.organisationId,
    summary,
    href: `/catalogue/datasets/${entry.id}`,
  })
}

async function tellHolders(ctx: Ctx, entry: Entry): Promise<void> {
  const members = await membersOf(ctx, { organisationId: entry.organisationId, roles: ['holder'] })
  const people = await emailsOf(
    ctx,
    members.map((member) => member.personId),
  )
  for (const { email, locale } of people.values()) {
    const link = `${ctx.config.url}${locale === 'en' ? '/en' : ''}/catalogue/datasets/${entry.id}/proposals`
    await sendMail(ctx, {
      to: email,
      subject: mails[locale].proposed({ title: entry.title }),
      text: mails[locale].proposedText({ title: entry.title, link }),
    })
  }
}

/** The proposals for an entry, for its house and the stewards. */
export async function listProposals(
  ctx: Ctx,
  entryId: string,
): Promise<{ entry: Entry; proposals: Proposal[]; mayDecide: boolean }> {
  const entry = await getEntry(ctx, entryId)
  requirePermission(ctx, readPolicy, 'read', { organisationIds: [entry.organisationId] })
  const mine = organisationsOf(ctx.actor, 'holder', 'steward').includes(entry.organisationId)
  return { entry, proposals: await store.listProposalRows(ctx.db, entryId), mayDecide: mine }
}

const readPolicy = { read: [...policy.propose, ...policy.decideProposal] }

/** How many proposals wait for the holder; 0 for an entry the actor may not know of. */
export async function countOpenProposals(ctx: Ctx, entryId: string): Promise<number> {
  const { proposals } = await listProposals(ctx, entryId)
  return proposals.filter((proposal) => proposal.state === 'open').length
}

/** The holder's decision. Accepting makes a new version with the proposed fields; declining needs a reason. */
export async function decideProposal(ctx: Ctx, input: DecideProposal): Promise<Entry> {
  const found = isUuid(input.proposalId) ? await store.findProposal(ctx.db, input.proposalId) : undefined
  const owner = found && (await getEntry(ctx, found.entryId))
  requirePermission(ctx, policy, 'decideProposal', { organisationIds: owner ? [owner.organisationId] : [] })
  if (!found || !owner) throw problems.notFound()
  const { decision, reason } = decideProposalInput.parse(input)
  return transact(ctx, async (ctx) => {
    const to = decision === 'accept' ? 'accepted' : 'declined'
    if (!(await store.closeProposal(ctx.db, found.id, to, { reason: reason || null, at: ctx.now }))) {
      throw problems.proposalDecided({ id: owner.id })
    }
    await note(ctx, `proposal-${to}`, owner, decided[to])
    if (to === 'declined') return owner
    const row = await findFull(ctx.db, owner.id)
    const full = row!.holder ?? row!.record
    const changed = Object.fromEntries(
      found.changes.map((change) => [change.field, change.after]),
    ) as Partial<DatasetRecord>
    return changeEntry(ctx, updateInput.parse({ id: owner.id, record: { ...full, ...changed } }), 'proposal')
  })
}

const decided: Readonly<Record<'accepted' | 'declined', Localised>> = {
  accepted: {
    de: 'Ein Änderungsvorschlag zu einem Datensatz wurde angenommen.',
    en: 'A proposed change to a dataset was accepted.',
  },
  declined: {
    de: 'Ein Änderungsvorschlag zu einem Datensatz wurde mit Begründung abgelehnt.',
    en: 'A proposed change to a dataset was declined, with a reason.',
  },
}
