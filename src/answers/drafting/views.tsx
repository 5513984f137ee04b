import type { View } from '../../platform/view.ts'
import { emptyForm, type FormState } from '../../platform/form.ts'
import { CheckGroup, DateField, Select, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, Fieldset, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, Card, Checks, Empty, Note } from '../../web/parts.tsx'
import {
  isFigure,
  licenceKeys,
  licences,
  type Answer,
  type AnswerContent,
  type AnswerTable,
} from '../model.ts'
import { columnKey } from './form.ts'
import { drafting } from './messages.ts'

/** What can be chosen in an answer: released tables and open maps. */
export type Choices = { tables: AnswerTable[]; maps: { id: string; title: string }[] }

/** The form of an answer, new or existing. */
export function AnswerForm(props: {
  view: View
  action: string
  back: string
  choices: Choices
  form?: FormState
  questionId?: string
}) {
  const { view, choices } = props
  const t = drafting[view.locale]
  if (choices.tables.length === 0) {
    return (
      <Empty
        title={t.noReleases}
        action={<ButtonLink href={view.href('/sandbox')}>{t.toSandbox}</ButtonLink>}
      >
        {t.noReleasesText}
      </Empty>
    )
  }
  return (
    <div class="al-w-prose">
      <Form view={view} action={props.action} form={props.form ?? emptyForm()}>
        {props.questionId ? <Hidden name="questionId" value={props.questionId} /> : null}
        <Words view={view} />
        <Fieldset legend={t.evidence}>
          <CheckGroup
            name="releaseIds"
            label={t.releases}
            required
            options={choices.tables.map((table, index) => releaseOption(view, table, index))}
          />
        </Fieldset>
        <Fieldset legend={t.chart}>
          <FigureFields view={view} name="chart" choices={choices} />
        </Fieldset>
        <Fieldset legend={t.map}>
          <Select
            name="mapEntry"
            label={t.areas}
            hint={t.areasHint}
            empty={t.without}
            options={choices.maps.map((map) => ({ value: map.id, label: map.title }))}
          />
          <FigureFields view={view} name="map" choices={choices} />
        </Fieldset>
        <Select
          name="licence"
          label={t.licence}
          value="cc-by-4.0"
          options={licenceKeys.map((key) => ({ value: key, label: licences[key].name }))}
        />
        <Buttons>
          <Submit>{t.save}</Submit>
          <SecondaryLink href={view.href(props.back)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}

function Words({ view }: { view: View }) {
  const t = drafting[view.locale]
  return (
    <Fieldset legend={t.words}>
      <TextField name="title" label={t.title} hint={t.titleHint} maxlength={160} required />
      <TextArea name="lead" label={t.lead} rows={2} maxlength={400} />
      <TextArea name="finding" label={t.finding} hint={t.findingHint} rows={8} maxlength={10_000} required />
      <TextArea name="method" label={t.method} hint={t.findingHint} rows={5} maxlength={10_000} />
      <TextArea name="limits" label={t.limits} hint={t.limitsHint} rows={4} maxlength={10_000} />
      <TextArea name="facts" label={t.facts} hint={t.factsHint} rows={3} maxlength={1000} />
    </Fieldset>
  )
}

function releaseOption(view: View, table: AnswerTable, index: number) {
  const t = drafting[view.locale]
  const columns = view.list(table.columns.map((column) => column.label))
  const hint = table.releasedAt ? t.releasedOn({ date: view.date(new Date(table.releasedAt)) }) : undefined
  return {
    value: table.releaseId,
    label: t.releaseOption({ n: index + 1, columns }),
    ...(hint ? { hint } : {}),
  }
}

function FigureFields({ view, name, choices }: { view: View; name: 'chart' | 'map'; choices: Choices }) {
  const t = drafting[view.locale]
  const options = (figures: boolean) =>
    choices.tables.flatMap((table, index) =>
      table.columns
        .filter((column) => isFigure(column) === figures)
        .map((column) => ({
          value: columnKey(table.releaseId, column.name),
          label: column.label,
          ...(choices.tables.length > 1
            ? { group: t.releaseOption({ n: index + 1, columns: '' }).replace(/:\s*$/, '') }
            : {}),
        })),
    )
  return (
    <>
      <TextField name={`${name}Title`} label={t.figureTitle} hint={t.figureTitleHint} maxlength={160} />
      <TextField name={`${name}Note`} label={t.figureNote} maxlength={300} />
      <Select name={`${name}Label`} label={t.labelColumn} empty={t.without} options={options(false)} />
      <Select name={`${name}Value`} label={t.valueColumn} empty={t.without} options={options(true)} />
    </>
  )
}

/** Below a preview: what is checked before publication, and the button for the steward. */
export function PublishBox(props: {
  view: View
  answer: Answer
  content: AnswerContent
  mayPublish: boolean
  form?: FormState
}) {
  const { view, answer, content, mayPublish } = props
  const t = drafting[view.locale]
  const state = (good: boolean) => (good ? ('pass' as const) : ('open' as const))
  return (
    <div class="al-wrap al-section--tight al-stack">
      <Card title={t.publishTitle}>
        <p>{t.publishText}</p>
        <Checks
          view={view}
          items={[
            { state: 'pass', text: t.checkReleased },
            { state: state(content.limits.length > 0), text: t.checkLimits },
            { state: state(content.method !== ''), text: t.checkMethod },
          ]}
        />
        {mayPublish ? (
          <PublishForm view={view} answer={answer} form={props.form ?? emptyForm()} />
        ) : (
          <Note icon="clock">{t.waiting}</Note>
        )}
      </Card>
    </div>
  )
}

/** The form for a council decision. */
export function DecisionForm({ view, number, form }: { view: View; number: string; form?: FormState }) {
  const t = drafting[view.locale]
  return (
    <div class="al-w-prose">
      <Form view={view} action={`/answers/${number}/decision`} form={form ?? emptyForm()}>
        <DateField name="decidedOn" label={t.decidedOn} required />
        <TextField name="paper" label={t.paper} hint={t.paperHint} maxlength={120} />
        <TextField name="yes" label={t.yes} inputmode="numeric" />
        <TextField name="no" label={t.no} inputmode="numeric" />
        <TextField name="abstain" label={t.abstain} inputmode="numeric" />
        <TextArea name="decided" label={t.decided} hint={t.decidedHint} rows={5} maxlength={4000} required />
        <TextArea name="rejected" label={t.rejected} rows={2} maxlength={1000} />
        <Buttons>
          <Submit>{t.saveDecision}</Submit>
          <SecondaryLink href={view.href(`/answers/${number}`)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}

/** The form for a measurement of the effect. */
export function IndicatorForm({ view, number, form }: { view: View; number: string; form?: FormState }) {
  const t = drafting[view.locale]
  return (
    <div class="al-w-prose">
      <Form view={view} action={`/answers/${number}/effect`} form={form ?? emptyForm()}>
        <TextField name="name" label={t.indicatorName} maxlength={160} required />
        <TextField name="unit" label={t.unit} maxlength={60} />
        <TextArea name="points" label={t.points} hint={t.pointsHint} rows={4} maxlength={1000} required />
        <TextField name="goalYear" label={t.goalYear} inputmode="numeric" />
        <TextField name="goalValue" label={t.goalValue} inputmode="decimal" />
        <TextArea
          name="assessment"
          label={t.assessment}
          hint={t.assessmentHint}
          rows={5}
          maxlength={2000}
          required
        />
        <DateField name="nextReview" label={t.nextReview} />
        <Buttons>
          <Submit>{t.saveIndicator}</Submit>
          <SecondaryLink href={view.href(`/answers/${number}`)}>{t.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>
  )
}

function PublishForm({ view, answer, form }: { view: View; answer: Answer; form: FormState }) {
  const t = drafting[view.locale]
  return (
    <Form view={view} action={`/answers/${answer.number}/publish`} form={form}>
      {answer.version > 0 ? (
        <TextField name="changes" label={t.changes} hint={t.changesHint} maxlength={500} required />
      ) : null}
      <Buttons>
        <Submit>{t.publish}</Submit>
        <SecondaryLink href={view.href(`/answers/${answer.number}/edit`)}>{t.editTitle}</SecondaryLink>
      </Buttons>
    </Form>
  )
}
