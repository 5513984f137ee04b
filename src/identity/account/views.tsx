import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Checkbox, Radios, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { ButtonLink, Card, Chip, Empty, LinkArrow, Note, Pairs, Rows } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages as roomMessages } from '../messages.ts'
import { EMAIL_MAX, NAME_MAX } from '../schema.ts'
import { PasskeyButton } from '../sign-in/views.tsx'
import { messages } from './messages.ts'
import type { getOwnAccount } from './service.ts'

/** What the account page shows. */
export type Account = Awaited<ReturnType<typeof getOwnAccount>>

/** What was typed into one of the page's forms, when it has to be mended. */
export type AccountForms = {
  readonly profile?: FormState
  readonly email?: FormState
  readonly wishes?: FormState
}

type Props = {
  readonly view: View
  readonly account: Account
  readonly forms?: AccountForms
  readonly notice?: string | undefined
}

/** The account page: profile, roles, ways in, devices, wishes. */
export function AccountPage(props: Props) {
  return (
    <>
      {props.notice ? <Note icon="check">{props.notice}</Note> : null}
      <Profile {...props} />
      <Organisations {...props} />
      <WaysIn {...props} />
      <Devices {...props} />
      <Wishes {...props} />
    </>
  )
}

function Profile({ view, account, forms }: Props) {
  const t = messages[view.locale]
  return (
    <Section title={t.profile} plain>
      <div class="al-stack--l">
        <Form view={view} action="/identity/account/name" form={forms?.profile} id="name" label={t.name}>
          <TextField
            name="name"
            label={t.name}
            hint={t.nameHint}
            value={account.me.name}
            autocomplete="name"
            maxlength={NAME_MAX}
          />
          <Buttons>
            <Submit variant="secondary">{t.save}</Submit>
          </Buttons>
        </Form>
        <Form view={view} action="/identity/account/email" form={forms?.email} id="email" label={t.email}>
          <TextField
            name="email"
            label={t.email}
            hint={t.emailNow({ email: account.me.email })}
            type="email"
            autocomplete="email"
            maxlength={EMAIL_MAX}
            required
          />
          <Buttons>
            <Submit variant="secondary">{t.changeEmail}</Submit>
          </Buttons>
        </Form>
      </div>
    </Section>
  )
}

function Organisations({ view, account }: Props) {
  const t = messages[view.locale]
  const roles = roomMessages[view.locale].roles
  const link = { href: view.href('/identity/organisations'), label: t.allOrganisations }
  if (account.organisations.length === 0) {
    return (
      <Section title={t.roles} link={link} plain>
        <Empty title={t.noRoles}>{t.noRolesText}</Empty>
      </Section>
    )
  }
  const items = account.organisations.map((organisation) => ({
    avatar: organisation.name,
    title: <a href={view.href(`/identity/organisations/${organisation.id}`)}>{organisation.name}</a>,
    text: view.list([
      ...organisation.roles.map((role) => roles[role]),
      ...(organisation.manages ? [t.manages] : []),
    ]),
  }))
  return (
    <Section title={t.roles} link={link} plain>
      <Rows items={items} />
    </Section>
  )
}

function WaysIn({ view, account }: Props) {
  const t = messages[view.locale]
  const hasPassword = account.providers.includes('credential')
  const outside = account.providers.filter((provider) => provider !== 'credential')
  const passwordLink = hasPassword ? t.passwordChange : t.passwordCreate
  return (
    <Section title={t.waysIn} plain>
      <Pairs
        row
        items={[
          { term: t.linkWay, value: t.linkWayText },
          {
            term: t.passwordWay,
            value: (
              <>
                {hasPassword ? t.passwordSet : t.passwordNone}{' '}
                <a href={view.href('/identity/password')}>{passwordLink}</a>
              </>
            ),
          },
          ...outside.map(() => ({ term: t.outsideWay, value: t.outsideWayText })),
        ]}
      />
      <div class="al-gap-5 al-stack">
        <h3 class="kern-heading-medium">{t.passkeys}</h3>
        <p class="al-muted">{t.passkeysText}</p>
        <Passkeys view={view} account={account} />
        <PasskeyButton view={view} mode="register" label={t.addPasskey} to="/identity/account?done=saved" />
      </div>
    </Section>
  )
}

function Passkeys({ view, account }: Props) {
  const t = messages[view.locale]
  if (account.passkeys.length === 0) return <p>{t.noPasskeys}</p>
  return (
    <Card flush>
      <DataTable
        view={view}
        caption={t.passkeys}
        quietCaption
        stack
        card
        rows={account.passkeys}
        columns={[
          { label: t.passkeyName, header: true, cell: (passkey) => passkey.name || t.passkeyName },
          { label: t.setUp, cell: (passkey) => (passkey.createdAt ? view.date(passkey.createdAt) : '') },
          { label: t.action, cell: (passkey) => <RemovePasskey view={view} passkeyId={passkey.id} /> },
        ]}
      />
    </Card>
  )
}

function RemovePasskey({ view, passkeyId }: { view: View; passkeyId: string }) {
  const t = messages[view.locale]
  return (
    <ConfirmButton
      view={view}
      action="/identity/account/passkeys/remove"
      label={t.remove}
      question={t.removeQuestion}
      confirm={t.remove}
      fields={{ passkeyId }}
    />
  )
}

function Devices({ view, account }: Props) {
  const t = messages[view.locale]
  return (
    <Section title={t.devices} plain>
      <Card flush>
        <DataTable
          view={view}
          caption={t.devices}
          quietCaption
          stack
          card
          rows={account.devices}
          columns={[
            {
              label: t.deviceName,
              header: true,
              cell: (device) => <DeviceName view={view} device={device} />,
            },
            { label: t.signedIn, cell: (device) => view.dateTime(device.since) },
            { label: t.until, cell: (device) => view.date(device.until) },
            { label: t.action, cell: (device) => <EndDevice view={view} device={device} /> },
          ]}
        />
      </Card>
      <div class="al-gap-4">
        <ConfirmButton
          view={view}
          action="/identity/account/sessions/end-all"
          label={t.signOutAll}
          question={t.signOutAllQuestion}
          confirm={t.signOutAll}
        />
      </div>
    </Section>
  )
}

type DeviceProps = { readonly view: View; readonly device: Account['devices'][number] }

function DeviceName({ view, device }: DeviceProps) {
  const t = messages[view.locale]
  return (
    <>
      {device.browser ? t.device(device.browser) : t.unknownDevice}{' '}
      {device.current ? <Chip tone="accent">{t.here}</Chip> : null}
    </>
  )
}

function EndDevice({ view, device }: DeviceProps) {
  const t = messages[view.locale]
  if (device.current) return <ActionForm view={view} action="/identity/sign-out" label={t.signOut} />
  return (
    <ActionForm
      view={view}
      action="/identity/account/sessions/end"
      label={t.endOne}
      variant="tertiary"
      fields={{ sessionId: device.id }}
    />
  )
}

function Wishes({ view, account, forms }: Props) {
  const t = messages[view.locale]
  const options = (['daily', 'weekly', 'never'] as const).map((value) => ({ value, label: t[value] }))
  return (
    <Section title={t.wishes} plain>
      <Form view={view} action="/identity/account/wishes" form={forms?.wishes} id="wishes" label={t.wishes}>
        <Radios name="digest" label={t.digest} options={options} value={account.wishes.digest} required />
        <Checkbox name="tasks" label={t.tasks} checked={account.wishes.tasks} />
        <Buttons>
          <Submit variant="secondary">{t.save}</Submit>
        </Buttons>
      </Form>
    </Section>
  )
}

/** Beside it: the own data, and the way out. */
export function AccountAside({ view, operator }: { view: View; operator: boolean }) {
  const t = messages[view.locale]
  return (
    <>
      {operator ? (
        <Card title={t.operator}>
          <p>
            <LinkArrow href={view.href('/identity/people')}>{t.people}</LinkArrow>
          </p>
          <p>
            <LinkArrow href={view.href('/identity/towns')}>{t.towns}</LinkArrow>
          </p>
        </Card>
      ) : null}
      <Card title={t.data}>
        <p class="al-muted">{t.dataText}</p>
        <Buttons>
          <ButtonLink href={view.href('/identity/account/data.json')} download>
            {t.export}
          </ButtonLink>
        </Buttons>
      </Card>
      <Card title={t.erase} sunk>
        <p class="al-small">{t.eraseText}</p>
        <LinkArrow href={view.href('/identity/account/erase')}>{t.eraseLink}</LinkArrow>
      </Card>
    </>
  )
}

/** Asks once more, with the address to be typed, before the account goes. */
export function ErasePage({ view, form }: { view: View; form?: FormState }) {
  const t = messages[view.locale]
  return (
    <div class="al-stack--l">
      <Note tone="warn" title={t.eraseList}>
        <ul>
          <li>{t.erase1}</li>
          <li>{t.erase2}</li>
          <li>{t.erase3}</li>
        </ul>
      </Note>
      <Form view={view} action="/identity/account/erase" form={form}>
        <TextField
          name="email"
          label={t.eraseSign}
          type="email"
          autocomplete="off"
          maxlength={EMAIL_MAX}
          required
        />
        <Buttons>
          <Submit>{t.eraseButton}</Submit>
          <SecondaryLink href={view.href('/identity/account')}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}
