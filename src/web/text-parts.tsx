import type { Child, PropsWithChildren } from 'hono/jsx'
import type { View } from '../platform/view.ts'
import { StateMark } from './icons.tsx'
import { messages } from './messages.ts'

/** A clause in two voices: what is meant, and what applies in law. `law` may carry `ins` and `del`. */
export function Clause(props: {
  view: View
  title: Child
  means: Child
  law: Child
  id?: string
  foot?: Child
}) {
  const text = messages[props.view.locale]
  return (
    <section class="al-clause" id={props.id}>
      <h3 class="kern-heading-medium">{props.title}</h3>
      <div>
        <p class="al-clause__label">{text.means}</p>
        <p>{props.means}</p>
      </div>
      <div class="al-clause__law">
        <p class="al-clause__label">{text.law}</p>
        <p>{props.law}</p>
      </div>
      {props.foot ? <div class="al-clause__foot">{props.foot}</div> : null}
    </section>
  )
}

/** One party's signature, given or awaited. */
export function SignLine(props: PropsWithChildren<{ done: boolean; name: string; when: Child }>) {
  return (
    <div class="al-sign">
      <StateMark state={props.done ? 'pass' : 'open'} />
      <div>
        <b>{props.name}</b>
        <br />
        <span class="al-small al-muted">{props.when}</span>
        {props.children}
      </div>
    </div>
  )
}

type ResultProps = {
  href: string
  title: Child
  text: Child
  chips?: Child
  meta?: Child
  score?: { value: Child; label: Child }
}

/** One hit of a search: title, sentence, chips, and a figure beside it. */
export function Result(props: ResultProps) {
  return (
    <article class="al-result">
      <div>
        {props.chips ? <div class="al-row">{props.chips}</div> : null}
        <h3 class="kern-heading-medium">
          <a href={props.href}>{props.title}</a>
        </h3>
        <p>{props.text}</p>
        {props.meta}
      </div>
      {props.score ? (
        <p class="al-score">
          <b>{props.score.value}</b>
          <span class="al-muted">{props.score.label}</span>
        </p>
      ) : null}
    </article>
  )
}
