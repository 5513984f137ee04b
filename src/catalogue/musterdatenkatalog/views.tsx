import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Select } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import type { ChipTone } from '../../web/parts.tsx'
import { Card, Chip, Empty, Facts, LinkArrow, More } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Entry } from '../entries/model.ts'
import { messages } from './messages.ts'
import type { GapLine, GapState, GapTheme, Gaps } from './model.ts'
import { states } from './model.ts'
import type { NamedPlace } from './places.ts'
import type { Match } from './service.ts'
import type { Suggestion } from './suggest.ts'
import type { Concept } from './taxonomy.ts'
import { mdkThemes } from './taxonomy.ts'

const tones: Readonly<Record<GapState, ChipTone>> = {
  open: 'open',
  held: 'sandbox',
  probable: 'ask',
  missing: 'plain',
}

/** What the page of the comparison shows. */
export type GapPage = {
  readonly gaps: Gaps
  readonly places: readonly NamedPlace[]
  readonly chosen: { readonly place?: string | undefined; readonly state?: GapState | undefined }
  readonly mayAdd: boolean
}

/** The comparison: figures, choice, and a table for each theme. */
export function GapView({ view, shown }: { view: View; shown: GapPage }) {
  const text = messages[view.locale]
  const { state } = shown.chosen
  const themes = shown.gaps.themes
    .map((each) => ({ ...each, lines: each.lines.filter((line) => !state || line.state === state) }))
    .filter((each) => each.lines.length > 0)
  return (
    <div class="al-stack--l">
      <div>
        <Facts
          items={states.map((each) => ({
            value: view.number(shown.gaps.counts[each]),
            label: text.facts[each],
          }))}
        />
        <p class="al-small al-muted al-gap-3 al-w-prose">{text.explain}</p>
      </div>
      <Choice view={view} shown={shown} />
      {themes.length === 0 ? (
        <Empty
          title={text.nothing}
          action={<LinkArrow href={view.href('/catalogue/model-datasets')}>{text.reset}</LinkArrow>}
        />
      ) : (
        <div class="al-stack--s">
          {themes.map((each) => (
            <ThemeTable
              view={view}
              theme={each}
              mayAdd={shown.mayAdd}
              open={state !== undefined && state !== 'missing'}
            />
          ))}
        </div>
      )}
      <p class="al-small al-muted">
        {shown.gaps.reckonedAt ? `${text.reckoned({ when: view.dateTime(shown.gaps.reckonedAt) })} ` : ''}
        {text.source} <a href="/catalogue/model-datasets.csv">{text.csv}</a>
      </p>
    </div>
  )
}

function Choice({ view, shown }: { view: View; shown: GapPage }) {
  const text = messages[view.locale]
  const places = shown.places.map(({ ags, name, count }) => ({
    value: ags,
    label: text.placeCount({ name, n: view.number(count) }),
  }))
  return (
    <Form view={view} action="/catalogue/model-datasets" method="get" class="al-row">
      {places.length > 1 ? (
        <Select
          name="place"
          label={text.place}
          value={shown.chosen.place ?? ''}
          empty={text.everywhere}
          options={places}
        />
      ) : null}
      <Select
        name="state"
        label={text.stateFilter}
        value={shown.chosen.state ?? ''}
        empty={text.all}
        options={states.map((value) => ({ value, label: text.facts[value] }))}
      />
      <Buttons>
        <Submit variant="secondary">{text.show}</Submit>
      </Buttons>
    </Form>
  )
}

function ThemeTable(of: { view: View; theme: GapTheme; mayAdd: boolean; open: boolean }) {
  const { view, theme, mayAdd } = of
  const text = messages[view.locale]
  const name = capital(theme.theme[view.locale])
  const counts = states
    .map((state) => ({ state, n: theme.lines.filter((line) => line.state === state).length }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => `${view.number(n)} ${text.facts[state]}`)
  return (
    <More label={`${name}: ${counts.join(', ')}`} open={of.open}>
      <DataTable
        view={view}
        caption={text.caption({ theme: name })}
        quietCaption
        stack
        rows={theme.lines}
        columns={[
          { label: text.concept, header: true, cell: (line) => capital(line.concept[view.locale]) },
          {
            label: text.state,
            cell: (line) => <Chip tone={tones[line.state]}>{text.facts[line.state]}</Chip>,
          },
          { label: text.entries, cell: (line) => <LineEntries view={view} line={line} mayAdd={mayAdd} /> },
        ]}
      />
    </More>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function LineEntries({ view, line, mayAdd }: { view: View; line: GapLine; mayAdd: boolean }) {
  const text = messages[view.locale]
  if (line.entries.length === 0) {
    const href = mayAdd
      ? `/catalogue/new?concept=${encodeURIComponent(line.concept.id)}`
      : `/questions/new?title=${encodeURIComponent(line.concept[view.locale])}`
    return <a href={view.href(href)}>{mayAdd ? text.missingAdd : text.missingAsk}</a>
  }
  return (
    <>
      {line.entries.slice(0, 3).map((entry, at) => (
        <>
          {at > 0 ? <br /> : null}
          <a href={view.href(`/catalogue/datasets/${entry.entryId}`)}>{entry.title}</a>{' '}
          <span class="al-small al-muted">{entry.holderName}</span>
        </>
      ))}
      {line.count > 3 ? <span class="al-small al-muted"> {text.more({ n: line.count - 3 })}</span> : null}
    </>
  )
}

/** The part of an entry's page: which model dataset it is, how that is known, and for those who may, the choice. */
export function ModelDatasetPart({
  view,
  entry,
  match,
  mayChoose,
}: {
  view: View
  entry: Entry
  match: Match
  mayChoose: boolean
}) {
  const text = messages[view.locale]
  if (!match.concept && !mayChoose) return null
  return (
    <Card title={text.part} id="model-dataset">
      {match.concept ? <b>{capital(match.concept[view.locale])}</b> : null}
      <p class="al-small al-muted">{match.way ? text[match.way] : text.none}</p>
      {mayChoose ? (
        <More label={text.choose}>
          <Form view={view} action={`/catalogue/datasets/${entry.id}/model-dataset`} id="model-dataset-form">
            <Hidden name="entryId" value={entry.id} />
            <Select
              name="concept"
              label={text.field}
              hint={text.chooseHint}
              value={match.concept?.id ?? ''}
              empty={text.noneFits}
              options={conceptOptions(view, match.others)}
            />
            <Buttons>
              <Submit>{text.save}</Submit>
            </Buttons>
          </Form>
        </More>
      ) : null}
      <p class="al-small al-gap-2">
        <a href={view.href('/catalogue/model-datasets')}>{text.link}</a>
      </p>
    </Card>
  )
}

/** All model datasets as options, those that probably fit before the themes. */
function conceptOptions(view: View, first: readonly Suggestion[] = []) {
  const text = messages[view.locale]
  const option = (concept: Concept, group: string) => ({
    value: concept.id,
    label: capital(concept[view.locale]),
    group,
  })
  const probable = new Set(first.map(({ concept }) => concept.id))
  return [
    ...first.map(({ concept }) => option(concept, text.facts.probable)),
    ...mdkThemes.flatMap((theme) =>
      theme.concepts
        .filter(({ id }) => !probable.has(id))
        .map((concept) => option(concept, capital(theme[view.locale]))),
    ),
  ]
}

/** What shows under the title while it is typed: buttons that choose, without a page around them. */
export function SuggestionList({ view, found }: { view: View; found: readonly Suggestion[] }) {
  const text = messages[view.locale]
  if (found.length === 0) return <></>
  return (
    <div class="al-gap-2">
      <p class="al-small">{text.suggestions}</p>
      <p>
        {found.map(({ concept }) => (
          <>
            <button
              type="button"
              class="al-chip al-chip--accent"
              data-choose="concept"
              data-value={concept.id}
              aria-label={text.take({ name: concept[view.locale] })}
            >
              {capital(concept[view.locale])}
            </button>{' '}
          </>
        ))}
      </p>
    </div>
  )
}

/** The field of the entry form that names the model dataset. */
export function ConceptField({ view, form }: { view: View; form: FormState }) {
  const text = messages[view.locale]
  const options = conceptOptions(view)
  return (
    <Select
      form={form}
      name="concept"
      label={text.field}
      hint={text.fieldHint}
      empty={text.fieldEmpty}
      options={options}
    />
  )
}
