import type { View } from '../platform/view.ts'
import { DateField, Select, TextField } from '../web/fields.tsx'
import { ActionForm, Buttons, Form, SecondaryLink, Submit } from '../web/forms.tsx'
import { emptyForm } from '../platform/form.ts'
import { Card, Code, LinkArrow, Note, Pairs } from '../web/parts.tsx'
import { DataTable } from '../web/table.tsx'
import type { Entry } from './model.ts'
import { messages } from './messages.ts'
import type { Filter } from './schema.ts'
import type { EntryPage, Verification } from './service.ts'
import type { ClosedDay } from './store.ts'

/** Names of organisations by id; ids without a name show as the role that acted. */
export type Names = ReadonlyMap<string, string>

const rooms = ['identity', 'questions', 'catalogue', 'cooperation', 'sandbox', 'answers'] as const

/** „von Stadtwerke“: the organisation if known, else the role. What the hub did by itself, it did by itself. */
function actedBy(view: View, entry: Entry, names: Names): string {
  if (entry.actorRole === 'hub') return messages[view.locale].roles.hub
  const name = entry.organisationId ? names.get(entry.organisationId) : undefined
  return name ?? messages[view.locale].roles[entry.actorRole]
}

/** The table of entries. */
export function EntryTable(props: { view: View; entries: readonly Entry[]; names: Names }) {
  const { view, entries, names } = props
  const m = messages[view.locale]
  return (
    <DataTable
      view={view}
      caption={m.caption}
      quietCaption
      stack
      card
      rows={[...entries]}
      empty={m.nothing}
      columns={[
        {
          label: m.number,
          header: true,
          cell: (e) => <a href={view.href(`/transparency/entries/${e.seq}`)}>{view.number(e.seq)}</a>,
        },
        {
          label: m.when,
          cell: (e) => (
            <time class="al-nowrap" datetime={e.at}>
              {view.moment(e.at)}
            </time>
          ),
        },
        { label: m.what, cell: (e) => e.details.summary[view.locale] },
        { label: m.by, cell: (e) => actedBy(view, e, names) },
      ]}
    />
  )
}

/** The choice of entries, as a form that works by address. */
export function FilterForm({ view, filter, names }: { view: View; filter: Filter; names: Names }) {
  const m = messages[view.locale]
  return (
    <Card soft title={m.filter} id="auswahl">
      <Form view={view} action="/transparency" method="get" form={formOf(filter)} id="filter">
        <Select name="room" label={m.show} empty={m.all} options={roomsIn(view)} />
        <Select
          name="organisation"
          label={m.organisation}
          empty={m.allOrganisations}
          options={byName(names)}
        />
        <DateField name="from" label={m.from} />
        <DateField name="to" label={m.to} />
        <TextField name="q" label={m.q} maxlength={200} />
        <Buttons>
          <Submit>{m.apply}</Submit>
          <SecondaryLink href={view.href('/transparency')}>{m.reset}</SecondaryLink>
        </Buttons>
      </Form>
    </Card>
  )
}

function byName(names: Names): { value: string; label: string }[] {
  const options = [...names].map(([value, label]) => ({ value, label }))
  return options.sort((a, b) => a.label.localeCompare(b.label, 'de'))
}

function roomsIn(view: View): { value: string; label: string }[] {
  return rooms.map((value) => ({ value, label: messages[view.locale].rooms[value] }))
}

function formOf(filter: Filter) {
  return emptyForm({
    room: filter.room ?? '',
    organisation: filter.organisation ?? '',
    from: filter.from ?? '',
    to: filter.to ?? '',
    q: filter.q ?? '',
  })
}

/** The line under the list: how many, exports, older ones. */
export function ListFoot({ view, page, query }: { view: View; page: EntryPage; query: string }) {
  const m = messages[view.locale]
  const join = query ? `?${query}` : ''
  return (
    <div class="al-row al-row--between al-gap-3">
      <span class="al-muted al-small">{m.found({ n: view.number(page.total) })}</span>
      <div class="al-row">
        <LinkArrow href={`/transparency/register.csv${join}`}>{m.asCsv}</LinkArrow>
        <LinkArrow href={`/transparency/register.json${join}`}>{m.asJson}</LinkArrow>
        {page.next ? (
          <LinkArrow href={view.href(`/transparency?${query ? `${query}&` : ''}cursor=${page.next}`)}>
            {m.older}
          </LinkArrow>
        ) : null}
      </div>
    </div>
  )
}

/** What the register promises, on top of the list. */
export function ChainNote({ view, total }: { view: View; total: number }) {
  const m = messages[view.locale]
  return (
    <Note icon="link" title={m.chainTitle}>
      {m.chainText({ n: view.number(total) })} <a href={view.href('/transparency/verify')}>{m.verifySelf}</a>
    </Note>
  )
}

/** One entry in full. */
export function EntryView({ view, entry, names }: { view: View; entry: Entry; names: Names }) {
  const m = messages[view.locale]
  return (
    <div class="al-stack">
      <Card>
        <Pairs
          items={[
            { term: m.when, value: <time datetime={entry.at}>{view.dateTime(entry.at)}</time> },
            { term: m.role, value: actedBy(view, entry, names) },
            { term: m.event, value: <span class="al-mono">{entry.event}</span> },
            { term: m.object, value: <span class="al-mono">{`${entry.objectType} ${entry.objectId}`}</span> },
          ]}
        />
        <div class="al-row al-gap-3">
          {entry.details.href ? <LinkArrow href={view.href(entry.details.href)}>{m.open}</LinkArrow> : null}
          <LinkArrow href={view.href(`/transparency/objects/${entry.objectType}/${entry.objectId}`)}>
            {m.history}
          </LinkArrow>
        </div>
      </Card>
      <Hashes view={view} entry={entry} />
      <details class="al-more">
        <summary>{m.record}</summary>
        <Code label={m.record}>{JSON.stringify(entry, null, 2)}</Code>
      </details>
    </div>
  )
}

function Hashes({ view, entry }: { view: View; entry: Entry }) {
  const m = messages[view.locale]
  return (
    <>
      <h2 class="kern-heading-medium">{m.hashes}</h2>
      <div class="al-chain">
        <p>
          <span class="al-muted">{m.previous}</span>{' '}
          <span class="al-mono al-break">{entry.previousHash}</span>
        </p>
        <p>
          <span class="al-muted">{m.own}</span> <span class="al-mono al-break">{entry.hash}</span>
        </p>
      </div>
    </>
  )
}

/** Closed days with their roots. */
export function DayTable({ view, days }: { view: View; days: readonly ClosedDay[] }) {
  const m = messages[view.locale]
  return (
    <DataTable
      view={view}
      caption={m.daysTitle}
      quietCaption
      stack
      card
      rows={[...days]}
      empty={m.noDays}
      columns={[
        { label: m.day, header: true, cell: (d) => view.date(d.day) },
        { label: m.entries, numeric: true, cell: (d) => view.number(d.entries) },
        { label: m.root, cell: (d) => <span class="al-mono al-break">{d.root}</span> },
      ]}
    />
  )
}

/** The result of a check. */
export function VerificationView({ view, result }: { view: View; result: Verification }) {
  const m = messages[view.locale]
  if (result.faults.length === 0) {
    return (
      <Note icon="check" title={m.sound}>
        {m.soundText({ n: view.number(result.entries), days: view.number(result.days) })}
        <br />
        {m.headHash}: <span class="al-mono al-break">{result.head}</span>
      </Note>
    )
  }
  return <Faults view={view} faults={result.faults} />
}

function Faults({ view, faults }: { view: View; faults: Verification['faults'] }) {
  const m = messages[view.locale]
  return (
    <div class="al-stack">
      <Note tone="warn" title={m.broken}>
        {m.brokenText({ n: view.number(faults.length) })}
      </Note>
      <DataTable
        view={view}
        caption={m.broken}
        quietCaption
        rows={faults.slice(0, 200)}
        columns={[
          { label: m.number, header: true, cell: (f) => view.number(f.seq) },
          { label: m.fault, cell: (f) => `${f.kind}: ${f.note}` },
        ]}
      />
    </div>
  )
}

/** The heading of the list with the way to the closed days. */
export function ListHead({ view }: { view: View }) {
  const m = messages[view.locale]
  return (
    <div class="al-section__head">
      <h2 class="kern-heading-large" id="liste">
        {m.newest}
      </h2>
      <LinkArrow href={view.href('/transparency/days')}>{m.daysTitle}</LinkArrow>
    </div>
  )
}

/** How everybody can check the register: here with one click, or at home with the export. */
export function HowToVerify({ view }: { view: View }) {
  const m = messages[view.locale]
  return (
    <div class="al-stack al-w-prose">
      <p>{m.verifyHint}</p>
      <ActionForm view={view} action="/transparency/verify" label={m.verifyNow} variant="primary" />
      <h2 class="kern-heading-medium">{m.howTitle}</h2>
      <ol class="al-stack--s">
        <li>
          {m.how1} <LinkArrow href="/transparency/register.json">{m.asJson}</LinkArrow>
        </li>
        <li>{m.how2}</li>
        <li>{m.how3}</li>
        <li>{m.how4}</li>
      </ol>
      <Code label={m.how4}>{'bin/allmende transparency verify-export register.json'}</Code>
    </div>
  )
}
