import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { z } from 'zod'
import { listOrganisations } from '../../identity/service.ts'
import { getQuestion } from '../../questions/service.ts'
import { page } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { policy } from '../policy.ts'
import { needInput, requestInput } from '../schema.ts'
import { requestData } from '../requests/service.ts'
import { messages } from './messages.ts'
import { StewardMap } from './steward-views.tsx'
import {
  addNeed,
  finishMap,
  listNeeds,
  mapNeed,
  namesOfHouses,
  proposeCandidates,
  removeNeed,
  updateNeed,
} from './service.ts'

/** Forms send a whole address or an id; both lead to the entry. */
const mapForm = z.object({
  needId: z.string().refine(isUuid),
  entryId: z
    .string()
    .transform((text) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0] ?? '')
    .refine(isUuid),
  accept: z.enum(['yes', 'no']).default('yes'),
})

type Shown = { readonly form: FormState; readonly id: string }

/** The steward's page behind the matrix: write needs, take candidates, ask holders, close the map. */
export function mappingPages(app: App): void {
  const path = '/catalogue/needs/:question'
  app.get(path, (c) => needsPage(c))
  app.post(path, (c) => {
    const question = c.req.param('question')
    return submit(c, needInput, {
      act: async (ctx, input) => `/catalogue/needs/${question}#n-${(await addNeed(ctx, input)).id}`,
      invalid: (form) => needsPage(c, { form, id: 'add' }),
    })
  })
  app.post(`${path}/change`, (c) =>
    submit(c, needInput.extend({ needId: z.string() }), {
      act: async (ctx, { needId, ...input }) =>
        `/catalogue/needs/${c.req.param('question')}#n-${(await updateNeed(ctx, needId, input)).id}`,
      invalid: (form) => needsPage(c, { form, id: `change-${String(form.values['needId'])}` }),
    }),
  )
  app.post(`${path}/remove`, (c) =>
    submit(c, z.object({ needId: z.string() }), {
      act: async (ctx, { needId }) => {
        await removeNeed(ctx, needId)
        return `/catalogue/needs/${c.req.param('question')}`
      },
      invalid: () => needsPage(c),
    }),
  )
  app.post(`${path}/map`, (c) =>
    submit(c, mapForm, {
      act: async (ctx, input) => {
        await mapNeed(ctx, { ...input, accept: input.accept === 'yes' })
        return `/catalogue/needs/${c.req.param('question')}#n-${input.needId}`
      },
      invalid: (form) => needsPage(c, { form, id: `map-${String(form.values['needId'])}` }),
    }),
  )
  app.post(`${path}/ask`, (c) =>
    submit(c, requestInput, {
      act: async (ctx, input) => {
        await requestData(ctx, input)
        return `/catalogue/needs/${c.req.param('question')}#n-${input.needId}`
      },
      invalid: (form) => needsPage(c, { form, id: `ask-${String(form.values['needId'])}` }),
    }),
  )
  app.post(`${path}/finish`, (c) =>
    submit(c, z.object({ questionId: z.string() }), {
      act: async (ctx, { questionId }) => `/questions/${(await finishMap(ctx, questionId)).number}`,
      invalid: () => needsPage(c),
    }),
  )
}

async function needsPage(c: Call, failed?: Shown): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const text = messages[view.locale]
  requirePermission(ctx, policy, 'writeNeeds')
  const question = await getQuestion(ctx, c.req.param('question') ?? '')
  const lines = await listNeeds(ctx, question.id)
  const proposals = new Map(
    await Promise.all(
      lines.map(async (line) => [line.need.id, await proposeCandidates(ctx, line.need.id)] as const),
    ),
  )
  const about = `/questions/${question.number}`
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [
        { label: words[view.locale].room, href: '/catalogue' },
        { label: question.title, href: about },
        { label: text.title },
      ],
      lead: text.pageLead({ title: view.quote(question.title) }),
      heading: 'x-large',
      islands: ['enhance'],
    },
    <StewardMap
      view={view}
      question={question}
      lines={lines}
      proposals={proposals}
      names={await namesOfHouses(ctx)}
      houses={await listOrganisations(ctx)}
      form={failed?.form ?? emptyForm()}
      failed={failed?.id}
    />,
    failed ? 422 : 200,
  )
}
