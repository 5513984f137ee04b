import type { Ctx } from '../platform/context.ts'
import { may } from '../platform/permission.ts'
import type { View } from '../platform/view.ts'
import { ButtonLink, Card, LinkArrow } from '../web/parts.tsx'
import { SignLine } from '../web/text-parts.tsx'
import { messages } from './messages.ts'
import { openParties, type Agreement } from './model.ts'
import { policy } from './policy.ts'
import { listAgreements } from './service.ts'
import { StateChip } from './views.tsx'

/** The question's page: how its agreement stands and who signs next. */
const agreementPanel = { id: 'agreement', side: 'aside' as const, render: renderPanel }

async function renderPanel(ctx: Ctx, view: View, questionId: string) {
  const { agreements } = await listAgreements(ctx, { questionId })
  const [latest] = agreements
  const t = messages[view.locale]
  const mayDraft = may(ctx.actor, policy, 'draft')
  if (!latest && !mayDraft) return null
  return (
    <Card title={t.panelTitle} id="vereinbarung">
      {latest ? (
        <AgreementSummary view={view} agreement={latest} now={ctx.now} />
      ) : (
        <p class="al-small al-muted">{t.panelNone}</p>
      )}
      {mayDraft && !latest ? (
        <div class="al-btns">
          <ButtonLink href={view.href(`/cooperation/agreements/new?question=${questionId}`)}>
            {t.newAgreement}
          </ButtonLink>
        </div>
      ) : null}
    </Card>
  )
}

function SignLines({ view, agreement }: { view: View; agreement: Agreement }) {
  const t = messages[view.locale]
  const organisations = [...new Map(agreement.parties.map((party) => [party.organisationId, party.name]))]
  return (
    <div>
      {organisations.map(([id, name]) => {
        const given = agreement.signatures.find((one) => one.valid && one.organisationId === id)
        const when = given ? view.date(given.signedAt) : t.stillOpen
        return <SignLine done={Boolean(given)} name={name} when={when} />
      })}
    </div>
  )
}

function AgreementSummary({ view, agreement, now }: { view: View; agreement: Agreement; now: Date }) {
  const t = messages[view.locale]
  const open = openParties(agreement)
  return (
    <>
      <div class="al-row">
        <StateChip view={view} agreement={agreement} now={now} />
      </div>
      <SignLines view={view} agreement={agreement} />
      {agreement.state === 'proposed' && open[0] ? (
        <p class="al-small">{t.panelOpen({ who: open[0].name })}</p>
      ) : null}
      <LinkArrow href={view.href(`/cooperation/agreements/${agreement.id}`)}>{agreement.title}</LinkArrow>
    </>
  )
}

/** The panels this room adds to the question's page. */
export const panels = [agreementPanel]
