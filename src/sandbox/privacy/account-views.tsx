import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { Meter, More } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { Section } from '../../web/layout.tsx'
import { rhoNumber } from '../dp/accountant.ts'
import { messages } from './messages.ts'
import type { Account } from './model.ts'
import { deltaText, epsilonText, rhoText } from './views.tsx'

type AccountProps = {
  view: View
  organisationId: string
  account: Account
  mayLimit: boolean
  form: FormState | undefined
}

/** One account: how much is spent, where, and the form that sets its limit. */
export function AccountSection({ view, organisationId, account, mayLimit, form }: AccountProps) {
  const t = messages[view.locale]
  const { spent, limit, unitType } = account
  const text = t.accountText({
    spent: rhoText(view, spent.rho),
    all: rhoText(view, limit),
    epsilon: epsilonText(view, spent.rho),
    delta: deltaText(view, spent.delta),
  })
  return (
    <Section title={t.units[unitType]} id={unitType} plain>
      <div class="al-w-prose">
        <Meter label={text} parts={[Number(spent.rho) / Number(limit)]} />
        <p class="al-gap-1">{text}</p>
        <p class="al-small al-muted">
          {account.decidedAt ? t.accountDecided({ when: view.date(account.decidedAt) }) : t.accountDefault}
        </p>
      </div>
      <RoomsTable view={view} account={account} />
      {mayLimit ? (
        <More label={t.limit} open={form !== undefined}>
          <LimitForm view={view} organisationId={organisationId} account={account} form={form} />
        </More>
      ) : null}
    </Section>
  )
}

function RoomsTable({ view, account }: { view: View; account: Account }) {
  const t = messages[view.locale]
  return (
    <DataTable
      view={view}
      caption={t.byRoom}
      stack
      rows={account.rooms}
      columns={[
        {
          label: t.roomName,
          header: true,
          cell: (r) => <a href={view.href(`/sandbox/workspaces/${r.workspaceId}/privacy`)}>{r.title}</a>,
        },
        { label: t.questions, numeric: true, cell: (r) => view.number(r.questions) },
        { label: 'ρ', numeric: true, cell: (r) => rhoText(view, r.spent.rho) },
        { label: 'ε', numeric: true, cell: (r) => epsilonText(view, r.spent.rho) },
      ]}
    />
  )
}

type LimitProps = Pick<AccountProps, 'view' | 'organisationId' | 'account' | 'form'>

function LimitForm({ view, organisationId, account, form }: LimitProps) {
  const t = messages[view.locale]
  const now = String(rhoNumber(account.limit)).replace('.', view.locale === 'de' ? ',' : '.')
  return (
    <Form view={view} action="/sandbox/privacy" form={form} id={`limit-${account.unitType}`}>
      <Hidden name="organisationId" value={organisationId} />
      <Hidden name="unitType" value={account.unitType} />
      <TextField
        name="rhoLimit"
        label={t.newLimit}
        hint={t.newLimitHint}
        inputmode="decimal"
        value={now}
        required
      />
      <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={2} maxlength={500} required />
      <Buttons>
        <Submit>{t.setLimit}</Submit>
      </Buttons>
    </Form>
  )
}
