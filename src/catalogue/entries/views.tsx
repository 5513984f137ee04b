import type { View } from '../../platform/view.ts'
import type { Question } from '../../questions/model.ts'
import { Section } from '../../web/layout.tsx'
import { Card, Chip, LinkArrow, Meta, Meter, Note, Pairs } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { readPace } from '../mapping/model.ts'
import type { Pace } from '../mapping/model.ts'
import type { Column, Face } from '../model.ts'
import { textIn } from '../model.ts'
import { canPreview } from '../previews/service.ts'
import { paceText, periodText } from '../views.tsx'
import type { Finding } from '../../platform/finding.ts'
import { messages } from './messages.ts'
import { serviceTexts } from './service-texts.ts'
import { PreviewParts } from './preview-views.tsx'
import type { Entry } from './model.ts'

/** The facts under the heading: period and pace, place, size. */
export function EntryMeta({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const period = [periodText(view, entry, entry.frequency !== 'NEVER'), paceText(view, entry.frequency)]
    .filter(Boolean)
    .join(', ')
  const rows = entry.preview?.rowCount
  const columns = entry.record.columns.length || entry.preview?.columns.length || 0
  const size =
    rows && columns
      ? text.meta.rows({ rows: view.number(rows), columns: view.number(columns) })
      : columns
        ? text.meta.columns({ n: view.number(columns) })
        : ''
  return (
    <Meta
      items={[
        { icon: 'clock', text: period },
        { icon: 'place', text: entry.places.slice(0, 2).join(', ') },
        { icon: 'file', text: size },
      ]}
    />
  )
}

const faces: readonly Face[] = ['public', 'partner', 'holder']

/** Who sees what: three cards, the reader's own marked. */
export function Faces({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const lists = {
    ...text.faceLists,
    public: entry.access === 'open' ? text.faceLists.publicOpen : text.faceLists.public,
  }
  return (
    <Section plain title={text.faces} id="sehen" lead={text.facesLead[entry.face]}>
      <div class="al-grid al-grid--3">
        {faces.map((face) => (
          <div class={`al-card${face === entry.face ? ' al-card--here' : ''}`}>
            <div class="al-row">
              {face === entry.face ? (
                <Chip tone="accent">{text.here}</Chip>
              ) : (
                <Chip>{text.faceChips[face]}</Chip>
              )}
            </div>
            <h3 class="kern-heading-small">{text.faceNames[face]}</h3>
            <ul class="al-list al-small">
              {lists[face].map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  )
}

// Nothing of the data is kept here; a file may still be looked into where it lies.
function NoLook({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const { distributions } = entry.record
  const at = distributions.findIndex((file) => canPreview(entry, file))
  if (at >= 0)
    return (
      <LinkArrow href={view.href(`/catalogue/datasets/${entry.id}/preview/${at}`)}>
        {text.lookInto({ name: textIn(distributions[at]!.title, view.locale) })}
      </LinkArrow>
    )
  const isHidden = entry.face === 'public' && entry.access !== 'open'
  return <p class="al-muted">{isHidden ? text.columnsHidden : text.noLook}</p>
}

/** Chart or map, sample rows, and what the columns mean. */
export function Look({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const columns = entry.record.columns
  const isEmpty = !entry.preview && columns.length === 0
  // A service has nothing to look at but what programs make of it.
  if (isEmpty && entry.kind === 'service') return null
  return (
    <Section plain title={text.look} id="vorschau">
      {entry.preview ? (
        <PreviewParts view={view} preview={entry.preview} holder={entry.access !== 'open'} />
      ) : null}
      {columns.length > 0 ? (
        <div class="al-gap-5">
          <ColumnTable view={view} columns={columns} />
        </div>
      ) : null}
      {isEmpty ? <NoLook view={view} entry={entry} /> : null}
    </Section>
  )
}

/** Columns with their meaning, kind and unit; what nobody said about any column is left out. */
function ColumnTable({ view, columns }: { view: View; columns: readonly Column[] }) {
  const text = messages[view.locale]
  const types: Readonly<Record<string, string>> = text.types
  const extra = [
    {
      label: text.column.type,
      cell: (column: Column) => types[column.type] ?? column.type,
      when: columns.some((each) => each.type !== 'text'),
    },
    {
      label: text.column.unit,
      cell: (column: Column) => column.unit ?? '',
      when: columns.some((each) => each.unit),
    },
    {
      label: text.column.personal,
      cell: (column: Column) => (column.personal ? text.yes : text.no),
      when: columns.some((each) => each.personal),
    },
  ]
  return (
    <DataTable
      view={view}
      stack
      caption={text.columns}
      rows={columns}
      columns={[
        {
          label: text.column.name,
          header: true,
          cell: (column) => <span class="al-mono">{column.name}</span>,
        },
        { label: text.column.meaning, cell: (column) => column.meaning },
        ...extra.filter((each) => each.when),
      ]}
    />
  )
}

/** What only the holder's house sees. */
export function House({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const inventory = entry.record.inventory
  const names = Object.keys(text.inventory) as (keyof typeof text.inventory)[]
  const items = names.map((name) => ({
    term: text.inventory[name],
    value: inventory[name] === null ? '' : String(inventory[name]),
  }))
  if (entry.face !== 'holder' || items.every((item) => !item.value)) return null
  return (
    <Section plain title={text.house} lead={text.houseLead}>
      <Card soft>
        <Pairs row items={items} />
      </Card>
    </Section>
  )
}

const allowedDays: Readonly<Record<Exclude<Pace, 'once'>, number>> = {
  hourly: 2,
  daily: 3,
  weekly: 14,
  monthly: 62,
  quarterly: 184,
  yearly: 550,
}

/** Whether data keep the pace they promise: late once the pace and as much again has passed. */
export function freshness(
  entry: Pick<Entry, 'frequency' | 'currentTo'>,
  now: Date,
): 'onTime' | 'due' | 'unknown' | 'once' {
  const pace = readPace(entry.frequency)
  if (pace === 'once') return 'once'
  if (!pace || !entry.currentTo) return 'unknown'
  const age = (now.getTime() - Date.parse(entry.currentTo)) / 86_400_000
  return age <= allowedDays[pace] ? 'onTime' : 'due'
}

/** How complete the description is, and whether the promised pace is kept. */
export function Quality({
  view,
  entry,
  hints,
  now,
}: {
  view: View
  entry: Entry
  hints: readonly Finding[]
  now: Date
}) {
  const text = messages[view.locale]
  return (
    <Section plain title={text.quality} id="guete">
      <div class="al-grid al-grid--2">
        <div class="al-card">
          <h3 class="kern-heading-small">{text.qualityOf({ n: String(entry.quality) })}</h3>
          <Meter label={text.qualityOf({ n: String(entry.quality) })} parts={[entry.quality / 100]} />
          {hints.length > 0 ? (
            <ul class="al-list al-small">
              {hints.slice(0, 6).map((hint) => (
                <li>{hint.text[view.locale]}</li>
              ))}
            </ul>
          ) : (
            <p class="al-small">{text.qualityFine}</p>
          )}
        </div>
        <Freshness view={view} entry={entry} now={now} />
      </div>
    </Section>
  )
}

function Freshness({ view, entry, now }: { view: View; entry: Entry; now: Date }) {
  const text = messages[view.locale]
  const state = freshness(entry, now)
  const promised = () =>
    text.freshText({ pace: paceText(view, entry.frequency), when: view.date(entry.currentTo!) })
  const words = {
    onTime: promised,
    due: promised,
    unknown: () => text.freshUnknown,
    once: () => [text.freshOnce, periodText(view, entry, false)].filter(Boolean).join(' '),
  }
  const ofService = entry.kind === 'service' && state === 'unknown'
  return (
    <div class="al-card">
      <h3 class="kern-heading-small">{ofService ? serviceTexts[view.locale].fresh : text.fresh[state]}</h3>
      <p class="al-small">{ofService ? serviceTexts[view.locale].freshText : words[state]()}</p>
    </div>
  )
}

/** The questions these data are needed for. */
export function NeededFor({ view, questions }: { view: View; questions: readonly Question[] }) {
  const text = messages[view.locale]
  if (questions.length === 0) {
    return (
      <Card title={text.answeredNone}>
        <p class="al-small al-muted">{text.answeredNoneText}</p>
      </Card>
    )
  }
  return (
    <Card title={text.answered({ n: view.number(questions.length), one: questions.length === 1 })}>
      <ul class="al-list al-small">
        {questions.map((question) => (
          <li>
            <a href={view.href(`/questions/${question.number}`)}>{question.title}</a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Where machines read the same, and the public log of this entry. */
export function ForMachines({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const base = `/catalogue/datasets/${entry.id}`
  return (
    <Card sunk title={text.machine}>
      <p class="al-small">
        {text.machineText} <a href={`${base}.ttl`}>Turtle</a>, <a href={`${base}.rdf`}>RDF/XML</a>,{' '}
        <a href={`${base}.jsonld`}>JSON-LD</a>
      </p>
      <LinkArrow href={view.href(`/transparency/objects/dataset/${entry.id}`)}>{text.register}</LinkArrow>
    </Card>
  )
}

/** Remarks at the top: gone at its source, or not for everyone. */
export function Remarks({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  return (
    <>
      {entry.state === 'gone' ? (
        <Note tone="warn" title={text.gone}>
          {text.goneText({ when: view.date(entry.modifiedAt) })}
        </Note>
      ) : null}
      {entry.visibility === 'public' ? null : (
        <Note icon="eye">{entry.visibility === 'own' ? text.ownOnly : text.partnersOnly}</Note>
      )}
    </>
  )
}
