import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { TextField } from '../../web/fields.tsx'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import { Section } from '../../web/layout.tsx'
import { Card, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Municipality } from '../model.ts'
import { EMAIL_MAX, NAME_MAX } from '../schema.ts'
import { messages } from './messages.ts'

/** What the page of municipalities shows; `chosen` fills the form. */
export type TownsProps = {
  readonly view: View
  readonly towns: readonly Municipality[]
  readonly chosen: Municipality | undefined
  readonly notice?: string | undefined
  readonly form?: FormState
}

/** All municipalities, and the form that enters or changes one. */
export function TownsPage(props: TownsProps) {
  const { view, towns } = props
  const t = messages[view.locale]
  const edit = (town: Municipality) => (
    <a href={view.href(`/identity/towns?ags=${town.ags}#form`)}>{town.name}</a>
  )
  return (
    <div class="al-stack--l">
      {props.notice ? <Note icon="check">{props.notice}</Note> : null}
      <Card flush>
        <DataTable
          view={view}
          caption={t.title}
          quietCaption
          stack
          card
          rows={towns}
          columns={[
            { label: t.name, header: true, cell: edit },
            { label: t.ags, cell: (town) => town.ags },
            { label: t.hostnames, cell: (town) => town.hostnames.join(', ') || t.noHost },
            { label: t.operator, cell: (town) => town.operator ?? '' },
          ]}
        />
      </Card>
      <TownForm {...props} />
    </div>
  )
}

function TownForm({ view, chosen, form }: TownsProps) {
  const t = messages[view.locale]
  return (
    <Section title={t.enter} id="form" plain>
      <Form view={view} action="/identity/towns" form={form} label={t.enter}>
        <TextField
          name="ags"
          label={t.ags}
          hint={t.agsHint}
          value={chosen?.ags ?? ''}
          maxlength={8}
          inputmode="numeric"
          required
        />
        <TextField name="name" label={t.name} value={chosen?.name ?? ''} maxlength={NAME_MAX} required />
        <TextField
          name="hostnames"
          label={t.hostnames}
          hint={t.hostnamesHint}
          value={chosen?.hostnames.join(' ') ?? ''}
          maxlength={2000}
        />
        <TextField
          name="operator"
          label={t.operator}
          hint={t.operatorHint}
          value={chosen?.operator ?? ''}
          maxlength={200}
        />
        <TextField name="claim" label={t.claim} value={chosen?.claim ?? ''} maxlength={200} />
        <TextField
          name="contact"
          label={t.contact}
          hint={t.contactHint}
          value={chosen?.contact ?? ''}
          maxlength={EMAIL_MAX}
        />
        <Buttons>
          <Submit>{t.save}</Submit>
        </Buttons>
      </Form>
    </Section>
  )
}
