import type { Role } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Checkbox, Select, TextArea, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { SearchForm } from '../../web/search-forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Card, Chip, Empty, More, Note, Rows, Voice } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages as roomMessages } from '../messages.ts'
import type { Member, Municipality, Organisation } from '../model.ts'
import { displayName, organisationKinds } from '../model.ts'
import { EMAIL_MAX, NAME_MAX } from '../schema.ts'
import { messages } from './messages.ts'
import type { OrganisationRights } from './service.ts'

/** The public list with a search line. */
export function OrganisationList(props: {
  view: View
  organisations: readonly Organisation[]
  members: ReadonlyMap<string, number>
  towns: ReadonlyMap<string, string>
  q: string | undefined
}) {
  const { view, organisations, members, towns, q } = props
  const t = messages[view.locale]
  const kinds = roomMessages[view.locale].kinds
  return (
    <div class="al-stack--l">
      <SearchForm view={view} action="/identity/organisations" name="q" label={t.search} value={q} />
      {organisations.length === 0 ? (
        <Empty title={q ? t.none : t.empty}>{q ? t.noneText : t.emptyText}</Empty>
      ) : (
        <Card flush>
          <DataTable
            view={view}
            caption={t.title}
            quietCaption
            stack
            card
            rows={[...organisations]}
            columns={[
              {
                label: t.organisation,
                header: true,
                cell: (o) => <a href={view.href(`/identity/organisations/${o.id}`)}>{o.name}</a>,
              },
              { label: t.kind, cell: (o) => kinds[o.kind] },
              ...(towns.size > 1
                ? [{ label: t.town, cell: (o: Organisation) => towns.get(o.ags) ?? o.ags }]
                : []),
              { label: t.people, numeric: true, cell: (o) => view.number(members.get(o.id) ?? 0) },
            ]}
          />
        </Card>
      )}
    </div>
  )
}

/** What an organisation's page needs. */
export type OrganisationProps = {
  readonly view: View
  readonly organisation: Organisation
  readonly rights: OrganisationRights
  readonly members: readonly Member[]
  readonly invitations: readonly { id: string; email: string; role: Role; expiresAt: Date }[]
  readonly notice?: string | undefined
  readonly inviteForm?: FormState
  readonly editForm?: FormState
}

/** An organisation's page: what it says of itself; below, for those who may, its people. */
export function OrganisationPage(props: OrganisationProps) {
  const { view, organisation, rights } = props
  const t = messages[view.locale]
  return (
    <div class="al-stack--l">
      {props.notice ? <Note icon="check">{props.notice}</Note> : null}
      <Section title={t.about} plain>
        <p class="al-w-prose">{organisation.description ?? t.noDescription}</p>
        {organisation.url ? (
          <p>
            <a href={organisation.url} rel="noopener nofollow">
              {organisation.url}
            </a>
          </p>
        ) : null}
        {rights.manage ? (
          <More label={t.edit} open={props.editForm !== undefined}>
            <EditForm {...props} />
          </More>
        ) : null}
      </Section>
      {rights.seeMembers ? <Members {...props} /> : null}
      {rights.manage ? <Invite {...props} /> : null}
    </div>
  )
}

function EditForm({ view, organisation, editForm }: OrganisationProps) {
  const t = messages[view.locale]
  return (
    <Form
      view={view}
      action={`/identity/organisations/${organisation.id}/edit`}
      form={editForm}
      id="edit"
      label={t.edit}
    >
      <Hidden name="organisationId" value={organisation.id} />
      <TextField name="name" label={t.name} value={organisation.name} maxlength={NAME_MAX} required />
      <TextField
        name="shortName"
        label={t.shortName}
        hint={t.shortNameHint}
        value={organisation.shortName}
        maxlength={40}
        required
      />
      <TextArea
        name="description"
        label={t.description}
        hint={t.descriptionHint}
        value={organisation.description ?? ''}
        maxlength={2000}
      />
      <TextField name="url" label={t.url} type="url" value={organisation.url ?? ''} maxlength={500} />
      <Buttons>
        <Submit variant="secondary">{t.save}</Submit>
      </Buttons>
    </Form>
  )
}

function Members(props: OrganisationProps) {
  const { view, members, rights } = props
  const t = messages[view.locale]
  return (
    <Section title={t.membersTitle} lead={t.membersLead} plain>
      {members.length === 0 ? <Empty title={t.noMembers}>{t.noMembersText}</Empty> : null}
      {members.map((member) => (
        <Voice name={displayName(member.name, view.locale)} when={member.email}>
          <RoleChips view={view} member={member} />
          {rights.manage ? (
            <More label={t.change}>
              <MemberActions {...props} member={member} />
            </More>
          ) : null}
        </Voice>
      ))}
      {rights.manage && members.length > 0 ? <GiveRole {...props} /> : null}
    </Section>
  )
}

function RoleChips({ view, member }: { view: View; member: Member }) {
  const t = messages[view.locale]
  const roles = roomMessages[view.locale].roles
  return (
    <div class="al-row">
      {member.roles.map((role) => (
        <Chip>{roles[role]}</Chip>
      ))}
      {member.manages ? (
        <Chip tone="accent" icon="key">
          {t.manages}
        </Chip>
      ) : null}
    </div>
  )
}

function MemberActions({ view, organisation, rights, member }: OrganisationProps & { member: Member }) {
  const t = messages[view.locale]
  const roles = roomMessages[view.locale].roles
  const takable = member.roles.filter((role) => rights.give.includes(role))
  const base = `/identity/organisations/${organisation.id}`
  return (
    <div class="al-btns">
      {takable.map((role) => (
        <ActionForm
          view={view}
          action={`${base}/take`}
          label={t.take({ role: roles[role] })}
          variant="tertiary"
          fields={{ personId: member.personId, role }}
        />
      ))}
      {rights.nameManager ? (
        <ActionForm
          view={view}
          action={`${base}/manager`}
          label={member.manages ? t.managerNo : t.managerYes}
          variant="tertiary"
          fields={{ personId: member.personId, manages: member.manages ? 'false' : 'true' }}
        />
      ) : null}
    </div>
  )
}

const roleOptions = (view: View, rights: OrganisationRights) =>
  rights.give.map((role) => ({ value: role, label: roomMessages[view.locale].roles[role] }))

function GiveRole({ view, organisation, rights, members }: OrganisationProps) {
  const t = messages[view.locale]
  const people = members.map((member) => ({
    value: member.personId,
    label: displayName(member.name, view.locale),
  }))
  return (
    <More label={t.giveTitle}>
      <Form
        view={view}
        action={`/identity/organisations/${organisation.id}/give`}
        id="give"
        label={t.giveTitle}
      >
        <Select name="personId" label={t.person} options={people} empty={t.choose} required />
        <Select name="role" label={t.role} options={roleOptions(view, rights)} empty={t.choose} required />
        <Buttons>
          <Submit variant="secondary">{t.give}</Submit>
        </Buttons>
      </Form>
    </More>
  )
}

function Invite({ view, organisation, rights, invitations, inviteForm }: OrganisationProps) {
  const t = messages[view.locale]
  const roles = roomMessages[view.locale].roles
  const open = invitations.map((invitation) => ({
    avatar: invitation.email,
    org: false,
    title: invitation.email,
    text: t.until({ role: roles[invitation.role], date: view.date(invitation.expiresAt) }),
    end: (
      <ConfirmButton
        view={view}
        action={`/identity/organisations/${organisation.id}/withdraw`}
        label={t.withdraw}
        question={invitation.email}
        confirm={t.withdraw}
        fields={{ invitationId: invitation.id }}
      />
    ),
  }))
  return (
    <Section title={t.invite} lead={t.inviteText} plain>
      <Form
        view={view}
        action={`/identity/organisations/${organisation.id}/invite`}
        form={inviteForm}
        id="invite"
        label={t.invite}
      >
        <Hidden name="organisationId" value={organisation.id} />
        <TextField name="email" label={t.email} type="email" maxlength={EMAIL_MAX} required />
        <Select
          name="role"
          label={t.role}
          options={roleOptions(view, rights)}
          empty={t.choose}
          required
          {...(rights.nameManager ? {} : { hint: t.onlyOperator })}
        />
        {rights.nameManager ? <Checkbox name="manages" label={t.andManage} /> : null}
        <Buttons>
          <Submit>{t.sendInvitation}</Submit>
        </Buttons>
      </Form>
      {open.length > 0 ? (
        <div class="al-gap-5">
          <h3 class="kern-heading-medium">{t.invitations}</h3>
          <Rows items={open} />
        </div>
      ) : null}
    </Section>
  )
}

/** The form for a new organisation. */
export function NewOrganisation({
  view,
  towns,
  form,
}: {
  view: View
  towns: readonly Municipality[]
  form?: FormState
}) {
  const t = messages[view.locale]
  const kinds = roomMessages[view.locale].kinds
  return (
    <Form view={view} action="/identity/organisations" form={form}>
      <TextField name="name" label={t.name} maxlength={NAME_MAX} required />
      <TextField name="shortName" label={t.shortName} hint={t.shortNameHint} maxlength={40} required />
      <Select
        name="kind"
        label={t.kind}
        options={organisationKinds.map((kind) => ({ value: kind, label: kinds[kind] }))}
        empty={t.choose}
        required
      />
      <Select
        name="ags"
        label={t.town}
        options={towns.map((town) => ({ value: town.ags, label: town.name }))}
        value={view.town.ags}
        empty={t.choose}
        required
      />
      <TextArea name="description" label={t.description} hint={t.descriptionHint} maxlength={2000} />
      <TextField name="url" label={t.url} type="url" maxlength={500} />
      <Buttons>
        <Submit>{t.create}</Submit>
        <SecondaryLink href={view.href('/identity/organisations')}>{t.title}</SecondaryLink>
      </Buttons>
    </Form>
  )
}
