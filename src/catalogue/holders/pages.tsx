import { csvText } from '../../platform/csv.ts'
import type { App, Call } from '../../platform/http.ts'
import { currentStep } from '../../questions/model.ts'
import { page } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { messages } from './messages.ts'
import { ledgerOf } from './service.ts'
import { LedgerView } from './views.tsx'

/** The page of a house in the catalogue, and its ledger as a table. */
export function holderPages(app: App): void {
  app.get('/catalogue/holders/:id', (c) => holderPage(c))
  app.get('/catalogue/holders/:id/ledger.csv', (c) => ledgerCsv(c))
}

async function holderPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const ledger = await ledgerOf(c.get('ctx'), c.req.param('id') ?? '')
  const title = text.title({ house: ledger.house.name })
  return page(
    c,
    {
      title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: ledger.house.name }],
      lead: text.lead,
      heading: 'x-large',
    },
    <LedgerView view={view} ledger={ledger} />,
  )
}

async function ledgerCsv(c: Call): Promise<Response> {
  const { locale } = c.get('view')
  const text = messages[locale]
  const ledger = await ledgerOf(c.get('ctx'), c.req.param('id') ?? '')
  const base = c.get('ctx').config.url
  const rows = ledger.served.flatMap(({ question, entries }) =>
    entries.map((entry) => [
      question.number,
      question.title,
      text.step({ n: currentStep(question.state) }),
      entry.title,
      `${base}/catalogue/datasets/${entry.id}`,
    ]),
  )
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="nutzen.csv"')
  const head = ['Nr.', text.question, text.state, text.dataset, 'URL']
  return c.body(csvText([head, ...rows]))
}
