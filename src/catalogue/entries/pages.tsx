import { Readable } from 'node:stream'
import { raw } from 'hono/html'
import type { Ctx } from '../../platform/context.ts'
import type { App, Call } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import type { View } from '../../platform/view.ts'
import type { Question } from '../../questions/model.ts'
import { page } from '../../web/layout.tsx'
import { ButtonLink, Card } from '../../web/parts.tsx'
import { answerDocument } from '../feed/answer.ts'
import { datasetRdf } from '../feed/service.ts'
import type { RdfEnding } from '../feed/negotiate.ts'
import { preferredForm, rdfForms } from '../feed/negotiate.ts'
import { countOpenProposals } from '../editing/service.ts'
import { writeSchemaOrg } from '../schema-org/write.ts'
import type { Match } from '../musterdatenkatalog/service.ts'
import { matchOf } from '../musterdatenkatalog/service.ts'
import { ModelDatasetPart } from '../musterdatenkatalog/views.tsx'
import { questionsOfEntry } from '../mapping/service.ts'
import { words } from '../messages.ts'
import { recordForFace } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { checkRecord } from '../quality/check.ts'
import { teaser } from '../search/hit-views.tsx'
import { AccessChip, KindChip } from '../views.tsx'
import { messages } from './messages.ts'
import type { Entry } from './model.ts'
import { standingOf } from '../worklist/entry-part.tsx'
import { getEntry, listFiles, listVersions } from './service.ts'
import { ServedBy, ServiceNote } from './service-views.tsx'
import type { Pointed } from './serving.ts'
import { otherSide } from './serving.ts'
import { VersionList } from './version-views.tsx'
import { Care, HowToGet, WhyNotOpen } from './access-views.tsx'
import { EntryMeta, Faces, ForMachines, House, Look, NeededFor, Quality, Remarks } from './views.tsx'

/** The page of one dataset, its versions, its files, and the same as RDF. */
export function entryPages(app: App): void {
  app.get('/catalogue/datasets/:file{[0-9a-f-]{36}\\.(?:ttl|rdf|jsonld)}', (c) => {
    const [id = '', ending = ''] = c.req.param('file').split('.')
    return answerRdf(c, id, ending as RdfEnding)
  })

  app.get('/catalogue/datasets/:id', async (c) => {
    c.header('vary', 'Accept')
    const form = preferredForm(c.req.header('accept'))
    if (form !== 'html') return answerRdf(c, c.req.param('id'), form)
    return entryPage(c, await getEntry(c.get('ctx'), c.req.param('id')))
  })

  app.get('/catalogue/datasets/:id/versions', async (c) => {
    const ctx = c.get('ctx')
    const view = c.get('view')
    const text = messages[view.locale]
    const entry = await getEntry(ctx, c.req.param('id'))
    const versions = await listVersions(ctx, entry.id)
    return page(
      c,
      {
        title: text.versionsTitle,
        room: 'catalogue',
        crumbs: [...crumbsTo(c, entry), { label: text.versionsTitle }],
        lead: text.versionsLead({ title: view.quote(entry.title) }),
        heading: 'x-large',
      },
      <VersionList view={view} entry={entry} versions={versions} />,
    )
  })

  app.get('/catalogue/datasets/:id/files/:name', (c) => sendFile(c))
}

/** The way to an entry, for the crumbs of pages below it. */
export function crumbsTo(c: Call, entry: Pick<Entry, 'id' | 'title'>) {
  return [
    { label: words[c.get('view').locale].room, href: '/catalogue' },
    { label: entry.title, href: `/catalogue/datasets/${entry.id}` },
  ]
}

async function answerRdf(c: Call, id: string, ending: RdfEnding): Promise<Response> {
  const { format, type } = rdfForms[ending]
  return answerDocument(c, type, await datasetRdf(c.get('ctx'), id, format))
}

async function entryPage(c: Call, entry: Entry): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  const questions = await questionsOfEntry(ctx, entry.id)
  const match = await matchOf(ctx, entry)
  const mayChoose = may(ctx.actor, policy, 'chooseModelDataset', { organisationIds: [entry.organisationId] })
  const hints = checkRecord(entry.record).findings.filter((hint) => hint.severity !== 'info')
  // The head says the first paragraph; all others follow below it.
  const summary = teaser(entry.summary.split(/\n{2,}/)[0] ?? '')
  const others = await otherSide(ctx, entry)
  const standing = await standingOf(ctx, view, entry, c.req.query('said') === '1')
  return page(
    c,
    {
      title: entry.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: entry.title }],
      eyebrow: (
        <span class="al-row">
          <AccessChip view={view} access={entry.access} />
          <KindChip view={view} kind={entry.kind} />
          <span class="al-muted">{entry.holderName}</span>
        </span>
      ),
      lead: summary,
      meta: <EntryMeta view={view} entry={entry} />,
      actions: await entryActions(c, ctx, entry),
      heading: 'x-large',
      description: summary,
      asideLabel: text.access,
      islands: ['enhance'],
      aside: <Beside {...{ view, entry, others, questions, match, mayChoose }} />,
    },
    <>
      <Remarks view={view} entry={entry} />
      <ServiceNote view={view} entry={entry} data={others} />
      {standing.above as string}
      {entry.summary.length > summary.length ? (
        <Card>
          <p class="al-said">{restOf(entry.summary, summary)}</p>
        </Card>
      ) : null}
      {entry.record.service ? null : <Faces view={view} entry={entry} />}
      <Look view={view} entry={entry} />
      <House view={view} entry={entry} />
      <Quality view={view} entry={entry} hints={hints} now={ctx.now} />
      {standing.below as string}
      <ForSearchEngines c={c} entry={entry} />
    </>,
  )
}

type BesideProps = {
  readonly view: View
  readonly entry: Entry
  readonly others: readonly Pointed[]
  readonly questions: readonly Question[]
  readonly match: Match
  readonly mayChoose: boolean
}

/** How to get the data, whose they are, what they are for. */
function Beside({ view, entry, others, questions, match, mayChoose }: BesideProps) {
  return (
    <>
      <HowToGet view={view} entry={entry} />
      {entry.record.service ? null : <ServedBy view={view} services={others} />}
      <WhyNotOpen view={view} entry={entry} />
      <Care view={view} entry={entry} />
      <NeededFor view={view} questions={questions} />
      <ModelDatasetPart view={view} entry={entry} match={match} mayChoose={mayChoose} />
      <ForMachines view={view} entry={entry} />
    </>
  )
}

/** The public face in schema.org's words, as search engines for datasets read it; a block of data, no script. */
function ForSearchEngines({ c, entry }: { c: Call; entry: Entry }) {
  if (entry.visibility !== 'public') return null
  const { config, locale } = c.get('ctx')
  const url = `${config.url}/catalogue/datasets/${entry.id}`
  const catalogue = { name: `Allmende ${config.town}`, url: `${config.url}/catalogue` }
  const text = writeSchemaOrg(recordForFace(entry.record, 'public'), { url, locale, catalogue })
  return <script type="application/ld+json">{raw(text)}</script>
}

/** What the head has not said yet: all but the first paragraph where the head shows that, else the whole. */
function restOf(description: string, shown: string): string {
  const [first = '', ...rest] = description.split(/\n{2,}/)
  return rest.length > 0 && shown.startsWith(first) ? rest.join('\n\n') : description
}

async function entryActions(c: Call, ctx: Ctx, entry: Entry) {
  const view = c.get('view')
  const text = messages[view.locale]
  const whose = { organisationIds: [entry.organisationId] }
  const mayEdit = may(ctx.actor, policy, 'edit', whose) && !entry.sourceId && ctx.actor.kind === 'person'
  const edit = `/catalogue/datasets/${entry.id}/edit`
  if (mayEdit) {
    const open = await countOpenProposals(ctx, entry.id)
    return (
      <>
        <ButtonLink href={view.href(edit)}>{text.edit}</ButtonLink>
        {open > 0 ? (
          <ButtonLink href={view.href(`/catalogue/datasets/${entry.id}/proposals`)}>
            {text.proposals({ n: String(open) })}
          </ButtonLink>
        ) : null}
      </>
    )
  }
  const mayPropose = may(ctx.actor, policy, 'propose') && !entry.sourceId && ctx.actor.kind === 'person'
  return mayPropose ? <ButtonLink href={view.href(edit)}>{text.propose}</ButtonLink> : undefined
}

async function sendFile(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const files = await listFiles(ctx, c.req.param('id') ?? '')
  const file = files.find((each) => each.name === c.req.param('name'))
  if (!file) throw problems.notFound()
  // Always a download, never a page of ours: a published HTML or SVG must not run here.
  c.header('content-type', file.mediaType)
  c.header('content-length', String(file.size))
  c.header('content-disposition', `attachment; filename="${file.name.replace(/[^\w.-]/g, '_')}"`)
  c.header('etag', `"${file.sha256}"`)
  return c.body(Readable.toWeb(ctx.blobs.open(file.sha256)) as ReadableStream)
}
