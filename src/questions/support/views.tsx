import type { View } from '../../platform/view.ts'
import { ActionForm } from '../../web/forms.tsx'
import { ButtonLink, Card, More } from '../../web/parts.tsx'
import type { Question } from '../model.ts'
import { messages } from './messages.ts'

/** An organisation by id and name. */
export type Named = { readonly id: string; readonly name: string }

/** What the support box needs: who supports, and what the reader may do. */
export type SupportBoxProps = {
  readonly view: View
  readonly question: Question
  readonly mine: { readonly self: boolean; readonly organisations: readonly string[] }
  /** The reader's own organisations. */
  readonly own: readonly Named[]
  /** Organisations that support the question; public. */
  readonly supporting: readonly Named[]
}

/** How many support a question, with the reader's own button. */
export function SupportBox({ view, question, mine, own, supporting }: SupportBoxProps) {
  const m = messages[view.locale]
  const total = question.people + question.organisations
  const parts = [
    question.people > 0 ? m.people({ n: question.people, text: view.number(question.people) }) : '',
    question.organisations > 0
      ? m.organisations({ n: question.organisations, text: view.number(question.organisations) })
      : '',
  ].filter(Boolean)
  return (
    <Card title={m.title({ n: total, text: view.number(total) })} id="unterstuetzung">
      {parts.length > 0 ? <p class="al-muted al-small">{view.list(parts)}</p> : null}
      {question.visibility === 'visible' ? <OwnSupport view={view} question={question} mine={mine} /> : null}
      {own.length > 0 && question.visibility === 'visible' ? (
        <More label={m.forOrganisation}>
          {own.map((organisation) => (
            <OrganisationSupport
              view={view}
              question={question}
              organisation={organisation}
              on={mine.organisations.includes(organisation.id)}
            />
          ))}
        </More>
      ) : null}
      {supporting.length > 0 ? (
        <More label={m.supportingOrganisations}>
          <ul class="al-list">
            {supporting.map((each) => (
              <li>{each.name}</li>
            ))}
          </ul>
        </More>
      ) : null}
    </Card>
  )
}

function OwnSupport({ view, question, mine }: Pick<SupportBoxProps, 'view' | 'question' | 'mine'>) {
  const m = messages[view.locale]
  const path = `/questions/${question.number}`
  if (view.actor.kind === 'anonymous') {
    return (
      <>
        <ButtonLink href={view.href(`${path}/support`)}>{m.support}</ButtonLink>
        <p class="al-muted al-small">{m.mailNote}</p>
      </>
    )
  }
  if (!mine.self) return <ActionForm view={view} action={`${path}/support`} label={m.support} />
  return (
    <>
      <p>{m.supporting}</p>
      <ActionForm view={view} action={`${path}/support/withdraw`} label={m.withdraw} variant="tertiary" />
    </>
  )
}

function OrganisationSupport({
  view,
  question,
  organisation,
  on,
}: {
  view: View
  question: Question
  organisation: Named
  on: boolean
}) {
  const m = messages[view.locale]
  const { name, id } = organisation
  return (
    <ActionForm
      view={view}
      action={`/questions/${question.number}/support${on ? '/withdraw' : ''}`}
      label={on ? m.withdrawAs({ name }) : m.supportAs({ name })}
      variant={on ? 'tertiary' : 'secondary'}
      fields={{ organisationId: id }}
    />
  )
}
