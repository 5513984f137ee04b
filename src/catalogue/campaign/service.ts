import type { Ctx } from '../../platform/context.ts'
import { organisationsOf, transact } from '../../platform/context.ts'
import { daysUntil, writtenDay } from '../../platform/days.ts'
import type { Localised } from '../../platform/i18n.ts'
import { counted } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { sendMail } from '../../platform/mail.ts'
import type { DeskTask } from '../../platform/panel.ts'
import { requirePermission } from '../../platform/permission.ts'
import {
  emailsOf,
  getOrganisation,
  membersOf,
  namesOfOrganisations,
  wishesOf,
} from '../../identity/service.ts'
import { record } from '../../transparency/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { mails } from './messages.ts'
import type { Campaign, CampaignId, HouseProgress } from './model.ts'
import { isReminderDue } from './model.ts'
import type { Complete, StartCampaign } from './schema.ts'
import { completeInput, startCampaignInput } from './schema.ts'
import * as store from './store.ts'

/** A campaign with how far its houses are. */
export type CampaignView = { readonly campaign: Campaign; readonly houses: readonly HouseProgress[] }

/** Asks houses to list what data they keep. Their holders get a mail; everybody sees how far it is. */
export async function startCampaign(ctx: Ctx, input: StartCampaign): Promise<Campaign> {
  requirePermission(ctx, policy, 'runCampaigns')
  const wanted = startCampaignInput.parse(input)
  const houses = [...new Set(wanted.houses)]
  for (const house of houses) await getOrganisation(ctx, house)
  return transact(ctx, async (ctx) => {
    const id = newId<CampaignId>(ctx.now.getTime())
    await store.insertCampaign(
      ctx.db,
      {
        id,
        organisation_id: organisationsOf(ctx.actor, 'steward')[0] ?? houses[0]!,
        title: wanted.title,
        why: wanted.why,
        starts: wanted.starts,
        due: wanted.due,
        created_at: ctx.now,
        ended_at: null,
      },
      houses,
    )
    const campaign = (await store.findCampaign(ctx.db, id))!
    await note(ctx, campaign, 'campaign-started', {
      de: `${counted(houses.length, 'Haus wurde', 'Häuser wurden')} gebeten, bis ${writtenDay(wanted.due, 'de')} einzutragen, welche Daten es dort gibt.`,
      en: `${counted(houses.length, 'house was', 'houses were')} asked to list the data kept there until ${writtenDay(wanted.due, 'en')}.`,
    })
    for (const house of houses) await write(ctx, campaign, house, 'asked')
    return campaign
  })
}

async function note(ctx: Ctx, campaign: Campaign, what: string, summary: Localised, organisationId?: string) {
  await record(ctx, {
    event: `catalogue.${what}`,
    object: { type: 'campaign', id: campaign.id },
    organisationId: organisationId ?? campaign.organisationId,
    summary,
    href: `/catalogue/campaigns/${campaign.id}`,
  })
}

async function write(
  ctx: Ctx,
  campaign: Campaign,
  organisationId: string,
  kind: 'asked' | 'reminded',
): Promise<void> {
  const members = await membersOf(ctx, { organisationId, roles: ['holder'] })
  const ids = members.map((member) => member.personId)
  const wishes = await wishesOf(ctx, ids)
  for (const [personId, { email, locale }] of await emailsOf(ctx, ids)) {
    if (wishes.get(personId)?.tasks === false) continue
    const text = mails[locale][kind]
    const link = `${ctx.config.url}${locale === 'en' ? '/en' : ''}/catalogue/campaigns/${campaign.id}`
    const days = daysUntil(campaign.due, ctx.now)
    const due = writtenDay(campaign.due, locale)
    await sendMail(ctx, {
      to: email,
      subject: text.subject({ title: campaign.title }),
      text: text.text({ title: campaign.title, why: campaign.why, due, link, days }),
    })
  }
}

/** All campaigns with their progress, the newest first. */
export async function listCampaigns(ctx: Ctx): Promise<CampaignView[]> {
  requirePermission(ctx, policy, 'read')
  const campaigns = await store.listCampaignRows(ctx.db, false)
  return Promise.all(campaigns.map((campaign) => withHouses(ctx, campaign)))
}

/** One campaign with its progress. */
export async function getCampaign(ctx: Ctx, id: string): Promise<CampaignView> {
  requirePermission(ctx, policy, 'read')
  return withHouses(ctx, await existing(ctx, id))
}

async function existing(ctx: Ctx, id: string): Promise<Campaign> {
  const campaign = isUuid(id) ? await store.findCampaign(ctx.db, id) : undefined
  if (!campaign) throw problems.noCampaign()
  return campaign
}

async function withHouses(ctx: Ctx, campaign: Campaign): Promise<CampaignView> {
  const rows = await store.listHouseRows(ctx, campaign)
  const names = await namesOfOrganisations(
    ctx,
    rows.map((row) => row.organisationId),
  )
  const houses = rows
    .map((row) => ({ ...row, name: names.get(row.organisationId) ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'de'))
  return { campaign, houses }
}

/** A house says that its list is complete, or takes that back. Refused once the campaign has ended. */
export async function declareComplete(ctx: Ctx, campaignId: string, input: Complete): Promise<Campaign> {
  const campaign = await existing(ctx, campaignId)
  const { organisationId, complete, note: words } = completeInput.parse(input)
  requirePermission(ctx, policy, 'declareComplete', { organisationIds: [organisationId] })
  if (campaign.endedAt) throw problems.campaignEnded({ id: campaign.id })
  return transact(ctx, async (ctx) => {
    const completeAt = complete === 'yes' ? ctx.now : null
    const saved = await store.saveWord(ctx.db, {
      campaignId: campaign.id,
      organisationId,
      completeAt,
      note: words,
    })
    if (!saved) throw problems.noCampaign()
    const summary = completeAt
      ? {
          de: 'Ein Haus hat seine Datenliste für vollständig erklärt.',
          en: 'A house declared its list of data complete.',
        }
      : { de: 'Ein Haus ergänzt seine Datenliste noch.', en: 'A house is still adding to its list of data.' }
    await note(ctx, campaign, completeAt ? 'campaign-complete' : 'campaign-reopened', summary, organisationId)
    return campaign
  })
}

/** Ends a campaign: no more reminders, the progress stays as it is. */
export async function endCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  requirePermission(ctx, policy, 'runCampaigns')
  const campaign = await existing(ctx, id)
  return transact(ctx, async (ctx) => {
    if (!(await store.endCampaignRow(ctx.db, campaign.id, ctx.now)))
      throw problems.campaignEnded({ id: campaign.id })
    await note(ctx, campaign, 'campaign-ended', {
      de: 'Eine Kampagne zur Dateninventur ist beendet.',
      en: 'A data inventory campaign has ended.',
    })
    return campaign
  })
}

/** Reminds the houses whose time has come; returns how many were written to. */
export async function remindHouses(ctx: Ctx): Promise<number> {
  let reminded = 0
  for (const campaign of await store.listCampaignRows(ctx.db, true)) {
    for (const row of await store.listReminders(ctx.db, campaign.id)) {
      const house = { completeAt: row.complete_at, remindedAt: row.reminded_at, reminders: row.reminders }
      if (!isReminderDue(house, campaign.due, ctx.now)) continue
      await transact(ctx, async (ctx) => {
        await store.saveReminder(ctx.db, {
          campaignId: campaign.id,
          organisationId: row.organisation_id,
          at: ctx.now,
        })
        await write(ctx, campaign, row.organisation_id, 'reminded')
      })
      reminded++
    }
  }
  return reminded
}

/** What waits for a holder: the lists her houses have not completed. */
export async function campaignTasks(ctx: Ctx): Promise<DeskTask[]> {
  const rows = await store.listOpenFor(ctx.db, organisationsOf(ctx.actor, 'holder'))
  return rows.map((row) => ({
    id: `campaign-${row.id}-${row.organisation_id}`,
    kind: 'do',
    title: { de: `Daten eintragen: ${row.title}`, en: `List your data: ${row.title}` },
    text: {
      de: 'Tragen Sie ein, welche Daten Ihr Haus führt, und sagen Sie Bescheid, wenn die Liste vollständig ist.',
      en: 'List the data your house keeps, and say when the list is complete.',
    },
    href: `/catalogue/campaigns/${row.id}`,
    action: { de: 'Zur Kampagne', en: 'To the campaign' },
    until: row.due,
  }))
}
