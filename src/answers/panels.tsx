import type { Ctx } from '../platform/context.ts'
import { may } from '../platform/permission.ts'
import type { PagePart } from '../platform/panel.ts'
import type { View } from '../platform/view.ts'
import type { QuestionPanel } from '../questions/service.ts'
import { listReleases } from '../sandbox/service.ts'
import { ButtonLink, Card, Chip, LinkArrow } from '../web/parts.tsx'
import { Section } from '../web/layout.tsx'
import { analystsOf } from './drafting/service.ts'
import { AnswerChart, AnswerMap } from './figures/views.tsx'
import { messages } from './messages.ts'
import { licences } from './model.ts'
import { policy } from './policy.ts'
import { listAnswers, listDrafts, partiesOfQuestion, type AnswerLine } from './service.ts'

/** The question's page: its published answer, the draft for those involved, or the way to write one. */
const answerPanel: QuestionPanel = { id: 'answer', side: 'main', render: renderPanel }

async function renderPanel(ctx: Ctx, view: View, questionId: string) {
  const t = messages[view.locale]
  const { answers } = await listAnswers(ctx, { questionId })
  const drafts = await listDrafts(ctx, questionId)
  const invite = answers.length === 0 && drafts.length === 0 && (await mayInvite(ctx, questionId))
  if (answers.length === 0 && drafts.length === 0 && !invite) return null
  return (
    <Section title={t.panelTitle} id="antwort" plain>
      <div class="al-stack">
        {answers.map((line) => (
          <AnswerCard view={view} line={line} />
        ))}
        {drafts.map((draft) => (
          <Card sunk>
            <p class="al-small al-muted">{t.panelDraft}</p>
            <LinkArrow href={view.href(`/answers/${draft.number}/preview`)}>{draft.draft.title}</LinkArrow>
          </Card>
        ))}
        {invite ? (
          <Card sunk>
            <p class="al-small">{t.panelNewText}</p>
            <div class="al-btns">
              <ButtonLink href={view.href(`/answers/new?question=${questionId}`)}>{t.panelNew}</ButtonLink>
            </div>
          </Card>
        ) : null}
      </div>
    </Section>
  )
}

async function mayInvite(ctx: Ctx, questionId: string): Promise<boolean> {
  const organisationIds = analystsOf(await partiesOfQuestion(ctx, questionId))
  if (!may(ctx.actor, policy, 'draft', { organisationIds })) return false
  return (await listReleases(ctx, { questionId, state: 'approved', limit: 1 })).length > 0
}

function AnswerCard({ view, line }: { view: View; line: AnswerLine }) {
  const t = messages[view.locale]
  const { content } = line.current
  return (
    <Card soft>
      <h3 class="kern-heading-medium">
        <a href={view.href(`/answers/${line.answer.number}`)}>{content.title}</a>
      </h3>
      {content.lead ? <p>{content.lead}</p> : null}
      <LinkArrow href={view.href(`/answers/${line.answer.number}`)}>{t.readAnswer}</LinkArrow>
    </Card>
  )
}

/** The start page: the newest answer with its chart or map. */
export const newestAnswerPart: PagePart = { id: 'newest-answer', render: renderNewest }

async function renderNewest(ctx: Ctx, view: View) {
  const t = messages[view.locale]
  const [newest] = (await listAnswers(ctx)).answers
  if (!newest) return null
  const { content } = newest.current
  const houses = [...new Set(content.sources.flatMap((source) => source.holder || []))]
  const href = view.href(`/answers/${newest.answer.number}`)
  return (
    <section class="al-section al-section--soft" aria-labelledby="neueste-antwort">
      <div class="al-wrap al-split al-split--half">
        <div class="al-stack">
          <p class="al-eyebrow">{t.newestFrom({ when: view.date(newest.current.publishedAt) })}</p>
          <h2 class="kern-heading-large" id="neueste-antwort">
            {content.title}
          </h2>
          {content.lead ? <p class="al-w-prose">{content.lead}</p> : null}
          <div class="al-row">
            <Chip tone="accent" icon="people">
              {t.dataOf({ n: houses.length })}
            </Chip>
            <Chip tone="accent" icon="download">
              {t.openLicence({ name: licences[content.licence].name })}
            </Chip>
          </div>
          <div>
            <ButtonLink href={href} variant="secondary">
              {t.readAnswer}
            </ButtonLink>
          </div>
        </div>
        {content.chart ? (
          <AnswerChart view={view} content={content} />
        ) : (
          <AnswerMap view={view} content={content} />
        )}
      </div>
    </section>
  )
}

/** The panels this room adds to the question's page. */
export const panels: readonly QuestionPanel[] = [answerPanel]
