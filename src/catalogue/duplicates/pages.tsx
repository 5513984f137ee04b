import { z } from 'zod'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { messages as sources } from '../sources/messages.ts'
import { messages } from './messages.ts'
import { decideDuplicate, getDuplicate, listDuplicates } from './service.ts'
import type { ClusterState } from './store.ts'
import { ClusterList, ClusterView } from './views.tsx'

const PATH = '/catalogue/duplicates'
const decisionInput = z.object({ decision: z.enum(['confirm', 'split']), winner: z.string().optional() })

/** Double entries for the steward. */
export function duplicatePages(app: App): void {
  app.get(PATH, (c) => listPage(c))
  app.get(`${PATH}/:id`, (c) => clusterPage(c))
  app.post(`${PATH}/:id`, (c) =>
    submit(c, decisionInput, {
      act: async (ctx, input) =>
        `${PATH}/${(await decideDuplicate(ctx, { clusterId: c.req.param('id'), ...input })).id}`,
      invalid: () => clusterPage(c),
    }),
  )
}

function crumbs(c: Call) {
  const view = c.get('view')
  return [
    { label: words[view.locale].room, href: '/catalogue' },
    { label: sources[view.locale].title, href: '/catalogue/sources' },
  ]
}

const stateOf = (value: string | undefined): ClusterState =>
  value === 'confirmed' || value === 'split' ? value : 'open'

async function listPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const state = stateOf(c.req.query('state'))
  const { clusters, next, counts } = await listDuplicates(c.get('ctx'), {
    state,
    before: c.req.query('cursor'),
  })
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [...crumbs(c), { label: text.title }],
      lead: text.lead,
      heading: 'x-large',
      robots: 'noindex',
    },
    <ClusterList view={view} clusters={clusters} state={state} counts={counts} next={next} />,
  )
}

async function clusterPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const cluster = await getDuplicate(c.get('ctx'), c.req.param('id') ?? '')
  const title = cluster.entries.find((each) => each.id === cluster.winner)?.title ?? text.title
  return page(
    c,
    {
      title,
      room: 'catalogue',
      crumbs: [...crumbs(c), { label: text.title, href: PATH }, { label: title.slice(0, 60) }],
      eyebrow: text.states[cluster.state],
      lead: `${text.by} ${text.decided[cluster.decidedBy]}.`,
      heading: 'x-large',
      robots: 'noindex',
      islands: ['enhance'],
    },
    <ClusterView view={view} cluster={cluster} />,
  )
}
