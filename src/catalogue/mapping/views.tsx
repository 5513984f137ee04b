import type { View } from '../../platform/view.ts'
import { Section } from '../../web/layout.tsx'
import { Chip, Fit, LinkArrow, Note, Rows } from '../../web/parts.tsx'
import { holderLine } from '../entries/holder-line.ts'
import { messages as requestTexts } from '../requests/messages.ts'
import type { DataRequest } from '../requests/store.ts'
import type { Criterion, Fit as FitValue } from './fit.ts'
import { messages } from './messages.ts'
import { reasonIn } from './rows.ts'
import type { Candidate, NeedLine } from './service.ts'

/** Names of organisations by id. */
export type Names = ReadonlyMap<string, string>

/** The criteria shown on the question's page; topic and format stand on the steward's page. */
const shown = ['period', 'granularity', 'freshness', 'access'] as const

/** The reason of a rating in words. */
export function reasonText(view: View, fit: FitValue): string {
  return reasonIn(view.locale, fit)
}

/** The matrix: each need, what was found for it, and how well it fits. */
export function NeedMatrix(props: {
  view: View
  lines: readonly NeedLine[]
  names: Names
  criteria?: readonly Criterion[]
}) {
  const { view } = props
  const text = messages[view.locale]
  const criteria = props.criteria ?? shown
  return (
    <div class="al-scroll" tabindex={0} role="region" aria-label={text.caption}>
      <table class="al-table al-matrix al-table--stack">
        <caption class="kern-sr-only">{text.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.columns.need}</th>
            <th scope="col">{text.columns.found}</th>
            {criteria.map((name) => (
              <th scope="col">{text.columns[name]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line) => (
            <MatrixRows view={view} line={line} names={props.names} criteria={criteria} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function MatrixRows({
  view,
  line,
  names,
  criteria,
}: {
  view: View
  line: NeedLine
  names: Names
  criteria: readonly Criterion[]
}) {
  const text = messages[view.locale]
  const [first, ...others] = line.accepted
  if (!first) {
    return (
      <tr>
        <th scope="row">{line.need.what}</th>
        <td data-l={text.columns.found}>{line.state === 'mapped' ? text.hidden : text.nothing}</td>
        <td colspan={criteria.length}>
          {line.state === 'mapped' ? null : (
            <Fit view={view} grade="none" word={text.missing} note={gapNote(view, line, names)} />
          )}
        </td>
      </tr>
    )
  }
  return (
    <>
      <CandidateRow
        view={view}
        what={line.need.what}
        candidate={first}
        criteria={criteria}
        rows={others.length + 1}
        compare={view.href(`/catalogue/compare?need=${line.need.id}`)}
      />
      {others.map((candidate) => (
        <CandidateRow
          view={view}
          candidate={candidate}
          criteria={criteria}
          rows={1}
          what={line.need.what}
          quiet
        />
      ))}
    </>
  )
}

function CandidateRow(props: {
  view: View
  what: string
  candidate: Candidate
  criteria: readonly Criterion[]
  rows: number
  quiet?: boolean
  compare?: string
}) {
  const { view, candidate } = props
  const text = messages[view.locale]
  return (
    <tr>
      <th scope="row">
        {props.quiet ? <span class="kern-sr-only">{props.what}</span> : props.what}
        {props.compare && !props.quiet ? (
          <small>
            <a href={props.compare}>{text.compare}</a>
          </small>
        ) : null}
      </th>
      <td data-l={text.columns.found}>
        <a href={view.href(`/catalogue/datasets/${candidate.entry.id}`)}>{candidate.entry.title}</a>
        <small>{holderLine(view.locale, candidate.entry)}</small>
      </td>
      {props.criteria.map((name) => (
        <td data-l={text.columns[name]}>
          <Fit view={view} grade={candidate.fits[name].level} note={reasonText(view, candidate.fits[name])} />
        </td>
      ))}
    </tr>
  )
}

/** What was done about a gap: whom we asked, and what came back. */
export function gapNote(view: View, line: NeedLine, names: Names): string {
  const text = messages[view.locale]
  if (line.requests.length === 0) return text.notAsked
  return line.requests.map((request) => requestLine(view, request, names)).join('; ')
}

function requestLine(view: View, request: DataRequest, names: Names): string {
  const text = messages[view.locale]
  const house = names.get(request.organisationId) ?? '–'
  if (request.state === 'promised') return text.promised({ house })
  if (request.state === 'declined') return text.declined({ house })
  if (request.state === 'asked-back') return text.back({ house })
  return text.asked({ house, due: view.date(request.due) })
}

type NeedsSectionProps = {
  view: View
  lines: readonly NeedLine[]
  names: Names
  number: string
  mayWrite: boolean
}

/** The panel on the question's page. */
export function NeedsSection({ view, lines, names, number, mayWrite }: NeedsSectionProps) {
  const text = messages[view.locale]
  const found = lines.filter((line) => line.state === 'mapped').length
  const gaps = lines.filter((line) => line.state !== 'mapped')
  const lead =
    found > 0 ? text.lead({ found: view.number(found), total: view.number(lines.length) }) : text.leadNone
  return (
    <Section plain title={text.matrix} id="bedarf" lead={lines.length > 0 ? lead : text.noNeeds}>
      {lines.length > 0 ? <NeedMatrix view={view} lines={lines} names={names} /> : null}
      {gaps.length > 0 ? (
        <div class="al-gap-4">
          <Note tone="warn" title={gaps.length === 1 ? text.gap : text.gaps({ n: view.number(gaps.length) })}>
            {text.gapText({ what: view.list(gaps.map((line) => line.need.what)) })} {text.know}{' '}
            <a href={view.href(`/questions/${number}#gespraech`)}>{text.hint}</a>
          </Note>
        </div>
      ) : null}
      {lines.length > 0 ? (
        <p class="al-small al-gap-3">
          <a href={view.href(`/catalogue/needs/${number}/map.csv`)}>{text.csv}</a>,{' '}
          <a href={view.href(`/catalogue/needs/${number}/map.svg`)}>{text.svg}</a>
        </p>
      ) : null}
      {mayWrite ? (
        <div class="al-gap-3">
          <LinkArrow href={view.href(`/catalogue/needs/${number}`)}>{text.write}</LinkArrow>
        </div>
      ) : null}
    </Section>
  )
}

type HolderLine = {
  readonly name: string
  readonly texts: string[]
  readonly state: 'accepted' | DataRequest['state']
}

const chips = {
  accepted: 'open',
  promised: 'open',
  open: 'ask',
  declined: 'closed',
  'asked-back': 'ask',
} as const

type HoldersSectionProps = {
  view: View
  lines: readonly NeedLine[]
  names: Names
}

/** Who has the data: houses of mapped entries and houses that were asked. */
export function HoldersSection({ view, lines, names }: HoldersSectionProps) {
  const text = messages[view.locale]
  const states = { ...requestTexts[view.locale].states, accepted: text.accepted }
  return (
    <Section plain title={text.holders} id="halter">
      <Rows
        items={holderLines(view, lines, names).map((line) => ({
          avatar: line.name,
          title: line.name,
          text: line.texts.join(' '),
          end: (
            <Chip
              tone={chips[line.state]}
              icon={line.state === 'accepted' || line.state === 'promised' ? 'check' : 'clock'}
            >
              {states[line.state]}
            </Chip>
          ),
        }))}
      />
    </Section>
  )
}

function holderLines(view: View, lines: readonly NeedLine[], names: Names): HolderLine[] {
  const text = messages[view.locale]
  const found = new Map<string, HolderLine>()
  for (const { entry } of lines.flatMap((line) => line.accepted)) {
    const known = found.get(entry.holderName) ?? {
      name: entry.holderName,
      texts: [],
      state: 'accepted' as const,
    }
    if (!known.texts.includes(`${entry.title}.`)) known.texts.push(`${entry.title}.`)
    found.set(entry.holderName, known)
  }
  for (const line of lines) {
    for (const request of line.requests) {
      const name = names.get(request.organisationId) ?? '–'
      if (found.get(name)?.state === 'accepted' && request.state !== 'open') continue
      found.set(`${name}:${request.id}`, {
        name,
        texts: [`${line.need.what}.`, text.askedOn({ when: view.date(request.createdAt) })],
        state: request.state,
      })
    }
  }
  return [...found.values()]
}
