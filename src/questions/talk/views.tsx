import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { ActionForm, Buttons, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Radios, TextArea, TextField } from '../../web/fields.tsx'
import { ButtonLink, Chip, Empty, Voice } from '../../web/parts.tsx'
import type { ShownName } from '../access/service.ts'
import type { Question } from '../model.ts'
import { messages } from './messages.ts'
import type { Comment } from './store.ts'

/** A contribution with the names to show. */
export type ShownComment = Comment & { readonly shown: ShownName; readonly answersTo?: string | undefined }

/** One contribution. `act` adds the reader's buttons: reply, helpful, and for stewards the way to moderation. */
export function CommentVoice({
  view,
  question,
  comment,
  act,
}: {
  view: View
  question: Question
  comment: ShownComment
  act: boolean
}) {
  const m = messages[view.locale]
  const name = comment.shown.name ?? m.noAccount
  const own = view.actor.kind === 'person' && view.actor.personId === comment.authorId
  const open = act && comment.visibility === 'visible' && question.visibility === 'visible'
  const badge =
    comment.role && comment.role in m.badge ? m.badge[comment.role as keyof typeof m.badge] : undefined
  const helpful =
    comment.helpful > 0 ? m.helpful({ n: comment.helpful, text: view.number(comment.helpful) }) : ''
  const talk = `/questions/${question.number}/talk`
  return (
    <Voice
      name={name}
      org={comment.shown.organisation}
      id={`c-${comment.id}`}
      when={[view.dateNear(comment.at), comment.answersTo ? m.answersTo({ name: comment.answersTo }) : '']
        .filter(Boolean)
        .join(', ')}
      foot={
        <>
          {badge ? <Chip tone="accent">{badge}</Chip> : null}
          {open ? <a href={view.href(`${talk}?reply=${comment.id}#beitragen`)}>{m.reply}</a> : null}
          {open && view.actor.kind === 'person' && !own ? (
            <ActionForm
              view={view}
              action={`${talk}/helpful`}
              label={m.markHelpful}
              variant="tertiary"
              fields={{ commentId: comment.id }}
            />
          ) : null}
          {helpful ? <span>{helpful}</span> : null}
        </>
      }
    >
      {comment.visibility === 'visible' ? null : (
        <p class="al-small al-muted">{comment.visibility === 'pending' ? m.pending : m.hidden}</p>
      )}
      {comment.body.split(/\n+/).map((line) => (
        <p>{line}</p>
      ))}
    </Voice>
  )
}

/** The last few contributions on a question's page, oldest of them first, with the way to all. */
export function TalkSection({
  view,
  question,
  comments,
  total,
}: {
  view: View
  question: Question
  comments: readonly ShownComment[]
  total: number
}) {
  const m = messages[view.locale]
  const talk = view.href(`/questions/${question.number}/talk`)
  return (
    <section aria-labelledby="gespraech">
      <h2 class="kern-heading-large" id="gespraech">
        {m.title}
      </h2>
      <div class="al-gap-3">
        {comments.length === 0 ? (
          <Empty title={m.none}>{m.noneText}</Empty>
        ) : (
          comments
            .toReversed()
            .map((comment) => <CommentVoice view={view} question={question} comment={comment} act={true} />)
        )}
      </div>
      <div class="al-btns al-gap-3">
        {question.visibility === 'visible' ? (
          <ButtonLink href={`${talk}#beitragen`}>{m.contribute}</ButtonLink>
        ) : null}
        {total > comments.length ? (
          <ButtonLink href={talk} variant="tertiary">
            {m.all({ n: view.number(total) })}
          </ButtonLink>
        ) : null}
      </div>
    </section>
  )
}

/** The form for a contribution, or the way to sign in. */
export function CommentForm(props: {
  view: View
  question: Question
  form: FormState
  replyTo?: ShownComment | undefined
  own: readonly { readonly id: string; readonly name: string }[]
}) {
  const { view, question, form, replyTo, own } = props
  const m = messages[view.locale]
  const talk = `/questions/${question.number}/talk`
  if (view.actor.kind === 'anonymous') {
    return (
      <ButtonLink href={view.href(`/identity/sign-in?to=${encodeURIComponent(`${talk}#beitragen`)}`)}>
        {m.signIn}
      </ButtonLink>
    )
  }
  return (
    <Form view={view} action={talk} form={form} id="beitrag">
      {replyTo ? (
        <>
          <Hidden name="replyTo" value={replyTo.id} />
          <p>
            <b>{m.replyTo({ name: replyTo.shown.name ?? m.noAccount })}</b>
          </p>
        </>
      ) : null}
      <TextArea name="body" label={m.body} hint={m.bodyHint} rows={5} maxlength={3000} required />
      {own.length > 0 ? (
        <Radios
          name="organisationId"
          label={m.asOrganisation}
          value=""
          required
          options={[
            { value: '', label: m.asMyself },
            ...own.map((each) => ({ value: each.id, label: each.name })),
          ]}
        />
      ) : null}
      <TextField name="signature" label={m.signature} hint={m.signatureHint} maxlength={80} />
      <p class="al-small al-muted">{m.privacy}</p>
      <Buttons>
        <Submit>{m.send}</Submit>
        {replyTo ? (
          <SecondaryLink href={view.href(`${talk}#beitragen`)}>{m.cancelReply}</SecondaryLink>
        ) : null}
      </Buttons>
    </Form>
  )
}
