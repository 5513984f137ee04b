import type { App, Call } from '../../platform/http.ts'
import type { PagePart } from '../../platform/panel.ts'
import type { View } from '../../platform/view.ts'
import { Icon } from '../../web/icons.tsx'
import type { IconName } from '../../web/icons.tsx'
import { page } from '../../web/layout.tsx'
import { Facts, LinkArrow } from '../../web/parts.tsx'
import { messages } from '../messages.ts'
import type { StartFigures } from '../service.ts'
import { readStart } from '../service.ts'
import { TownDrawing } from './drawing.tsx'

/** The start page: ask, see what is being worked on, the newest answer, and what leaves and what does not. */
export function startPages(app: App, parts: readonly PagePart[]): void {
  app.get('/', (c) => startPage(c, parts))
}

async function startPage(c: Call, parts: readonly PagePart[]): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const figures = await readStart(ctx)
  const drawn = []
  for (const part of parts) drawn.push(await part.render(ctx, view))
  const m = messages[view.locale].start
  return page(
    c,
    { title: m.before + view.town.name + m.after, head: false, description: m.lead },
    <>
      <Hero view={view} />
      {drawn}
      <Protection view={view} figures={figures} />
    </>,
  )
}

function Hero({ view }: { view: View }) {
  const m = messages[view.locale].start
  return (
    <section class="al-hero" aria-labelledby="start-title">
      <div class="al-wrap">
        <div>
          <h1 id="start-title">
            {m.before}
            <em>{view.town.name}</em>
            {m.after}
          </h1>
          <p class="al-lead">{m.lead}</p>
          <form class="al-ask" action={view.href('/questions/new')} method="get">
            <div class="kern-form-input">
              <label class="kern-label" for="ask">
                {m.ask({ town: view.town.name })}
              </label>
              <div class="kern-hint" id="ask-hint">
                {m.hint}
              </div>
            </div>
            <div class="al-ask__row">
              <input
                class="kern-form-input__input"
                id="ask"
                name="title"
                maxlength={200}
                aria-describedby="ask-hint ask-note"
              />
              <button class="kern-btn kern-btn--primary" type="submit">
                <span class="kern-label">{m.submit}</span>
              </button>
            </div>
            <p class="al-small al-muted al-gap-2" id="ask-note">
              {m.note}
            </p>
          </form>
        </div>
        <div>
          <TownDrawing view={view} />
        </div>
      </div>
    </section>
  )
}

function Protection({ view, figures }: { view: View; figures: StartFigures }) {
  const m = messages[view.locale].start
  return (
    <section class="al-section" aria-labelledby="protection">
      <div class="al-wrap">
        <div class="al-section__head">
          <div>
            <h2 class="kern-heading-large" id="protection">
              {m.protectionTitle}
            </h2>
            <p>{m.protectionLead}</p>
          </div>
          <LinkArrow href={view.href('/about/protection')}>{m.protectionLink}</LinkArrow>
        </div>
        <ol class="al-flow">
          <Step icon="home" title={m.step1} text={m.step1Text} />
          <Step icon="lock" title={m.step2} text={m.step2Text} />
          <Step icon="shield" title={m.step3} text={m.step3Text} />
        </ol>
        <div class="al-gap-6">
          <Facts
            items={[
              { value: view.number(0), label: m.records },
              { value: view.number(figures.released), label: m.released({ n: figures.released }) },
              { value: view.number(figures.refused), label: m.refused({ n: figures.refused }) },
              { value: view.number(figures.entries), label: m.entries },
            ]}
          />
        </div>
      </div>
    </section>
  )
}

function Step({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <li>
      <Icon name={icon} />
      <b>{title}</b>
      <span>{text}</span>
    </li>
  )
}
