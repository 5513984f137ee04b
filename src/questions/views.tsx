import type { Child } from 'hono/jsx'
import { daysUntil } from '../platform/days.ts'
import type { View } from '../platform/view.ts'
import { localise } from '../platform/i18n.ts'
import { Meta, Note, Pairs } from '../web/parts.tsx'
import { Decide, Steps, Timeline, Way } from '../web/path.tsx'
import { LinkCard, LinkArrow, Card } from '../web/parts.tsx'
import type { ShownName } from './access/service.ts'
import { messages } from './messages.ts'
import { currentStep, splitWhy, states } from './model.ts'
import type { Question, TimelineEntry } from './model.ts'

/** The word for a step, without the soft hyphens that only narrow columns need. */
export function stepName(view: View, step: number): string {
  const state = states[Math.min(step, states.length - 1)]!
  return messages[view.locale].steps[state].replaceAll('\u00ad', '')
}

/** The facts under a question's heading. */
export function QuestionMeta({
  view,
  question,
  author,
}: {
  view: View
  question: Question
  author: ShownName
}) {
  const m = messages[view.locale]
  return (
    <Meta
      items={[
        { icon: 'people', text: author.name ?? m.noAccount },
        { icon: 'clock', text: m.raisedOn({ date: view.date(question.raisedAt) }) },
        { icon: 'place', text: question.place || m.wholeTown({ town: view.town.name }) },
        { text: m.number({ number: question.number }) },
      ]}
    />
  )
}

/** The seven steps as a stepper with their dates. */
export function QuestionSteps({
  view,
  question,
  timeline,
}: {
  view: View
  question: Question
  timeline: readonly TimelineEntry[]
}) {
  const m = messages[view.locale]
  const current = currentStep(question.state)
  const items = states.map((state, at) => {
    const entry = timeline.find((each) => each.state === state)
    const dated = entry
      ? [view.dateShort(entry.at), localise(entry.mark, view.locale)].filter(Boolean).join(', ')
      : ''
    if (at < current) return { label: m.steps[state], note: dated, state: 'done' as const }
    const note = at > current ? m.follows : question.state === 'raised' ? m.upNext : m.running
    return { label: m.steps[state], note, state: at === current ? ('now' as const) : ('todo' as const) }
  })
  return <Steps view={view} label={m.way} items={items} />
}

/** A question as a card in a list: title, first sentence, where it stands. */
export function QuestionCard({
  view,
  question,
  level = 2,
}: {
  view: View
  question: Question
  level?: 2 | 3
}) {
  const { lead, rest } = splitWhy(question.why)
  return (
    <LinkCard
      href={view.href(`/questions/${question.number}`)}
      title={question.title}
      level={level}
      foot={<QuestionWay view={view} question={question} />}
    >
      <p class="al-muted">{shorten(lead || rest, 180)}</p>
    </LinkCard>
  )
}

/** Where a question stands, as strips with the step in words and the number of supporters. */
function QuestionWay({ view, question }: { view: View; question: Question }) {
  const m = messages[view.locale]
  const current = currentStep(question.state)
  const done = current >= states.length
  const label = done ? m.allDone : m.step({ n: current + 1, label: stepName(view, current) })
  const total = question.people + question.organisations
  const until = question.next?.until
  return (
    <Way
      label={label}
      note={
        until ? m.until({ date: view.dateNear(until) }) : m.supporters({ n: total, text: view.number(total) })
      }
      total={states.length}
      at={done ? states.length : current + 1}
      done={done}
    />
  )
}

function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), max - 30))} …`
}

/** What shall change, and how one would notice; an honest gap where nobody has said yet. */
export function Goal({ view, question }: { view: View; question: Question }) {
  const m = messages[view.locale]
  return (
    <section aria-labelledby="ziel">
      <h2 class="kern-heading-large" id="ziel">
        {m.goal}
      </h2>
      {question.effectGoal ? (
        <blockquote class="al-goal">{question.effectGoal}</blockquote>
      ) : (
        <div class="al-gap-2">
          <Note icon="pen">{m.noGoal}</Note>
        </div>
      )}
      <div class="al-gap-3">
        <Pairs
          row
          items={[
            { term: m.measure, value: question.effectMeasure },
            {
              term: m.baseline,
              value: question.effectBaseline || (question.effectMeasure ? m.baselineOpen : ''),
            },
            { term: m.review, value: question.effectReview },
            { term: m.whom, value: question.concerns },
          ]}
        />
      </div>
    </section>
  )
}

/** The rest of a long reason; nothing where all stands under the heading already. */
export function Why({ view, rest }: { view: View; rest: string }) {
  if (!rest) return null
  return (
    <section aria-labelledby="warum">
      <h2 class="kern-heading-large" id="warum">
        {messages[view.locale].more}
      </h2>
      <Paragraphs text={rest} />
    </section>
  )
}

/** Plain text as paragraphs; never markup. */
function Paragraphs({ text }: { text: string }) {
  return (
    <div class="al-prose al-gap-2">
      {text.split(/\n{2,}/).map((part) => (
        <p>
          {part.split('\n').map((line, at) => (
            <>
              {at > 0 ? <br /> : null}
              {line}
            </>
          ))}
        </p>
      ))}
    </div>
  )
}

/** The one dark box: who decides next, until when, and where. */
export function QuestionDecide({ view, question, now }: { view: View; question: Question; now: Date }) {
  const m = messages[view.locale]
  const { next } = question
  if (question.state === 'evaluated' && !next) {
    return <Decide label={m.done} who={m.allDone} text={m.decidesText.evaluated} />
  }
  const action =
    next?.href && next.label
      ? { href: view.href(next.href), label: localise(next.label, view.locale) }
      : undefined
  const named = next
    ? next.what
      ? localise(next.what, view.locale)
      : undefined
    : m.decidesText[question.state]
  return (
    <Decide
      label={m.decides}
      who={next ? localise(next.who, view.locale) : m.decidesDefault}
      text={named}
      until={next?.until ? m.until({ date: view.dateNear(next.until) }) : undefined}
      left={next?.until ? m.daysLeft({ n: daysUntil(next.until, now) }) : undefined}
      action={action}
    />
  )
}

type StoryProps = {
  view: View
  question: Question
  timeline: readonly TimelineEntry[]
}

/** The dated story of a question with what is going on now and the next date. */
export function Story({ view, question, timeline }: StoryProps) {
  const m = messages[view.locale]
  const past = timeline.map((entry) => ({
    when: entry.at,
    text: localise(entry.text, view.locale) as Child,
    href: entry.href ?? undefined,
  }))
  const present = m.nowText[question.state]
  const until = question.next?.until
  const expected = question.next ? m.expected({ who: localise(question.next.who, view.locale) }) : ''
  return (
    <Card title={m.story} id="verlauf">
      <Timeline
        view={view}
        items={[
          ...past,
          ...(present ? [{ when: m.now, text: present, state: 'now' as const }] : []),
          ...(until ? [{ when: until, text: expected, state: 'next' as const }] : []),
        ]}
      />
      <LinkArrow href={view.href(`/transparency/objects/question/${question.id}`)}>{m.register}</LinkArrow>
    </Card>
  )
}
