import type { View } from '../../platform/view.ts'
import { Section } from '../../web/layout.tsx'
import { address } from '../../web/pagination.tsx'
import { ButtonLink, Card, Empty, Ledger, LinkArrow, Rows } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { EntrySummary } from '../entries/model.ts'
import { freshness } from '../entries/views.tsx'
import { AccessChip, paceText } from '../views.tsx'
import { messages } from './messages.ts'

/** A house's entry and how many questions need it. */
export type OwnEntry = { readonly entry: EntrySummary; readonly questionIds: readonly string[] }

const SHOWN = 8

/** The table of a house's own entries. */
export function MyData({ view, own, now }: { view: View; own: readonly OwnEntry[]; now: Date }) {
  const text = messages[view.locale]
  const [first] = own
  if (!first) {
    return (
      <Section plain title={text.mine} id="meine">
        <Empty
          title={text.none}
          action={<ButtonLink href={view.href('/catalogue/drop')}>{text.drop}</ButtonLink>}
        >
          {text.noneText}
        </Empty>
      </Section>
    )
  }
  const all = view.href(address('/catalogue', { holder: first.entry.holderName }))
  return (
    <Section
      plain
      title={text.mine}
      id="meine"
      link={{ href: all, label: text.all({ n: view.number(own.length) }) }}
    >
      <Card flush>
        <DataTable
          view={view}
          card
          stack
          quietCaption
          caption={text.mine}
          rows={own.slice(0, SHOWN)}
          columns={[
            {
              label: text.dataset,
              header: true,
              cell: ({ entry }) => <a href={view.href(`/catalogue/datasets/${entry.id}`)}>{entry.title}</a>,
            },
            { label: text.access, cell: ({ entry }) => <AccessChip view={view} access={entry.access} /> },
            { label: text.asOf, cell: ({ entry }) => <AsOf view={view} entry={entry} now={now} /> },
            { label: text.quality, numeric: true, cell: ({ entry }) => view.number(entry.quality) },
            { label: text.questions, numeric: true, cell: (each) => view.number(each.questionIds.length) },
          ]}
        />
      </Card>
    </Section>
  )
}

function AsOf({ view, entry, now }: { view: View; entry: EntrySummary; now: Date }) {
  const when = entry.currentTo ? view.date(entry.currentTo) : '–'
  if (freshness(entry, now) !== 'due') return <>{when}</>
  return (
    <span class="al-overdue">
      {when}
      <span class="kern-sr-only"> ({messages[view.locale].overdue})</span>
    </span>
  )
}

/** What a house's data bring about, as figures. */
export function Benefit({ view, own, answered }: { view: View; own: readonly OwnEntry[]; answered: number }) {
  const text = messages[view.locale]
  const questions = new Set(own.flatMap((each) => each.questionIds)).size
  return (
    <section class="al-decide" aria-labelledby="ledger">
      <p class="al-small">{text.benefitSmall}</p>
      <h2 class="kern-heading-medium" id="ledger">
        {text.benefit({ n: view.number(questions), one: questions === 1 })}
      </h2>
      <Ledger
        items={[
          { term: text.answered, value: view.number(answered) },
          { term: text.entries, value: view.number(own.length) },
          {
            term: text.openEntries,
            value: view.number(own.filter((each) => each.entry.access === 'open').length),
          },
        ]}
      />
      <LinkArrow href={view.href(`/catalogue/holders/${own[0]!.entry.organisationId}`)}>
        {text.ledger}
      </LinkArrow>
    </section>
  )
}

const THIN = 60

/** Entries that are late or thinly described. Nothing where all is well. */
export function NeedsCare({ view, own, now }: { view: View; own: readonly OwnEntry[]; now: Date }) {
  const text = messages[view.locale]
  const late = own.filter(({ entry }) => freshness(entry, now) === 'due')
  const thin = own.filter(
    ({ entry }) => entry.quality < THIN && !late.some((each) => each.entry.id === entry.id),
  )
  if (late.length + thin.length === 0) return null
  const item = (entry: EntrySummary, note: string) => ({
    title: <a href={view.href(`/catalogue/datasets/${entry.id}/edit`)}>{entry.title}</a>,
    text: note,
  })
  return (
    <Card title={text.care}>
      <Rows
        tight
        items={[
          ...late
            .slice(0, 3)
            .map(({ entry }) =>
              item(
                entry,
                text.late({ pace: paceText(view, entry.frequency), when: view.date(entry.currentTo!) }),
              ),
            ),
          ...thin.slice(0, 3).map(({ entry }) => item(entry, text.thin({ n: view.number(entry.quality) }))),
        ]}
      />
    </Card>
  )
}
