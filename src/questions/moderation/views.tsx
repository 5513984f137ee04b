import type { Child } from 'hono/jsx'
import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { ActionForm, Buttons, Form, Submit } from '../../web/forms.tsx'
import { Radios, TextArea } from '../../web/fields.tsx'
import { LinkArrow, More } from '../../web/parts.tsx'
import { rules } from '../schema.ts'
import { messages, ruleTexts } from './messages.ts'

/** Something that waits: what was written, whose it is, and the ways to decide. */
export type Waiting = {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly line: string
  /** Where the decision is posted. */
  readonly action: string
  readonly read: string | undefined
  readonly decisions: readonly ('approve' | 'hide' | 'ask-back' | 'restore')[]
  readonly extra?: Child
}

/** One thing in the queue: the text, approve with one button, refuse with a rule and a reason. */
export function WaitingItem({
  view,
  item,
  form,
}: {
  view: View
  item: Waiting
  form?: FormState | undefined
}) {
  const m = messages[view.locale]
  const direct = item.decisions.filter((each) => each === 'approve' || each === 'restore')
  const explained = item.decisions.filter((each) => each === 'hide' || each === 'ask-back')
  return (
    <article class="al-card" aria-labelledby={`w-${item.id}`}>
      <div>
        <h3 class="kern-heading-medium" id={`w-${item.id}`}>
          {item.title}
        </h3>
        <p class="al-muted al-small">{item.line}</p>
      </div>
      <p class="al-w-prose">{item.text}</p>
      {item.extra}
      {item.read ? <LinkArrow href={view.href(item.read)}>{m.read}</LinkArrow> : null}
      <div class="al-btns">
        {direct.map((decision) => (
          <ActionForm
            view={view}
            action={item.action}
            label={m[decision]}
            variant="primary"
            fields={{ decision }}
          />
        ))}
      </div>
      {explained.length > 0 ? (
        <More label={m.hideOrAsk} open={form !== undefined}>
          <RefusalForm view={view} item={item} decisions={explained} form={form} />
        </More>
      ) : null}
    </article>
  )
}

type Refusal = {
  view: View
  item: Waiting
  decisions: readonly ('hide' | 'ask-back')[]
  form: FormState | undefined
}

function RefusalForm({ view, item, decisions, form }: Refusal) {
  const m = messages[view.locale]
  return (
    <Form
      view={view}
      action={item.action}
      id={`m-${item.id}`}
      label={`${m.hideOrAsk}: ${item.title}`}
      form={form}
    >
      <Radios
        name="rule"
        label={m.rule}
        hint={m.ruleHint}
        required
        options={rules.map((rule) => ({
          value: rule,
          label: ruleTexts[view.locale][rule].name,
          hint: ruleTexts[view.locale][rule].text,
        }))}
      />
      <TextArea name="note" label={m.note} hint={m.noteHint} rows={3} maxlength={1000} />
      <Buttons>
        {decisions.map((decision) => (
          <Submit name="decision" value={decision} variant="secondary">
            {m[decision]}
          </Submit>
        ))}
      </Buttons>
    </Form>
  )
}
