import type { Child } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { messages } from './messages.ts'
import { ButtonLink } from './parts.tsx'

/** How far a thing has come, as strips in a card: words first, strips as decoration. */
export function Way(props: { label: string; note?: Child; total: number; at: number; done?: boolean }) {
  const steps = Array.from({ length: props.total }, (_, index) => index + 1)
  return (
    <div class="al-way">
      <p>
        <b>{props.label}</b>
        {props.note ? <span>{props.note}</span> : null}
      </p>
      <ol aria-hidden="true">
        {steps.map((step) => (
          <li
            data-s={
              step < props.at || (props.done && step === props.at)
                ? 'done'
                : step === props.at
                  ? 'now'
                  : 'todo'
            }
          />
        ))}
      </ol>
    </div>
  )
}

/** The same way as a stepper, each step with its name and a short note; the state is also said in hidden words. */
export function Steps(props: {
  view: View
  label: string
  items: { label: string; note?: Child; state: 'done' | 'now' | 'todo' }[]
}) {
  const text = messages[props.view.locale]
  return (
    <ol class="al-steps" aria-label={props.label}>
      {props.items.map((item) => (
        <li data-s={item.state} aria-current={item.state === 'now' ? 'step' : undefined}>
          <b>{item.label}</b>
          {item.note ? <span>{item.note}</span> : null}
          <span class="kern-sr-only"> ({text[item.state]})</span>
        </li>
      ))}
    </ol>
  )
}

/** Dated events in the order they are given; `now` and `next` mark the present and what is expected. */
export function Timeline(props: {
  view: View
  items: { when: Date | string; text: Child; state?: 'now' | 'next'; href?: string | undefined }[]
}) {
  const { view } = props
  return (
    <ol class="al-timeline">
      {props.items.map((item) => (
        <li data-s={item.state}>
          <When view={view} when={item.when} />
          {item.href ? <a href={view.href(item.href)}>{item.text}</a> : item.text}
        </li>
      ))}
    </ol>
  )
}

function When({ view, when }: { view: View; when: Date | string }) {
  const isDay = when instanceof Date || /^\d{4}-\d{2}-\d{2}/.test(when)
  if (!isDay) return <span class="al-timeline__when">{String(when)}</span>
  return <time datetime={when instanceof Date ? when.toISOString() : when}>{view.date(when)}</time>
}

type DecideProps = {
  label: string
  who: string
  text?: Child
  until?: string | undefined
  left?: string | undefined
  action?: { href: string; label: string } | undefined
  children?: Child
}

/** The one dark box of a page: who decides next, until when, with one button. */
export function Decide(props: DecideProps) {
  return (
    <section class="al-decide" aria-labelledby="decide">
      <p class="al-small">{props.label}</p>
      <h2 class="kern-heading-medium" id="decide">
        {props.who}
      </h2>
      {props.text ? <p>{props.text}</p> : null}
      {props.until ? (
        <p class="al-decide__when">
          <b>{props.until}</b> {props.left}
        </p>
      ) : null}
      {props.children}
      {props.action ? (
        <ButtonLink href={props.action.href} variant="primary">
          {props.action.label}
        </ButtonLink>
      ) : null}
    </section>
  )
}
