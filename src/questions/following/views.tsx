import type { View } from '../../platform/view.ts'
import { ActionForm, Buttons, Form, Submit } from '../../web/forms.tsx'
import { Radios } from '../../web/fields.tsx'
import { Card, LinkArrow, More } from '../../web/parts.tsx'
import type { Question } from '../model.ts'
import { messages } from './messages.ts'
import type { Follower } from './store.ts'

/** The box for staying informed: follow, change how often, stop; without an account the way in and the feed. */
export function FollowBox({
  view,
  question,
  follow,
}: {
  view: View
  question: Question
  follow: Follower | undefined
}) {
  const m = messages[view.locale]
  const path = `/questions/${question.number}`
  return (
    <Card sunk title={follow ? m.following : m.title} id="folgen">
      <p class="al-small">
        {follow ? (follow.mode === 'steps' ? m.followingSteps : m.followingDaily) : m.stepsText}
      </p>
      {view.actor.kind === 'anonymous' ? (
        <LinkArrow href={view.href(`/identity/sign-in?to=${encodeURIComponent(path)}`)}>{m.follow}</LinkArrow>
      ) : (
        <More label={follow ? m.change : m.follow}>
          <Form view={view} action={`${path}/follow`} id="folgen-form" label={m.title}>
            <Radios
              name="mode"
              label={m.modeLegend}
              value={follow?.mode ?? 'steps'}
              options={[
                { value: 'steps', label: m.modeSteps },
                { value: 'daily', label: m.modeDaily },
              ]}
            />
            <Buttons>
              <Submit variant="secondary">{m.follow}</Submit>
            </Buttons>
          </Form>
        </More>
      )}
      {follow ? (
        <ActionForm view={view} action={`${path}/unfollow`} label={m.stop} variant="tertiary" />
      ) : null}
      <a class="al-link" href={`/questions/feed.atom${view.locale === 'en' ? '?lang=en' : ''}`}>
        {m.feed}
      </a>
    </Card>
  )
}
