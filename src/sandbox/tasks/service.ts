import type { Ctx } from '../../platform/context.ts'
import { organisationsOf } from '../../platform/context.ts'
import type { DeskTask, Hit } from '../../platform/panel.ts'
import { listToDecide, listToRevise } from '../releases/service.ts'
import { listHeld } from '../snapshots/store.ts'
import { listWorkspaceRows } from '../store.ts'
import { listUnconfirmed } from '../tables/store.ts'
import { listWorkspaces } from '../workspaces/service.ts'

/** What waits for the actor: requests that came back, releases to decide, roles and newer states to confirm. At most 20. */
export async function deskTasks(ctx: Ctx): Promise<DeskTask[]> {
  const lists = [await reviseTasks(ctx), await releaseTasks(ctx), await roleTasks(ctx), await stateTasks(ctx)]
  return lists.flat().slice(0, 20)
}

async function reviseTasks(ctx: Ctx): Promise<DeskTask[]> {
  return (await listToRevise(ctx)).map((release) => {
    const wish = release.decisions.findLast((d) => d.decision === 'changes')?.reason ?? ''
    return {
      id: `revise-${release.id}`,
      kind: 'do',
      title: { de: 'Freigabe: Es wird um Änderung gebeten', en: 'Release: changes are asked for' },
      text: { de: wish, en: wish },
      href: `/sandbox/releases/${release.id}`,
      action: { de: 'Ansehen und ändern', en: 'Look and change' },
    }
  })
}

async function releaseTasks(ctx: Ctx): Promise<DeskTask[]> {
  const titles = new Map((await listWorkspaceRows(ctx.db)).map((w) => [w.id, w.title]))
  return (await listToDecide(ctx)).map((release) => {
    const room = titles.get(release.workspaceId) ?? ''
    const { title: name, context } = release
    return {
      id: `release-${release.id}`,
      kind: 'review',
      title: name
        ? { de: `Freigabe prüfen: „${name}“`, en: `Check a release: “${name}”` }
        : { de: `Freigabe prüfen: Tabelle aus „${room}“`, en: `Check a release: table from “${room}”` },
      text: name
        ? { de: `Aus „${room}“. Wofür: „${context}“`, en: `From “${room}”. What for: “${context}”` }
        : { de: context, en: context },
      href: `/sandbox/releases/${release.id}`,
      action: { de: 'Ansehen und entscheiden', en: 'Look and decide' },
    }
  })
}

async function roleTasks(ctx: Ctx): Promise<DeskTask[]> {
  const tables = await listUnconfirmed(ctx.db, organisationsOf(ctx.actor, 'holder'))
  return tables.map((table) => ({
    id: `roles-${table.id}`,
    kind: 'do',
    title: { de: `Rollen bestätigen: Tabelle „${table.name}“`, en: `Confirm roles: table “${table.name}”` },
    text: {
      de: 'Die Datei liegt im Tresor. Erst wenn Sie festgelegt haben, was gefragt werden darf, kann der Raum arbeiten.',
      en: 'The file is in the vault. Only when you have settled what may be asked can the workspace work.',
    },
    href: `/sandbox/tables/${table.id}`,
    action: { de: 'Rollen bestätigen', en: 'Confirm the roles' },
  }))
}

/** Newer states of tables that wait for their holder. */
async function stateTasks(ctx: Ctx): Promise<DeskTask[]> {
  const waiting = await listHeld(ctx.db, organisationsOf(ctx.actor, 'holder'))
  return waiting.map(({ tableId, name, number }) => ({
    id: `state-${tableId}-${number}`,
    kind: 'do',
    title: {
      de: `Neuer Stand ${number} der Tabelle „${name}“`,
      en: `New state ${number} of the table “${name}”`,
    },
    text: {
      de: 'Er wartet im Tresor. Der Raum arbeitet mit dem bisherigen, bis Sie entscheiden.',
      en: 'It waits in the vault. The workspace goes on with the present one until you decide.',
    },
    href: `/sandbox/tables/${tableId}#snapshots`,
    action: { de: 'Ansehen und entscheiden', en: 'Look and decide' },
  }))
}

/** Workspaces of the reader whose title fits; at most five. */
export async function searchHits(ctx: Ctx, q: string): Promise<Hit[]> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const rooms = await listWorkspaces(ctx)
  const fits = rooms.filter((r) => words.every((word) => r.workspace.title.toLowerCase().includes(word)))
  return fits.slice(0, 5).map(({ workspace, agreement }) => ({
    title: workspace.title,
    text: agreement.purpose,
    href: `/sandbox/workspaces/${workspace.id}`,
    kind: { de: 'Arbeitsraum', en: 'Workspace' },
  }))
}
