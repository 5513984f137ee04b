import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { decideRelease, redactRelease } from '../deciding/service.ts'
import { packageOf, verifyRelease } from '../packages/service.ts'
import { requestRelease, reviseRelease, withdrawRelease } from '../requests/service.ts'
import { endRule, listRules, setRule } from '../rules/service.ts'
import {
  decisionSchema,
  redactReleaseSchema,
  requestReleaseSchema,
  reviseReleaseSchema,
  endRuleSchema,
  setRuleSchema,
} from './schema.ts'
import { getWorkspace } from '../workspaces/service.ts'
import type { Release } from './model.ts'
import { getRelease, listReleases } from './service.ts'

/** A value of a protected table; in a column that is no dimension, null is a protected figure. */
export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** A column of a protected table. */
export const columnSchema = z.object({ name: z.string(), kind: z.string(), label: z.string().optional() })

const checkSchema = z.object({ id: z.string(), outcome: z.enum(['passed', 'review', 'failed']) })
const releaseAnswer = z
  .object({
    id: z.uuid(),
    workspaceId: z.uuid(),
    questionId: z.string(),
    state: z.enum(['requested', 'changes', 'approved', 'rejected', 'withdrawn']),
    title: z.string(),
    context: z.string(),
    /** Which version of the request this is; each holder decides about the present one. */
    round: z.int(),
    columns: z.array(columnSchema),
    rows: z.array(z.array(cell)),
    /** Figures blanked before the table leaves, by row and column. */
    redacted: z.array(z.object({ row: z.int(), column: z.int() })),
    checks: z.array(checkSchema),
    decisions: z.array(
      z.object({ organisationId: z.string(), decision: z.string(), reason: z.string(), round: z.int() }),
    ),
    sql: z.string(),
    resultSha256: z.string(),
    packageSha256: z.string().nullable(),
    policyVersion: z.string(),
    decidedAt: z.iso.datetime().nullable(),
  })
  .meta({ ref: 'SandboxRelease' })

const verification = z
  .object({ package: z.boolean(), table: z.boolean(), register: z.boolean(), redacted: z.boolean() })
  .meta({ ref: 'ReleaseVerification' })
const ruleAnswer = z
  .object({ organisationId: z.string(), maxCells: z.int(), setAt: z.iso.datetime() })
  .meta({ ref: 'StandingRule' })

/** A documented route of the sandbox that answers with JSON of this shape. */
export const route = (summary: string, schema: z.ZodType) =>
  describeRoute({
    tags: ['sandbox'],
    summary,
    responses: {
      200: { description: summary, content: { 'application/json': { schema: resolver(schema) } } },
    },
  })

function releaseJson(release: Release): z.output<typeof releaseAnswer> {
  const { id, workspaceId, questionId, state, title, context, round, columns, sql } = release
  const { resultSha256, packageSha256, policyVersion } = release
  return {
    id,
    workspaceId,
    questionId,
    state,
    title,
    context,
    round,
    sql,
    resultSha256,
    packageSha256,
    policyVersion,
    columns: [...columns],
    rows: release.rows.map((row) => [...row]),
    redacted: release.redacted.map(({ row, column }) => ({ row, column })),
    checks: release.checks.map((check) => ({ id: check.id, outcome: check.outcome })),
    decisions: release.decisions.map(({ organisationId, decision, reason, round: of }) => ({
      organisationId,
      decision,
      reason,
      round: of,
    })),
    decidedAt: release.decidedAt?.toISOString() ?? null,
  }
}

/** Releases for programs: ask, decide, blank, check; the same use cases as the pages. */
export function releaseApi(app: App): void {
  readingApi(app)
  askingApi(app)
  decidingApi(app)
  ruleApi(app)
}

function readingApi(app: App): void {
  app.get(
    '/api/v1/sandbox/releases',
    route('Releases you may see, newest first', z.array(releaseAnswer)),
    async (c) => c.json((await listReleases(c.get('ctx'))).map(releaseJson)),
  )
  app.get('/api/v1/sandbox/releases/:id', route('One release', releaseAnswer), async (c) =>
    c.json(releaseJson(await getRelease(c.get('ctx'), c.req.param('id')))),
  )
  app.get(
    '/api/v1/sandbox/releases/:id/verification',
    route('Recompute the checksums of a released package and compare them with the register', verification),
    async (c) => c.json(await verifyRelease(c.get('ctx'), c.req.param('id'))),
  )
  app.get(
    '/api/v1/sandbox/releases/:id/package',
    route('The released package as it was sealed', z.record(z.string(), z.unknown())),
    async (c) => c.json((await packageOf(c.get('ctx'), c.req.param('id'))).sealed),
  )
}

function askingApi(app: App): void {
  app.post(
    '/api/v1/sandbox/queries/:id/release',
    route('Request the release of an answer', releaseAnswer),
    valid('json', requestReleaseSchema.omit({ queryId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), queryId: c.req.param('id') }
      return c.json(releaseJson(await requestRelease(c.get('ctx'), input)))
    },
  )
  app.post(
    '/api/v1/sandbox/releases/:id/revision',
    route('Send a request again that came back with wishes', releaseAnswer),
    valid('json', reviseReleaseSchema.omit({ releaseId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), releaseId: c.req.param('id') }
      return c.json(releaseJson(await reviseRelease(c.get('ctx'), input)))
    },
  )
  app.post(
    '/api/v1/sandbox/releases/:id/withdrawal',
    route('Take a request back before it is decided', releaseAnswer),
    async (c) => c.json(releaseJson(await withdrawRelease(c.get('ctx'), c.req.param('id')))),
  )
}

function decidingApi(app: App): void {
  app.post(
    '/api/v1/sandbox/releases/:id/decisions',
    route('Decide for an affected holder', releaseAnswer),
    valid('json', decisionSchema),
    async (c) => {
      const input = { ...c.req.valid('json'), releaseId: c.req.param('id') }
      return c.json(releaseJson(await decideRelease(c.get('ctx'), input)))
    },
  )
  app.post(
    '/api/v1/sandbox/releases/:id/redactions',
    route('Blank figures before the table leaves', releaseAnswer),
    valid('json', redactReleaseSchema.omit({ releaseId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), releaseId: c.req.param('id') }
      return c.json(releaseJson(await redactRelease(c.get('ctx'), input)))
    },
  )
}

function ruleApi(app: App): void {
  const path = '/api/v1/sandbox/workspaces/:id/rules'
  app.get(path, route('Standing rules of a workspace', z.array(ruleAnswer)), async (c) => {
    const room = await getWorkspace(c.get('ctx'), c.req.param('id'))
    const rules = await listRules(c.get('ctx'), room)
    return c.json(
      rules.map(({ organisationId, maxCells, setAt }) => ({
        organisationId,
        maxCells,
        setAt: setAt.toISOString(),
      })),
    )
  })
  app.post(
    path,
    route('Let small tables with all checks passed leave by themselves', ruleAnswer),
    valid('json', setRuleSchema.omit({ workspaceId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), workspaceId: c.req.param('id') }
      const { organisationId, maxCells, setAt } = await setRule(c.get('ctx'), input)
      return c.json({ organisationId, maxCells, setAt: setAt.toISOString() })
    },
  )
  app.delete(
    `${path}/:organisation`,
    route('Revoke a standing rule', z.object({})),
    valid(
      'param',
      z.object({ id: endRuleSchema.shape.workspaceId, organisation: endRuleSchema.shape.organisationId }),
    ),
    async (c) => {
      const { id, organisation } = c.req.valid('param')
      await endRule(c.get('ctx'), { workspaceId: id, organisationId: organisation })
      return c.json({})
    },
  )
}
