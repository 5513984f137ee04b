import type { Child, PropsWithChildren } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import type { ButtonVariant } from './forms.tsx'
import { FitMark, Icon, type IconName } from './icons.tsx'
import { messages } from './messages.ts'

export { Checks, Event, Rows, Task, Voice } from './list-parts.tsx'

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
