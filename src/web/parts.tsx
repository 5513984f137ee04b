import type { Child, PropsWithChildren } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import type { ButtonVariant } from './forms.tsx'
import { FitMark, Icon, StateMark, type IconName } from './icons.tsx'
import { messages } from './messages.ts'

/** The colours of a chip; the first four are kinds of access and bring their own icon. */
export type ChipTone = 'open' | 'sandbox' | 'ask' | 'closed' | 'accent' | 'plain'

const chipIcons: Partial<Record<ChipTone, IconName>> = {
  open: 'check',
  sandbox: 'shield',
  ask: 'key',
  closed: 'lock',
}

/** A short state: colour, icon and word together, never colour alone. */
export function Chip(props: PropsWithChildren<{ tone?: ChipTone; icon?: IconName }>) {
  const tone = props.tone ?? 'plain'
  const icon = props.icon ?? chipIcons[tone]
  return (
    <span class={`al-chip al-chip--${tone}`}>
      {icon ? <Icon name={icon} /> : null}
      {props.children}
    </span>
  )
}

/** A remark that explains: protection, a gap, a refusal. `warn` where something is missing or refused. */
export function Note(props: PropsWithChildren<{ tone?: 'warn'; title?: Child; icon?: IconName }>) {
  const icon = props.icon ?? (props.tone === 'warn' ? 'warn' : 'shield')
  return (
    <div class={`al-note${props.tone ? ` al-note--${props.tone}` : ''}`}>
      <Icon name={icon} />
      <div>
        {props.title ? <b>{props.title} </b> : null}
        {props.children}
      </div>
    </div>
  )
}

/** A box around one thing. `sunk` for side notes, `flush` around a table, `soft` for a quiet emphasis. With `title` it is a section. */
export function Card(
  props: PropsWithChildren<{
    title?: string
    id?: string
    soft?: boolean
    sunk?: boolean
    flush?: boolean
    here?: boolean
  }>,
) {
  const kinds = (['soft', 'sunk', 'flush', 'here'] as const).filter((kind) => props[kind])
  const name = ['al-card', ...kinds.map((kind) => `al-card--${kind}`)].join(' ')
  if (!props.title) return <div class={name}>{props.children}</div>
  const id = props.id ?? `c-${props.title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`
  return (
    <section class={name} aria-labelledby={id}>
      <h2 class={`kern-heading-${props.sunk ? 'small' : 'medium'}`} id={id}>
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}

/** A card that opens what it shows: the whole box is the link, the heading its name. */
export function LinkCard(
  props: PropsWithChildren<{ href: string; title: Child; foot?: Child; level?: 2 | 3; lang?: string }>,
) {
  const link = <a href={props.href}>{props.title}</a>
  return (
    <article class="al-card al-card--link">
      {props.level === 2 ? (
        <h2 class="kern-heading-medium">{link}</h2>
      ) : (
        <h3 class="kern-heading-medium">{link}</h3>
      )}
      {props.children}
      {props.foot ? <div class="al-card__foot">{props.foot}</div> : null}
    </article>
  )
}

/** Up to four key figures. */
export function Facts({ items, column }: { items: { value: Child; label: Child }[]; column?: boolean }) {
  return (
    <dl class={`al-facts${column ? ' al-facts--column' : ''}`}>
      {items.map((item) => (
        <div>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Pairs of a term and what it is. `row` sets them side by side. Pairs without value are left out. */
export function Pairs({ items, row }: { items: { term: Child; value: Child }[]; row?: boolean }) {
  const shown = items.filter((item) => item.value !== null && item.value !== undefined && item.value !== '')
  return (
    <dl class={`al-dl${row ? ' al-dl--row' : ''}`}>
      {shown.map((item) => (
        <>
          <dt>{item.term}</dt>
          <dd>{item.value}</dd>
        </>
      ))}
    </dl>
  )
}

/** People, holders, files: one line each, with a sign in front and a state at the end. */
export function Rows(props: {
  items: { avatar?: string; org?: boolean; title: Child; text?: Child; end?: Child }[]
  tight?: boolean
}) {
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

/** What came back: pairs with large numbers, inside `al-decide`. */
export function Ledger({ items }: { items: { term: Child; value: Child }[] }) {
  return (
    <dl class="al-ledger">
      {items.map((item) => (
        <div>
          <dt>{item.term}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The initials of a person or organisation as a sign. Decoration: the name stands beside it. */
export function Avatar({ name, org }: { name: string; org?: boolean }) {
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

/** A bar for a score or a budget: parts between 0 and 1, the second striped (what this action costs). `label` says it in words. */
export function Meter({ label, parts }: { label: string; parts: number[] }) {
  let x = 0
  return (
    <svg class="al-meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label}>
      {parts.map((part, index) => {
        const width = Math.max(0, Math.min(100 - x, part * 100))
        const rect = (
          <rect
            class={index === 0 ? 'al-meter__part' : 'al-meter__cost'}
            x={x}
            y="0"
            width={width}
            height="4"
          />
        )
        x += width
        return rect
      })}
    </svg>
  )
}

/** A link on its own line with an arrow. */
export function LinkArrow({ href, children }: PropsWithChildren<{ href: string }>) {
  return (
    <a class="al-link" href={href}>
      {children}
      <Icon name="arrow" />
    </a>
  )
}

/** A link that looks like a button: it leads somewhere, it does not change anything. */
export function ButtonLink(
  props: PropsWithChildren<{ href: string; variant?: ButtonVariant; download?: boolean }>,
) {
  return (
    <a
      class={`kern-btn kern-btn--${props.variant ?? 'secondary'}`}
      href={props.href}
      download={props.download}
    >
      <span class="kern-label">{props.children}</span>
    </a>
  )
}

/** What stands where there is nothing yet, with the way to change that. */
export function Empty(props: PropsWithChildren<{ title: string; action?: Child }>) {
  return (
    <div class="al-card al-card--sunk al-empty">
      <p>
        <b>{props.title}</b>
      </p>
      {props.children ? <p class="al-muted">{props.children}</p> : null}
      {props.action ? <div class="al-btns">{props.action}</div> : null}
    </div>
  )
}

/** SQL, a hash, a record: scrolls on its own, reachable by keyboard, has a name. */
export function Code({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <pre class="al-code" tabindex={0} role="region" aria-label={label}>
      <code>{children}</code>
    </pre>
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

/** A dated thing with a sheet of the calendar in front. */
export function Event(
  props: PropsWithChildren<{
    weekday: string
    day: string
    month: string
    eyebrow?: string
    title: Child
    action?: Child
  }>,
) {
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

/** More on demand, without script. */
export function More({ label, open, children }: PropsWithChildren<{ label: string; open?: boolean }>) {
  return (
    <details class="al-more" open={open}>
      <summary>{label}</summary>
      <div class="al-more__body">{children}</div>
    </details>
  )
}

/** Facts under a heading, each with its icon. Facts without text are left out. */
export function Meta({ items }: { items: { icon?: IconName; text: Child }[] }) {
  return (
    <p class="al-meta">
      {items
        .filter((item) => Boolean(item.text))
        .map((item) => (
          <span>
            {item.icon ? <Icon name={item.icon} /> : null}
            {item.text}
          </span>
        ))}
    </p>
  )
}

/** How well something fits: circle and word, a remark below. */
export function Fit(props: { view: View; grade: 'full' | 'part' | 'none'; word?: string; note?: Child }) {
  const text = messages[props.view.locale]
  const words = { full: text.fitFull, part: text.fitPart, none: text.fitNone }
  return (
    <>
      <span class={`al-fit al-fit--${props.grade}`}>
        <FitMark grade={props.grade} />
        {props.word ?? words[props.grade]}
      </span>
      {props.note ? <small>{props.note}</small> : null}
    </>
  )
}
