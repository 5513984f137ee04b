import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Organisation } from '../../identity/model.ts'
import type { Question } from '../../questions/model.ts'
import { DateField, Select, TextArea, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, Hidden, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Card, Chip, Empty, LinkArrow, More, Note } from '../../web/parts.tsx'
import { holderLine } from '../entries/holder-line.ts'
import { topics } from '../entries/model.ts'
import { words } from '../messages.ts'
import { AccessChip } from '../views.tsx'
import { criteria } from './fit.ts'
import { messages } from './messages.ts'
import type { Need } from './model.ts'
import { grains, isMapped, paces } from './model.ts'
import type { Candidate, NeedLine } from './service.ts'
import type { Names } from './views.tsx'
import { gapNote, NeedMatrix, reasonText } from './views.tsx'

type MapProps = {
  readonly view: View
  readonly question: Question
  readonly lines: readonly NeedLine[]
  readonly proposals: ReadonlyMap<string, readonly Candidate[]>
  readonly names: Names
  readonly houses: readonly Organisation[]
  readonly form: FormState
  /** Which form on the page came back with errors. */
  readonly failed?: string | undefined
}

const clean: FormState = { values: {}, errors: {} }

/** The steward's workbench for a question's data. */
export function StewardMap(props: MapProps) {
  const { view, question, lines } = props
  const text = messages[view.locale]
  return (
    <div class="al-stack--l">
      {lines.length > 0 ? (
        <Section plain title={text.needs}>
          <NeedMatrix view={view} lines={lines} names={props.names} criteria={criteria} />
        </Section>
      ) : (
        <Empty title={text.noNeeds}>{text.noNeedsText}</Empty>
      )}
      <Finish view={view} question={question} lines={lines} />
      {lines.map((line) => (
        <NeedCard {...props} line={line} />
      ))}
      <Card title={text.addTitle} id="add-need">
        <Form view={view} id="add" action={base(question)} form={props.failed === 'add' ? props.form : clean}>
          <Hidden name="questionId" value={question.id} />
          <NeedFields view={view} />
          <Buttons>
            <Submit>{text.add}</Submit>
          </Buttons>
        </Form>
      </Card>
    </div>
  )
}

function base(question: Question): string {
  return `/catalogue/needs/${question.number}`
}

function Finish({ view, question, lines }: Pick<MapProps, 'view' | 'question' | 'lines'>) {
  const text = messages[view.locale]
  if (question.state !== 'prioritised')
    return <LinkArrow href={view.href(`/questions/${question.number}`)}>{text.toQuestion}</LinkArrow>
  if (!isMapped(lines.map((line) => line.state)))
    return lines.length > 0 ? <Note icon="clock">{text.notYet}</Note> : null
  return (
    <Note icon="check" title={text.finish}>
      {text.finishText}
      <ActionForm
        view={view}
        action={`${base(question)}/finish`}
        label={text.finishButton}
        variant="primary"
        fields={{ questionId: question.id }}
      />
    </Note>
  )
}

function NeedCard(props: MapProps & { line: NeedLine }) {
  const { view, question, line } = props
  const text = messages[view.locale]
  const id = line.need.id
  const tones = { mapped: 'open', asked: 'ask', gap: 'closed' } as const
  return (
    <Card title={line.need.what} id={`n-${id}`}>
      <div class="al-row">
        <Chip tone={tones[line.state]}>{text.states[line.state]}</Chip>
        {line.state === 'mapped' ? null : (
          <span class="al-muted al-small">{gapNote(view, line, props.names)}</span>
        )}
      </div>
      <Taken view={view} question={question} line={line} />
      <Proposals
        view={view}
        question={question}
        need={line.need}
        candidates={props.proposals.get(id) ?? []}
      />
      <More label={text.byHand} open={props.failed === `map-${id}`}>
        <Form
          view={view}
          id={`map-${id}`}
          action={`${base(question)}/map`}
          form={props.failed === `map-${id}` ? props.form : clean}
        >
          <Hidden name="needId" value={id} />
          <TextField name="entryId" label={text.byHand} hint={text.byHandHint} required />
          <Buttons>
            <Submit variant="secondary">{text.map}</Submit>
          </Buttons>
        </Form>
      </More>
      <AskForm {...props} />
      <ChangeForm {...props} />
      <ConfirmButton
        view={view}
        action={`${base(question)}/remove`}
        label={text.remove}
        question={text.removeQuestion({ what: line.need.what })}
        confirm={text.removeYes}
        fields={{ needId: id }}
      />
    </Card>
  )
}

function ChangeForm({ view, question, line, form, failed }: MapProps & { line: NeedLine }) {
  const text = messages[view.locale]
  const id = line.need.id
  const state = failed === `change-${id}` ? form : { values: needValues(line.need), errors: {} }
  return (
    <More label={text.edit} open={failed === `change-${id}`}>
      <Form view={view} id={`change-${id}`} action={`${base(question)}/change`} form={state}>
        <Hidden name="needId" value={id} />
        <Hidden name="questionId" value={question.id} />
        <NeedFields view={view} />
        <Buttons>
          <Submit variant="secondary">{text.save}</Submit>
        </Buttons>
      </Form>
    </More>
  )
}

function needValues(need: Need): Record<string, string> {
  const { what, unit, space, place, starts, ends, granularity, frequency, topic } = need
  const all = { what, unit, space, place, starts, ends, granularity, frequency, topic }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? '']))
}

function Taken({ view, question, line }: { view: View; question: Question; line: NeedLine }) {
  const text = messages[view.locale]
  if (line.accepted.length === 0) return null
  return (
    <ul class="al-rows al-rows--tight">
      {line.accepted.map(({ entry }) => (
        <li>
          <div>
            <b>
              {text.taken}: <a href={view.href(`/catalogue/datasets/${entry.id}`)}>{entry.title}</a>
            </b>
            <br />
            <span class="al-small al-muted">{holderLine(view.locale, entry)}</span>
          </div>
          <ActionForm
            view={view}
            action={`${base(question)}/map`}
            label={text.undo}
            variant="tertiary"
            fields={{ needId: line.need.id, entryId: entry.id, accept: 'no' }}
          />
        </li>
      ))}
    </ul>
  )
}

function Proposals({
  view,
  question,
  need,
  candidates,
}: {
  view: View
  question: Question
  need: Need
  candidates: readonly Candidate[]
}) {
  const text = messages[view.locale]
  return (
    <div class="al-gap-3">
      <h3 class="kern-heading-small">{text.candidates}</h3>
      {candidates.length === 0 ? <p class="al-muted al-small">{text.noCandidates}</p> : null}
      <ul class="al-rows al-rows--tight">
        {candidates.map((candidate) => (
          <li>
            <div>
              <b>
                <a href={view.href(`/catalogue/datasets/${candidate.entry.id}`)}>{candidate.entry.title}</a>
              </b>{' '}
              <AccessChip view={view} access={candidate.entry.access} />
              <br />
              <span class="al-small al-muted">
                {holderLine(view.locale, candidate.entry)} · {text.score({ n: candidate.score })} ·{' '}
                {criteria.map((name) => reasonText(view, candidate.fits[name])).join(' · ')}
              </span>
            </div>
            <div class="al-btns">
              <ActionForm
                view={view}
                action={`${base(question)}/map`}
                label={text.take}
                variant="secondary"
                fields={{ needId: need.id, entryId: candidate.entry.id, accept: 'yes' }}
              />
              <ActionForm
                view={view}
                action={`${base(question)}/map`}
                label={text.setAside}
                variant="tertiary"
                fields={{ needId: need.id, entryId: candidate.entry.id, accept: 'no' }}
              />
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function AskForm({ view, question, line, houses, form, failed }: MapProps & { line: NeedLine }) {
  const text = messages[view.locale]
  const id = `ask-${line.need.id}`
  return (
    <More label={text.ask} open={failed === id}>
      <Form view={view} id={id} action={`${base(question)}/ask`} form={failed === id ? form : clean}>
        <Hidden name="needId" value={line.need.id} />
        <Select
          name="organisationId"
          label={text.house}
          options={houses.map((house) => ({ value: house.id, label: house.name }))}
          required
        />
        <TextArea name="message" label={text.message} hint={text.messageHint} rows={4} required />
        <DateField name="due" label={text.due} hint={text.dueHint} />
        <Buttons>
          <Submit>{text.send}</Submit>
        </Buttons>
      </Form>
    </More>
  )
}

function NeedFields({ view }: { view: View }) {
  const text = messages[view.locale]
  const word = words[view.locale]
  return (
    <>
      <TextField name="what" label={text.what} hint={text.whatHint} maxlength={200} required />
      <div class="al-grid al-grid--2">
        <TextField name="unit" label={text.unit} hint={text.unitHint} maxlength={100} />
        <TextField name="space" label={text.space} hint={text.spaceHint} maxlength={100} />
        <TextField name="place" label={text.place} maxlength={100} />
        <Select
          name="granularity"
          label={text.granularity}
          empty={text.any}
          options={grains.map((value) => ({ value, label: word.grains[value] }))}
        />
        <DateField name="starts" label={text.starts} />
        <DateField name="ends" label={text.ends} />
        <Select
          name="frequency"
          label={text.frequency}
          empty={text.any}
          options={paces.map((value) => ({ value, label: word.paces[value] }))}
        />
        <Select
          name="topic"
          label={text.topic}
          empty={text.any}
          options={topics.map((value) => ({ value, label: word.topics[value] }))}
        />
      </div>
    </>
  )
}
