import type { App } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { showBench } from '../bench/pages.tsx'
import { getQuery } from '../queries/service.ts'
import { releasePage } from '../releases/pages.tsx'
import { hrefOfRelease } from '../releases/service.ts'
import { requestReleaseSchema, reviseReleaseSchema } from '../releases/schema.ts'
import { requestRelease, reviseRelease, withdrawRelease } from './service.ts'

const contextForm = requestReleaseSchema.omit({ queryId: true })
const reviseForm = reviseReleaseSchema.omit({ releaseId: true })
const nothing = requestReleaseSchema.pick({}).loose()

/** Asking for a release, sending it again, taking it back. */
export function requestPages(app: App): void {
  app.post('/sandbox/queries/:id/release', (c) => {
    const queryId = c.req.param('id')
    return submit(c, contextForm, {
      slow: true,
      act: async (ctx, input) => hrefOfRelease((await requestRelease(ctx, { ...input, queryId })).id),
      invalid: async (form) => {
        const { query, room } = await getQuery(c.get('ctx'), queryId)
        return showBench(c, room, { query, releaseForm: form, status: 422 })
      },
    })
  })
  app.post('/sandbox/releases/:id/revise', (c) => {
    const releaseId = c.req.param('id')
    return submit(c, reviseForm, {
      slow: true,
      act: async (ctx, input) => hrefOfRelease((await reviseRelease(ctx, { ...input, releaseId })).id),
      invalid: (form) => releasePage(c, { revise: form }, 422),
    })
  })
  app.post('/sandbox/releases/:id/withdraw', (c) => {
    const releaseId = c.req.param('id')
    return submit(c, nothing, {
      slow: true,
      act: async (ctx) => hrefOfRelease((await withdrawRelease(ctx, releaseId)).id),
      invalid: () => releasePage(c, {}, 422),
    })
  })
}
