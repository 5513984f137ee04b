import type { View } from '../../platform/view.ts'
import { ButtonLink, Task } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { messages } from '../messages.ts'
import { wordsIn } from '../model.ts'
import type { Release } from '../releases/model.ts'
import { releaseTitle } from '../releases/views.tsx'
import type { SandboxTable } from '../tables/model.ts'

type TasksProps = {
  view: View
  room: Room
  tables: readonly SandboxTable[]
  mine: readonly string[]
  releases: readonly Release[]
}

/** What a holder has to do: bring the datasets of the agreement, confirm roles, decide on releases. */
export function HolderTasks({ view, room, tables, mine, releases }: TasksProps) {
  const t = messages[view.locale]
  const missing = room.agreement.terms.entries.filter(
    (e) => mine.includes(e.organisationId) && !tables.some((table) => table.entryId === e.entryId),
  )
  const proposed = tables.filter((table) => mine.includes(table.organisationId) && table.state === 'proposed')
  const waiting = releases.filter((release) => waitsFor(release, mine))
  const tasks = [
    ...waiting.map((release) => ({
      title: t.decide({ title: releaseTitle(view, release) }),
      text: t.decideText,
      action: t.decideDo,
      href: `/sandbox/releases/${release.id}`,
    })),
    ...missing.map((entry) => ({
      title: t.bring({ title: entry.title }),
      text: t.bringText,
      action: t.upload,
      href: `/sandbox/workspaces/${room.workspace.id}/upload`,
    })),
    ...proposed.map((table) => ({
      title: t.confirm({ name: table.name }),
      text: t.confirmText,
      action: t.confirmDo,
      href: `/sandbox/tables/${table.id}`,
    })),
  ]
  return (
    <section aria-labelledby="ansteht">
      <h2 class="kern-heading-medium" id="ansteht">
        {t.toDo}
      </h2>
      {tasks.length === 0 ? <p class="al-muted">{t.nothingToDo}</p> : null}
      {tasks.map(({ title, text, action, href }) => (
        <Task
          title={title}
          actions={
            <ButtonLink href={view.href(href)} variant="primary">
              {action}
            </ButtonLink>
          }
        >
          {text}
        </Task>
      ))}
    </section>
  )
}

/** True where a release is being checked and an organisation of the reader’s has not spoken in this round. */
function waitsFor(release: Release, mine: readonly string[]): boolean {
  const words = wordsIn(release.round, release.decisions)
  return release.state === 'requested' && release.affected.some((id) => mine.includes(id) && !words.has(id))
}
