import type { View } from '../platform/view.ts'
import { Chip } from '../web/parts.tsx'
import type { ChipTone } from '../web/parts.tsx'
import { readPace } from './mapping/model.ts'
import { words } from './messages.ts'
import type { EntryKind } from './entries/model.ts'
import type { AccessType } from './model.ts'

const tones: Readonly<Record<AccessType, ChipTone>> = {
  open: 'open',
  partner: 'ask',
  sandbox: 'sandbox',
  'on-request': 'ask',
  closed: 'closed',
}

/** The access of a dataset as icon and word. */
export function AccessChip({ view, access }: { view: View; access: AccessType }) {
  return <Chip tone={tones[access]}>{words[view.locale].access[access]}</Chip>
}

/** Says that an entry is a service; nothing for data, which most entries are. */
export function KindChip({ view, kind }: { view: View; kind: EntryKind }) {
  return kind === 'service' ? <Chip icon="link">{words[view.locale].kinds.service}</Chip> : null
}

/** A topic code in words; codes of other lists stay as they are. */
export function topicLabel(view: View, topic: string): string {
  const labels: Readonly<Record<string, string>> = words[view.locale].topics
  return labels[topic] ?? topic
}

/** "Juni 2024 bis heute", or '' where nothing is known. */
export function periodText(
  view: View,
  period: { starts: string | null; ends: string | null },
  ongoing = true,
): string {
  const text = words[view.locale]
  // Data as of one day, such as a register on the first of January.
  if (period.starts && period.starts === period.ends) return view.date(period.starts)
  const from = period.starts ? monthOrYear(view, period.starts, 'start') : ''
  const to = period.ends ? monthOrYear(view, period.ends, 'end') : ''
  if (from && to) return from === to ? from : text.until({ from, to })
  if (from) return ongoing ? text.until({ from, to: text.today }) : text.onlySince({ from })
  return to ? text.onlyUntil({ to }) : ''
}

// The first of January and the last of December usually stand for a whole year, the first and last of a month for the month.
function monthOrYear(view: View, day: string, end: 'start' | 'end'): string {
  const [year = '', month = '', date = ''] = day.split('-')
  if (`${month}-${date}` === (end === 'start' ? '01-01' : '12-31')) return year
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (Number(date) !== (end === 'start' ? 1 : last)) return view.date(day)
  return new Intl.DateTimeFormat(view.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** How often data are brought up to date, in words; '' where the code says nothing. */
export function paceText(view: View, frequency: string | null): string {
  const pace = readPace(frequency)
  return pace ? words[view.locale].paces[pace] : ''
}
