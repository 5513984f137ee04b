import type { View } from '../../platform/view.ts'
import { Section } from '../../web/layout.tsx'
import { Chip, Note } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { goesOn } from '../runs/model.ts'
import { messages } from './messages.ts'
import type { LinkState } from './model.ts'
import type { CheckedLink } from './store.ts'

const tones = { ok: 'open', suspect: 'ask', broken: 'closed', refused: 'plain', unknown: 'plain' } as const

/** The addresses of an entry as they answered; nothing for entries without any. */
export function LinkPart({ view, links }: { view: View; links: readonly CheckedLink[] }) {
  const text = messages[view.locale]
  const shown = distinct(links)
  if (shown.length === 0) return null
  return (
    <Section plain title={text.title} id="adressen">
      <DataTable
        view={view}
        stack
        quietCaption
        caption={text.title}
        rows={shown}
        columns={[
          { label: text.address, header: true, cell: (link) => <span class="al-break">{link.url}</span> },
          { label: text.kind, cell: (link) => text.kinds[link.kind] },
          { label: text.state, cell: (link) => <LinkChip view={view} link={link} /> },
          {
            label: text.checked,
            cell: (link) => (link.checkedAt ? view.date(link.checkedAt) : text.never),
          },
        ]}
      />
    </Section>
  )
}

// The same address as access and as download is one.
function distinct(links: readonly CheckedLink[]): CheckedLink[] {
  return [...new Map(links.map((link) => [link.url, link])).values()]
}

function LinkChip({ view, link }: { view: View; link: CheckedLink }) {
  const text = messages[view.locale]
  const since =
    link.failedAt && link.state !== 'ok' ? ` ${text.since({ when: view.date(link.failedAt) })}` : ''
  const icons: Partial<Record<LinkState, 'warn' | 'clock'>> = { broken: 'warn', suspect: 'clock' }
  const icon = icons[link.state]
  return (
    <Chip tone={tones[link.state]} {...(icon ? { icon } : {})}>
      {text.states[link.state] + since}
    </Chip>
  )
}

/** That an entry is missing at its source and for how long it stays. */
export function MissingNote({ view, since }: { view: View; since: Date }) {
  const text = messages[view.locale]
  return (
    <Note tone="warn" title={text.missing}>
      {text.missingText({ since: view.date(since), until: view.date(goesOn(since)) })}
    </Note>
  )
}
