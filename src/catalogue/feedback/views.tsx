import type { View } from '../../platform/view.ts'
import { Select } from '../../web/choices.tsx'
import { TextArea } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Chip, LinkArrow, More, Note, Rows } from '../../web/parts.tsx'
import { messages } from './messages.ts'
import { feedbackKinds } from './model.ts'
import type { Feedback } from './model.ts'
import type { EntryFeedback } from './service.ts'

/** On the page of an entry: what users said, the house's answers, and the form. */
export function FeedbackPart(props: {
  view: View
  entryId: string
  feedback: EntryFeedback
  thanks: boolean
}) {
  const { view, entryId, feedback } = props
  const text = messages[view.locale]
  const said = feedbackKinds.filter((kind) => (feedback.counts.get(kind) ?? 0) > 0)
  return (
    <Section plain title={text.title} id="passt" lead={text.lead}>
      {props.thanks ? <Note icon="check">{text.thanks}</Note> : null}
      {said.length === 0 ? (
        <p class="al-muted">{text.none}</p>
      ) : (
        <p class="al-row">
          {said.map((kind) => (
            <Chip tone={kind === 'useful' ? 'accent' : 'plain'}>
              {`${text.kinds[kind]}: ${view.number(feedback.counts.get(kind) ?? 0)}`}
            </Chip>
          ))}
        </p>
      )}
      <Remarks view={view} entryId={entryId} feedback={feedback} />
      {feedback.mayGive ? (
        <GiveForm view={view} entryId={entryId} />
      ) : (
        <LinkArrow href={view.href(`/identity/sign-in?next=/catalogue/datasets/${entryId}`)}>
          {text.signIn}
        </LinkArrow>
      )}
    </Section>
  )
}

function GiveForm({ view, entryId }: { view: View; entryId: string }) {
  const text = messages[view.locale]
  return (
    <More label={text.send}>
      <Form view={view} id="feedback" action={`/catalogue/datasets/${entryId}/feedback`}>
        <Hidden name="entryId" value={entryId} />
        <Select
          name="kind"
          label={text.kind}
          options={feedbackKinds.map((value) => ({ value, label: text.kinds[value] }))}
          required
        />
        <TextArea name="text" label={text.text} hint={text.textHint} rows={3} />
        <Buttons>
          <Submit>{text.send}</Submit>
        </Buttons>
      </Form>
    </More>
  )
}

function Remarks({ view, entryId, feedback }: { view: View; entryId: string; feedback: EntryFeedback }) {
  const text = messages[view.locale]
  const answered = feedback.remarks.filter((each) => each.answer !== null)
  const open = feedback.mayAnswer ? feedback.remarks.filter((each) => each.state === 'open') : []
  const saidAt = (each: Feedback) =>
    text.said({ kind: text.kinds[each.kind], when: view.date(each.createdAt) })
  return (
    <>
      {answered.length > 0 ? (
        <>
          <h3 class="kern-heading-small">{text.answers}</h3>
          <Rows tight items={answered.map((each) => ({ title: saidAt(each), text: each.answer ?? '' }))} />
        </>
      ) : null}
      {open.length > 0 ? <h3 class="kern-heading-small">{text.open}</h3> : null}
      {open.map((each) => (
        <div class="al-card al-card--sunk">
          <p>
            <b>{saidAt(each)}</b>
          </p>
          {each.text ? <p class="al-said">{each.text}</p> : null}
          <Form view={view} id={`a-${each.id}`} action={`/catalogue/datasets/${entryId}/feedback/answer`}>
            <Hidden name="feedbackId" value={each.id} />
            <TextArea name="answer" label={text.answer} hint={text.answerHint} rows={2} required />
            <Buttons>
              <Submit variant="secondary">{text.doAnswer}</Submit>
            </Buttons>
          </Form>
        </div>
      ))}
    </>
  )
}
