import type { View } from '../../platform/view.ts'
import type { FormState } from '../../platform/form.ts'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { TextField } from '../../web/fields.tsx'
import { ButtonLink, Card, LinkArrow, More, Note } from '../../web/parts.tsx'
import { safeReturn } from '../model.ts'
import { EMAIL_MAX, NAME_MAX, PASSWORD_MAX } from '../schema.ts'
import { messages } from './messages.ts'

/** What the sign-in page knows: where to go afterwards, the outside provider, what was typed. */
export type SignInProps = {
  readonly view: View
  readonly to: string | undefined
  readonly outside: string | undefined
  readonly notice?: { readonly tone?: 'warn'; readonly text: string } | undefined
  readonly linkForm?: FormState
  readonly passwordForm?: FormState
}

/** The main way in: a link by mail, then a password for those who have one. */
export function SignIn(props: SignInProps) {
  const { notice } = props
  return (
    <div class="al-stack">
      {notice ? (
        <Note {...(notice.tone ? { tone: notice.tone } : { icon: 'check' })}>{notice.text}</Note>
      ) : null}
      <ByLink {...props} />
      <ByPassword {...props} />
    </div>
  )
}

function Address({ view, autocomplete }: { view: View; autocomplete: string }) {
  const label = messages[view.locale].email
  return (
    <TextField
      name="email"
      label={label}
      type="email"
      autocomplete={autocomplete}
      maxlength={EMAIL_MAX}
      required
    />
  )
}

function ByLink({ view, to, linkForm }: SignInProps) {
  const t = messages[view.locale]
  return (
    <Card title={t.byLink}>
      <p class="al-muted">{t.byLinkText}</p>
      <Form view={view} action="/identity/sign-in/link" form={linkForm} id="link" label={t.byLink}>
        {to ? <Hidden name="to" value={to} /> : null}
        {Address({ view, autocomplete: 'email' })}
        <Buttons>
          <Submit>{t.sendLink}</Submit>
        </Buttons>
      </Form>
    </Card>
  )
}

function ByPassword({ view, to, passwordForm }: SignInProps) {
  const t = messages[view.locale]
  return (
    <Card title={t.byPassword}>
      <Form
        view={view}
        action="/identity/sign-in/password"
        form={passwordForm}
        id="password"
        label={t.byPassword}
      >
        {to ? <Hidden name="to" value={to} /> : null}
        {Address({ view, autocomplete: 'username' })}
        <TextField
          name="password"
          label={t.password}
          type="password"
          autocomplete="current-password"
          required
        />
        <Buttons>
          <Submit variant="secondary">{t.signIn}</Submit>
        </Buttons>
      </Form>
      <p>
        <LinkArrow href={view.href('/identity/password')}>{t.forgotten}</LinkArrow>
      </p>
    </Card>
  )
}

/** Beside it: passkey, outside provider, registering, what is kept. */
export function OtherWays({ view, to, outside }: SignInProps) {
  const t = messages[view.locale]
  return (
    <>
      <Card title={t.byPasskey}>
        <p class="al-muted">{t.byPasskeyText}</p>
        <PasskeyButton view={view} mode="sign-in" label={t.usePasskey} to={to ?? ''} />
      </Card>
      {outside ? (
        <Card title={t.byOutside({ name: outside })}>
          <p class="al-muted">{t.byOutsideText}</p>
          <Buttons>
            <ButtonLink
              href={view.href(`/identity/sign-in/outside${to ? `?to=${encodeURIComponent(to)}` : ''}`)}
            >
              {t.useOutside({ name: outside })}
            </ButtonLink>
          </Buttons>
        </Card>
      ) : null}
      <Card title={t.noAccount} sunk>
        <LinkArrow href={view.href('/identity/sign-up')}>{t.signUp}</LinkArrow>
      </Card>
      <More label={t.why}>
        <p class="al-small">{t.whyText}</p>
      </More>
    </>
  )
}

type PasskeyButtonProps = {
  view: View
  mode: 'sign-in' | 'register'
  label: string
  to: string
}

/** A button the passkey island brings to life; without script it stays hidden and a sentence says why. */
export function PasskeyButton(props: PasskeyButtonProps) {
  const t = messages[props.view.locale]
  return (
    <div
      data-passkey={props.mode}
      data-to={props.view.href(safeReturn(props.to, '/desk'))}
      data-failed={t.passkeyFailed}
      data-stale={t.passkeyStale}
    >
      <p class="al-small" data-passkey-hint>
        {t.passkeyNeedsScript}
      </p>
      <div hidden>
        <button type="button" class="kern-btn kern-btn--secondary">
          <span class="kern-label">{props.label}</span>
        </button>
      </div>
      <p role="status" class="al-small" />
    </div>
  )
}

/** One sentence and one button: uses a link up. */
export function OneButton(props: {
  view: View
  action: string
  token: string
  to?: string | undefined
  text?: string
  button: string
}) {
  return (
    <Card>
      {props.text ? <p>{props.text}</p> : null}
      <Form view={props.view} action={props.action}>
        <Hidden name="token" value={props.token} />
        {props.to ? <Hidden name="to" value={props.to} /> : null}
        <Buttons>
          <Submit>{props.button}</Submit>
        </Buttons>
      </Form>
    </Card>
  )
}

/** Says that a mail is under way, whether or not the address is known. */
export function Sent({ view, text }: { view: View; text: string }) {
  const t = messages[view.locale]
  return (
    <Card>
      <p>{text}</p>
      <Buttons>
        <ButtonLink href={view.href('/identity/sign-in')}>{t.again}</ButtonLink>
      </Buttons>
    </Card>
  )
}

/** Registering: name, address, a password if wanted. */
export function SignUp({ view, form }: { view: View; form?: FormState }) {
  const t = messages[view.locale]
  return (
    <div class="al-stack">
      <Form view={view} action="/identity/sign-up" form={form}>
        <TextField
          name="name"
          label={t.name}
          hint={t.nameHint}
          autocomplete="name"
          maxlength={NAME_MAX}
          required
        />
        <TextField
          name="email"
          label={t.email}
          type="email"
          autocomplete="email"
          maxlength={EMAIL_MAX}
          required
        />
        <TextField
          name="password"
          label={t.password}
          hint={t.passwordHint}
          type="password"
          autocomplete="new-password"
          maxlength={PASSWORD_MAX}
        />
        <Buttons>
          <Submit>{t.signUpButton}</Submit>
        </Buttons>
      </Form>
      <p>
        {t.already} <a href={view.href('/identity/sign-in')}>{t.signIn}</a>
      </p>
    </div>
  )
}

/** Asks where to send the mail for a new password. */
export function RequestPassword({ view, form }: { view: View; form?: FormState }) {
  const t = messages[view.locale]
  return (
    <Form view={view} action="/identity/password" form={form}>
      <TextField
        name="email"
        label={t.email}
        type="email"
        autocomplete="email"
        maxlength={EMAIL_MAX}
        required
      />
      <Buttons>
        <Submit>{t.sendLink}</Submit>
      </Buttons>
    </Form>
  )
}

/** Sets the new password. */
export function NewPassword({ view, form, token }: { view: View; form?: FormState; token: string }) {
  const t = messages[view.locale]
  return (
    <Form view={view} action="/identity/password/set" form={form}>
      <Hidden name="token" value={token} />
      <TextField
        name="password"
        label={t.newPassword}
        hint={t.newPasswordHint}
        type="password"
        autocomplete="new-password"
        maxlength={PASSWORD_MAX}
        required
      />
      <Buttons>
        <Submit>{t.savePassword}</Submit>
      </Buttons>
    </Form>
  )
}
