import { dayOf } from '../platform/days.ts'
import type { FormState } from '../platform/form.ts'
import type { View } from '../platform/view.ts'
import { ActionForm, Buttons, Form, Submit } from '../web/forms.tsx'
import { Select, TextArea } from '../web/fields.tsx'
import { Section } from '../web/layout.tsx'
import { ButtonLink, Chip, Empty, Facts, More, Note, Voice } from '../web/parts.tsx'
import { Timeline } from '../web/path.tsx'
import { ClauseView, DiffLegend, EnforcementTable } from './charter/views.tsx'
import type { ReadableClause } from './charter/text.ts'
import { messages } from './messages.ts'
import type { Agreement, AgreementVersion, ClauseKey } from './model.ts'
import { isInForce, minimumUnits, openParties } from './model.ts'

/** A remark as the page shows it; `who` is empty where the account is gone. */
export type Remark = { clause: ClauseKey; who: string; organisation: string; at: Date; text: string }

/** What the reader of an agreement's page may do. */
export type Rights = {
  inside: boolean
  change: boolean
  discuss: boolean
  sign: boolean
  submit: boolean
  withdraw: boolean
  end: boolean
}

/** All that the page of an agreement shows. */
export type AgreementPage = {
  agreement: Agreement
  clauses: ReadableClause[]
  /** The clauses to compare with: the version before, or the charter's wording. */
  before: ReadableClause[] | undefined
  versions: AgreementVersion[]
  remarks: Remark[]
  rights: Rights
  question: { number: string; title: string } | undefined
  now: Date
  /** A contribution that could not be taken, with its words. */
  said?: FormState | undefined
}

/** The state of an agreement as a chip: what it waits for, or whether it is in force. */
export function StateChip({ view, agreement, now }: { view: View; agreement: Agreement; now: Date }) {
  const t = messages[view.locale]
  const open = openParties(agreement).length
  if (agreement.state === 'proposed')
    return (
      <Chip tone="ask" icon="pen">
        {t.waiting({ n: open })}
      </Chip>
    )
  if (agreement.state === 'draft')
    return (
      <Chip tone="plain" icon="file">
        {t.states.draft}
      </Chip>
    )
  if (isInForce(agreement, now))
    return (
      <Chip tone="open" icon="check">
        {t.inForce}
      </Chip>
    )
  if (agreement.state !== 'signed')
    return (
      <Chip tone="closed" icon="stop">
        {t.states[agreement.state]}
      </Chip>
    )
  const early = dayOf(now) < agreement.validFrom
  return early ? (
    <Chip tone="accent" icon="clock">
      {t.upcoming}
    </Chip>
  ) : (
    <Chip tone="closed" icon="stop">
      {t.states.expired}
    </Chip>
  )
}

/** The middle column: key facts, clauses, who makes sure, discussion and history. */
export function AgreementMain({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const { agreement } = data
  return (
    <>
      {agreement.state === 'draft' ? <Note icon="lock">{t.draftNote}</Note> : null}
      {agreement.endReason ? (
        <Note tone="warn" title={`${t.reason}:`}>
          {agreement.endReason}
        </Note>
      ) : null}
      <KeyFacts view={view} agreement={agreement} />
      <Clauses view={view} data={data} />
      <Section title={t.enforcement} lead={t.enforcementLead} plain>
        <EnforcementTable view={view} terms={agreement.terms} />
      </Section>
      {data.rights.inside ? <Discussion view={view} data={data} /> : null}
      <History view={view} data={data} />
    </>
  )
}

function Clauses({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const { agreement, clauses, before } = data
  const pairs = clauses.map((clause, index) => ({ clause, before: before?.[index] }))
  const show = (pair: Pair) => (
    <ClauseView
      view={view}
      clause={pair.clause}
      before={pair.before}
      foot={<ClauseFoot view={view} data={data} clause={pair.clause} />}
    />
  )
  const since = agreement.version > 1 ? t.termsChanged({ n: agreement.version - 1 }) : t.termsDeviates
  return (
    <Section title={t.terms} lead={before ? `${t.termsLead} ${since}` : t.termsLead} id="klauseln" plain>
      {before ? <DiffLegend view={view} /> : null}
      {pairs.filter(isShown).map(show)}
      {pairs.every(isShown) ? null : (
        <More label={t.otherClauses({ n: pairs.filter((pair) => !isShown(pair)).length })}>
          {pairs.filter((pair) => !isShown(pair)).map(show)}
        </More>
      )}
      <div class="al-btns al-gap-3">
        <ButtonLink href={view.href(`/cooperation/agreements/${agreement.id}/diff`)}>{t.compare}</ButtonLink>
        {data.rights.change ? (
          <ButtonLink variant="tertiary" href={view.href(`/cooperation/agreements/${agreement.id}/edit`)}>
            {t.proposeChange}
          </ButtonLink>
        ) : null}
      </div>
    </Section>
  )
}

type Pair = { clause: ReadableClause; before: ReadableClause | undefined }

// What people ask first, and whatever somebody changed; the rest is one step away.
const first: readonly ClauseKey[] = ['purpose', 'term', 'output', 'benefit']

function isShown({ clause, before }: Pair): boolean {
  const changed = before !== undefined && (before.plain !== clause.plain || before.legal !== clause.legal)
  return changed || clause.changed || first.includes(clause.key)
}

function ClauseFoot({ view, data, clause }: { view: View; data: AgreementPage; clause: ReadableClause }) {
  const t = messages[view.locale]
  const said = data.remarks.filter((one) => one.clause === clause.key).length
  if (!data.rights.change && !(data.rights.inside && said > 0)) return null
  return (
    <p class="al-row al-small">
      {data.rights.change ? (
        <a href={view.href(`/cooperation/agreements/${data.agreement.id}/edit?clause=${clause.key}`)}>
          {t.changeThis}
          <span class="kern-sr-only">{`: § ${clause.number}`}</span>
        </a>
      ) : null}
      {data.rights.inside ? (
        <a href="#gespraech">
          {t.talkAbout({ n: said })}
          <span class="kern-sr-only">{`: § ${clause.number}`}</span>
        </a>
      ) : null}
    </p>
  )
}

function Discussion({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const title = (key: ClauseKey) => {
    const clause = data.clauses.find((one) => one.key === key)
    return clause ? `§ ${clause.number} ${clause.title}` : key
  }
  return (
    <Section title={t.discussion} lead={t.discussionLead} id="gespraech" plain>
      <div class="al-stack">
        {data.remarks.length === 0 ? <Empty title={t.noDiscussion} /> : null}
        {data.remarks.map((one) => (
          <Voice
            name={one.who || t.gone}
            when={`${one.organisation ? `${one.organisation}, ` : ''}${view.dateTime(one.at)}`}
            foot={<a href={`#klausel-${one.clause}`}>{title(one.clause)}</a>}
          >
            {one.text}
          </Voice>
        ))}
        {data.rights.discuss ? (
          <Form
            view={view}
            action={`/cooperation/agreements/${data.agreement.id}/comments`}
            id="gespraech-form"
            form={data.said}
          >
            <Select
              name="clause"
              label={t.clause}
              required
              options={data.clauses.map((one) => ({ value: one.key, label: title(one.key) }))}
            />
            <TextArea
              name="text"
              label={t.contribution}
              hint={t.contributionHint}
              rows={3}
              maxlength={2000}
              required
            />
            <Buttons>
              <Submit variant="secondary">{t.say}</Submit>
            </Buttons>
          </Form>
        ) : null}
      </div>
    </Section>
  )
}

function History({ view, data }: { view: View; data: AgreementPage }) {
  const t = messages[view.locale]
  const line = (version: AgreementVersion) => {
    const clause = data.clauses.find((one) => one.key === version.changedClause)
    const what = clause ? t.changedClause({ number: clause.number, title: clause.title }) : t.firstVersion
    return `${t.versionShort({ n: version.version })}: ${what}${version.reason ? ` ${version.reason}` : ''}`
  }
  return (
    <Section title={t.history} plain>
      <Timeline
        view={view}
        items={data.versions.map((version) => ({ when: version.createdAt, text: line(version) }))}
      />
    </Section>
  )
}

/** The button that puts a draft to the parties. */
export function SubmitDraft({ view, id }: { view: View; id: string }) {
  return (
    <ActionForm
      view={view}
      action={`/cooperation/agreements/${id}/propose`}
      label={messages[view.locale].submitDraft}
      variant="primary"
    />
  )
}

function KeyFacts({ view, agreement }: { view: View; agreement: Agreement }) {
  const t = messages[view.locale]
  return (
    <Section title={t.key} plain>
      <Facts
        items={[
          { value: '1', label: t.factPurpose },
          { value: String(minimumUnits(agreement.protectionLevel)), label: t.factMinimum },
          { value: view.dateNear(agreement.validUntil), label: t.factUntil },
        ]}
      />
    </Section>
  )
}
