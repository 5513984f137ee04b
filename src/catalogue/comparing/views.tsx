import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { ButtonLink, Empty, Fit } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { licenceOf } from '../dcat/licences.ts'
import { criteria } from '../mapping/fit.ts'
import { messages as mapping } from '../mapping/messages.ts'
import { reasonText } from '../mapping/views.tsx'
import { words } from '../messages.ts'
import { AccessChip, paceText, periodText } from '../views.tsx'
import { messages } from './messages.ts'
import type { Comparison, Source } from './service.ts'

type Aspect = { readonly name: string; readonly cell: (source: Source) => Child }

/** Sources as columns, what one asks of each as rows. */
export function ComparisonView({ view, shown }: { view: View; shown: Comparison }) {
  const text = messages[view.locale]
  if (shown.sources.length === 0) {
    return (
      <Empty title={text.none} action={<ButtonLink href={view.href('/catalogue')}>{text.search}</ButtonLink>}>
        {text.noneText}
      </Empty>
    )
  }
  const rows = [...aspectsOf(view), ...(shown.need ? fitsOf(view) : [])]
  return (
    <DataTable
      view={view}
      caption={text.caption}
      stack
      above
      rows={rows}
      columns={[
        { label: text.aspect, header: true, cell: (row: Aspect) => row.name },
        ...shown.sources.map((source) => ({
          label: source.entry.title,
          cell: (row: Aspect) => row.cell(source) || <span class="al-muted">{text.unknown}</span>,
        })),
      ]}
    />
  )
}

function aspectsOf(view: View): Aspect[] {
  const text = messages[view.locale]
  const grains: Readonly<Record<string, string>> = words[view.locale].grains
  return [
    {
      name: text.entry,
      cell: ({ entry }) => (
        <a href={view.href(`/catalogue/datasets/${entry.id}`)}>
          {text.look}
          <span class="kern-sr-only">{`: ${entry.title}`}</span>
        </a>
      ),
    },
    { name: text.holder, cell: ({ entry }) => entry.holderName },
    { name: text.kind, cell: ({ entry }) => words[view.locale].kinds[entry.kind] },
    {
      name: text.level,
      cell: ({ entry }) => (entry.record.geocodingLevel ? text.levels[entry.record.geocodingLevel] : ''),
    },
    { name: text.access, cell: ({ entry }) => <AccessChip view={view} access={entry.access} /> },
    { name: text.period, cell: ({ entry }) => periodText(view, entry, entry.frequency !== 'NEVER') },
    { name: text.pace, cell: ({ entry }) => paceText(view, entry.frequency) },
    { name: text.asOf, cell: ({ entry }) => (entry.currentTo ? view.date(entry.currentTo) : '') },
    { name: text.grain, cell: ({ entry }) => (entry.grain ? (grains[entry.grain] ?? entry.grain) : '') },
    { name: text.formats, cell: ({ entry }) => entry.formats.join(', ') },
    {
      name: text.licence,
      cell: ({ entry }) => (entry.licence ? (licenceOf(entry.licence)?.name ?? entry.licence) : ''),
    },
    {
      name: text.columns,
      cell: ({ entry }) =>
        entry.record.columns
          .slice(0, 8)
          .map((column) => column.meaning || column.name)
          .join(', '),
    },
    { name: text.quality, cell: ({ entry }) => view.number(entry.quality) },
  ]
}

function fitsOf(view: View): Aspect[] {
  const text = messages[view.locale]
  return criteria.map((name) => ({
    name: `${text.fit}: ${mapping[view.locale].columns[name]}`,
    cell: ({ fits }) =>
      fits ? <Fit view={view} grade={fits[name].level} note={reasonText(view, fits[name])} /> : '',
  }))
}
