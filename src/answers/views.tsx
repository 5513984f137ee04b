import type { View } from '../platform/view.ts'
import {
  ButtonLink,
  Card,
  Chip,
  Empty,
  Facts,
  LinkArrow,
  LinkCard,
  Meta,
  More,
  Note,
  Pairs,
  Rows,
} from '../web/parts.tsx'
import { Section } from '../web/layout.tsx'
import { Pagination } from '../web/pagination.tsx'
import { Timeline } from '../web/path.tsx'
import { EffectPart, CouncilPart } from './effect/views.tsx'
import { AnswerChart, AnswerMap, ReleasedTable } from './figures/views.tsx'
import { tableTitle } from './files/names.ts'
import { messages } from './messages.ts'
import {
  licences,
  paragraphs,
  type Answer,
  type AnswerContent,
  type AnswerFile,
  type AnswerVersion,
} from './model.ts'
import type { AnswerLine, AnswerView } from './service.ts'

/** Everything the body of an answer shows; `files` and `proof` are missing in a preview. */
export type AnswerBody = {
  content: AnswerContent
  answerId: string
  number: string
  version: AnswerVersion | undefined
  effect: Pick<AnswerView, 'decisions' | 'indicators'> | undefined
  versions: AnswerVersion[]
  url: string
  rights: { decision: boolean; indicator: boolean }
}

/** The parts of an answer's page below its head, in the order of the finding: map, words, chart, method, limits, council, effect. */
export function AnswerBodyView({ view, body }: { view: View; body: AnswerBody }) {
  const t = messages[view.locale]
  const { content } = body
  return (
    <>
      <Figures view={view} content={content} />
      <div class="al-wrap al-split al-section--tight">
        <div class="al-stack">
          <h2 class="kern-heading-large">{t.finding}</h2>
          <div class="al-prose">
            <Paragraphs text={content.finding} />
          </div>
        </div>
        <aside class="al-stack" aria-label={t.data}>
          {body.version ? <TakeAway view={view} body={body} version={body.version} /> : null}
          {body.version ? <Cite view={view} body={body} version={body.version} /> : null}
        </aside>
      </div>
      <ChartPart view={view} content={content} />
      <div class="al-wrap al-section al-split">
        <div class="al-stack--l">
          <Method view={view} content={content} />
          {body.effect ? (
            <CouncilPart
              view={view}
              number={body.number}
              decisions={body.effect.decisions}
              mayAdd={body.rights.decision}
            />
          ) : null}
        </div>
        <aside class="al-stack" aria-label={t.proof}>
          <Verifiable view={view} body={body} />
          <VersionList view={view} body={body} />
        </aside>
      </div>
      {body.effect ? (
        <EffectPart
          view={view}
          number={body.number}
          indicators={body.effect.indicators}
          mayAdd={body.rights.indicator}
        />
      ) : null}
    </>
  )
}

function Figures({ view, content }: { view: View; content: AnswerContent }) {
  const t = messages[view.locale]
  const facts = content.facts.length > 0 ? <Facts column items={content.facts} /> : null
  if (!content.map && !facts) return null
  return (
    <section class="al-wrap al-section--tight al-gap-5" aria-label={t.facts}>
      {content.map ? (
        <div class="al-split al-split--wide">
          <AnswerMap view={view} content={content} />
          <div class="al-stack al-center">{facts}</div>
        </div>
      ) : (
        <Facts items={content.facts} />
      )}
    </section>
  )
}

function ChartPart({ view, content }: { view: View; content: AnswerContent }) {
  const t = messages[view.locale]
  return (
    <section class="al-section al-section--soft" aria-labelledby="tabellen">
      <div class="al-wrap al-split al-split--half">
        <div class="al-stack">
          <h2 class="kern-heading-large" id="tabellen">
            {t.tables}
          </h2>
          <p class="al-w-prose">{t.noiseNote}</p>
          {content.tables.map((table, index) => (
            <More label={tableTitle(view.locale, content.tables.length, index)}>
              <ReleasedTable
                view={view}
                table={table}
                caption={tableTitle(view.locale, content.tables.length, index)}
              />
            </More>
          ))}
        </div>
        <AnswerChart view={view} content={content} />
      </div>
    </section>
  )
}

function Method({ view, content }: { view: View; content: AnswerContent }) {
  const t = messages[view.locale]
  return (
    <>
      {content.method ? (
        <section class="al-stack" aria-labelledby="methode">
          <h2 class="kern-heading-large" id="methode">
            {t.method}
          </h2>
          <div class="al-prose">
            <Paragraphs text={content.method} />
          </div>
        </section>
      ) : null}
      {content.limits.length > 0 ? (
        <section class="al-stack" aria-labelledby="grenzen">
          <h2 class="kern-heading-large" id="grenzen">
            {t.limits}
          </h2>
          <ul class="al-prose">
            {content.limits.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {paragraphs(text).map((one) => (
        <p>{one}</p>
      ))}
    </>
  )
}

function TakeAway({ view, body, version }: { view: View; body: AnswerBody; version: AnswerVersion }) {
  const t = messages[view.locale]
  const item = (file: AnswerFile) => ({
    title: (
      <a href={`/catalogue/datasets/${version.entryId}/files/${file.name}`}>
        {fileTitle(view, body.content, file)}
      </a>
    ),
    text: fileText(view, file),
  })
  return (
    <Card title={t.takeAway}>
      <Rows tight items={version.files.map(item)} />
      <div>
        <Chip tone="open">{t.openLicence({ name: licences[body.content.licence].name })}</Chip>
      </div>
      <LinkArrow href={view.href(`/catalogue/datasets/${version.entryId}`)}>{t.dataset}</LinkArrow>
    </Card>
  )
}

function fileTitle(view: View, content: AnswerContent, file: AnswerFile): string {
  const t = messages[view.locale]
  if (file.name.endsWith('.geojson')) return t.geojson
  const index = Number(/-(\d+)\./.exec(file.name)?.[1] ?? '1') - 1
  const name = tableTitle(view.locale, content.tables.length, index)
  if (file.name.endsWith('.csv')) return t.csv({ name })
  return file.name.endsWith('.parquet') ? t.parquet({ name }) : t.sql({ name })
}

function fileText(view: View, file: AnswerFile): string {
  const t = messages[view.locale]
  const size = view.bytes(file.size)
  if (file.name.endsWith('.sql')) return `${size}, ${t.withChecksum}`
  const said = { n: view.number(file.rows), size }
  return file.name.endsWith('.geojson') ? t.areas(said) : t.rows(said)
}

function Cite({ view, body, version }: { view: View; body: AnswerBody; version: AnswerVersion }) {
  const t = messages[view.locale]
  const { title, publisher } = body.content
  const year = version.publishedAt.toISOString().slice(0, 4)
  const url = `${body.url}/answers/${body.number}`
  return (
    <Card title={t.cite} sunk>
      <p class="al-small al-break">
        {t.citation({ publisher, year, title, number: body.number, version: version.version, url })}
      </p>
    </Card>
  )
}

function Verifiable({ view, body }: { view: View; body: AnswerBody }) {
  const t = messages[view.locale]
  const { tables, sources } = body.content
  const releasedBy = [...new Set(tables.flatMap((table) => table.releasedBy))]
  const when = tables
    .flatMap((table) => table.releasedAt ?? [])
    .sort()
    .at(-1)
  const agreements = [...new Set(tables.map((table) => table.agreementId))]
  const hash = body.version?.sha256
  return (
    <Card title={t.verifiable}>
      <Pairs
        items={[
          {
            term: t.releasedBy,
            value:
              releasedBy.length > 0
                ? `${view.list(releasedBy)}${when ? `, ${view.date(new Date(when))}` : ''}`
                : null,
          },
          {
            term: t.agreement,
            value: agreements.map((id, index) => (
              <a class="al-block" href={view.href(`/cooperation/agreements/${id}`)}>
                {agreements.length === 1 ? t.agreement : `${t.agreement} ${index + 1}`}
              </a>
            )),
          },
          {
            term: t.sources,
            value: sources.map((source) => (
              <a class="al-block" href={view.href(`/catalogue/datasets/${source.entryId}`)}>
                {source.title}
              </a>
            )),
          },
          { term: t.protection, value: [...new Set(tables.map((table) => table.policyVersion))].join(', ') },
          {
            term: t.register,
            value: body.version ? (
              <a href={view.href(`/transparency/objects/answer/${body.answerId}`)}>{t.registerLink}</a>
            ) : null,
          },
          {
            term: t.checksum,
            value: hash ? (
              <span class="al-mono">{`${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`}</span>
            ) : null,
          },
        ]}
      />
    </Card>
  )
}

function VersionList({ view, body }: { view: View; body: AnswerBody }) {
  const t = messages[view.locale]
  if (body.versions.length < 2) return null
  return (
    <Card title={t.versions} sunk>
      <Timeline
        view={view}
        items={[...body.versions].reverse().map((one) => ({
          when: one.publishedAt,
          text: `${t.version({ n: one.version })}: ${one.changes || t.firstVersion}`,
          href: `/answers/${body.number}?version=${one.version}`,
        }))}
      />
    </Card>
  )
}

/** A note above an older version. */
export function OldVersionNote({
  view,
  number,
  shown,
  current,
}: {
  view: View
  number: string
  shown: number
  current: number
}) {
  const t = messages[view.locale]
  if (shown === current) return null
  return (
    <div class="al-wrap al-gap-4">
      <Note tone="warn">
        {t.oldVersion({ n: shown, current })} <a href={view.href(`/answers/${number}`)}>{t.toCurrent}</a>
      </Note>
    </div>
  )
}

/** The published answers as cards, drafts of the reader above them. */
export function AnswerList(props: {
  view: View
  answers: AnswerLine[]
  drafts: Answer[]
  next: string | undefined
  first: boolean
}) {
  const { view, answers, drafts } = props
  const t = messages[view.locale]
  return (
    <div class="al-stack">
      {drafts.length > 0 ? (
        <Section title={t.drafts} lead={t.draftsLead} plain>
          <Rows
            tight
            items={drafts.map((answer) => ({
              title: <a href={view.href(`/answers/${answer.number}/preview`)}>{answer.draft.title}</a>,
              text: view.dateTime(answer.updatedAt),
            }))}
          />
        </Section>
      ) : null}
      {answers.length === 0 ? (
        <Empty
          title={t.none}
          action={<ButtonLink href={view.href('/questions')}>{t.toQuestions}</ButtonLink>}
        >
          {t.noneText}
        </Empty>
      ) : null}
      <div class="al-grid al-grid--2">
        {answers.map(({ answer, current }) => (
          <LinkCard
            level={2}
            href={view.href(`/answers/${answer.number}`)}
            title={current.content.title}
            foot={<AnswerMeta view={view} line={{ answer, current }} />}
          >
            {current.content.lead ? <p>{current.content.lead}</p> : null}
          </LinkCard>
        ))}
      </div>
      <Pagination view={view} path="/answers" query={{}} next={props.next} first={props.first} />
    </div>
  )
}

function AnswerMeta({ view, line }: { view: View; line: AnswerLine }) {
  const holders = [...new Set(line.current.content.sources.map((source) => source.holder).filter(Boolean))]
  return (
    <Meta
      items={[
        { icon: 'clock', text: view.date(line.current.publishedAt) },
        { icon: 'people', text: view.list(holders) },
      ]}
    />
  )
}
