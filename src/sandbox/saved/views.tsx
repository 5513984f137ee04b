import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { Checkbox, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, Hidden, SecondaryLink, Submit } from '../../web/forms.tsx'
import { More, Rows } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { QueryRecord } from '../queries/model.ts'
import { messages } from './messages.ts'
import type { SavedQuery } from './store.ts'

type BlockProps = { view: View; saved: readonly SavedQuery[] }

/** The kept questions of a room beside the bench; each opens its page. */
export function SavedBlock({ view, saved }: BlockProps) {
  const t = messages[view.locale]
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.title}</h2>
      <div class="al-gap-2">
        {saved.length === 0 ? <p class="al-small al-muted">{t.none}</p> : null}
        <Rows
          tight
          items={saved.map((each) => ({
            title: <a href={view.href(`/sandbox/saved/${each.id}`)}>{each.title}</a>,
            text: each.shared ? t.sharedWord : t.own,
          }))}
        />
      </div>
    </div>
  )
}

type QueryTools = { view: View; room: Room; query: QueryRecord; title: string; form?: FormState | undefined }

/** Below a result: give the question a name, keep it for later. */
export function QueryNames({ view, room, query, title, form }: QueryTools) {
  const t = messages[view.locale]
  return (
    <div class="al-stack al-stack--s">
      <More label={t.rename}>
        <Form view={view} action={`/sandbox/queries/${query.id}/title`} id="rename">
          <TextField
            name="title"
            label={t.renameLabel}
            hint={t.renameHint}
            maxlength={120}
            value={query.title}
          />
          <Buttons>
            <Submit variant="secondary">{t.renameDo}</Submit>
          </Buttons>
        </Form>
      </More>
      <More label={t.save} open={form !== undefined}>
        <Form view={view} action={`/sandbox/workspaces/${room.workspace.id}/saved`} id="save" form={form}>
          <Hidden name="queryId" value={query.id} />
          {SavedFields({ view, title, shared: false })}
          <Buttons>
            <Submit variant="secondary">{t.save}</Submit>
          </Buttons>
        </Form>
      </More>
    </div>
  )
}

function SavedFields({ view, title, shared }: { view: View; title: string; shared: boolean }) {
  const t = messages[view.locale]
  return (
    <>
      <TextField name="title" label={t.name} hint={t.nameHint} maxlength={120} value={title} required />
      <Checkbox name="shared" label={t.shared} checked={shared} />
    </>
  )
}

type SavedProps = { view: View; saved: SavedQuery; mine: boolean; form?: FormState | undefined }

/** One kept question: ask it again, bring it into the editor, rename, share, throw away. */
export function SavedPage({ view, saved, mine, form }: SavedProps) {
  const t = messages[view.locale]
  return (
    <div class="al-stack">
      <Buttons>
        <ActionForm view={view} action={`/sandbox/saved/${saved.id}/run`} label={t.run} variant="primary" />
        <SecondaryLink href={view.href(`/sandbox/workspaces/${saved.workspaceId}?saved=${saved.id}`)}>
          {t.open}
        </SecondaryLink>
      </Buttons>
      {mine ? (
        <>
          <More label={t.change} open={form !== undefined}>
            <Form view={view} action={`/sandbox/saved/${saved.id}`} form={form} id="saved">
              {SavedFields({ view, title: saved.title, shared: saved.shared })}
              <Buttons>
                <Submit variant="secondary">{t.changeDo}</Submit>
              </Buttons>
            </Form>
          </More>
          <ConfirmButton
            view={view}
            action={`/sandbox/saved/${saved.id}/remove`}
            label={t.remove}
            question={t.removeQuestion}
            confirm={t.remove}
          />
        </>
      ) : null}
    </div>
  )
}
