import type { Locale } from '../platform/i18n.ts'
import { emptyForm, type FormState } from '../platform/form.ts'
import { makeView, type View } from '../platform/view.ts'
import { CheckGroup, Checkbox, DateField, FileField, Radios, Select, TextArea, TextField } from './fields.tsx'
import {
  ActionForm,
  Buttons,
  ConfirmButton,
  Fieldset,
  Form,
  Hidden,
  SecondaryLink,
  Submit,
} from './forms.tsx'
import { FacetForm, SearchForm } from './search-forms.tsx'
import { Icon, iconNames } from './icons.tsx'
import { page, Section } from './layout.tsx'
import { ChartParts } from './gallery-charts.tsx'
import { Pagination } from './pagination.tsx'
import {
  ButtonLink,
  Card,
  Checks,
  Chip,
  Code,
  Empty,
  Event,
  Facts,
  Fit,
  Ledger,
  LinkCard,
  Meta,
  Meter,
  More,
  Note,
  Pairs,
  Rows,
  Task,
  Voice,
} from './parts.tsx'
import { Decide, Steps, Timeline, Way } from './path.tsx'
import { DataTable, PROTECTED } from './table.tsx'
import { Clause, Result, SignLine } from './text-parts.tsx'

/** Every component on one page, as a whole document: for looking at, and for the tests of structure. */
export async function gallery(locale: Locale, assets?: (name: string) => string): Promise<string> {
  const view = makeView({
    locale,
    actor: { kind: 'anonymous' },
    town: { ags: '09999001', name: 'Auenstadt' },
    path: '/gallery?cursor=2',
    ...(assets ? { assets } : {}),
    site,
  })
  const context = {
    get: ((key: string) => (key === 'view' ? view : 'nonce')) as never,
    html: (text: string) => new Response(text),
  }
  const answer = await page(
    context,
    optionsOf(view),
    <>
      <FormParts view={view} />
      <ListParts view={view} />
      <TextParts view={view} />
      <ChartParts view={view} />
    </>,
  )
  return answer.text()
}

const nav = ['questions', 'catalogue', 'answers'].map((room) => ({ href: `/${room}`, label: room, room }))
const site = {
  name: 'Allmende',
  tagline: 'Auenstadt',
  claim: 'Claim',
  about: 'About',
  nav,
  top: [{ href: '/desk', label: 'Desk' }],
  columns: [{ title: 'One', links: nav }],
  legal: [{ href: '/imprint', label: 'Imprint' }],
}

function optionsOf(view: View) {
  const meta = [
    { icon: 'clock' as const, text: view.date('2026-07-02') },
    { icon: 'place' as const, text: 'Auenstadt' },
  ]
  return {
    title: 'Gallery',
    room: 'questions',
    crumbs: [{ label: 'Gallery' }],
    eyebrow: 'Eyebrow',
    lead: 'Lead',
    meta: <Meta items={meta} />,
    under: <Steps view={view} label="Steps" items={steps} />,
    aside: <AsideParts />,
    asideLabel: 'Aside',
    islands: ['enhance', 'editor'],
  }
}

const steps = ['Eins', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Sieben'].map((label, index) => ({
  label,
  note: String(index + 1),
  state: index < 3 ? ('done' as const) : index === 3 ? ('now' as const) : ('todo' as const),
}))

function AsideParts() {
  return (
    <>
      <Decide
        label="Next"
        who="The three holders"
        text="They sign."
        until="8. Mai"
        left="14"
        action={{ href: '/x', label: 'Read' }}
      >
        <Ledger items={[{ term: 'Hours', value: 62 }]} />
      </Decide>
      <Card title="Card" sunk>
        <Rows tight items={[{ title: 'Row', text: 'text' }]} />
      </Card>
    </>
  )
}

const form: FormState = {
  values: { title: '<b>Hitze</b>', kind: 'b', tags: ['x'] },
  errors: { title: 'Wrong', kind: 'Choose' },
}

const options = [
  { value: 'a', label: 'A', hint: 'hint' },
  { value: 'b', label: 'B', group: 'G' },
  { value: 'x', label: 'X', group: 'G' },
]

function FieldParts({ view }: { view: View }) {
  return (
    <Form view={view} action="/questions" form={form} files>
      <TextField name="title" label="Title" hint="Hint" required suggest="/similar" list={['one', 'two']} />
      <TextArea name="sql" label="SQL" editor="sql" value="SELECT 1" />
      <Select name="kind" label="Kind" options={options} />
      <Radios name="one" label="One" options={options} />
      <CheckGroup name="tags" label="Tags" options={options} hint="Many" />
      <Checkbox name="yes" label="Yes" hint="Hint" required />
      <Fieldset legend="Group" hint="Hint">
        <DateField name="day" label="Day" value="2026-05-08" />
        <FileField name="file" label="File" accept=".csv" />
      </Fieldset>
      <Hidden name="k" value="v" />
      <Buttons>
        <Submit>Send</Submit>
        <SecondaryLink href="/x">Cancel</SecondaryLink>
      </Buttons>
    </Form>
  )
}

function FormParts({ view }: { view: View }) {
  return (
    <Section title="Forms" plain>
      <FieldParts view={view} />
      <Form view={view} action="/two" id="two" form={emptyForm()}>
        <TextField name="title" label="Again" />
      </Form>
      <ActionForm view={view} action="/support" label="Support" fields={{ id: '1' }} />
      <ConfirmButton
        view={view}
        action="/withdraw"
        label="Withdraw"
        question="Sure?"
        confirm="Withdraw for good"
      />
      <SearchParts view={view} />
    </Section>
  )
}

const facet = {
  name: 'facet',
  label: 'Facet',
  options: [{ value: 'a', label: 'A', count: 1234 }],
  selected: ['a'],
}

function SearchParts({ view }: { view: View }) {
  const kept = { state: 'raised' }
  return (
    <>
      <SearchForm view={view} action="/questions" name="q" label="Search" value="hitze" hidden={kept} />
      <FacetForm view={view} action="/questions" facets={[facet]} />
    </>
  )
}

const rows = [
  { name: 'Hafen', value: 115 },
  { name: 'Auwiesen', value: null },
]

function TableParts({ view }: { view: View }) {
  return (
    <>
      <DataTable
        view={view}
        caption="Rows"
        rows={rows}
        stack
        columns={[
          { label: 'Name', header: true, cell: (row) => row.name },
          { label: 'Value', numeric: true, cell: (row) => row.value ?? PROTECTED },
        ]}
      />
      <Pagination view={view} path="/questions" query={{ q: 'hitze' }} next="abc" />
    </>
  )
}

const houses = [
  { avatar: 'Stadtwerke Auenstadt', title: 'Stadtwerke', text: 'Text', end: <Chip tone="open">Open</Chip> },
]
const moments = [
  { when: '2026-03-12', text: 'Raised', href: '/q' },
  { when: 'soon', text: 'Next', state: 'next' as const },
]

function ListParts({ view }: { view: View }) {
  return (
    <Section title="Lists" plain link={{ href: '/all', label: 'All' }}>
      <TableParts view={view} />
      <LinkCard href="/q" title="Card" foot={<Way label="2 of 7" note="soon" total={7} at={2} />}>
        <p>Text</p>
      </LinkCard>
      <Rows items={houses} />
      <Timeline view={view} items={moments} />
      <Task title="Task" due="Friday" left="3 days" actions={<ButtonLink href="/x">Go</ButtonLink>}>
        Text
      </Task>
      <Result
        href="/d"
        title="Result"
        text="Text"
        chips={<Chip tone="sandbox">Sandbox</Chip>}
        score={{ value: 88, label: 'Score' }}
      />
      <Empty title="Nothing" action={<ButtonLink href="/x">Begin</ButtonLink>}>
        Text
      </Empty>
    </Section>
  )
}

function TextParts({ view }: { view: View }) {
  return (
    <Section title="Text" plain>
      <Note title="Note">Text</Note>
      <Note tone="warn">Text</Note>
      <Facts items={[{ value: view.number(4112), label: 'Facts' }]} />
      <Pairs row items={[{ term: 'Term', value: 'Value' }]} />
      <Voice name="Seniorenbeirat" org when={view.date('2026-04-24')}>
        Text
      </Voice>
      <Meter label="40 %" parts={[0.4, 0.1]} />
      <Fit view={view} grade="part" note="2024" />
      <Checks
        view={view}
        items={[
          { state: 'pass', text: 'Check' },
          { state: 'open', text: 'Check' },
        ]}
      />
      <ReadingParts view={view} />
    </Section>
  )
}

function ReadingParts({ view }: { view: View }) {
  return (
    <>
      <Code label="SQL">SELECT 1</Code>
      <More label="More">Text</More>
      <Clause view={view} title="Clause" means="Means" law="Law" />
      <SignLine done name="Jugendamt" when={view.date('2026-05-01')} />
      <Event weekday="Do" day="24" month="Sept." title="Event" action={<ButtonLink href="/x">Go</ButtonLink>}>
        Text
      </Event>
      <p>
        {iconNames.map((name) => (
          <Icon name={name} />
        ))}
      </p>
    </>
  )
}
