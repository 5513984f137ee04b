import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { TextField } from '../../web/fields.tsx'
import { Buttons, ConfirmButton, Form, Hidden, Submit } from '../../web/forms.tsx'
import type { Room } from '../access/service.ts'
import { messages } from './messages.ts'
import type { StandingRule } from './store.ts'

type RulesProps = {
  view: View
  room: Room
  rules: readonly StandingRule[]
  /** Holder organisations for which the reader may set a rule; empty for those who only read. */
  mine: readonly string[]
  form?: FormState | undefined
}

const nameOf = (room: Room, id: string) =>
  room.agreement.parties.find((p) => p.organisationId === id)?.name ?? ''

/** Which standing rules hold in a room, and for holders the forms to set and revoke theirs. */
export function RulesSection({ view, room, rules, mine, form }: RulesProps) {
  const t = messages[view.locale]
  if (rules.length === 0 && mine.length === 0) return null
  return (
    <section aria-labelledby="regeln">
      <h2 class="kern-heading-medium" id="regeln">
        {t.title}
      </h2>
      {mine.length ? <p class="al-muted">{t.lead}</p> : null}
      <div class="al-stack al-gap-2">
        {rules.length === 0 ? <p>{t.none}</p> : null}
        {rules.map((rule) => (
          <div class="al-row al-row--between">
            <span>{lineOf(view, room, rule)}</span>
            {mine.includes(rule.organisationId) ? <EndRule view={view} rule={rule} /> : null}
          </div>
        ))}
        {mine
          .filter((id) => !rules.some((rule) => rule.organisationId === id))
          .map((id) => (
            <SetRule {...{ view, room, form }} organisationId={id} />
          ))}
      </div>
    </section>
  )
}

function lineOf(view: View, room: Room, rule: StandingRule): string {
  return messages[view.locale].line({
    name: nameOf(room, rule.organisationId),
    cells: view.number(rule.maxCells),
    when: view.date(rule.setAt),
  })
}

function EndRule({ view, rule }: { view: View; rule: StandingRule }) {
  const t = messages[view.locale]
  return (
    <ConfirmButton
      view={view}
      action={`/sandbox/workspaces/${rule.workspaceId}/rules/end`}
      label={t.end}
      question={t.endQuestion}
      confirm={t.end}
      fields={{ organisationId: rule.organisationId }}
    />
  )
}

type SetProps = { view: View; room: Room; organisationId: string; form?: FormState | undefined }

function SetRule({ view, room, organisationId, form }: SetProps) {
  const t = messages[view.locale]
  return (
    <Form
      view={view}
      action={`/sandbox/workspaces/${room.workspace.id}/rules`}
      form={form}
      id={`rule-${organisationId.slice(-8)}`}
      label={t.setFor({ name: nameOf(room, organisationId) })}
    >
      <Hidden name="organisationId" value={organisationId} />
      <TextField name="maxCells" label={t.max} hint={t.maxHint} inputmode="numeric" value="50" required />
      <Buttons>
        <Submit variant="secondary">{t.set}</Submit>
      </Buttons>
    </Form>
  )
}
