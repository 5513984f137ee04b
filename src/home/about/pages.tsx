import type { App, Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { ButtonLink, Card, LinkArrow, Note } from '../../web/parts.tsx'
import { messages } from './messages.ts'

/** Pages that explain: the way of a question, how data are protected; and the legal ones. */
export function aboutPages(app: App): void {
  app.get('/about', wayPage)
  app.get('/about/protection', protectionPage)
  app.get('/imprint', imprintPage)
  app.get('/privacy', (c) => textPage(c, messages[c.get('view').locale].legal.privacy))
  app.get('/accessibility', (c) => textPage(c, messages[c.get('view').locale].legal.accessibility))
}

type Section = { readonly id?: string; readonly title: string; readonly text: string }

function wayPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale].way
  return page(
    c,
    { title: m.title, crumbs: [{ label: m.title }], lead: m.lead },
    <div class="al-stack--l">
      <WaySteps steps={m.steps} />
      <p>{m.record}</p>
      <div class="al-btns">
        <ButtonLink href={view.href('/questions/new')} variant="primary">
          {m.ask}
        </ButtonLink>
        <ButtonLink href={view.href('/transparency')} variant="secondary">
          {m.register}
        </ButtonLink>
      </div>
    </div>,
  )
}

function HowList({ items }: { items: readonly { title: string; text: string }[] }) {
  return (
    <dl class="al-dl al-gap-4">
      {items.map((each) => (
        <div>
          <dt>{each.title}</dt>
          <dd>{each.text}</dd>
        </div>
      ))}
    </dl>
  )
}

function WaySteps({ steps }: { steps: readonly { title: string; text: string }[] }) {
  return (
    <ol class="al-stack al-plain-list">
      {steps.map((step, i) => (
        <li>
          <Card>
            <h2 class="kern-heading-medium">{`${i + 1}. ${step.title}`}</h2>
            <p class="al-w-prose">{step.text}</p>
          </Card>
        </li>
      ))}
    </ol>
  )
}

function protectionPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale].protection
  return page(
    c,
    { title: m.title, crumbs: [{ label: m.title }], lead: m.lead },
    <div class="al-stack--l al-w-prose">
      <Part id="promise" title={m.promiseTitle} paragraphs={m.promise} />
      <Part id="limits" title={m.limitsTitle} paragraphs={m.limits} />
      <section aria-labelledby="how">
        <h2 class="kern-heading-large" id="how">
          {m.howTitle}
        </h2>
        <HowList items={m.how} />
      </section>
      <Note>{m.footnote}</Note>
      <LinkArrow href={view.href('/transparency?room=sandbox')}>{m.link}</LinkArrow>
    </div>,
  )
}

function Part({ id, title, paragraphs }: { id: string; title: string; paragraphs: readonly string[] }) {
  return (
    <section aria-labelledby={id} class="al-stack">
      <h2 class="kern-heading-large" id={id}>
        {title}
      </h2>
      {paragraphs.map((text) => (
        <p>{text}</p>
      ))}
    </section>
  )
}

function imprintPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const { imprint, operatorMissing } = messages[view.locale].legal
  const known = {
    operator: view.town.operator ?? operatorMissing,
    contact: view.town.contact ?? operatorMissing,
  }
  return textPage(c, {
    title: imprint.title,
    sections: imprint.sections.map((section) => ({
      id: section.id,
      title: section.title,
      text: section.text(known),
    })),
  })
}

function textPage(
  c: Call,
  text: { readonly title: string; readonly sections: readonly Section[] },
): Promise<Response> {
  return page(
    c,
    { title: text.title, crumbs: [{ label: text.title }], heading: 'x-large' },
    <div class="al-stack--l al-w-prose">
      {text.sections.map((section, i) => (
        <Part id={section.id ?? `part-${i}`} title={section.title} paragraphs={[section.text]} />
      ))}
    </div>,
  )
}
