import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Checkbox, Select, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Empty, More, Note, Rows } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { RoomMap } from '../maps/store.ts'
import type { QueryRecord } from '../queries/model.ts'
import { queryTitle } from '../queries/title.ts'
import { ResultDrawing, waysOf } from '../results/charts.tsx'
import { messages as resultMessages } from '../results/messages.ts'
import { resultTitle } from '../results/text.ts'
import { ProtectionNote, ResultTable } from '../results/views.tsx'
import { messages } from './messages.ts'
import type { NotebookView } from './service.ts'
import type { Notebook, Step } from './store.ts'
import { Paragraphs } from './text.tsx'

/** The pages of a room beside the bench, and the form that begins one. */
export function NotebookBlock(props: { view: View; room: Room; notebooks: readonly Notebook[] }) {
  const { view, room, notebooks } = props
  const t = messages[view.locale]
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.title}</h2>
      <div class="al-gap-2">
        {notebooks.length === 0 ? <p class="al-small al-muted">{t.none}</p> : null}
        <Rows
          tight
          items={notebooks.map((each) => ({
            title: <a href={view.href(`/sandbox/notebooks/${each.id}`)}>{each.title}</a>,
            text: `${each.shared ? t.sharedWord : t.own}, ${view.date(each.changedAt)}`,
          }))}
        />
        <More label={t.start}>
          <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/notebooks`} id="newpage">
            <TextField name="title" label={t.name} maxlength={120} required />
            <Buttons>
              <Submit variant="secondary">{t.start}</Submit>
            </Buttons>
          </Form>
        </More>
      </div>
    </div>
  )
}

type AddProps = {
  view: View
  query: QueryRecord
  notebooks: readonly Notebook[]
  form?: FormState | undefined
}

/** Sets a result on a page that is there, or on a new one. */
export function AddToPage({ view, query, notebooks, form }: AddProps) {
  const t = messages[view.locale]
  return (
    <More label={t.add} open={form !== undefined}>
      <Form view={view} action={`/sandbox/queries/${query.id}/notebook`} form={form} id="topage">
        {notebooks.length ? (
          <Select
            name="notebookId"
            label={t.addTo}
            empty={t.newPage}
            value={notebooks[0]?.id}
            options={notebooks.map((each) => ({ value: each.id, label: each.title }))}
          />
        ) : null}
        <TextField name="title" label={notebooks.length ? t.newName : t.name} maxlength={120} />
        <Buttons>
          <Submit variant="secondary">{t.addDo}</Submit>
        </Buttons>
      </Form>
    </More>
  )
}

type ReadProps = { view: View; shown: NotebookView; maps: readonly RoomMap[] }

/** A page to read: each step with its text and its answer as it was chosen. */
export function NotebookText({ view, shown, maps }: ReadProps) {
  const t = messages[view.locale]
  const { notebook, room, answers } = shown
  if (notebook.steps.length === 0) return <Empty title={t.empty}>{t.emptyHint}</Empty>
  const first = [...answers.values()].find((query) => query.result)
  return (
    <div class="al-stack--l">
      {first?.result ? (
        <ProtectionNote view={view} result={first.result} level={room.level} made={first.presetVersion} />
      ) : null}
      {notebook.steps.map((step, i) => (
        <StepText
          {...{ view, step, maps }}
          query={step.queryId === null ? undefined : answers.get(step.queryId)}
          at={i}
        />
      ))}
    </div>
  )
}

type StepProps = {
  view: View
  step: Step
  query: QueryRecord | undefined
  maps: readonly RoomMap[]
  at: number
}

function StepText({ view, step, query, maps, at }: StepProps) {
  const t = messages[view.locale]
  return (
    <section aria-label={t.step({ n: at + 1 })} class="al-stack">
      <div class="al-w-prose">{step.text ? <Paragraphs text={step.text} /> : null}</div>
      {query ? <StepAnswer {...{ view, step, query, maps, at }} /> : null}
    </section>
  )
}

function StepAnswer({ view, step, query, maps, at }: StepProps & { query: QueryRecord }) {
  const t = messages[view.locale]
  const { result } = query
  const title = queryTitle(view, query)
  if (!result) return <Note icon="lock">{`${title}: ${query.refusal ? t.refused : t.gone}`}</Note>
  const drawn = step.shownAs !== 'table' && waysOf(result, maps).includes(step.shownAs)
  return (
    <>
      {drawn ? (
        <ResultDrawing {...{ view, result, maps }} as={step.shownAs} id={`s${at}`} />
      ) : (
        <ResultTable
          view={view}
          result={result}
          rows={100}
          caption={query.title || resultTitle(view, result.columns)}
        />
      )}
      <p class="al-small al-noprint">
        <a href={view.href(`/sandbox/queries/${query.id}`)}>{title}</a>
      </p>
    </>
  )
}

type EditProps = {
  view: View
  notebook: Notebook
  queries: readonly QueryRecord[]
  form?: FormState | undefined
}

/** The page as a form: a card per step and one empty card more. */
export function NotebookForm({ view, notebook, queries, form }: EditProps) {
  const t = messages[view.locale]
  const steps: Step[] = [...notebook.steps, { text: '', queryId: null, shownAs: 'table' }]
  return (
    <Form view={view} action={`/sandbox/notebooks/${notebook.id}`} form={form} class="al-stack">
      <TextField name="title" label={t.name} maxlength={120} value={notebook.title} required />
      <Checkbox name="shared" label={t.shared} checked={notebook.shared} />
      {steps.map((step, i) => (
        <StepFields {...{ view, step, queries }} at={i} isNew={i === notebook.steps.length} />
      ))}
      <Buttons>
        <Submit>{t.write}</Submit>
        <SecondaryLink href={view.href(`/sandbox/notebooks/${notebook.id}`)}>{t.back}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

type FieldsProps = {
  view: View
  step: Step
  queries: readonly QueryRecord[]
  at: number
  isNew: boolean
}

function StepFields({ view, step, queries, at, isNew }: FieldsProps) {
  const t = messages[view.locale]
  const prefix = `s${at}`
  const ways = Object.entries(resultMessages[view.locale].ways)
  const answers = queries.map((q) => ({ value: q.id as string, label: queryTitle(view, q) }))
  const kept = step.queryId !== null && !answers.some((a) => a.value === step.queryId)
  return (
    <fieldset class="al-card al-card--sunk al-form">
      <legend class="kern-heading-small">{isNew ? t.newStep : t.step({ n: at + 1 })}</legend>
      <TextArea name={`${prefix}.text`} label={t.text} hint={t.textHint} rows={4} value={step.text} />
      {kept ? <Hidden name={`${prefix}.query`} value={step.queryId ?? ''} /> : null}
      <div class="al-grid al-grid--2">
        {kept ? null : (
          <Select
            name={`${prefix}.query`}
            label={t.answer}
            empty={t.noAnswer}
            options={answers}
            value={step.queryId ?? undefined}
          />
        )}
        <Select
          name={`${prefix}.as`}
          label={t.showAs}
          value={step.shownAs}
          options={ways.map(([value, label]) => ({ value, label }))}
        />
        <TextField
          name={`${prefix}.at`}
          label={t.place}
          hint={t.placeHint}
          inputmode="numeric"
          value={String((at + 1) * 10)}
        />
      </div>
      {isNew ? null : <Checkbox name={`${prefix}.drop`} label={t.drop} />}
    </fieldset>
  )
}
