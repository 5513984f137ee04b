import { organisationsOf } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { listOrganisations } from '../../identity/service.ts'
import { page } from '../../web/layout.tsx'
import { ButtonLink } from '../../web/parts.tsx'
import { words } from '../messages.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { messages } from './messages.ts'
import { completeInput, startCampaignInput } from './schema.ts'
import { z } from 'zod'
import { declareComplete, endCampaign, getCampaign, listCampaigns, startCampaign } from './service.ts'
import { CampaignList, CampaignPage, StartForm, whenOf } from './views.tsx'

/** The pages of data inventory campaigns. */
export function campaignPages(app: App): void {
  app.get('/catalogue/campaigns', (c) => overview(c))
  app.get('/catalogue/campaigns/new', (c) =>
    startPage(c, emptyForm({ starts: dayOf(c.get('ctx').now) }), 200),
  )
  app.post('/catalogue/campaigns/new', (c) => {
    requirePermission(c.get('ctx'), policy, 'runCampaigns')
    return submit(c, startCampaignInput, {
      act: async (ctx, input) => `/catalogue/campaigns/${(await startCampaign(ctx, input)).id}`,
      invalid: (form) => startPage(c, form, 422),
    })
  })
  app.get('/catalogue/campaigns/:id', (c) => campaignPage(c))
  app.post('/catalogue/campaigns/:id/word', (c) =>
    submit(c, completeInput, {
      act: async (ctx, input) =>
        `/catalogue/campaigns/${(await declareComplete(ctx, c.req.param('id'), input)).id}`,
      invalid: () => {
        throw problems.noCampaign()
      },
    }),
  )
  app.post('/catalogue/campaigns/:id/end', (c) =>
    submit(c, z.object({}), {
      act: async (ctx) => `/catalogue/campaigns/${(await endCampaign(ctx, c.req.param('id'))).id}`,
      invalid: () => {
        throw problems.noCampaign()
      },
    }),
  )
}

const crumb = (c: Call) => ({ label: words[c.get('view').locale].room, href: '/catalogue' })

async function overview(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const maySteer = may(ctx.actor, policy, 'runCampaigns')
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [crumb(c), { label: text.title }],
      lead: text.lead,
      heading: 'x-large',
      actions: maySteer ? (
        <ButtonLink href={view.href('/catalogue/campaigns/new')} variant="primary">
          {text.start}
        </ButtonLink>
      ) : undefined,
    },
    <CampaignList view={view} all={await listCampaigns(ctx)} now={ctx.now} />,
  )
}

async function startPage(c: Call, form: FormState, status: 200 | 422): Promise<Response> {
  const ctx = c.get('ctx')
  requirePermission(ctx, policy, 'runCampaigns')
  const view = c.get('view')
  const text = messages[view.locale]
  return page(
    c,
    {
      title: text.start,
      room: 'catalogue',
      crumbs: [crumb(c), { label: text.title, href: '/catalogue/campaigns' }, { label: text.start }],
      lead: text.startLead,
      heading: 'x-large',
      islands: ['enhance'],
    },
    <StartForm view={view} form={form} houses={await listOrganisations(ctx)} />,
    status,
  )
}

async function campaignPage(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const shown = await getCampaign(ctx, c.req.param('id') ?? '')
  return page(
    c,
    {
      title: shown.campaign.title,
      room: 'catalogue',
      crumbs: [
        crumb(c),
        { label: text.title, href: '/catalogue/campaigns' },
        { label: shown.campaign.title },
      ],
      eyebrow: whenOf(view, shown.campaign, ctx.now),
      lead: shown.campaign.why,
      heading: 'x-large',
      islands: ['enhance'],
    },
    <CampaignPage
      view={view}
      shown={shown}
      mine={organisationsOf(ctx.actor, 'holder', 'steward')}
      maySteer={may(ctx.actor, policy, 'runCampaigns')}
    />,
  )
}
