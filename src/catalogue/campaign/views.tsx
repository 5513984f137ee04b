import { daysUntil } from '../../platform/days.ts'
import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Organisation } from '../../identity/model.ts'
import { CheckGroup, DateField, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, Card, Chip, Empty, LinkCard, Meter } from '../../web/parts.tsx'
import type { IconName } from '../../web/icons.tsx'
import type { ChipTone } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages } from './messages.ts'
import type { Campaign, HouseProgress, HouseState } from './model.ts'
import { stateOf } from './model.ts'
import type { CampaignView } from './service.ts'

const tones: Readonly<Record<HouseState, ChipTone>> = { complete: 'open', begun: 'sandbox', waiting: 'ask' }

const icons: Readonly<Record<HouseState, IconName>> = { complete: 'check', begun: 'pen', waiting: 'clock' }

function StateChip({ view, house }: { view: View; house: HouseProgress }) {
  const state = stateOf(house)
  return (
    <Chip tone={tones[state]} icon={icons[state]}>
      {messages[view.locale].states[state]}
    </Chip>
  )
}

/** All campaigns as cards. */
export function CampaignList({ view, all, now }: { view: View; all: readonly CampaignView[]; now: Date }) {
  const text = messages[view.locale]
  if (all.length === 0) return <Empty title={text.none}>{text.noneText}</Empty>
  return (
    <div class="al-grid al-grid--2">
      {all.map(({ campaign, houses }) => (
        <LinkCard
          href={view.href(`/catalogue/campaigns/${campaign.id}`)}
          title={campaign.title}
          foot={<Progress view={view} houses={houses} />}
        >
          {whenOf(view, campaign, now)}
        </LinkCard>
      ))}
    </div>
  )
}

/** When a campaign runs, in a few words. */
export function whenOf(view: View, campaign: Campaign, now: Date): string {
  const text = messages[view.locale]
  if (campaign.endedAt) return text.ended({ when: view.date(campaign.endedAt) })
  const due = view.date(campaign.due)
  return daysUntil(campaign.due, now) < 0 ? text.over({ due }) : text.runs({ due })
}

function Progress({ view, houses }: { view: View; houses: readonly HouseProgress[] }) {
  const complete = houses.filter((house) => house.completeAt).length
  const total = houses.length
  const label = messages[view.locale].progress({ complete: view.number(complete), total: view.number(total) })
  return (
    <span class="al-block">
      <span class="al-block al-small">{label}</span>
      <Meter label={label} parts={[total === 0 ? 0 : complete / total]} />
    </span>
  )
}

/** One campaign: its progress, the reader's own houses, and the table of all. */
export function CampaignPage(of: {
  view: View
  shown: CampaignView
  mine: readonly string[]
  maySteer: boolean
}) {
  const { view, shown, mine, maySteer } = of
  const text = messages[view.locale]
  const running = !shown.campaign.endedAt
  return (
    <div class="al-stack--l">
      <Progress view={view} houses={shown.houses} />
      {running
        ? shown.houses
            .filter((house) => mine.includes(house.organisationId))
            .map((house) => <OwnHouse view={view} campaign={shown.campaign} house={house} />)
        : null}
      <HouseTable view={view} houses={shown.houses} />
      {maySteer && running ? (
        <ConfirmButton
          view={view}
          action={`/catalogue/campaigns/${shown.campaign.id}/end`}
          label={text.end}
          question={text.endQuestion}
          confirm={text.endConfirm}
        />
      ) : null}
    </div>
  )
}

function HouseTable({ view, houses }: { view: View; houses: readonly HouseProgress[] }) {
  const text = messages[view.locale]
  return (
    <DataTable
      view={view}
      caption={text.table}
      stack
      rows={houses}
      columns={[
        { label: text.house, header: true, cell: (house) => house.name },
        {
          label: text.state,
          cell: (house) => <StateChip view={view} house={house} />,
        },
        { label: text.entries, numeric: true, cell: (house) => view.number(house.entries) },
        { label: text.added, numeric: true, cell: (house) => view.number(house.added) },
        { label: text.decided, numeric: true, cell: (house) => view.number(house.decided) },
        { label: text.word, cell: (house) => house.note || '–' },
      ]}
    />
  )
}

function OwnHouse({ view, campaign, house }: { view: View; campaign: Campaign; house: HouseProgress }) {
  const text = messages[view.locale]
  const done = house.completeAt !== null
  return (
    <Card title={text.mine({ house: house.name })}>
      <p class="al-w-prose">{text.mineText}</p>
      <div class="al-btns al-gap-3">
        <ButtonLink href={view.href('/catalogue/inventory')}>{text.list}</ButtonLink>
        <ButtonLink href={view.href('/catalogue/drop')} variant="tertiary">
          {text.drop}
        </ButtonLink>
        <ButtonLink href={view.href('/catalogue/new')} variant="tertiary">
          {text.form}
        </ButtonLink>
      </div>
      <Form
        view={view}
        action={`/catalogue/campaigns/${campaign.id}/word`}
        id={`house-${house.organisationId}`}
      >
        <Hidden name="organisationId" value={house.organisationId} />
        <Hidden name="complete" value={done ? 'no' : 'yes'} />
        <TextField name="note" label={text.noteField} value={house.note} maxlength={500} />
        <Buttons>
          <Submit variant={done ? 'secondary' : 'primary'}>{done ? text.reopen : text.complete}</Submit>
        </Buttons>
      </Form>
    </Card>
  )
}

/** The form of a new campaign. */
export function StartForm({
  view,
  form,
  houses,
}: {
  view: View
  form: FormState
  houses: readonly Organisation[]
}) {
  const text = messages[view.locale]
  return (
    <Form view={view} action="/catalogue/campaigns/new" form={form}>
      <TextField form={form} name="title" label={text.name} hint={text.nameHint} maxlength={200} required />
      <TextArea form={form} name="why" label={text.why} hint={text.whyHint} rows={5} required />
      <DateField form={form} name="starts" label={text.from} required />
      <DateField form={form} name="due" label={text.until} required />
      <CheckGroup
        form={form}
        name="houses"
        label={text.houses}
        required
        options={houses.map((house) => ({ value: house.id, label: house.name }))}
      />
      <Buttons>
        <Submit>{text.begin}</Submit>
        <SecondaryLink href={view.href('/catalogue/campaigns')}>{text.cancel}</SecondaryLink>
      </Buttons>
    </Form>
  )
}
