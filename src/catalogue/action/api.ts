import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App, Call } from '../../platform/http.ts'
import { isStorable, rateLimit } from '../../platform/http.ts'
import { actions, runAction } from './actions.ts'
import { ActionError } from './errors.ts'
import type { Params } from './params.ts'

const envelope = z
  .object({
    help: z.url(),
    success: z.boolean(),
    result: z.unknown().optional(),
    error: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ ref: 'CkanAnswer' })

const answers = Object.fromEntries(
  [
    [200, 'success: true with the result'],
    [400, 'success: false: the query cannot be read, or there is no such action'],
    [404, 'success: false: not found'],
    [409, 'success: false: a parameter cannot be used'],
  ].map(([status, description]) => [
    status,
    { description: String(description), content: { 'application/json': { schema: resolver(envelope) } } },
  ]),
)

/**
 * The read set of CKAN's action API over the public catalogue, under `/api/3/action/` and `/api/action/`, by GET with a
 * query string or POST with JSON. A page of a thousand packages is the dearest answer, so each address may ask so often only.
 */
export function actionApi(app: App): void {
  const limit = rateLimit({ max: 1200, seconds: 60 })
  const described = describeRoute({
    tags: ['ckan'],
    summary: 'CKAN action API, reading',
    description: `For programs written for CKAN; the public catalogue only. Actions: ${Object.keys(actions).join(', ')}. Without /3/ too.`,
    responses: answers,
  })
  app.get('/api/3', (c) => c.json({ version: 3 }))
  app.get('/api/3/action/:action', limit, described, (c) => answer(c, c.req.param('action'), queryOf(c)))
  app.get('/api/action/:action', limit, (c) => answer(c, c.req.param('action'), queryOf(c)))
  app.post('/api/3/action/:action', limit, described, async (c) => posted(c, c.req.param('action')))
  app.post('/api/action/:action', limit, async (c) => posted(c, c.req.param('action')))
}

function queryOf(c: Call): Params {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

async function posted(c: Call, action: string): Promise<Response> {
  const text = await c.req.text()
  return answer(c, action, readBody(text, c.req.header('content-type') ?? '') ?? undefined)
}

/** JSON, or what older clients send: a form, or a form whose only name is the JSON. Null for what is neither. */
function readBody(text: string, type: string): Params | null {
  if (text.trim() === '') return {}
  if (type.includes('x-www-form-urlencoded') && !text.startsWith('%7B') && !text.startsWith('{'))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    const json = text.startsWith('%7B')
      ? decodeURIComponent(text.replace(/=1?$/, '').replaceAll('+', ' '))
      : text
    const parsed: unknown = JSON.parse(json)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Params) : null
  } catch {
    return null
  }
}

async function answer(c: Call, name: string, params: Params | undefined): Promise<Response> {
  const ctx = c.get('ctx')
  const help = `${ctx.config.url}/api/3/action/help_show?name=${encodeURIComponent(name.slice(0, 100))}`
  // Portals are read by scripts of other sites, too; nothing here is anybody's own.
  c.header('access-control-allow-origin', '*')
  try {
    if (params === undefined || !isStorable(params))
      throw new ActionError('Bad Request', 'JSON Error: the body must be a JSON object')
    return c.json({ help, success: true, result: await runAction(ctx, name, params) })
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    return c.json({ help, success: false, error: error.body() }, error.status)
  }
}
