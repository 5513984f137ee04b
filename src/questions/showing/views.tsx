import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { may } from '../../platform/permission.ts'
import { Form, Submit, Buttons } from '../../web/forms.tsx'
import { DateField, Select, TextField } from '../../web/fields.tsx'
import { Card, LinkArrow, More } from '../../web/parts.tsx'
import { messages } from '../messages.ts'
import { isEditable } from '../model.ts'
import type { Question, State } from '../model.ts'
import { WaitingItem } from '../moderation/views.tsx'
import { policy } from '../policy.ts'

type ManageProps = {
  view: View
  question: Question
  steps: readonly State[]
  form?: FormState | undefined
}

/** What authors and stewards can do with a question; nothing for everybody else. */
export function Manage({ view, question, steps, form }: ManageProps) {
  const m = messages[view.locale]
  const path = `/questions/${question.number}`
  const edit = isEditable(question) && may(view.actor, policy, 'edit', { authorId: question.authorId })
  const merge = question.visibility === 'visible' && may(view.actor, policy, 'merge')
  const moderate = may(view.actor, policy, 'moderate')
  if (!edit && !merge && !moderate) return null
  return (
    <Card title={m.manage} id="betreuen">
      {edit ? <LinkArrow href={view.href(`${path}/edit`)}>{m.edit}</LinkArrow> : null}
      {merge ? <LinkArrow href={view.href(`${path}/merge`)}>{m.merge}</LinkArrow> : null}
      {moderate ? <LinkArrow href={view.href(`${path}/moderate`)}>{m.moderateLink}</LinkArrow> : null}
      {steps.length > 0 ? (
        <More label={m.advance} open={form !== undefined}>
          <AdvanceForm view={view} question={question} steps={steps} form={form} />
        </More>
      ) : null}
    </Card>
  )
}

type AdvanceFormProps = {
  view: View
  question: Question
  steps: readonly State[]
  form: FormState | undefined
}

function AdvanceForm({ view, question, steps, form }: AdvanceFormProps) {
  const m = messages[view.locale]
  return (
    <Form view={view} action={`/questions/${question.number}/advance`} id="weiter" form={form}>
      <Select
        name="to"
        label={m.advanceTo}
        required
        value={steps[0]}
        options={steps.map((state) => ({ value: state, label: m.steps[state].replaceAll('\u00ad', '') }))}
      />
      <TextField name="note" label={m.advanceNote} hint={m.advanceNoteHint} maxlength={500} />
      <TextField name="mark" label={m.advanceMark} hint={m.advanceMarkHint} maxlength={40} />
      <TextField name="who" label={m.decideWho} hint={m.decideWhoHint} maxlength={200} />
      <TextField name="what" label={m.decideWhat} maxlength={300} />
      <DateField name="until" label={m.decideUntil} />
      <Buttons>
        <Submit>{m.advanceSend}</Submit>
      </Buttons>
    </Form>
  )
}

type ModerateOneProps = {
  view: View
  question: Question
  form?: FormState | undefined
}

/** A single question for moderation at any time: hide what is visible, show what is hidden. */
export function ModerateOne({ view, question, form }: ModerateOneProps) {
  const decisions = {
    pending: ['approve', 'hide', 'ask-back'],
    visible: ['hide'],
    hidden: ['restore'],
    merged: [],
  } as const
  return (
    <WaitingItem
      view={view}
      form={form}
      item={{
        id: question.id,
        title: question.title,
        text: question.why,
        line: view.dateTime(question.raisedAt),
        action: `/questions/${question.number}/moderate`,
        read: `/questions/${question.number}`,
        decisions: decisions[question.visibility],
      }}
    />
  )
}
