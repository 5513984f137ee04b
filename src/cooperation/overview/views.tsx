import type { View } from '../../platform/view.ts'
import { ButtonLink, Card, Empty, LinkArrow, Meta } from '../../web/parts.tsx'
import { Pagination } from '../../web/pagination.tsx'
import { Result } from '../../web/text-parts.tsx'
import { messages } from '../messages.ts'
import { agreementStates, openParties, type Agreement } from '../model.ts'
import { StateChip } from '../views.tsx'

/** The list of agreements with its filter. */
export function AgreementList(props: {
  view: View
  agreements: Agreement[]
  state: string | undefined
  next: string | undefined
  first: boolean
  now: Date
}) {
  const { view, agreements, state, now } = props
  const t = messages[view.locale]
  return (
    <>
      <StateFilter view={view} state={state} />
      <h2 class="kern-sr-only">{t.agreements}</h2>
      {agreements.length === 0 ? (
        <Empty
          title={t.noAgreements}
          action={<ButtonLink href={view.href('/questions')}>{t.toQuestions}</ButtonLink>}
        >
          {t.noAgreementsText}
        </Empty>
      ) : null}
      <div>
        {agreements.map((agreement) => (
          <AgreementLine view={view} agreement={agreement} now={now} />
        ))}
      </div>
      <Pagination
        view={view}
        path="/cooperation"
        query={{ state: state ?? '' }}
        next={props.next}
        first={props.first}
      />
    </>
  )
}

function StateFilter({ view, state }: { view: View; state: string | undefined }) {
  const t = messages[view.locale]
  const links = [
    { value: undefined, label: t.all },
    ...agreementStates.map((one) => ({ value: one, label: t.states[one] })),
  ]
  return (
    <nav class="al-row" aria-label={t.filter}>
      {links.map(({ value, label }) => (
        <a
          class="al-pill"
          href={view.href(value ? `/cooperation?state=${value}` : '/cooperation')}
          aria-current={state === value ? 'true' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  )
}

function AgreementLine({ view, agreement, now }: { view: View; agreement: Agreement; now: Date }) {
  const t = messages[view.locale]
  const names = [...new Set(agreement.parties.map((party) => party.name))]
  const next = agreement.state === 'proposed' ? openParties(agreement)[0] : undefined
  return (
    <Result
      href={view.href(`/cooperation/agreements/${agreement.id}`)}
      title={agreement.title}
      text={agreement.purpose}
      chips={<StateChip view={view} agreement={agreement} now={now} />}
      meta={
        <Meta
          items={[
            { icon: 'people', text: view.list(names) },
            { icon: 'clock', text: t.until({ date: view.date(agreement.validUntil) }) },
            { icon: 'pen', text: next ? t.panelOpen({ who: next.name }) : '' },
          ]}
        />
      }
    />
  )
}

/** Beside the list: what every agreement starts from. */
export function CharterCard({ view }: { view: View }) {
  const t = messages[view.locale]
  return (
    <Card title={t.charterCardTitle} soft>
      <p>{t.charterCardText}</p>
      <LinkArrow href={view.href('/cooperation/charter')}>{t.charterLink}</LinkArrow>
    </Card>
  )
}
