import { dayOf } from '../../platform/days.ts'
import type { View } from '../../platform/view.ts'
import { ButtonLink, Card, LinkArrow, Pairs, Rows } from '../../web/parts.tsx'
import { Decide } from '../../web/path.tsx'
import { SignLine } from '../../web/text-parts.tsx'
import { messages } from '../messages.ts'
import { daysLeft, isInForce, openParties, type Agreement } from '../model.ts'
import { partName } from '../charter/text.ts'
import { SubmitDraft, type AgreementPage } from '../views.tsx'

/** The side column: who decides next, signatures, proof, files. */
export function AgreementAside({ view, data }: { view: View; data: AgreementPage }) {
  return (
    <>
      <DecideBox view={view} data={data} />
      <Signatures view={view} agreement={data.agreement} />
      <Proof view={view} data={data} />
      <TakeAway view={view} data={data} />
    </>
  )
}

function DecideBox({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const { agreement, rights, now } = data
  if (agreement.state === 'draft') {
    return (
      <Decide label={t.whoDecides} who={t.steward} text={t.decideSubmit}>
        {rights.submit ? <SubmitDraft view={view} id={agreement.id} /> : null}
      </Decide>
    )
  }
  if (agreement.state === 'proposed') return <SignBox view={view} data={data} />
  if (isInForce(agreement, now)) {
    const n = daysLeft(agreement, now)
    return (
      <Decide
        label={t.decideInForce}
        who={t.until({ date: view.date(agreement.validUntil) })}
        text={t.decideInForceText}
        until={t.daysLeft({ n })}
      />
    )
  }
  return <StillBox view={view} agreement={agreement} now={now} />
}

function SignBox({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const next = openParties(data.agreement)[0]
  const action = { href: view.href(`/cooperation/agreements/${data.agreement.id}/sign`), label: t.signNow }
  return (
    <Decide
      label={t.whoDecides}
      who={next?.name ?? t.parties}
      text={t.decideSign}
      action={data.rights.sign ? action : undefined}
    />
  )
}

function StillBox({ view, agreement, now }: { view: View; agreement: Agreement; now: Date }) {
  const t = messages[view.locale]
  if (agreement.state === 'signed' && dayOf(now) < agreement.validFrom) {
    return (
      <Decide
        label={t.agreement}
        who={t.decideUpcoming}
        text={t.decideUpcomingText({ date: view.date(agreement.validFrom) })}
      />
    )
  }
  const over = agreement.state === 'withdrawn' || agreement.state === 'ended' ? agreement.state : 'expired'
  const date = view.date(agreement.endedAt ?? agreement.validUntil)
  return <Decide label={t.agreement} who={t.decideOver[over]} text={t.decideOverText({ date })} />
}

function Signatures({ view, agreement }: { view: View; agreement: Agreement }) {
  const t = messages[view.locale]
  const organisations = [...new Set(agreement.parties.map((party) => party.organisationId))]
  const old = agreement.signatures.some((one) => !one.valid)
  return (
    <Card title={t.signatures} id="unterschriften">
      <div>
        {organisations.map((id) => {
          const parts = agreement.parties.filter((party) => party.organisationId === id)
          const given = agreement.signatures.find((one) => one.valid && one.organisationId === id)
          const what = parts.map((party) => partName(party.part, view.locale)).join(', ')
          return (
            <SignLine
              done={Boolean(given)}
              name={parts[0]?.name ?? ''}
              when={given ? signedText(view, given) : `${what}, ${t.stillOpen}`}
            />
          )
        })}
      </div>
      {old ? <p class="al-small al-muted">{t.oldSignatures}</p> : null}
    </Card>
  )
}

function signedText(view: View, signature: Agreement['signatures'][number]): string {
  const t = messages[view.locale]
  const roles: Record<string, string> = t.roles
  const line = t.signedOn({
    role: roles[signature.role] ?? signature.role,
    date: view.dateTime(signature.signedAt),
  })
  return signature.name ? `${signature.name}, ${line}` : line
}

function Proof({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const { agreement, question } = data
  return (
    <Card title={t.data}>
      <Rows
        tight
        items={agreement.terms.entries.map((entry) => ({
          title: <a href={view.href(`/catalogue/datasets/${entry.entryId}`)}>{entry.title}</a>,
          text: agreement.parties.find((party) => party.organisationId === entry.organisationId)?.name,
        }))}
      />
      <Pairs
        items={[
          {
            term: t.question,
            value: question ? (
              <a href={view.href(`/questions/${question.number}`)}>{question.title}</a>
            ) : null,
          },
          { term: t.checksum, value: <span class="al-mono">{shortHash(agreement.hash)}</span> },
        ]}
      />
      <LinkArrow href={view.href(`/transparency/objects/agreement/${agreement.id}`)}>{t.register}</LinkArrow>
    </Card>
  )
}

/** The ends of a checksum in groups of four, enough to compare by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`
}

function TakeAway({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const { agreement, rights } = data
  const at = `/cooperation/agreements/${agreement.id}`
  return (
    <Card title={t.takeAway} sunk>
      <LinkArrow href={view.href(`${at}.pdf`)}>{t.pdf}</LinkArrow>
      <p class="al-small">{t.forMachinesText}</p>
      <LinkArrow href={`${at}.odrl.jsonld`}>{t.policyLink}</LinkArrow>
      <LinkArrow href={`${at}.text.json`}>{t.signedText}</LinkArrow>
      <div class="al-btns">
        {rights.withdraw ? <ButtonLink href={view.href(`${at}/withdraw`)}>{t.withdraw}</ButtonLink> : null}
        {rights.end ? (
          <ButtonLink href={view.href(`${at}/end`)}>
            {agreement.state === 'draft' ? t.discard : t.end}
          </ButtonLink>
        ) : null}
      </div>
    </Card>
  )
}
