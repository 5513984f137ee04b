import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Question } from '../../questions/model.ts'
import { DateField, Radios, TextArea } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Card, Chip, LinkArrow, Note, Pairs, Voice } from '../../web/parts.tsx'
import { answers } from '../mapping/model.ts'
import type { Need } from '../mapping/model.ts'
import { words } from '../messages.ts'
import { periodText } from '../views.tsx'
import { messages } from './messages.ts'
import type { DataRequest, RequestMessage } from './store.ts'

const tones = { open: 'ask', promised: 'open', declined: 'closed', 'asked-back': 'ask' } as const

/** What is asked of whom, until when, and for which question. */
export function RequestFacts(props: {
  view: View
  request: DataRequest
  house: string
  need: Need
  question: Question | undefined
}) {
  const { view, request, need, question } = props
  const text = messages[view.locale]
  const word = words[view.locale]
  return (
    <>
      <Card title={text.state}>
        <Chip tone={tones[request.state]}>{text.states[request.state]}</Chip>
        <Pairs
          items={[
            { term: text.asked, value: props.house },
            { term: text.due, value: request.state === 'open' ? view.date(request.due) : '' },
            { term: text.promisedFor, value: request.promisedFor ? view.date(request.promisedFor) : '' },
          ]}
        />
      </Card>
      <Card sunk title={text.need}>
        <p>{need.what}</p>
        <p class="al-small al-muted">
          {[
            need.unit,
            need.space,
            need.place,
            periodText(view, need, false),
            need.granularity && word.grains[need.granularity],
            need.frequency && word.paces[need.frequency],
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </Card>
      {question ? (
        <Card sunk title={text.about}>
          <p>{question.title}</p>
          <LinkArrow href={view.href(`/questions/${question.number}`)}>{text.toQuestion}</LinkArrow>
        </Card>
      ) : null}
    </>
  )
}

/** What both sides said, in order. */
export function Talk({ view, said, house }: { view: View; said: readonly RequestMessage[]; house: string }) {
  const text = messages[view.locale]
  return (
    <Section plain title={text.conversation}>
      {said.map((message) => (
        <Voice
          name={message.side === 'holder' ? house : text.steward}
          org
          when={
            <>
              {text.kinds[message.kind]},{' '}
              <time datetime={message.at.toISOString()}>{view.dateTime(message.at)}</time>
            </>
          }
        >
          <p>{message.text || text.states.promised}</p>
        </Voice>
      ))}
    </Section>
  )
}

/** The form of whoever is to speak next. */
export function RequestForms(props: {
  view: View
  request: DataRequest
  form: FormState
  mayAnswer: boolean
  mayReply: boolean
}) {
  const { view, request, form } = props
  const text = messages[view.locale]
  if (props.mayAnswer) {
    return (
      <Section plain title={text.answer} lead={text.answerHint}>
        <Form view={view} action={`/catalogue/requests/${request.id}`} form={form}>
          <Hidden name="requestId" value={request.id} />
          <Radios
            name="answer"
            label={text.answer}
            required
            options={answers.map((value) => ({
              value,
              label: text.answers[value],
              hint: text.answerHints[value],
            }))}
          />
          <TextArea name="text" label={text.text} hint={text.textHint} rows={5} />
          <DateField name="promisedFor" label={text.promiseDay} hint={text.promiseDayHint} />
          <Buttons>
            <Submit>{text.send}</Submit>
          </Buttons>
        </Form>
      </Section>
    )
  }
  if (props.mayReply) {
    return (
      <Section plain title={text.reply}>
        <Form view={view} action={`/catalogue/requests/${request.id}/reply`} form={form}>
          <Hidden name="requestId" value={request.id} />
          <TextArea name="text" label={text.replyText} rows={5} required />
          <Buttons>
            <Submit>{text.sendReply}</Submit>
          </Buttons>
        </Form>
      </Section>
    )
  }
  if (request.state !== 'promised') return null
  return (
    <Note icon="file">
      {text.describe} <a href={view.href('/catalogue/drop')}>{text.describeLink}</a>
    </Note>
  )
}
