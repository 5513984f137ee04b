import type { PagePart } from '../platform/panel.ts'
import { Section } from '../web/layout.tsx'
import { messages } from './messages.ts'
import { listInWork } from './service.ts'
import { QuestionCard } from './views.tsx'

/** For the start page: up to four questions on their way. */
export const inWorkPart: PagePart = {
  id: 'questions-in-work',
  render: async (ctx, view) => {
    const { questions, total } = await listInWork(ctx)
    if (questions.length === 0) return null
    const m = messages[view.locale]
    return (
      <Section
        id="fragen"
        title={m.inWork}
        lead={m.inWorkLead}
        link={{ href: view.href('/questions'), label: m.inWorkAll({ n: total, text: view.number(total) }) }}
      >
        <div class="al-grid al-grid--2">
          {questions.map((question) => (
            <QuestionCard view={view} question={question} level={3} />
          ))}
        </div>
      </Section>
    )
  },
}
