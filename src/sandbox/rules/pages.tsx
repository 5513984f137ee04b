import type { App } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { getWorkspace } from '../workspaces/service.ts'
import { showBench } from '../bench/pages.tsx'
import { endRuleSchema, setRuleSchema } from '../releases/schema.ts'
import { endRule, setRule } from './service.ts'

/** Setting and revoking a standing rule, from the page of the workspace. */
export function rulePages(app: App): void {
  app.post('/sandbox/workspaces/:id/rules', (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, setRuleSchema.omit({ workspaceId: true }), {
      act: async (ctx, input) => {
        await setRule(ctx, { ...input, workspaceId })
        return `/sandbox/workspaces/${workspaceId}#regeln`
      },
      invalid: async (form) =>
        showBench(c, await getWorkspace(c.get('ctx'), workspaceId), { ruleForm: form, status: 422 }),
    })
  })
  app.post('/sandbox/workspaces/:id/rules/end', (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, endRuleSchema.omit({ workspaceId: true }), {
      act: async (ctx, input) => {
        await endRule(ctx, { ...input, workspaceId })
        return `/sandbox/workspaces/${workspaceId}#regeln`
      },
      invalid: async () => showBench(c, await getWorkspace(c.get('ctx'), workspaceId), { status: 422 }),
    })
  })
}
