import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Select, TextField } from '../../web/fields.tsx'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import { LinkArrow, Meter, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Room } from '../access/service.ts'
import { rhoNumber, type Loss } from '../dp/accountant.ts'
import type { Explanation, ProtectedResult, ResultColumn } from '../engine/result.ts'
import { columnLabel } from '../results/text.ts'
import { messages } from './messages.ts'
import {
  conversionDelta,
  epsilonShown,
  precisions,
  thresholds,
  usualSetting,
  type PrivacyDecision,
  type PrivacySetting,
  type RoomPrivacy,
} from './model.ts'

/** ρ for people: as many digits as it has, at most four. */
export function rhoText(view: View, rho: bigint | number): string {
  const value = typeof rho === 'number' ? rho : rhoNumber(rho)
  const digits = [0, 1, 2, 3].find((d) => Math.abs(value - Number(value.toFixed(d))) < 1e-9) ?? 4
  return view.number(value, digits)
}

/** ε of a booked ρ for people, one or two digits. */
export function epsilonText(view: View, rho: bigint): string {
  const epsilon = epsilonShown(rho)
  return view.number(epsilon, epsilon < 1 ? 2 : 1)
}

/** δ for people, in powers of ten. */
export function deltaText(view: View, thresholdDelta: bigint): string {
  const millionths = (conversionDelta + Number(thresholdDelta) * 1e-15) * 1e6
  return `${view.number(millionths, millionths >= 10 ? 0 : 2)} · 10⁻⁶`
}

const leftOf = (privacy: RoomPrivacy): bigint => {
  const room = privacy.setting.rhoLimit - privacy.spent.rho
  const mine = privacy.setting.personLimit - privacy.mine
  const left = room < mine ? room : mine
  return left > 0n ? left : 0n
}

/** How precisely to ask: a field for the forms of a room in the private mode. */
export function PrecisionField({ view, privacy }: { view: View; privacy: RoomPrivacy | null }) {
  if (!privacy) return null
  const t = messages[view.locale]
  const names = Object.keys(precisions) as (keyof typeof precisions)[]
  return (
    <div class="al-gap-2">
      <Select
        name="precision"
        label={t.precision}
        hint={t.precisionHint({ left: rhoText(view, leftOf(privacy)) })}
        options={names.filter((n) => n !== 'usual').map((n) => ({ value: n, label: t.precisions[n] }))}
        empty={t.precisions.usual}
      />
    </div>
  )
}

type BudgetProps = { view: View; room: Room; privacy: RoomPrivacy; cost: Loss | null; isHere?: boolean }

/** What is spent of the privacy budget, what this question cost, what is left. */
export function PrivacyBudget({ view, room, privacy, cost, isHere = false }: BudgetProps) {
  const t = messages[view.locale]
  const { setting, spent, mine } = privacy
  const all = Number(setting.rhoLimit)
  const [used, of] = [rhoText(view, spent.rho), rhoText(view, setting.rhoLimit)]
  const asked = cost?.rho ?? 0n
  const left = (thresholds.all - spent.delta) / thresholds.each
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.budget}</h2>
      <div class="al-gap-1">
        <Meter
          label={t.budgetLabel({ spent: used, all: of, cost: rhoText(view, asked) })}
          parts={[Number(spent.rho - asked) / all, Number(asked) / all]}
        />
      </div>
      <p class="al-small al-gap-1">
        <b>{t.budgetText({ spent: used, all: of })}</b>
        {t.budgetUsed({ epsilon: epsilonText(view, spent.rho) })}
        {cost === null ? '' : asked === 0n ? t.budgetFree : t.budgetCost({ cost: rhoText(view, asked) })}
      </p>
      <p class="al-small al-muted al-gap-1">
        {t.budgetMine({ spent: rhoText(view, mine), all: rhoText(view, setting.personLimit) })}{' '}
        {t.budgetThresholds({ n: view.number(left > 0n ? left : 0n) })}
      </p>
      {isHere ? null : (
        <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/privacy`)}>{t.toPage}</LinkArrow>
      )}
    </div>
  )
}

/** What chance did to the figures and what they cost, said before they are read. */
export function PrivacyNote({ view, result, cost }: { view: View; result: ProtectedResult; cost: Loss }) {
  const t = messages[view.locale]
  const [rho, epsilon] = [rhoText(view, cost.rho), epsilonText(view, cost.rho)]
  return (
    <Note title={t.noteTitle}>
      <span class="al-small">
        {t.noteText({ rho, epsilon })}
        {cost.rho === 0n ? ` ${t.noteFree}` : ''}
        {result.columns.some((c) => c.of?.figure === 'quantile') ? ` ${t.noteClasses}` : ''}
        {result.sd ? '' : ` ${t.noteOuter}`}
      </span>
    </Note>
  )
}

/** What a dry run says about the cost. */
export function PrivacyQuote(props: {
  view: View
  privacy: RoomPrivacy
  quote: NonNullable<Explanation['privacy']>
}) {
  const { view, privacy, quote } = props
  const t = messages[view.locale]
  const left = rhoText(view, leftOf(privacy))
  const rangeOf = (r: { column: ResultColumn; half: number }) =>
    `${columnLabel(view, r.column)} ± ${view.number(r.half, r.half < 10 && !Number.isInteger(r.half) ? 1 : 0)}`
  if (quote.repeated) return <>{t.quoteFree({ left })}</>
  const epsilon = view.number(quote.epsilon, 2)
  return (
    <>
      {t.quote({ rho: rhoText(view, quote.rho), epsilon, left })}{' '}
      {quote.figures > 1 ? t.quoteFigures({ n: view.number(quote.figures) }) : ''}{' '}
      {quote.ranges.length > 0 ? t.quoteRanges({ ranges: view.list(quote.ranges.map(rangeOf)) }) : ''}{' '}
      {(quote.ranks ?? [])
        .map((r) => t.quoteRanks({ name: columnLabel(view, r.column), n: view.number(r.rows) }))
        .join(' ')}
    </>
  )
}

/** Who settled what for a workspace. */
export function Decisions({
  view,
  room,
  decisions,
}: {
  view: View
  room: Room
  decisions: readonly PrivacyDecision[]
}) {
  const t = messages[view.locale]
  const name = (id: string) => room.agreement.parties.find((p) => p.organisationId === id)?.name ?? ''
  return (
    <DataTable
      view={view}
      caption={t.settled}
      stack
      rows={decisions}
      columns={[
        { label: t.holder, header: true, cell: (d) => name(d.organisationId) },
        { label: t.room, numeric: true, cell: (d) => t.cost({ rho: rhoText(view, d.rhoLimit) }) },
        { label: t.person, numeric: true, cell: (d) => t.cost({ rho: rhoText(view, d.personLimit) }) },
        {
          label: t.perUnit,
          cell: ({ contribution: c }) =>
            t.perUnitText({ groups: view.number(c.groups), rows: view.number(c.rows) }),
        },
        { label: t.when, cell: (d) => view.date(d.decidedAt) },
      ]}
    />
  )
}

/** The holder's form: budgets and what one unit may weigh. */
export function SettleForm(props: {
  view: View
  room: Room
  setting: PrivacySetting | undefined
  form: FormState | undefined
}) {
  const { view, room, form } = props
  const t = messages[view.locale]
  const setting = props.setting ?? usualSetting
  const rho = (value: bigint) => String(rhoNumber(value)).replace('.', view.locale === 'de' ? ',' : '.')
  return (
    <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/privacy`} form={form} id="settle">
      <TextField
        name="rhoLimit"
        label={t.rhoLimit}
        hint={t.rhoHint}
        inputmode="decimal"
        value={rho(setting.rhoLimit)}
        required
      />
      <TextField
        name="personLimit"
        label={t.personLimit}
        hint={t.personHint}
        inputmode="decimal"
        value={rho(setting.personLimit)}
        required
      />
      <TextField
        name="groupsPerUnit"
        label={t.groupsPerUnit}
        hint={t.groupsHint}
        inputmode="numeric"
        value={String(setting.contribution.groups)}
        required
      />
      <TextField
        name="rowsPerUnit"
        label={t.rowsPerUnit}
        hint={t.rowsHint}
        inputmode="numeric"
        value={String(setting.contribution.rows)}
        required
      />
      <Buttons>
        <Submit>{t.settle}</Submit>
      </Buttons>
    </Form>
  )
}
