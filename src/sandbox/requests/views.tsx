import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Select, TextArea } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, Submit } from '../../web/forms.tsx'
import { Note } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { Check } from '../model.ts'
import type { Notebook } from '../notebooks/store.ts'
import { messages } from '../releases/messages.ts'
import type { Release } from '../releases/model.ts'
import { CheckList, namesOf } from '../releases/views.tsx'

type RequestProps = {
  view: View
  queryId: string
  room: Room
  affected: string[]
  checks: Check[]
  notebooks: readonly Notebook[]
  form?: FormState | undefined
}

/** Asks the holders to let the table leave: the sentence on the left, the checks on the right. */
export function RequestForm({ view, queryId, room, affected, checks, notebooks, form }: RequestProps) {
  const t = messages[view.locale]
  const others = room.holders.filter((id) => !affected.includes(id))
  return (
    <section class="al-noprint" aria-labelledby="freigabe">
      <h2 class="kern-heading-medium" id="freigabe">
        {t.requestTitle}
      </h2>
      <p class="al-muted">{t.requestLead}</p>
      <Form view={view} action={`/sandbox/queries/${queryId}/release`} form={form} id="rel" class="al-gap-3">
        <div class="al-split al-split--half">
          <div class="al-stack">{RequestFields({ view, notebooks })}</div>
          <div>
            <h3 class="kern-heading-small">{t.checks}</h3>
            <CheckList view={view} checks={checks.filter((c) => c.id !== 'context')} />
            <p class="al-small al-muted al-gap-2">
              {t.thenDecide({ names: view.list(namesOf(room, affected)) })}{' '}
              {others.length ? t.notAffected({ names: view.list(namesOf(room, others)) }) : ''}
            </p>
          </div>
        </div>
        <Buttons>
          <Submit>{t.request}</Submit>
        </Buttons>
      </Form>
    </section>
  )
}

type FieldsProps = { view: View; notebooks: readonly Notebook[]; context?: string }

function RequestFields({ view, notebooks, context }: FieldsProps) {
  const t = messages[view.locale]
  return (
    <>
      <TextArea
        name="context"
        label={t.context}
        hint={t.contextHint}
        rows={4}
        required
        maxlength={1000}
        {...(context === undefined ? {} : { value: context })}
      />
      {notebooks.length ? (
        <Select
          name="notebookId"
          label={t.notebook}
          hint={t.notebookHint}
          empty={t.noNotebook}
          options={notebooks.map((each) => ({ value: each.id, label: each.title }))}
        />
      ) : null}
    </>
  )
}

type ReviseProps = {
  view: View
  release: Release
  notebooks: readonly Notebook[]
  form?: FormState | undefined
}

/** What the holder asked for, and the form to send the request again with other words. */
export function ReviseForm({ view, release, notebooks, form }: ReviseProps) {
  const t = messages[view.locale]
  const wishes = release.decisions.filter((d) => d.round === release.round && d.decision === 'changes')
  return (
    <section class="al-card al-noprint" aria-labelledby="aendern">
      <h2 class="kern-heading-medium" id="aendern">
        {t.reviseTitle}
      </h2>
      {wishes.map((wish) => (
        <Note icon="pen">{view.quote(wish.reason)}</Note>
      ))}
      <p class="al-muted al-gap-2">{t.reviseLead}</p>
      <Form view={view} action={`/sandbox/releases/${release.id}/revise`} form={form} id="revise">
        {RequestFields({ view, notebooks, context: release.context })}
        <Buttons>
          <Submit>{t.reviseDo}</Submit>
        </Buttons>
      </Form>
    </section>
  )
}

/** Takes a request back, with the question first. */
export function WithdrawButton({ view, release }: { view: View; release: Release }) {
  const t = messages[view.locale]
  return (
    <ConfirmButton
      view={view}
      action={`/sandbox/releases/${release.id}/withdraw`}
      label={t.withdraw}
      question={t.withdrawQuestion}
      confirm={t.withdrawConfirm}
    />
  )
}
