import type { View } from '../../platform/view.ts'
import { BarChart } from '../../web/chart.tsx'
import { ActionForm } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { LineChart } from '../../web/line-chart.tsx'
import { Card, Empty, Facts, LinkArrow, More, Pairs } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Dimension } from '../quality/metrics.ts'
import { dimensions } from '../quality/metrics.ts'
import { fixText } from './fix-texts.ts'
import { messages } from './messages.ts'
import type { QualityOverview } from './service.ts'
import type { QualitySum } from './store.ts'

const most: Readonly<Record<Dimension, number>> = {
  findability: 100,
  accessibility: 100,
  interoperability: 110,
  reusability: 75,
  contextuality: 20,
}

/** The state of the catalogue as everyone may see it: means, freshness, addresses, houses, what brings most. */
export function QualityView(props: { view: View; quality: QualityOverview; mayCheck: boolean }) {
  const { view, quality } = props
  const text = messages[view.locale]
  const { own, all } = quality
  const shown = own.entries > 0 ? own : all
  if (!quality.reckonedAt)
    return (
      <div class="al-stack--l">
        <Empty title={text.notYetTitle}>{text.notYet}</Empty>
        <LinkArrow href={view.href('/catalogue/model-datasets')}>{text.typical}</LinkArrow>
      </div>
    )
  return (
    <div class="al-stack--l">
      <Sum view={view} sum={shown} />
      <div class="al-grid al-grid--2">
        <Dimensions view={view} sum={shown} />
        <Ratings view={view} sum={shown} />
      </div>
      <div class="al-grid al-grid--2">
        <Card title={text.staleTitle}>
          <Pairs row items={countsOf(view, shown.staleness, text.staleness)} />
        </Card>
        <Card title={text.linksTitle}>
          <Pairs row items={countsOf(view, quality.links, text.links)} />
          <p class="al-small al-muted">{text.linksNote}</p>
          {props.mayCheck ? (
            <ActionForm view={view} action="/catalogue/quality/check-links" label={text.checkNow} />
          ) : null}
        </Card>
      </div>
      <Course view={view} days={quality.days} />
      <Houses view={view} quality={quality} />
      <Fixes view={view} fixes={quality.fixes} />
      {own.entries > 0 && all.entries > own.entries ? (
        <Section plain title={text.all}>
          <Sum view={view} sum={all} />
        </Section>
      ) : null}
      <p class="al-small al-muted">{text.reckoned({ when: view.dateTime(quality.reckonedAt) })}</p>
      <More label={text.how}>
        <p class="al-w-prose">{text.howText}</p>
      </More>
      <LinkArrow href={view.href('/catalogue/model-datasets')}>{text.typical}</LinkArrow>
    </div>
  )
}

/** Key figures of many entries. */
export function Sum({ view, sum }: { view: View; sum: QualitySum }) {
  const text = messages[view.locale]
  return (
    <Facts
      items={[
        { value: sum.mqa === null ? '–' : view.number(Math.round(sum.mqa)), label: text.mqa },
        { value: view.number(sum.entries), label: text.entries },
        { value: view.number(sum.staleness.overdue), label: text.overdue },
        { value: view.number(sum.broken), label: text.broken },
      ]}
    />
  )
}

function Dimensions({ view, sum }: { view: View; sum: QualitySum }) {
  const text = messages[view.locale]
  return (
    <BarChart
      view={view}
      title={text.dimensionTitle}
      label={text.dimension}
      unit="%"
      items={dimensions.map((name) => ({
        label: text.dimensions[name],
        value: Math.round((100 * (sum.by[name] ?? 0)) / most[name]),
      }))}
    />
  )
}

function Ratings({ view, sum }: { view: View; sum: QualitySum }) {
  const text = messages[view.locale]
  const names = ['excellent', 'good', 'sufficient', 'bad'] as const
  return (
    <BarChart
      view={view}
      title={text.rated}
      label={text.score}
      items={names.map((name) => ({ label: text.ratings[name], value: sum.ratings[name] }))}
    />
  )
}

function countsOf<K extends string>(
  view: View,
  counts: Readonly<Record<K, number>>,
  labels: Readonly<Record<K, string>>,
) {
  return (Object.keys(labels) as K[]).map((name) => ({
    term: labels[name],
    value: view.number(counts[name]),
  }))
}

// The course of the score needs at least three days to say something.
function Course({ view, days }: { view: View; days: QualityOverview['days'] }) {
  const text = messages[view.locale]
  if (days.length < 3) return null
  const points = days
    .map((each) => ({ x: new Date(`${each.day}T00:00:00Z`), y: Math.round(each.mqa) }))
    .toReversed()
  return (
    <LineChart view={view} title={text.course} label={text.day} series={[{ name: text.mqaShort, points }]} />
  )
}

function Houses({ view, quality }: { view: View; quality: QualityOverview }) {
  const text = messages[view.locale]
  const mean = (value: number | null) => (value === null ? '–' : view.number(Math.round(value)))
  return (
    <Section plain title={text.houses}>
      <DataTable
        view={view}
        stack
        quietCaption
        caption={text.houses}
        empty={text.noHouses}
        rows={quality.houses}
        columns={[
          {
            label: text.house,
            header: true,
            cell: (each) =>
              each.mayOpen ? (
                <a href={view.href(`/catalogue/quality/${each.organisationId}`)}>{each.name}</a>
              ) : (
                each.name
              ),
          },
          { label: text.heads.entries, numeric: true, cell: (each) => view.number(each.entries) },
          { label: text.heads.points, numeric: true, cell: (each) => mean(each.mqa ?? each.inventory) },
          { label: text.heads.overdue, numeric: true, cell: (each) => view.number(each.overdue) },
          { label: text.gain, numeric: true, cell: (each) => view.number(each.gain) },
        ]}
      />
    </Section>
  )
}

/** What most often lacks, with the points it would bring in all. */
export function Fixes(props: {
  view: View
  fixes: readonly { readonly id: string; readonly entries: number; readonly gain: number }[]
}) {
  const { view, fixes } = props
  const text = messages[view.locale]
  if (fixes.length === 0) return null
  return (
    <Section plain title={text.fixes}>
      <DataTable
        view={view}
        stack
        quietCaption
        caption={text.fixes}
        rows={fixes}
        columns={[
          { label: text.fix, header: true, cell: (each) => fixText(each.id)[view.locale] },
          { label: text.missing, numeric: true, cell: (each) => view.number(each.entries) },
          { label: text.points, numeric: true, cell: (each) => view.number(each.gain) },
        ]}
      />
    </Section>
  )
}
