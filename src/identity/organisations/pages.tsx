import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { page } from '../../web/layout.tsx'
import { ButtonLink, LinkArrow, Pairs, Card } from '../../web/parts.tsx'
import * as confirmations from '../confirmations/service.ts'
import { messages as roomMessages } from '../messages.ts'
import { policy } from '../policy.ts'
import * as schema from '../schema.ts'
import { listMunicipalities } from '../towns/service.ts'
import { messages } from './messages.ts'
import * as service from './service.ts'
import { NewOrganisation, OrganisationList, OrganisationPage } from './views.tsx'

const PATH = '/identity/organisations'

/** The public pages of organisations, and what those who manage them do there. */
export function pages(app: App): void {
  app.get(PATH, list)
  app.get(`${PATH}/new`, (c) => showNew(c))
  app.post(PATH, create)
  app.get(`${PATH}/:id`, (c) => show(c))
  app.post(`${PATH}/:id/edit`, edit)
  app.post(`${PATH}/:id/invite`, invite)
  const id = (c: Call) => ({ organisationId: c.req.param('id') ?? '' })
  const member = z.object({ personId: schema.idSchema, role: schema.roleSchema })
  app.post(`${PATH}/:id/give`, (c) =>
    act(c, member, (ctx, input) => service.addMember(ctx, { ...input, ...id(c) })),
  )
  app.post(`${PATH}/:id/take`, (c) =>
    act(c, member, (ctx, input) => service.removeMember(ctx, { ...input, ...id(c) })),
  )
  const manager = z.object({ personId: schema.idSchema, manages: z.stringbool() })
  app.post(`${PATH}/:id/manager`, (c) =>
    act(c, manager, (ctx, input) => service.setManager(ctx, { ...input, ...id(c) })),
  )
  const invitation = z.object({ invitationId: schema.idSchema })
  app.post(`${PATH}/:id/withdraw`, (c) =>
    act(c, invitation, (ctx, input) => confirmations.withdrawInvitation(ctx, { ...input, ...id(c) })),
  )
}

function act<S extends z.ZodType>(
  c: Call,
  input: S,
  work: (ctx: Parameters<typeof service.addMember>[0], input: z.output<S>) => Promise<void>,
): Promise<Response> {
  const here = `${PATH}/${c.req.param('id')}`
  return submit(c, input, {
    act: async (ctx, sent) => {
      await work(ctx, sent)
      return `${here}?done=saved`
    },
    // These forms are made of choices only; what does not fit was not sent by our page.
    invalid: () => {
      throw general.invalid({ where: 'Auswahl / choice' })
    },
  })
}

async function list(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const q = c.req.query('q')?.slice(0, 100)
  const [organisations, members, towns] = await Promise.all([
    service.listOrganisations(ctx, q ? { q } : {}),
    service.countMembers(ctx),
    listMunicipalities(ctx),
  ])
  const actions = may(ctx.actor, policy, 'createOrganisation') ? (
    <ButtonLink href={view.href(`${PATH}/new`)} variant="primary">
      {t.add}
    </ButtonLink>
  ) : undefined
  const names = new Map(towns.map((town) => [town.ags, town.name]))
  const options = {
    title: t.title,
    lead: t.lead,
    crumbs: [{ label: t.title }],
    ...(actions ? { actions } : {}),
  }
  return page(
    c,
    options,
    <OrganisationList view={view} organisations={organisations} members={members} towns={names} q={q} />,
  )
}

async function show(
  c: Call,
  forms: { inviteForm?: FormState; editForm?: FormState } = {},
): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const organisation = await service.getOrganisation(ctx, c.req.param('id') ?? '')
  const rights = await service.rightsIn(ctx, organisation.id)
  const members = rights.seeMembers ? await service.listMembers(ctx, organisation.id) : []
  const invitations = rights.manage ? await confirmations.listInvitations(ctx, organisation.id) : []
  const towns = await listMunicipalities(ctx)
  const facts = [
    { term: t.kind, value: roomMessages[view.locale].kinds[organisation.kind] },
    { term: t.town, value: towns.find((town) => town.ags === organisation.ags)?.name ?? organisation.ags },
  ]
  const options = {
    title: organisation.name,
    crumbs: [{ label: t.title, href: PATH }, { label: organisation.shortName }],
    aside: (
      <>
        <Card>
          <Pairs items={facts} />
        </Card>
        <Card title={t.history} sunk>
          <LinkArrow href={view.href(`/transparency/objects/organisation/${organisation.id}`)}>
            {t.register}
          </LinkArrow>
        </Card>
      </>
    ),
    asideLabel: t.about,
  }
  const notice = { saved: t.saved, invited: t.invited }[c.req.query('done') ?? '']
  const props = { view, organisation, rights, members, invitations, notice, ...forms }
  return page(c, options, <OrganisationPage {...props} />, forms.inviteForm || forms.editForm ? 422 : 200)
}

async function showNew(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  if (!may(ctx.actor, policy, 'createOrganisation'))
    throw ctx.actor.kind === 'anonymous' ? general.signIn() : general.forbidden()
  const towns = await listMunicipalities(ctx)
  const options = {
    title: t.newTitle,
    lead: t.newLead,
    crumbs: [{ label: t.title, href: PATH }, { label: t.newTitle }],
  }
  return page(
    c,
    options,
    <NewOrganisation view={view} towns={towns} {...(form ? { form } : {})} />,
    form ? 422 : 200,
  )
}

const create = (c: Call) =>
  submit(c, schema.createOrganisationFormSchema, {
    act: async (ctx, input) => `${PATH}/${(await service.createOrganisation(ctx, input)).id}`,
    invalid: (form) => showNew(c, form),
  })

const edit = (c: Call) =>
  submit(c, schema.editOrganisationSchema, {
    act: async (ctx, input) => {
      const organisationId = c.req.param('id') ?? ''
      await service.editOrganisation(ctx, { ...input, organisationId })
      return `${PATH}/${organisationId}?done=saved`
    },
    invalid: async (form) => {
      await service.requireManage(c.get('ctx'), c.req.param('id') ?? '')
      return show(c, { editForm: form })
    },
  })

const invite = (c: Call) =>
  submit(c, schema.inviteFormSchema, {
    act: async (ctx, input) => {
      const organisationId = c.req.param('id') ?? ''
      await confirmations.inviteMember(ctx, { ...input, organisationId })
      return `${PATH}/${organisationId}?done=invited`
    },
    invalid: async (form) => {
      await service.requireManage(c.get('ctx'), c.req.param('id') ?? '')
      return show(c, { inviteForm: form })
    },
  })
