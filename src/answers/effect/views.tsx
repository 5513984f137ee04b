import type { View } from '../../platform/view.ts'
import { ButtonLink } from '../../web/parts.tsx'
import { LineChart } from '../../web/line-chart.tsx'
import { messages } from '../messages.ts'
import { paragraphs, type CouncilDecision, type Indicator } from '../model.ts'

/** What the council decided, point by point. */
export function CouncilPart(props: {
  view: View
  number: string
  decisions: CouncilDecision[]
  mayAdd: boolean
}) {
  const { view, number, decisions, mayAdd } = props
  const t = messages[view.locale]
  if (decisions.length === 0 && !mayAdd) return null
  return (
    <section class="al-stack" aria-labelledby="rat">
      <h2 class="kern-heading-large" id="rat">
        {t.council}
      </h2>
      {decisions.map((decision) => (
        <DecisionView view={view} decision={decision} />
      ))}
      {mayAdd ? (
        <div class="al-btns al-gap-3">
          <ButtonLink href={view.href(`/answers/${number}/decision`)}>{t.addDecision}</ButtonLink>
        </div>
      ) : null}
    </section>
  )
}

/** Whether it helped: measurements against the goal, with the public assessment. */
export function EffectPart(props: { view: View; number: string; indicators: Indicator[]; mayAdd: boolean }) {
  const { view, number, indicators, mayAdd } = props
  const t = messages[view.locale]
  if (indicators.length === 0 && !mayAdd) return null
  return (
    <section class="al-wrap al-section--tight" aria-labelledby="wirkung">
      <h2 class="kern-heading-large" id="wirkung">
        {t.effect}
      </h2>
      <div class="al-stack al-gap-3">
        {indicators.map((indicator) => (
          <IndicatorView view={view} indicator={indicator} />
        ))}
        {mayAdd ? (
          <div class="al-btns">
            <ButtonLink href={view.href(`/answers/${number}/effect`)}>{t.addIndicator}</ButtonLink>
          </div>
        ) : null}
      </div>
    </section>
  )
}

function DecisionView({ view, decision }: { view: View; decision: CouncilDecision }) {
  const t = messages[view.locale]
  return (
    <div class="al-council">
      <p class="al-small al-muted">
        {[view.date(decision.decidedOn), decision.paper].filter(Boolean).join(', ')}
        {decision.votes ? ` · ${t.votes(decision.votes)}` : null}
      </p>
      <ol>
        {decision.decided.map((line) => (
          <li>{line}</li>
        ))}
      </ol>
      {decision.rejected ? <p class="al-gap-3">{t.rejected({ text: decision.rejected })}</p> : null}
    </div>
  )
}

function IndicatorView({ view, indicator }: { view: View; indicator: Indicator }) {
  const t = messages[view.locale]
  const { goal } = indicator
  const points = indicator.points.map((point) => ({ x: point.year, y: point.value }))
  return (
    <div class="al-card al-stack">
      <div class="al-stack">
        <p class="al-eyebrow">{t.effectStep}</p>
        {paragraphs(indicator.assessment).map((one) => (
          <p>{one}</p>
        ))}
        {goal ? (
          <p>{t.goalBy({ year: goal.year, value: `${view.number(goal.value)} ${indicator.unit}`.trim() })}</p>
        ) : null}
        {indicator.nextReview ? (
          <p class="al-muted">{t.nextReview({ date: view.date(indicator.nextReview) })}</p>
        ) : null}
      </div>
      <LineChart
        view={view}
        title={indicator.name}
        {...(indicator.unit ? { note: indicator.unit } : {})}
        label={t.year}
        formatX={(x) => String(x)}
        series={[{ name: indicator.unit || indicator.name, points }]}
        {...(goal
          ? {
              goal: {
                value: goal.value,
                label: t.goal({ value: view.number(goal.value) }),
              },
            }
          : {})}
      />
    </div>
  )
}
