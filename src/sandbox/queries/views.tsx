import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import type { FormState } from '../../platform/form.ts'
import { TextArea } from '../../web/fields.tsx'
import type { Option } from '../../web/fields.tsx'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import { Code, Empty, LinkArrow, Meter, More, Note, Rows } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Room } from '../access/service.ts'
import type { FormColumn } from '../engine/form.ts'
import { formChoices } from '../engine/form.ts'
import type { Explanation } from '../engine/result.ts'
import type { VaultTable } from '../engine/roles.ts'
import type { Budget } from '../model.ts'
import { ProtectionNote, ResultTable, resultTitle } from '../results/views.tsx'
import { messages } from './messages.ts'
import type { QueryRecord } from './model.ts'
import { presetOf } from './model.ts'
import { refusalText } from './problems.ts'

/** What the query form offers, ready for its selects. */
export type Choices = { measures: Option[]; dimensions: Option[]; conditions: Option[] }

/** Registered values up to this number are offered as conditions of their own. */
const fewValues = 12

/** What the form offers for these tables: what to compute, by what to split, and ready conditions. */
export function choicesOf(view: View, tables: readonly VaultTable[]): Choices {
  const t = messages[view.locale]
  const bases = formChoices(tables)
  const measures = bases.flatMap(({ table, units, measures }) => [
    ...units.map((unit) => ({ value: `units:${table}:${unit}`, label: t.count({ what: t.units[unit] }), group: table })),
    { value: `count:${table}`, label: t.count({ what: t.rowsOf({ table }) }), group: table },
    ...measures.map((m) => ({ value: `avg:${table}:${m.value}`, label: t.mean({ what: m.label }), group: table })),
    ...measures.map((m) => ({ value: `sum:${table}:${m.value}`, label: t.sum({ what: m.label }), group: table })),
  ])
  const columns = new Map(bases.flatMap((base) => base.dimensions).map((c) => [c.value, c]))
  const dimensions = [...columns.values()].map((c) => ({ value: c.value, label: c.label, group: c.table }))
  const conditions = [...columns.values()].flatMap((c) => conditionsFor(view, c))
  return { measures, dimensions, conditions }
}

function conditionsFor(view: View, column: FormColumn): Option[] {
  const t = messages[view.locale]
  const { domain, label, table: group } = column
  if (!domain || domain.length > fewValues) return [{ value: column.value, label: t.valueOf({ what: label }), group }]
  const word = (value: unknown) => (value === true ? t.yes : value === false ? t.no : String(value))
  return domain.flatMap((value) =>
    value === null ? [] : [{ value: `${column.value}=${String(value)}`, label: `${label}: ${word(value)}`, group }],
  )
}

type PickProps = { id: string; name: string; label: string; value: string; options: Option[]; none?: string }

function Pick({ id, name, label, value, options, none }: PickProps) {
  const groups = [...new Set(options.map((o) => o.group))]
  const draw = (option: Option) => (
    <option value={option.value} selected={option.value === value}>
      {option.label}
    </option>
  )
  return (
    <div class="kern-form-input">
      <label class="kern-label" for={id}>
        {label}
      </label>
      <div class="kern-form-input__select-wrapper">
        <select class="kern-form-input__select" id={id} name={name}>
          {none === undefined ? null : <option value="">{none}</option>}
          {groups.map((group) => {
            const own = options.filter((o) => o.group === group).map(draw)
            return group === undefined ? own : <optgroup label={group}>{own}</optgroup>
          })}
        </select>
      </div>
    </div>
  )
}

const textOf = (form: FormState | undefined, name: string) => {
  const value = form?.values[name]
  return typeof value === 'string' ? value : ''
}

type AskProps = { view: View; room: Room; choices: Choices; form?: FormState | undefined }

/** The query form for people without SQL: what, split up by what, only if. */
export function AskForm({ view, room, choices, form }: AskProps) {
  const t = messages[view.locale]
  const value = (name: string) => textOf(form, name)
  return (
    <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/ask`} form={form} id="ask" class="al-gap-3">
      <div class="al-query">
        <Pick id="ask-measure" name="measure" label={t.measure} value={value('measure')} options={choices.measures} />
        <Pick id="ask-by" name="by" label={t.by} value={value('by')} options={choices.dimensions} none={t.noSplit} />
        <Pick id="ask-only" name="only" label={t.only} value={value('only')} options={choices.conditions} none={t.noCondition} />
        <Pick id="ask-by2" name="by2" label={t.by2} value={value('by2')} options={choices.dimensions} none={t.noMore} />
        <div class="kern-form-input al-query__wide">
          <label class="kern-label" for="ask-value">
            {t.value}
          </label>
          <input
            class="kern-form-input__input"
            id="ask-value"
            name="value"
            type="text"
            maxlength={2000}
            value={value('value')}
            aria-describedby="ask-value-hint"
          />
          <div class="kern-hint al-small" id="ask-value-hint">
            {t.valueHint}
          </div>
        </div>
      </div>
      <Buttons>
        <Submit name="do" value="run">
          {t.run}
        </Submit>
        <Submit name="do" value="preview" variant="secondary">
          {t.check}
        </Submit>
        <Submit name="do" value="sql" variant="tertiary">
          {t.asSql}
        </Submit>
      </Buttons>
    </Form>
  )
}

type SqlProps = { view: View; room: Room; sql: string; open: boolean; schema: string; form?: FormState | undefined }

/** The same in SQL, for those who prefer it; open when the question was asked this way. */
export function SqlForm({ view, room, sql, open, schema, form }: SqlProps) {
  const t = messages[view.locale]
  return (
    <details class="al-more al-gap-2" open={open} id="sql">
      <summary>{t.askSql}</summary>
      <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/sql`} form={form} id="sqlf">
        <TextArea name="sql" label={t.sql} hint={t.sqlHint} rows={9} editor="sql" schema={schema} value={sql} required maxlength={20_000} />
        <Buttons>
          <Submit name="do" value="run">
            {t.run}
          </Submit>
          <Submit name="do" value="preview" variant="secondary">
            {t.check}
          </Submit>
        </Buttons>
      </Form>
    </details>
  )
}

const keywords =
  /\b(SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|WITH|AS|JOIN|LEFT|INNER|USING|ON|AND|OR|NOT|IN|BETWEEN|COUNT|SUM|AVG|DISTINCT|FILTER|UNION|CASE|WHEN|THEN|ELSE|END|DESC|ASC|NULL|IS)\b/gi

/** SQL with its keywords in bold and comments in grey. */
export function SqlCode({ view, sql }: { view: View; sql: string }) {
  return <Code label={messages[view.locale].sqlCode}>{sql.split(/(--[^\n]*)/).map(highlight)}</Code>
}

function highlight(part: string): Child {
  if (part.startsWith('--')) return <i>{part}</i>
  return part.split(keywords).map((word, i) => (i % 2 ? <b>{word.toUpperCase()}</b> : word))
}

/** What a dry run says: admissible, cost and remaining budget, or the refusal. */
export function PreviewNote({ view, room, preview }: { view: View; room: Room; preview: Explanation }) {
  const t = messages[view.locale]
  if (!preview.admissible) {
    return preview.refusal ? <RefusalNote view={view} room={room} refusal={preview.refusal} /> : null
  }
  const remaining = view.number(preview.remaining ?? 0)
  return (
    <Note title={t.admissible} icon="check">
      <p class="al-small">
        {preview.cellsAtMost === null
          ? t.admissibleUnknown({ remaining })
          : t.admissibleCost({ cells: view.number(preview.cellsAtMost), remaining })}{' '}
        {preview.outer ? t.admissibleOuter : ''}
      </p>
      <More label={t.admissibleInner}>
        {preview.inner.map((sql) => (
          <SqlCode view={view} sql={sql} />
        ))}
      </More>
    </Note>
  )
}

/** A refusal: what, why, who settled it, and what works instead. */
export function RefusalNote({ view, room, refusal }: { view: View; room: Room; refusal: NonNullable<QueryRecord['refusal']> }) {
  const t = messages[view.locale]
  const text = refusalText(refusal, view.locale)
  return (
    <Note tone="warn">
      <h2 class="kern-heading-small" id="nein">
        {text.title}
      </h2>
      <p class="al-small">{text.detail}</p>
      {text.instead ? (
        <p class="al-small al-gap-1">
          <b>{t.insteadTitle}</b> {text.instead}
        </p>
      ) : null}
      <p class="al-small al-gap-1">
        {t.refusalKept}{' '}
        {text.askHolder ? <a href={view.href(`/cooperation/agreements/${room.agreement.id}`)}>{t.askHolder}</a> : null}
      </p>
    </Note>
  )
}

/** The answer to a question: figures first, what protection did, and the SQL on demand. */
export function ResultSection({ view, room, query }: { view: View; room: Room; query: QueryRecord }) {
  const t = messages[view.locale]
  const { result } = query
  if (!result) return null
  const preset = presetOf(room.agreement.protectionLevel)
  const hidden = result.hidden ? t.hiddenPart({ n: view.number(result.hidden) }) : ''
  const seconds = view.number((query.durationMs ?? 0) / 1000, 1)
  return (
    <section aria-labelledby="ergebnis">
      <div class="al-row al-row--between">
        <h2 class="kern-heading-medium" id="ergebnis">
          {t.result}
        </h2>
        <span class="al-small al-muted">{t.shown({ shown: view.number(result.shown), hidden, seconds })}</span>
      </div>
      <div class="al-stack al-gap-2">
        {result.rows.length === 0 ? (
          <Empty title={t.emptyResult}>{t.emptyResultHint}</Empty>
        ) : (
          <>
            <ProtectionNote view={view} result={result} k={preset.k} rounding={preset.rounding} />
            <ResultTable view={view} result={result} rows={500} caption={resultTitle(view, result.columns)} />
            {result.rows.length > 500 || result.truncated ? (
              <p class="al-small al-muted">{t.truncated({ rows: view.number(Math.min(500, result.rows.length)) })}</p>
            ) : null}
          </>
        )}
        <More label={t.computed}>
          <SqlCode view={view} sql={query.sql} />
        </More>
      </div>
    </section>
  )
}

/** What is spent, what this question cost, what is left. */
export function BudgetBlock({ view, budget, cost }: { view: View; budget: Budget; cost: number | null }) {
  const t = messages[view.locale]
  const all = view.number(budget.perProject)
  const spent = view.number(budget.spentInProject)
  const before = budget.spentInProject - (cost ?? 0)
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.budget}</h2>
      <Meter
        label={t.budgetLabel({ spent, all, cost: view.number(cost ?? 0) })}
        parts={[before / budget.perProject, (cost ?? 0) / budget.perProject]}
      />
      <p class="al-small">
        <b>{t.budgetText({ spent, all })}</b>
        {t.budgetUsed}
        {cost === null ? '' : t.budgetCost({ cost: view.number(cost) })}
      </p>
      <p class="al-small al-muted al-gap-1">
        {t.budgetToday({ spent: view.number(budget.spentToday), all: view.number(budget.perDay) })} {t.budgetRepeat}
      </p>
    </div>
  )
}

/** What a question is called: from its result, else the beginning of its SQL. */
export function queryTitle(view: View, query: QueryRecord): string {
  if (query.result?.columns.length) return resultTitle(view, query.result.columns)
  const flat = query.sql.replace(/--[^\n]*/g, ' ').replace(/\s+/g, ' ').trim()
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat
}

function outcome(view: View, query: QueryRecord): string {
  const t = messages[view.locale]
  if (query.state !== 'answered') return t.states[query.state]
  return query.cellsNew ? t.cells({ n: view.number(query.cellsNew) }) : t.free
}

/** The last questions; each opens its stored answer. */
export function HistoryBlock({ view, room, queries }: { view: View; room: Room; queries: readonly QueryRecord[] }) {
  const t = messages[view.locale]
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.history}</h2>
      {queries.length === 0 ? <p class="al-small al-muted al-gap-1">{t.noHistory}</p> : <QueryRows view={view} queries={queries} />}
      {queries.length ? (
        <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/queries`)}>{t.historyAll}</LinkArrow>
      ) : null}
    </div>
  )
}

/** Questions as lines: title, when, outcome. */
export function QueryRows({ view, queries }: { view: View; queries: readonly QueryRecord[] }) {
  return (
    <Rows
      tight
      items={queries.map((query) => ({
        title: <a href={view.href(`/sandbox/queries/${query.id}`)}>{queryTitle(view, query)}</a>,
        text: `${view.dateTime(query.askedAt)}, ${outcome(view, query)}`,
      }))}
    />
  )
}

/** What holds in a workspace, in three lines. */
export function RulesBlock({ view }: { view: View }) {
  const t = messages[view.locale]
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.rules}</h2>
      <ul class="al-list al-small al-gap-1">
        {t.ruleList.map((rule) => (
          <li>{rule}</li>
        ))}
      </ul>
    </div>
  )
}

type LogProps = { view: View; queries: readonly QueryRecord[]; names: ReadonlyMap<string, string>; room: Room }

/** The log for holders and reviewers: text and outcome of every question. */
export function LogTable({ view, queries, names, room }: LogProps) {
  const t = messages[view.locale]
  const party = (id: string) => room.agreement.parties.find((p) => p.organisationId === id)?.name ?? ''
  return (
    <DataTable
      view={view}
      caption={t.logTitle}
      quietCaption
      stack
      rows={queries}
      empty={t.logNone}
      columns={[
        { label: t.logWhen, header: true, cell: (q) => view.dateTime(q.askedAt) },
        {
          label: t.logWho,
          cell: (q) => `${q.askedBy ? (names.get(q.askedBy) ?? t.someone) : t.someone}, ${party(q.organisationId)}`,
        },
        { label: t.logQuery, cell: (q) => <code class="al-mono">{q.sql}</code> },
        {
          label: t.logOutcome,
          cell: (q) =>
            q.refusal
              ? `${t.states[q.state]}: ${refusalText(q.refusal, view.locale).title}`
              : q.state === 'answered'
                ? `${t.states.answered}, ${t.logCells({ n: view.number(q.cellsNew) })}`
                : t.states[q.state],
        },
      ]}
    />
  )
}
