import { roles as allRoles } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Select, TextField } from '../../web/fields.tsx'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import { SearchForm } from '../../web/search-forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Pagination } from '../../web/pagination.tsx'
import { Card, Chip, Empty, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages as roomMessages } from '../messages.ts'
import type { Organisation } from '../model.ts'
import { displayName } from '../model.ts'
import { EMAIL_MAX } from '../schema.ts'
import { messages } from './messages.ts'
import type { findPeople } from './service.ts'

/** What the page of people shows. */
export type PeopleProps = {
  readonly view: View
  readonly found: Awaited<ReturnType<typeof findPeople>>
  readonly organisations: readonly Organisation[]
  readonly q: string | undefined
  readonly first: boolean
  readonly notice?: string | undefined
  readonly form?: FormState
}

/** All accounts, with a search line, and a form that gives a role. */
export function PeoplePage(props: PeopleProps) {
  const { view, found, q } = props
  const t = messages[view.locale]
  return (
    <div class="al-stack--l">
      {props.notice ? <Note icon="check">{props.notice}</Note> : null}
      <SearchForm view={view} action="/identity/people" name="q" label={t.search} value={q} />
      {found.people.length === 0 ? <Empty title={t.none}>{t.noneText}</Empty> : <PeopleTable {...props} />}
      <Pagination view={view} path="/identity/people" query={{ q }} next={found.next} first={props.first} />
      <GiveRole {...props} />
    </div>
  )
}

function PeopleTable({ view, found, organisations }: PeopleProps) {
  const t = messages[view.locale]
  const roles = roomMessages[view.locale].roles
  const names = new Map(organisations.map((organisation) => [organisation.id, organisation]))
  return (
    <Card flush>
      <DataTable
        view={view}
        caption={t.title}
        quietCaption
        stack
        card
        rows={found.people}
        columns={[
          { label: t.name, header: true, cell: (person) => displayName(person.name, view.locale) },
          {
            label: t.email,
            cell: (person) => (
              <>
                {person.email} {person.emailVerified ? null : <Chip icon="warn">{t.unverified}</Chip>}
              </>
            ),
          },
          {
            label: t.roles,
            cell: (person) =>
              view.list(
                person.memberships.map((m) =>
                  t.roleIn({
                    role: roles[m.role],
                    organisation: names.get(m.organisationId)?.shortName ?? '?',
                  }),
                ),
              ) || t.noRole,
          },
          { label: t.since, cell: (person) => view.date(person.createdAt) },
        ]}
      />
    </Card>
  )
}

function GiveRole({ view, organisations, form }: PeopleProps) {
  const t = messages[view.locale]
  const roles = roomMessages[view.locale].roles
  return (
    <Section title={t.give} lead={t.giveLead} plain>
      <Form view={view} action="/identity/people/give" form={form} id="give" label={t.give}>
        <TextField name="email" label={t.address} type="email" maxlength={EMAIL_MAX} required />
        <Select
          name="organisationId"
          label={t.organisation}
          options={organisations.map((organisation) => ({
            value: organisation.id,
            label: organisation.name,
          }))}
          empty={t.choose}
          required
        />
        <Select
          name="role"
          label={t.role}
          options={allRoles.map((role) => ({ value: role, label: roles[role] }))}
          empty={t.choose}
          required
        />
        <Buttons>
          <Submit variant="secondary">{t.give}</Submit>
        </Buttons>
      </Form>
      <p class="al-muted al-small">{t.toTake}</p>
    </Section>
  )
}
