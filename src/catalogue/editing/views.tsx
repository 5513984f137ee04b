import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import type { Organisation } from '../../identity/model.ts'
import { CheckGroup, Radios, Select, TextArea, TextField } from '../../web/fields.tsx'
import { Buttons, Fieldset, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { ButtonLink, Card, Chip, Empty, LinkArrow, More } from '../../web/parts.tsx'
import { accessTypes, topics, visibilities } from '../entries/model.ts'
import type { Entry } from '../entries/model.ts'
import { ChangeTable } from '../entries/version-views.tsx'
import { grains } from '../mapping/model.ts'
import { ConceptField } from '../musterdatenkatalog/views.tsx'
import { words } from '../messages.ts'
import { paceText } from '../views.tsx'
import { messages } from './messages.ts'
import { frequencies, licences } from './form.ts'
import type { Proposal } from './store.ts'

/** What the entry form is for: a new entry, an edit by the holder, or a proposal of public fields. */
export type FormUse = {
  readonly mode: 'new' | 'edit' | 'propose'
  readonly action: string
  readonly back: string
  readonly houses: readonly Organisation[]
  readonly others: readonly Organisation[]
}

/** The form of an entry. A proposal shows only public fields and asks why. */
export function EntryFormView({ view, form, use }: { view: View; form: FormState; use: FormUse }) {
  const text = messages[view.locale]
  const holder = use.mode !== 'propose'
  const submit = { new: text.create, edit: text.save, propose: text.propose }[use.mode]
  return (
    <Form view={view} action={use.action} form={form}>
      {WhatFields({ view, form, use })}
      {AccessFields({ view, form, use })}
      {WhereFields({ view, form })}
      {FileFields({ view, form, holder })}
      {holder ? (
        <Fieldset legend={text.house} hint={text.houseHint}>
          <TextField form={form} name="sourceSystem" label={text.sourceSystem} maxlength={200} />
          <TextField form={form} name="location" label={text.location} maxlength={500} />
          <TextArea form={form} name="note" label={text.note} rows={3} />
        </Fieldset>
      ) : (
        <TextArea form={form} name="reasonWhy" label={text.reasonWhy} rows={3} required />
      )}
      <Buttons>
        <Submit>{submit}</Submit>
        <SecondaryLink href={view.href(use.back)}>{text.cancel}</SecondaryLink>
      </Buttons>
    </Form>
  )
}

function WhatFields({ view, form, use }: { view: View; form: FormState; use: FormUse }) {
  const text = messages[view.locale]
  const [only, ...more] = use.houses
  const options = use.houses.map((house) => ({ value: house.id, label: house.name }))
  return (
    <Fieldset legend={text.what}>
      {use.mode === 'new' && more.length > 0 ? (
        <Select form={form} name="organisationId" label={text.whose} options={options} required />
      ) : (
        <Hidden name="organisationId" value={only?.id ?? ''} />
      )}
      {use.mode === 'new' ? null : <Hidden name="version" value={String(form.values['version'] ?? '')} />}
      <TextField
        form={form}
        name="title"
        label={text.title}
        hint={text.titleHint}
        maxlength={200}
        suggest={view.href('/catalogue/model-datasets/suggest')}
        required
      />
      <TextArea
        form={form}
        name="description"
        label={text.description}
        hint={text.descriptionHint}
        rows={6}
        required
      />
      <TextField form={form} name="keywords" label={text.keywords} hint={text.keywordsHint} />
      <ConceptField view={view} form={form} />
      <CheckGroup
        form={form}
        name="topic"
        label={text.topic}
        options={topics.map((value) => ({ value, label: words[view.locale].topics[value] }))}
      />
    </Fieldset>
  )
}

function AccessFields({ view, form, use }: { view: View; form: FormState; use: FormUse }) {
  const text = messages[view.locale]
  const word = words[view.locale]
  const reasons = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
  const holder = use.mode !== 'propose'
  return (
    <Fieldset legend={text.who}>
      <Radios
        form={form}
        name="access"
        label={text.access}
        required
        options={accessTypes.map((value) => ({
          value,
          label: word.access[value],
          hint: text.accessHints[value],
        }))}
      />
      <CheckGroup
        form={form}
        name="reasons"
        label={text.reasons}
        options={reasons.map((value) => ({ value, label: word.reasons[value] }))}
      />
      <TextArea form={form} name="accessNote" label={text.accessNote} rows={3} />
      {holder ? (
        <>
          <Radios
            form={form}
            name="visibility"
            label={text.visibility}
            hint={text.visibilityHint}
            required
            options={visibilities.map((value) => ({ value, label: word.visibility[value] }))}
          />
          {use.others.length > 0 ? (
            <More label={text.partners} open={[form.values['partners'] ?? []].flat().length > 0}>
              <CheckGroup
                form={form}
                name="partners"
                label={text.partners}
                options={use.others.map((house) => ({ value: house.id, label: house.name }))}
              />
            </More>
          ) : null}
        </>
      ) : (
        <Hidden name="visibility" value="public" />
      )}
    </Fieldset>
  )
}

function WhereFields({ view, form }: { view: View; form: FormState }) {
  const text = messages[view.locale]
  const chosen = String(form.values['frequency'] ?? '')
  const known: readonly string[] = Object.values(frequencies)
  const codes = chosen && !known.includes(chosen) ? [...known, chosen] : known
  return (
    <Fieldset legend={text.where}>
      <TextField form={form} name="place" label={text.place} maxlength={200} />
      <Select
        form={form}
        name="grain"
        label={text.grain}
        empty={text.none}
        options={grains.map((value) => ({ value, label: words[view.locale].grains[value] }))}
      />
      <TextField form={form} name="starts" label={text.starts} hint={text.startsHint} maxlength={10} />
      <TextField form={form} name="ends" label={text.ends} hint={text.endsHint} maxlength={10} />
      <Select
        form={form}
        name="frequency"
        label={text.frequency}
        empty={text.none}
        options={codes.map((value) => ({ value, label: paceText(view, value) || value }))}
      />
    </Fieldset>
  )
}

function FileFields({ view, form, holder }: { view: View; form: FormState; holder: boolean }) {
  const text = messages[view.locale]
  const chosen = String(form.values['licence'] ?? '')
  const options = Object.entries(licences).map(([value, label]) => ({ value, label: label as string }))
  const all = chosen && !(chosen in licences) ? [...options, { value: chosen, label: chosen }] : options
  const faces = ['public', 'partner', 'holder'] as const
  return (
    <Fieldset legend={text.form}>
      <TextField form={form} name="format" label={text.format} hint={text.formatHint} maxlength={40} />
      <TextField form={form} name="url" label={text.url} type="url" />
      <Select form={form} name="licence" label={text.licence} empty={text.none} options={all} />
      <TextField
        form={form}
        name="contactEmail"
        label={text.contactEmail}
        hint={text.contactHint}
        type="email"
      />
      <TextArea form={form} name="columns" label={text.columns} hint={text.columnsHint} rows={6} />
      {holder ? (
        <Select
          form={form}
          name="columnsFace"
          label={text.columnsFace}
          empty={text.none}
          options={faces.map((value) => ({ value, label: text.columnsFaces[value] }))}
        />
      ) : null}
    </Fieldset>
  )
}

/** What stands instead of the form for somebody without a house. */
export function NoHouse({ view }: { view: View }) {
  const text = messages[view.locale]
  return (
    <Empty
      title={text.noHouse}
      action={<ButtonLink href={view.href('/identity/account')}>{text.toAccount}</ButtonLink>}
    >
      {text.noHouseText}
    </Empty>
  )
}

/** Proposals for an entry, the open ones with the holder's two buttons. */
export function ProposalList(props: {
  view: View
  entry: Entry
  proposals: readonly Proposal[]
  mayDecide: boolean
  form: FormState
  failed?: string
}) {
  const { view, entry } = props
  const text = messages[view.locale]
  if (props.proposals.length === 0)
    return (
      <Empty
        title={text.noProposals}
        action={<LinkArrow href={view.href(`/catalogue/datasets/${entry.id}`)}>{text.back}</LinkArrow>}
      />
    )
  return (
    <div class="al-stack--l">
      {props.proposals.map((proposal) => (
        <Card title={text.proposedOn({ when: view.date(proposal.createdAt) })} id={`p-${proposal.id}`}>
          <div class="al-row">
            <Chip tone={proposal.state === 'open' ? 'ask' : proposal.state === 'accepted' ? 'open' : 'plain'}>
              {text.states[proposal.state]}
            </Chip>
          </div>
          <p class="al-said">{proposal.note}</p>
          <ChangeTable view={view} changes={proposal.changes} />
          {proposal.reason ? (
            <p class="al-small">
              {text.reasonGiven} {proposal.reason}
            </p>
          ) : null}
          {proposal.state === 'open' && props.mayDecide ? (
            <Form
              view={view}
              id={`d-${proposal.id}`}
              action={`/catalogue/datasets/${entry.id}/proposals`}
              form={props.failed === proposal.id ? props.form : { values: {}, errors: {} }}
            >
              <Hidden name="proposalId" value={proposal.id} />
              <TextArea name="reason" label={text.reason} rows={2} />
              <Buttons>
                <Submit name="decision" value="accept">
                  {text.accept}
                </Submit>
                <Submit name="decision" value="decline" variant="secondary">
                  {text.decline}
                </Submit>
              </Buttons>
            </Form>
          ) : null}
        </Card>
      ))}
      <LinkArrow href={view.href(`/catalogue/datasets/${entry.id}`)}>{text.back}</LinkArrow>
    </div>
  )
}
