import type { View } from '../../platform/view.ts'
import { currentStep } from '../../questions/model.ts'
import { Section } from '../../web/layout.tsx'
import { address } from '../../web/pagination.tsx'
import { Empty, Facts } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { AccessChip, paceText } from '../views.tsx'
import { messages } from './messages.ts'
import type { Ledger } from './service.ts'

/** A house in the catalogue: figures, the questions its data served, its entries. */
export function LedgerView({ view, ledger }: { view: View; ledger: Ledger }) {
  const text = messages[view.locale]
  const open = ledger.entries.filter(({ entry }) => entry.access === 'open').length
  const requests = [...ledger.requests].reduce((sum, [state, n]) => sum + (state === 'open' ? 0 : n), 0)
  const facts = {
    entries: ledger.entries.length,
    open,
    served: ledger.served.length,
    answered: ledger.answered,
    requests,
  }
  return (
    <div class="al-stack--l">
      <Facts
        items={(Object.keys(facts) as (keyof typeof facts)[]).map((name) => ({
          value: view.number(facts[name]),
          label: text.facts[name],
        }))}
      />
      <ServedQuestions view={view} ledger={ledger} />
      <Entries view={view} ledger={ledger} />
    </div>
  )
}

function ServedQuestions({ view, ledger }: { view: View; ledger: Ledger }) {
  const text = messages[view.locale]
  return (
    <Section plain title={text.served} lead={ledger.served.length > 0 ? text.servedLead : undefined}>
      {ledger.served.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <DataTable
          view={view}
          caption={text.served}
          quietCaption
          stack
          rows={ledger.served}
          columns={[
            {
              label: text.question,
              header: true,
              cell: ({ question }) => (
                <a href={view.href(`/questions/${question.number}`)}>{question.title}</a>
              ),
            },
            { label: text.state, cell: ({ question }) => text.step({ n: currentStep(question.state) }) },
            { label: text.used, cell: ({ entries }) => view.list(entries.map((entry) => entry.title)) },
          ]}
        />
      )}
      <p class="al-small al-gap-3">
        <a href={`/catalogue/holders/${ledger.house.id}/ledger.csv`}>{text.csv}</a>
      </p>
    </Section>
  )
}

const SHOWN = 50

function Entries({ view, ledger }: { view: View; ledger: Ledger }) {
  const text = messages[view.locale]
  if (ledger.entries.length === 0) return <Empty title={text.nothing} />
  const name = ledger.entries[0]!.entry.holderName
  return (
    <Section
      plain
      title={text.entries}
      link={{ href: view.href(address('/catalogue', { holder: name })), label: text.all }}
    >
      <DataTable
        view={view}
        caption={text.entries}
        quietCaption
        stack
        rows={ledger.entries.slice(0, SHOWN)}
        columns={[
          {
            label: text.dataset,
            header: true,
            cell: ({ entry }) => <a href={view.href(`/catalogue/datasets/${entry.id}`)}>{entry.title}</a>,
          },
          { label: text.access, cell: ({ entry }) => <AccessChip view={view} access={entry.access} /> },
          { label: text.usedIn, numeric: true, cell: (each) => view.number(each.questionIds.length) },
          { label: text.effort, cell: ({ entry }) => paceText(view, entry.frequency) || '–' },
          { label: text.quality, numeric: true, cell: ({ entry }) => view.number(entry.quality) },
        ]}
      />
    </Section>
  )
}
