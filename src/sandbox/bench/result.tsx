import type { View } from '../../platform/view.ts'
import { Empty, Note } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { Loss } from '../dp/accountant.ts'
import type { ProtectedResult } from '../engine/result.ts'
import type { RoomMap } from '../maps/store.ts'
import type { ShownAs } from '../notebooks/store.ts'
import { PrivacyNote } from '../privacy/views.tsx'
import { messages } from '../queries/messages.ts'
import type { QueryRecord } from '../queries/model.ts'
import { PhoneBars } from '../results/bars.tsx'
import { figuresOf, placeColumn, ResultDrawing, waysOf } from '../results/charts.tsx'
import { messages as resultMessages } from '../results/messages.ts'
import { columnLabel, resultTitle } from '../results/text.ts'
import type { SandboxTable } from '../tables/model.ts'
import { ProtectionNote, ReadingNotes, ResultTable } from '../results/views.tsx'
import { MissingFigures } from './missing.tsx'

type ResultProps = {
  view: View
  room: Room
  query: QueryRecord
  tables: readonly SandboxTable[]
  maps: readonly RoomMap[]
  as: ShownAs
  figure: number
  /** Differential privacy: what the question cost. */
  cost?: Loss | null
}

/** The answer to a question: figures first, what protection did, how to read them; as table or drawn. */
export function ResultSection({ view, room, query, tables, maps, as, figure, cost }: ResultProps) {
  const t = messages[view.locale]
  const { result } = query
  if (!result) return null
  const hidden = result.hidden ? t.hiddenPart({ n: view.number(result.hidden) }) : ''
  const seconds = view.number(Math.max(query.durationMs ?? 0, 100) / 1000, 1)
  return (
    <section aria-labelledby="ergebnis" id="antwort" class="al-answer">
      <div class="al-row al-row--between">
        <h2 class="kern-heading-medium" id="ergebnis">
          {query.title || t.result}
        </h2>
        <span class="al-small al-muted">
          {t.shown({ shown: view.number(result.shown), hidden, seconds })}
        </span>
      </div>
      <div class="al-stack al-gap-2">
        {result.rows.length === 0 ? (
          <Empty title={t.emptyResult}>{t.emptyResultHint}</Empty>
        ) : (
          <>
            {cost ? (
              <PrivacyNote {...{ view, result, cost }} />
            ) : (
              <ProtectionNote view={view} result={result} level={room.level} made={query.presetVersion} />
            )}
            {cost ? null : <MissingFigures {...{ view, room, query, tables }} />}
            <Shown {...{ view, result, maps, as, figure }} href={`/sandbox/queries/${query.id}`} />
            <OutlinesHint {...{ view, room, result, maps }} />
            {cost ? null : <ReadingNotes view={view} result={result} />}
            <Note icon="lock">
              <span class="al-small">{resultMessages[view.locale].noDownload}</span>
            </Note>
          </>
        )}
      </div>
    </section>
  )
}

/** Where the result is about places but no outlines of the room fit: the way to them. */
function OutlinesHint({
  view,
  room,
  result,
  maps,
}: Pick<ResultProps, 'view' | 'room' | 'maps'> & { result: ProtectedResult }) {
  const place = placeColumn(result)
  if (!place || waysOf(result, maps).includes('map')) return null
  const label = columnLabel(view, place)
  const href = `/sandbox/workspaces/${room.workspace.id}/maps?q=${encodeURIComponent(label)}`
  return (
    <p class="al-small al-noprint">
      <a href={view.href(href)}>{resultMessages[view.locale].chooseOutlines({ column: label })}</a>
    </p>
  )
}

type ShownProps = Omit<ResultProps, 'room' | 'query' | 'tables' | 'cost'> & {
  result: ProtectedResult
  href: string
}

/** The ways to show a result as links, and the one chosen. */
function Shown({ view, result, maps, as, figure, href }: ShownProps) {
  const t = messages[view.locale]
  const ways = waysOf(result, maps)
  const way = ways.includes(as) ? as : 'table'
  const cut = Math.min(500, result.rows.length)
  return (
    <>
      {ways.length > 1 ? <Ways {...{ view, result, ways, way, figure, href }} /> : null}
      {way === as ? null : <p class="al-small al-muted">{resultMessages[view.locale].notAs[as]}</p>}
      {way === 'table' ? (
        <>
          <ResultTable view={view} result={result} rows={500} caption={resultTitle(view, result.columns)} />
          <PhoneBars view={view} result={result} />
          {result.rows.length > 500 || result.truncated ? (
            <p class="al-small al-muted">{t.truncated({ rows: view.number(cut) })}</p>
          ) : null}
        </>
      ) : (
        <ResultDrawing {...{ view, result, maps, figure }} as={way} />
      )}
    </>
  )
}

type WaysProps = Omit<ShownProps, 'maps' | 'as'> & { ways: readonly ShownAs[]; way: ShownAs }

function Ways({ view, result, ways, way, figure, href }: WaysProps) {
  const t = resultMessages[view.locale]
  const figures = figuresOf(result)
  const drawn = figures.includes(figure) ? figure : figures.at(-1)
  const link = (to: string, label: string, current: boolean) => (
    <a href={view.href(to)} aria-current={current ? 'true' : undefined}>
      {label}
    </a>
  )
  return (
    <>
      <nav class="al-ways al-noprint" aria-label={t.showAs}>
        {ways.map((each) => link(`${href}?show=${each}#ergebnis`, t.ways[each], each === way))}
      </nav>
      {way !== 'table' && figures.length > 1 ? (
        <nav class="al-ways al-small al-noprint" aria-label={t.drawn}>
          {figures.map((i) =>
            link(
              `${href}?show=${way}&figure=${i}#ergebnis`,
              columnLabel(view, result.columns[i]!),
              i === drawn,
            ),
          )}
        </nav>
      ) : null}
    </>
  )
}
