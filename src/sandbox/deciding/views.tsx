import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { TextArea } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { LinkArrow, Note } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { Cell, ProtectedResult } from '../engine/result.ts'
import { messages } from '../releases/messages.ts'
import type { Redaction, Release } from '../releases/model.ts'
import { isToLookAt, namesOf } from '../releases/views.tsx'
import { columnLabel, dimensionText, figureText } from '../results/text.ts'

type DecideProps = {
  view: View
  release: Release
  room: Room
  organisationId: string
  form?: FormState | undefined
}

/** Release, ask for changes, or reject with a reason. */
export function DecideForm({ view, release, room, organisationId, form }: DecideProps) {
  const t = messages[view.locale]
  const id = `d-${organisationId.slice(-8)}`
  return (
    <section class="al-card al-noprint" aria-labelledby={`${id}-h`}>
      <h2 class="kern-heading-medium" id={`${id}-h`}>
        {t.decideTitle({ name: namesOf(room, [organisationId])[0] ?? '' })}
      </h2>
      <p class="al-muted">
        {t.decideLead} <a href="#checks">{isToLookAt(release) ? t.checksReview : t.checksPassed}</a>
      </p>
      <Form view={view} action={`/sandbox/releases/${release.id}/decisions`} form={form} id={id}>
        <Hidden name="organisationId" value={organisationId} />
        <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={3} maxlength={1000} />
        <Buttons>
          <Submit name="decision" value="approve">
            {t.approve}
          </Submit>
          <Submit name="decision" value="changes" variant="secondary">
            {t.askChanges}
          </Submit>
          <Submit name="decision" value="reject" variant="secondary">
            {t.reject}
          </Submit>
        </Buttons>
      </Form>
      <LinkArrow href={view.href(`/sandbox/releases/${release.id}/redact?for=${organisationId}`)}>
        {t.redactOpen}
      </LinkArrow>
    </section>
  )
}

/** Takes a yes back while others still decide. */
export function TakeBack({ view, release, organisationId }: Omit<DecideProps, 'room'>) {
  const t = messages[view.locale]
  return (
    <ConfirmButton
      view={view}
      action={`/sandbox/releases/${release.id}/decisions`}
      label={t.takeBack}
      question={t.takeBackQuestion}
      confirm={t.takeBack}
      fields={{ organisationId, decision: 'revoke' }}
    />
  )
}

/** So many rows are ticked on one page. */
const rowsPerRedaction = 50

type RedactProps = {
  view: View
  release: Release
  /** The table before anything was blanked. */
  result: ProtectedResult
  organisationId: string
  from: number
}

/** One tick per figure, for some rows of the table, and one per column. */
export function RedactForm({ view, release, result, organisationId, from }: RedactProps) {
  const t = messages[view.locale]
  const to = Math.min(result.rows.length, from + rowsPerRedaction)
  const all = view.number(result.rows.length)
  const next = `/sandbox/releases/${release.id}/redact?for=${organisationId}&from=${to}`
  return (
    <Form view={view} action={`/sandbox/releases/${release.id}/redact`} class="al-stack">
      <Hidden name="organisationId" value={organisationId} />
      <Hidden name="from" value={String(from)} />
      <Hidden name="to" value={String(to)} />
      {result.columns.some((c) => c.kind === 'derived') ? <Note tone="warn">{t.redactDerived}</Note> : null}
      <TickTable {...{ view, result, from, to, redacted: release.redacted, organisationId }} />
      <p class="al-small al-muted">
        {t.redactRows({ from: view.number(from + 1), to: view.number(to), all })}{' '}
        {to < result.rows.length ? <a href={view.href(next)}>{t.redactNext}</a> : null}
      </p>
      <Buttons>
        <Submit>{t.redactDo}</Submit>
        <SecondaryLink href={view.href(`/sandbox/releases/${release.id}`)}>{t.back}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

type TickProps = Omit<RedactProps, 'release'> & { to: number; redacted: readonly Redaction[] }

function TickTable({ view, result, from, to, redacted, organisationId }: TickProps) {
  const t = messages[view.locale]
  const ticked = new Set(
    redacted.filter((r) => r.organisationId === organisationId).map((r) => `${r.row}.${r.column}`),
  )
  return (
    <div class="al-scroll" tabindex={0} role="region" aria-label={t.table}>
      <table class="al-table">
        <caption class="kern-sr-only">{t.redactOpen}</caption>
        <thead>
          <tr>
            {result.columns.map((column, i) => (
              <th scope="col" class={column.kind === 'dimension' ? undefined : 'num'}>
                {columnLabel(view, column)}
                {column.kind === 'dimension' ? null : (
                  <label class="al-tick al-small">
                    <input type="checkbox" name="column" value={String(i)} /> {t.redactColumn}
                  </label>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.slice(from, to).map((row, i) => (
            <TickRow {...{ view, result, row, ticked }} at={from + i} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type TickRowProps = {
  view: View
  result: ProtectedResult
  row: readonly Cell[]
  at: number
  ticked: ReadonlySet<string>
}

function TickRow({ view, result, row, at, ticked }: TickRowProps) {
  const t = messages[view.locale]
  const name = result.columns
    .flatMap((c, i) => (c.kind === 'dimension' ? [dimensionText(view, c, row[i] ?? null)] : []))
    .join(', ')
  return (
    <tr>
      {result.columns.map((column, i) => {
        const value = row[i] ?? null
        if (column.kind === 'dimension') return <td>{dimensionText(view, column, value)}</td>
        if (value === null) return <td class="num">–</td>
        const label = t.tick({ row: name, column: columnLabel(view, column) })
        return (
          <td class="num">
            <label class="al-tick">
              <input
                type="checkbox"
                name="cell"
                value={`${at}.${i}`}
                checked={ticked.has(`${at}.${i}`)}
                aria-label={label}
              />{' '}
              {figureText(view, column, value)}
            </label>
          </td>
        )
      })}
    </tr>
  )
}
