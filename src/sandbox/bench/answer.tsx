import type { Call } from '../../platform/http.ts'
import type { Room } from '../access/service.ts'
import { isOpen, rightsIn } from '../access/service.ts'
import { affectedBy } from '../audit/service.ts'
import { listMaps } from '../maps/service.ts'
import { listNotebooks } from '../notebooks/service.ts'
import type { ShownAs } from '../notebooks/store.ts'
import { AddToPage } from '../notebooks/views.tsx'
import { costOfQuery, privacyOf } from '../privacy/service.ts'
import type { QueryRecord } from '../queries/model.ts'
import { queryTitle } from '../queries/title.ts'
import { LoggedQuery, PreviewNote, RefusalNote } from '../queries/views.tsx'
import { messages } from '../releases/messages.ts'
import { listReleases } from '../releases/service.ts'
import { StateChip } from '../releases/views.tsx'
import { precheck } from '../requests/service.ts'
import { RequestForm } from '../requests/views.tsx'
import { QueryNames } from '../saved/views.tsx'
import type { SandboxTable } from '../tables/model.ts'
import type { Shown } from './pages.tsx'
import { ResultSection } from './result.tsx'

/** What stands below the form: a dry run, a refusal, or an answer with what can be done with it. */
export async function answerParts(c: Call, room: Room, shown: Shown, tables: readonly SandboxTable[]) {
  const view = c.get('view')
  const { query, preview } = shown
  const ctx = c.get('ctx')
  if (preview)
    return (
      <div id="antwort" class="al-answer" tabindex={-1} autofocus>
        <PreviewNote {...{ view, room, tables, preview }} privacy={await privacyOf(ctx, room)} />
      </div>
    )
  if (!query) return null
  const cost = await costOfQuery(ctx, query.id)
  const asks = rightsIn(c.get('ctx'), room).query
  if (!asks || !(query.result || query.refusal)) {
    return <LoggedQuery view={view} query={query} ended={asks && query.state === 'answered'} />
  }
  if (query.refusal) {
    return (
      <section aria-labelledby="nein" id="antwort" class="al-answer">
        <RefusalNote {...{ view, room, tables, cost }} refusal={query.refusal} />
      </section>
    )
  }
  return (
    <>
      <ResultSection
        {...{ view, room, query, tables, cost }}
        maps={await listMaps(c.get('ctx'), room)}
        as={(c.req.query('show') ?? 'table') as ShownAs}
        figure={Number(c.req.query('figure') ?? -1)}
      />
      {await toolsPart(c, room, query, shown)}
      {(query.result?.shown ?? 0) > 0 ? await releasePart(c, room, query, shown) : null}
    </>
  )
}

/** A name, keeping it, setting it on a page. */
async function toolsPart(c: Call, room: Room, query: QueryRecord, shown: Shown) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  if (!isOpen(ctx, room)) return null
  const title = queryTitle(view, query)
  return (
    <div class="al-stack al-stack--s al-noprint">
      <QueryNames {...{ view, room, query, title }} form={shown.saveForm} />
      <AddToPage
        {...{ view, query }}
        notebooks={await listNotebooks(ctx, room.workspace.id)}
        form={shown.pageForm}
      />
    </div>
  )
}

async function releasePart(c: Call, room: Room, query: QueryRecord, shown: Shown) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const releases = (await listReleases(ctx, { workspaceId: room.workspace.id })).filter(
    (r) => r.queryId === query.id,
  )
  const live = releases.find((r) => r.state !== 'rejected' && r.state !== 'withdrawn')
  if (live) {
    return (
      <section class="al-row al-row--between" aria-label={t.requestTitle}>
        <p>
          {live.state === 'approved' ? t.alreadyReleased : t.alreadyOpen}{' '}
          <a href={view.href(`/sandbox/releases/${live.id}`)}>{t.toRelease}</a>
        </p>
        <StateChip view={view} release={live} />
      </section>
    )
  }
  if (!isOpen(ctx, room)) return null
  return (
    <RequestForm
      {...{ view, room }}
      queryId={query.id}
      affected={await affectedBy(ctx, query)}
      checks={await precheck(ctx, query.id, '')}
      notebooks={await listNotebooks(ctx, room.workspace.id)}
      form={shown.releaseForm}
    />
  )
}
