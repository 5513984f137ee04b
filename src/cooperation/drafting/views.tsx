import type { View } from '../../platform/view.ts'
import { emptyForm, type FormState } from '../../platform/form.ts'
import { CheckGroup, DateField, Radios, Select, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, Fieldset, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, Card, Empty, More, Note } from '../../web/parts.tsx'
import { legalBasisTexts } from '../charter/legal-bases.ts'
import type { ReadableClause } from '../charter/text.ts'
import { Clause } from '../../web/text-parts.tsx'
import { messages } from '../messages.ts'
import { drafting } from './messages.ts'
import {
  legalBases,
  protectionLevels,
  type Agreement,
  type ClauseText,
  type ProtectionLevel,
} from '../model.ts'
import { valueFields, type ValueField } from './fields.ts'

/** What can be chosen in a new agreement. */
export type Choices = {
  question: { id: string; number: string; title: string }
  entries: { id: string; title: string; holder: string }[]
  organisations: { id: string; name: string }[]
}

/** The form of a new agreement; without mapped data it says where to begin. */
export function NewAgreement({ view, choices, form }: { view: View; choices: Choices; form?: FormState }) {
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const question = `/questions/${choices.question.number}`
  if (choices.entries.length === 0) {
    return (
      <Empty title={t.noData} action={<ButtonLink href={view.href(question)}>{t.toQuestion}</ButtonLink>}>
        {t.noDataText}
      </Empty>
    )
  }
  const organisations = choices.organisations.map((one) => ({ value: one.id, label: one.name }))
  return (
    <div class="al-w-prose">
      <Form view={view} action="/cooperation/agreements" form={form ?? emptyForm()}>
        <Hidden name="questionId" value={choices.question.id} />
        <TextField name="title" label={t.title} hint={t.titleHint} maxlength={120} required />
        <TextArea
          name="purpose"
          label={t.purposeLabel}
          hint={t.purposeHint}
          rows={3}
          maxlength={600}
          value={choices.question.title}
          required
        />
        <CheckGroup
          name="entryIds"
          label={t.dataLabel}
          hint={t.dataHint}
          options={choices.entries.map((one) => ({ value: one.id, label: one.title, hint: one.holder }))}
          values={choices.entries.map((one) => one.id)}
          required
        />
        <CheckGroup name="analysts" label={t.analysts} options={organisations} required />
        <CheckGroup name="askers" label={t.askers} options={organisations} />
        <BasisField view={view} />
        <ProtectionField view={view} value="raised" />
        <Fieldset legend={t.termLegend}>
          <DateField name="validFrom" label={t.validFrom} required />
          <DateField name="validUntil" label={t.validUntil} required />
        </Fieldset>
        <TextArea name="benefit" label={t.benefit} hint={t.benefitHint} rows={3} maxlength={600} />
        <TextArea name="deletion" label={t.deletion} hint={t.deletionHint} rows={2} maxlength={400} />
        <Buttons>
          <Submit>{t.saveDraft}</Submit>
          <SecondaryLink href={view.href(question)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}

function BasisField({ view, value }: { view: View; value?: string }) {
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const options = legalBases.map((one) => ({
    value: one,
    label: legalBasisTexts[one].name[view.locale],
    hint: legalBasisTexts[one].plain[view.locale],
  }))
  return (
    <Radios
      name="legalBasis"
      label={t.legalBasis}
      options={options}
      value={value ?? 'public-task'}
      required
    />
  )
}

function ProtectionField({ view, value }: { view: View; value: ProtectionLevel }) {
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const options = (Object.keys(protectionLevels) as ProtectionLevel[]).map((level) => ({
    value: level,
    label: t.levels[level],
    hint: t.protectionOption({ n: protectionLevels[level] }),
  }))
  return <Radios name="protectionLevel" label={t.protection} options={options} value={value} required />
}

/** Which clause to change. */
export function ChooseClause({
  view,
  agreement,
  clauses,
}: {
  view: View
  agreement: Agreement
  clauses: ReadableClause[]
}) {
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  return (
    <ul class="al-rows al-rows--tight">
      {clauses.map((clause) => (
        <li>
          <div>
            <a
              href={view.href(`/cooperation/agreements/${agreement.id}/edit?clause=${clause.key}`)}
            >{`§ ${clause.number} ${clause.title}`}</a>
            {clause.changed ? <span class="al-small al-muted">{` ${t.ownWording}`}</span> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** All that the page for changing a clause shows. */
export type ClauseEdit = {
  agreement: Agreement
  clause: ReadableClause
  wording: ClauseText
  standard: ReadableClause
  keeps: readonly string[]
  stops: boolean
}

/** The form for one clause: the values it holds, its wording in both languages, and why. */
export function EditClause({ view, edit, form }: { view: View; edit: ClauseEdit; form?: FormState }) {
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const { agreement, clause, wording } = edit
  const at = `/cooperation/agreements/${agreement.id}`
  const fields = valueFields[clause.key]
  return (
    <div class="al-stack al-w-prose">
      {edit.stops ? <Note tone="warn">{t.editStops}</Note> : null}
      <Form view={view} action={`${at}/edit`} form={form ?? emptyForm()}>
        <Hidden name="clause" value={clause.key} />
        {fields.length > 0 ? (
          <Fieldset legend={t.values} hint={t.valuesText}>
            {fields.map((field) => (
              <ValueInput view={view} agreement={agreement} field={field} />
            ))}
          </Fieldset>
        ) : null}
        <Fieldset
          legend={t.wording}
          {...(edit.keeps.length > 0 ? { hint: t.placeholders({ names: braces(view, edit.keeps) }) } : {})}
        >
          <TextArea
            name="plain"
            label={t.plainDe}
            required
            rows={4}
            maxlength={4000}
            value={wording.plain.de}
          />
          <TextArea
            name="legal"
            label={t.legalDe}
            required
            rows={7}
            maxlength={4000}
            value={wording.legal.de}
          />
          <EnglishFields view={view} wording={wording} />
        </Fieldset>
        <TextField name="reason" label={t.why} hint={t.whyHint} maxlength={400} />
        <Buttons>
          <Submit>{t.saveChange}</Submit>
          <SecondaryLink href={view.href(at)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
      <More label={t.standard}>
        <h2 class="kern-sr-only">{t.standard}</h2>
        <Clause
          view={view}
          title={`§ ${edit.standard.number} ${edit.standard.title}`}
          means={edit.standard.plain}
          law={edit.standard.legal}
        />
      </More>
    </div>
  )
}

function EnglishFields({ view, wording }: { view: View; wording: ClauseText }) {
  const t = drafting[view.locale]
  return (
    <More label={t.english}>
      <p class="al-small al-muted">{t.englishText}</p>
      <TextArea name="plainEn" label={t.plainEn} rows={4} maxlength={4000} value={wording.plain.en} />
      <TextArea name="legalEn" label={t.legalEn} rows={7} maxlength={4000} value={wording.legal.en} />
    </More>
  )
}

function braces(view: View, names: readonly string[]): string {
  return view.list(names.map((name) => `{${name}}`))
}

function ValueInput({ view, agreement, field }: { view: View; agreement: Agreement; field: ValueField }) {
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const { terms } = agreement
  switch (field) {
    case 'purpose':
      return (
        <TextArea
          name="purpose"
          label={t.purposeLabel}
          hint={t.purposeHint}
          rows={3}
          maxlength={600}
          value={terms.purpose}
          required
        />
      )
    case 'legalBasis':
      return <BasisField view={view} value={terms.legalBasis} />
    case 'protectionLevel':
      return <ProtectionField view={view} value={terms.protectionLevel} />
    case 'validFrom':
      return <DateField name="validFrom" label={t.validFrom} value={terms.validFrom} required />
    case 'validUntil':
      return <DateField name="validUntil" label={t.validUntil} value={terms.validUntil} required />
    case 'deletion':
      return (
        <TextArea
          name="deletion"
          label={t.deletion}
          hint={t.deletionHint}
          rows={2}
          maxlength={400}
          value={terms.deletion}
        />
      )
    case 'benefit':
      return (
        <TextArea
          name="benefit"
          label={t.benefit}
          hint={t.benefitHint}
          rows={3}
          maxlength={600}
          value={terms.benefit}
        />
      )
  }
}

/** Chooses what to compare the current text with. */
export function CompareForm(props: { view: View; agreement: Agreement; versions: number[]; from: string }) {
  const { view, agreement, versions, from } = props
  const t = { ...messages[view.locale], ...drafting[view.locale] }
  const options = [
    { value: 'charter', label: t.charterOption },
    ...versions.map((n) => ({ value: String(n), label: t.versionShort({ n }) })),
  ]
  return (
    <Card sunk>
      <Form view={view} method="get" action={`/cooperation/agreements/${agreement.id}/diff`} id="vergleich">
        <Select name="from" required label={t.compareWith} options={options} value={from} />
        <Buttons>
          <Submit variant="secondary">{t.show}</Submit>
        </Buttons>
      </Form>
    </Card>
  )
}
