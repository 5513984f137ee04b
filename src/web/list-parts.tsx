import type { Child, PropsWithChildren } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { StateMark } from './icons.tsx'
import { messages } from './messages.ts'

type RowsProps = {
  items: { avatar?: string; org?: boolean; title: Child; text?: Child; end?: Child }[]
  tight?: boolean
}

/** People, holders, files: one line each, with a sign in front and a state at the end. */
export function Rows(props: RowsProps) {
  return (
    <ul class={`al-rows${props.tight ? ' al-rows--tight' : ''}`}>
      {props.items.map((item) => (
        <li>
          {props.tight || item.avatar === undefined ? null : (
            <Avatar name={item.avatar} org={item.org ?? true} />
          )}
          <div>
            <b>{item.title}</b>
            {item.text ? (
              <>
                <br />
                <span class={props.tight ? 'al-small al-muted' : 'al-muted'}>{item.text}</span>
              </>
            ) : null}
          </div>
          {item.end}
        </li>
      ))}
    </ul>
  )
}

/** The initials of a person or organisation as a sign. Decoration: the name stands beside it. */
function Avatar({ name, org }: { name: string; org?: boolean }) {
  return (
    <span class={`al-avatar${org ? ' al-avatar--org' : ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/** First letters of the first and last word, or the first two of a single word. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /^\p{L}/u.test(word))
  const first = words[0] ?? '?'
  const last = words.length > 1 ? words.at(-1) : undefined
  return ((first[0] ?? '') + (last?.[0] ?? first[1] ?? '')).toUpperCase()
}

/** One contribution to a conversation. */
export function Voice(
  props: PropsWithChildren<{ name: string; org?: boolean; when: Child; foot?: Child; id?: string }>,
) {
  return (
    <article class="al-voice" id={props.id}>
      <Avatar name={props.name} org={props.org ?? false} />
      <div>
        <p>
          <b>{props.name}</b> <span class="al-muted al-small">{props.when}</span>
        </p>
        <div class="al-said">{props.children}</div>
        {props.foot ? <div class="al-small al-row al-gap-1">{props.foot}</div> : null}
      </div>
    </article>
  )
}

/** A list of checks with their outcome in sign and hidden word. */
export function Checks(props: {
  view: View
  items: { state: 'pass' | 'fail' | 'open'; text: Child; note?: Child }[]
}) {
  const text = messages[props.view.locale]
  const words = { pass: text.passed, fail: text.failed, open: text.open }
  return (
    <ul class="al-checks">
      {props.items.map((item) => (
        <li>
          <StateMark state={item.state} />
          <span>
            {item.text}
            <span class="kern-sr-only"> ({words[item.state]})</span>
            {item.note ? <span class="al-small al-muted al-block">{item.note}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Something that waits for the reader, with its due date. */
export function Task(props: PropsWithChildren<{ title: Child; due?: Child; left?: Child; actions?: Child }>) {
  return (
    <article class="al-task">
      <div>
        <h3 class="kern-heading-small">{props.title}</h3>
        <p class="al-muted al-small al-w-prose">{props.children}</p>
        {props.actions ? <div class="al-btns al-gap-2">{props.actions}</div> : null}
      </div>
      {props.due ? (
        <p class="al-due">
          <b>{props.due}</b>
          {props.left ? (
            <>
              <br />
              <span class="al-muted">{props.left}</span>
            </>
          ) : null}
        </p>
      ) : null}
    </article>
  )
}

type EventProps = PropsWithChildren<{
  weekday: string
  day: string
  month: string
  eyebrow?: string
  title: Child
  action?: Child
}>

/** A dated thing with a sheet of the calendar in front. */
export function Event(props: EventProps) {
  return (
    <article class="al-card al-card--soft al-card--event">
      <div class="al-event">
        <div class="al-date">
          <span>{props.weekday}</span>
          <b>{props.day}</b>
          <span>{props.month}</span>
        </div>
        <div>
          {props.eyebrow ? <p class="al-eyebrow">{props.eyebrow}</p> : null}
          <h3 class="kern-heading-medium">{props.title}</h3>
          <p>{props.children}</p>
        </div>
      </div>
      {props.action}
    </article>
  )
}
