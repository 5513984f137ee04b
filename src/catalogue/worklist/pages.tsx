import { z } from 'zod'
import { csvText } from '../../platform/csv.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import { page } from '../../web/layout.tsx'
import { startLinkCheck } from '../links/service.ts'
import { words } from '../messages.ts'
import { policy } from '../policy.ts'
import { fixText } from './fix-texts.ts'
import { WorklistView } from './list-views.tsx'
import { messages } from './messages.ts'
import { getQuality, getWorklist } from './service.ts'
import type { Worklist } from './service.ts'
import { QualityView } from './views.tsx'

const PATH = '/catalogue/quality'
/** More lines than any house has own entries with something to do. */
const MAX_LINES = 5000

/** Quality for everyone, and the work list of a house for its people. */
export function worklistPages(app: App): void {
  app.get(PATH, async (c) => {
    const view = c.get('view')
    const text = messages[view.locale]
    return page(
      c,
      {
        title: text.title,
        room: 'catalogue',
        crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
        lead: text.lead,
        heading: 'x-large',
      },
      <QualityView
        view={view}
        quality={await getQuality(c.get('ctx'))}
        mayCheck={may(c.get('ctx').actor, policy, 'checkLinks')}
      />,
    )
  })
  app.post(`${PATH}/check-links`, (c) =>
    submit(c, z.object({}), {
      act: async (ctx) => {
        await startLinkCheck(ctx)
        return PATH
      },
      invalid: () => c.redirect(PATH),
    }),
  )
  app.get(`${PATH}/:file{[^/]+\\.csv}`, (c) => csvPage(c, c.req.param('file').slice(0, -4)))
  app.get(`${PATH}/:id`, (c) => listPage(c, c.req.param('id')))
}

async function listPage(c: Call, organisationId: string): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const offset = Math.min(100_000, Math.max(0, Math.trunc(Number(c.req.query('cursor') ?? 0)) || 0))
  const list = await getWorklist(c.get('ctx'), { organisationId, offset })
  const title = text.listTitle({ house: list.house.name })
  return page(
    c,
    {
      title,
      room: 'catalogue',
      crumbs: [
        { label: words[view.locale].room, href: '/catalogue' },
        { label: text.title, href: PATH },
        { label: list.house.name },
      ],
      lead: text.listLead,
      heading: 'x-large',
      robots: 'noindex',
    },
    <WorklistView view={view} list={list} />,
  )
}

async function csvPage(c: Call, organisationId: string): Promise<Response> {
  const list = await getWorklist(c.get('ctx'), { organisationId, limit: MAX_LINES })
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="worklist.csv"')
  return c.body(csvOf(c, list))
}

function csvOf(c: Call, list: Worklist): string {
  const view = c.get('view')
  const text = messages[view.locale]
  const head = text.csvHead
  const rows = list.items.map((item) => [
    item.title,
    `${c.get('ctx').config.url}/catalogue/datasets/${item.id}`,
    item.mqa ?? item.inventory ?? '',
    item.mqa === null ? 100 : 405,
    text.staleness[item.staleness],
    item.gain,
    item.fixes.map((fix) => `${fixText(fix.id)[view.locale]} (+${fix.gain})`).join('; '),
  ])
  const columns = [head.dataset, head.address, head.score, head.of, head.state, head.gain, head.todo]
  return csvText([columns, ...rows], ';')
}
