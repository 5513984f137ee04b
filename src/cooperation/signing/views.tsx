import type { View } from '../../platform/view.ts'
import { emptyForm, type FormState } from '../../platform/form.ts'
import { Radios, TextArea } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, Empty, LinkArrow, Note, Pairs } from '../../web/parts.tsx'
import { shortHash } from '../aside/views.tsx'
import { messages } from '../messages.ts'
import { clauseKeys, type Agreement, type Party } from '../model.ts'

/** The step before a signature: what is signed, for whom, and what becomes public. */
export function SignForm({
  view,
  agreement,
  parties,
}: {
  view: View
  agreement: Agreement
  parties: Party[]
}) {
  const t = messages[view.locale]
  const at = `/cooperation/agreements/${agreement.id}`
  if (parties.length === 0) {
    return (
      <Empty
        title={t.nothingToSign}
        action={<ButtonLink href={view.href(at)}>{t.backToAgreement}</ButtonLink>}
      >
        {t.nothingToSignText}
      </Empty>
    )
  }
  const only = parties.length === 1 ? parties[0] : undefined
  return (
    <div class="al-stack al-w-prose">
      <Pairs
        row
        items={[
          { term: t.signWhat, value: `${agreement.title}, ${t.versionShort({ n: agreement.version })}` },
          { term: t.purpose, value: agreement.purpose },
          { term: t.parties, value: view.list([...new Set(agreement.parties.map((party) => party.name))]) },
          { term: t.lastDay, value: view.date(agreement.validUntil) },
          { term: t.checksum, value: <span class="al-mono">{shortHash(agreement.hash)}</span> },
          { term: t.signFor, value: only?.name },
        ]}
      />
      <LinkArrow href={view.href(`${at}.pdf`)}>{t.signAll({ n: clauseKeys.length })}</LinkArrow>
      <Note icon="eye">{t.signPublic}</Note>
      <Form view={view} action={`${at}/sign`}>
        <Hidden name="hash" value={agreement.hash} />
        {only ? (
          <Hidden name="organisationId" value={only.organisationId} />
        ) : (
          <Radios
            name="organisationId"
            label={t.signFor}
            required
            options={parties.map((party) => ({ value: party.organisationId, label: party.name }))}
          />
        )}
        <Buttons>
          <Submit>{t.signButton}</Submit>
          <SecondaryLink href={view.href(at)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}

type ReasonFormProps = {
  view: View
  agreement: Agreement
  kind: 'withdraw' | 'end'
  form?: FormState
}

/** The step before withdrawing or ending: what it means, and the public reason. */
export function ReasonForm(props: ReasonFormProps) {
  const { view, agreement, kind } = props
  const t = messages[view.locale]
  const at = `/cooperation/agreements/${agreement.id}`
  return (
    <div class="al-stack al-w-prose">
      <Note tone="warn">{kind === 'withdraw' ? t.withdrawLead : t.endLead}</Note>
      <p class="al-muted">{t.keep}</p>
      <Form view={view} action={`${at}/${kind}`} form={props.form ?? emptyForm()}>
        <TextArea
          name="reason"
          label={kind === 'withdraw' ? t.withdrawReason : t.endReason}
          hint={t.reasonHint}
          required
          rows={4}
          maxlength={600}
        />
        <Buttons>
          <Submit>{kind === 'withdraw' ? t.withdrawButton : t.endButton}</Submit>
          <SecondaryLink href={view.href(at)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}
