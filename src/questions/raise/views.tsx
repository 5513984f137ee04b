import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Buttons, Fieldset, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Checkbox, Radios, TextArea, TextField } from '../../web/fields.tsx'
import { Card, LinkArrow, LinkCard } from '../../web/parts.tsx'
import { Way } from '../../web/path.tsx'
import { messages as room } from '../messages.ts'
import { currentStep, states } from '../model.ts'
import type { State } from '../model.ts'
import { messages } from './messages.ts'

/** A question that sounds like the one being typed. */
export type SimilarQuestion = {
  readonly number: string
  readonly title: string
  readonly state: State
  readonly people: number
  readonly organisations: number
}

type Own = readonly { readonly id: string; readonly name: string }[]

/** The fields of a question's text; for raising and for editing. */
export function QuestionFields({ view, suggest, edit }: { view: View; suggest: boolean; edit?: boolean }) {
  const m = messages[view.locale]
  return (
    <>
      <TextField
        name="title"
        label={m.question}
        hint={m.questionHint}
        maxlength={160}
        autocomplete="off"
        required
        {...(suggest ? { suggest: view.href('/questions/similar') } : {})}
      />
      <TextArea name="why" label={m.why} hint={m.whyHint} rows={6} maxlength={4000} required />
      <TextField name="concerns" label={m.concerns} hint={m.concernsHint} maxlength={500} />
      <TextField name="place" label={m.place} hint={m.placeHint} maxlength={200} />
      <Fieldset legend={m.effectLegend}>
        <TextArea name="effectGoal" label={m.effect} hint={m.effectHint} rows={3} maxlength={500} />
        <TextField name="effectMeasure" label={m.measure} hint={m.measureHint} maxlength={500} />
        {edit ? (
          <>
            <TextField name="effectBaseline" label={m.baseline} hint={m.baselineHint} maxlength={300} />
            <TextField name="effectReview" label={m.review} hint={m.reviewHint} maxlength={300} />
          </>
        ) : null}
      </Fieldset>
    </>
  )
}

/** The whole form for a new question. Without an account it asks for an e-mail address. */
export function RaiseForm({ view, form, own }: { view: View; form: FormState; own: Own }) {
  const m = messages[view.locale]
  const anonymous = view.actor.kind === 'anonymous'
  return (
    <Form view={view} action="/questions/new" form={form}>
      {QuestionFields({ view, suggest: true })}
      <Fieldset legend={m.youLegend}>
        {anonymous ? (
          <TextField
            name="email"
            type="email"
            label={m.email}
            hint={m.emailHint}
            autocomplete="email"
            maxlength={254}
            required
          />
        ) : null}
        {own.length > 0 ? (
          <Radios
            name="organisationId"
            label={m.organisation}
            value=""
            required
            options={[
              { value: '', label: m.organisationSelf },
              ...own.map((each) => ({ value: each.id, label: each.name })),
            ]}
          />
        ) : null}
        <TextField
          name="signature"
          label={m.signature}
          hint={anonymous ? m.signatureHintAnonymous : m.signatureHint}
          maxlength={80}
        />
        <Checkbox name="follow" label={m.follow} />
      </Fieldset>
      <Trap label={m.trap} />
      <p class="al-small al-muted al-w-prose">{m.privacy}</p>
      <Buttons>
        <Submit>{m.send}</Submit>
        <SecondaryLink href={view.href('/questions')}>{m.cancel}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

/** A field no person sees or reaches; programs that fill in everything give themselves away. */
function Trap({ label }: { label: string }) {
  return (
    <div class="kern-sr-only" aria-hidden="true">
      <label>
        {label}
        <input name="website" tabindex={-1} autocomplete="off" />
      </label>
    </div>
  )
}

/** What happens after sending, beside the form. */
export function RaiseAside({ view }: { view: View }) {
  const m = messages[view.locale]
  const anonymous = view.actor.kind === 'anonymous'
  const steps = [...(anonymous ? [m.asideConfirm] : []), m.asideCheck, m.asideShown, m.asidePriority]
  return (
    <Card sunk title={m.asideTitle}>
      <ol class="al-list">
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {anonymous ? (
        <p class="al-small">
          {m.haveAccount}{' '}
          <a href={view.href(`/identity/sign-in?to=${encodeURIComponent('/questions/new')}`)}>{m.signIn}</a>
        </p>
      ) : null}
    </Card>
  )
}

/** The step between form and sending when similar questions exist: support one of them, or say that this one differs. */
export function SimilarStep({
  view,
  form,
  similar,
}: {
  view: View
  form: FormState
  similar: readonly SimilarQuestion[]
}) {
  const m = messages[view.locale]
  const kept = Object.entries(form.values).filter(([name]) => name !== 'different' && name !== 'change')
  return (
    <div class="al-stack--l">
      <div class="al-grid al-grid--2">
        {similar.map((each) => (
          <SimilarCard view={view} question={each} />
        ))}
      </div>
      <p class="al-w-prose">{m.similarHelp}</p>
      <Form view={view} action="/questions/new">
        {kept.flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value as string]).map((each) => (
            <Hidden name={name} value={each} />
          )),
        )}
        <Buttons>
          <Submit name="different" value="yes">
            {m.similarAnyway}
          </Submit>
          <Submit name="change" value="yes" variant="tertiary">
            {m.similarChange}
          </Submit>
        </Buttons>
      </Form>
    </div>
  )
}

function SimilarCard({ view, question }: { view: View; question: SimilarQuestion }) {
  const m = messages[view.locale]
  const steps = room[view.locale]
  const at = Math.min(currentStep(question.state), states.length - 1)
  const label = steps.step({ n: at + 1, label: steps.steps[states[at]!].replaceAll('\u00ad', '') })
  return (
    <LinkCard
      href={view.href(`/questions/${question.number}`)}
      title={question.title}
      level={2}
      foot={<Way label={label} total={states.length} at={at + 1} />}
    >
      <p class="al-muted">{m.similarSupport({ n: view.number(question.people + question.organisations) })}</p>
    </LinkCard>
  )
}

/** The fragment shown under the field while typing; announced to screen readers by the field's own live region. */
export function SimilarList({ view, similar }: { view: View; similar: readonly SimilarQuestion[] }) {
  const m = messages[view.locale]
  if (similar.length === 0) return <p class="al-small al-muted al-gap-1">{m.similarNone}</p>
  return (
    <div class="al-note al-gap-2">
      <div>
        <p>
          <b>{m.similarLead({ n: similar.length })}</b> {m.similarHelp}
        </p>
        <ul class="al-list">
          {similar.map((each) => (
            <li>
              <a href={view.href(`/questions/${each.number}`)}>{each.title}</a>{' '}
              <span class="al-small al-muted">
                {m.similarSupport({ n: view.number(each.people + each.organisations) })}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** The end of sending without an account: look at your mail. */
export function CheckMail({ view }: { view: View }) {
  const m = messages[view.locale]
  return (
    <div class="al-stack">
      <p class="al-w-prose">{m.checkMissing}</p>
      <LinkArrow href={view.href('/questions')}>{m.back}</LinkArrow>
    </div>
  )
}
