import type { Person } from '../../platform/context.ts'
import { daysUntil } from '../../platform/days.ts'
import type { App, Call } from '../../platform/http.ts'
import { localise } from '../../platform/i18n.ts'
import type { DeskTask, PagePart } from '../../platform/panel.ts'
import { general } from '../../platform/problem.ts'
import type { View } from '../../platform/view.ts'
import { getOrganisation } from '../../identity/service.ts'
import { page } from '../../web/layout.tsx'
import { ButtonLink, Card, Empty, LinkArrow, Pairs, Task } from '../../web/parts.tsx'
import { messages } from '../messages.ts'
import { listTasks } from '../service.ts'

/** The desk of whoever signed in: what waits, whose data, which roles. */
export function deskPages(app: App, parts: DeskParts): void {
  app.get('/desk', (c) => deskPage(c, parts))
}

/** What the rooms add to the desk, in the column and beside it. */
export type DeskParts = { readonly main: readonly PagePart[]; readonly aside: readonly PagePart[] }

async function deskPage(c: Call, parts: DeskParts): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const m = messages[view.locale].desk
  const tasks = await listTasks(ctx)
  if (ctx.actor.kind !== 'person') throw general.signIn()
  const drawn = []
  for (const part of parts.main) drawn.push(await part.render(ctx, view))
  const beside = []
  for (const part of parts.aside) beside.push(await part.render(ctx, view))
  const roles = await rolesOf(c, ctx.actor)
  const describes = ctx.actor.memberships.some(({ role }) => role === 'holder' || role === 'steward')
  return page(
    c,
    {
      title: m.greeting({ name: ctx.actor.name || ctx.actor.email }),
      crumbs: [{ label: m.title }],
      lead: tasks.length ? m.waiting({ n: tasks.length }) : m.nothing,
      heading: 'x-large',
      robots: 'noindex',
      actions: (
        <>
          {describes ? (
            <ButtonLink href={view.href('/catalogue/drop')} variant="primary">
              {m.describe}
            </ButtonLink>
          ) : null}
          <ButtonLink href={view.href('/questions/new')} variant={describes ? 'secondary' : 'primary'}>
            {m.ask}
          </ButtonLink>
        </>
      ),
      aside: (
        <>
          {beside}
          <Aside view={view} person={ctx.actor} roles={roles} />
        </>
      ),
      asideLabel: m.roles,
    },
    <div class="al-stack--l">
      {tasks.length === 0 ? <Empty title={m.here}>{m.nothingHint}</Empty> : null}
      {(['decide', 'review', 'do'] as const).map((kind) => (
        <Tasks view={view} kind={kind} now={ctx.now} tasks={tasks.filter((task) => task.kind === kind)} />
      ))}
      {drawn}
    </div>,
  )
}

type RoleLine = { readonly organisation: string; readonly id: string; readonly roles: readonly string[] }

async function rolesOf(c: Call, person: Person): Promise<readonly RoleLine[]> {
  const m = messages[c.get('view').locale].desk
  const byOrganisation = Map.groupBy(person.memberships, (membership) => membership.organisationId)
  const lines: RoleLine[] = []
  for (const [id, memberships] of byOrganisation) {
    const organisation = await getOrganisation(c.get('ctx'), id)
    lines.push({
      organisation: organisation.name,
      id,
      roles: memberships.map((each) => m.roleNames[each.role]),
    })
  }
  return lines
}

function Tasks(props: { view: View; kind: DeskTask['kind']; now: Date; tasks: readonly DeskTask[] }) {
  const { view, kind, tasks } = props
  if (tasks.length === 0) return null
  const m = messages[view.locale].desk
  return (
    <section aria-labelledby={`tasks-${kind}`}>
      <h2 class="kern-heading-large" id={`tasks-${kind}`}>
        {m[kind]}
      </h2>
      <div class="al-gap-4">
        {tasks.map((task) => (
          <Task
            title={localise(task.title, view.locale)}
            due={task.until ? m.until({ day: view.dateNear(task.until) }) : undefined}
            left={task.until ? <Left view={view} days={daysUntil(task.until, props.now)} /> : undefined}
            actions={
              <ButtonLink href={view.href(task.href)} variant="secondary">
                {localise(task.action, view.locale)}
              </ButtonLink>
            }
          >
            {localise(task.text, view.locale)}
          </Task>
        ))}
      </div>
    </section>
  )
}

function Left({ view, days }: { view: View; days: number }) {
  const m = messages[view.locale].desk
  if (days < 0) return <span class="al-overdue">{m.late({ n: -days })}</span>
  return <>{days === 0 ? m.today : m.left({ n: days })}</>
}

function Aside({ view, person, roles }: { view: View; person: Person; roles: readonly RoleLine[] }) {
  const m = messages[view.locale].desk
  const has = (role: string) => person.memberships.some((each) => each.role === role)
  return (
    <div class="al-stack">
      <Card title={m.roles}>
        {roles.length === 0 ? (
          <>
            <p class="al-small">{m.noRoles}</p>
            <LinkArrow href={view.href('/identity/organisations')}>{m.askForRole}</LinkArrow>
          </>
        ) : (
          <Pairs
            items={roles.map((line) => ({
              term: <a href={view.href(`/identity/organisations/${line.id}`)}>{line.organisation}</a>,
              value: view.list([...line.roles]),
            }))}
          />
        )}
      </Card>
      <Tools view={view} has={has} />
      {has('holder') || has('reviewer') ? (
        <Card sunk title={m.control}>
          <p class="al-small">{m.controlText}</p>
          <LinkArrow href={view.href('/cooperation')}>{m.agreements}</LinkArrow>
        </Card>
      ) : null}
    </div>
  )
}

function Tools({ view, has }: { view: View; has: (role: string) => boolean }) {
  const m = messages[view.locale].desk
  const links = [
    { show: has('steward'), href: '/questions/moderation', label: m.moderation },
    { show: has('steward') || has('operator'), href: '/catalogue/sources', label: m.sources },
    { show: has('steward'), href: '/catalogue/campaigns', label: m.campaigns },
    { show: has('steward') || has('holder'), href: '/catalogue/quality', label: m.quality },
    {
      show: has('reviewer') || has('holder') || has('analyst'),
      href: '/sandbox/releases',
      label: m.releases,
    },
    { show: has('operator'), href: '/operator', label: m.operator },
    { show: has('operator'), href: '/identity/people', label: m.people },
  ].filter((link) => link.show)
  if (links.length === 0) return null
  return (
    <Card title={m.tools}>
      <ul class="al-stack--s al-plain-list">
        {links.map((link) => (
          <li>
            <LinkArrow href={view.href(link.href)}>{link.label}</LinkArrow>
          </li>
        ))}
      </ul>
    </Card>
  )
}
