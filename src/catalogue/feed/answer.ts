import { createHash } from 'node:crypto'
import type { Call } from '../../platform/http.ts'

/**
 * A document for machines with a mark of its content: whoever still has the same gets 304 without a body (RFC 9110 §13.1.2).
 * The weak form is compared, as the standard wants it for reading.
 */
export function answerDocument(c: Call, type: string, body: string): Response {
  const mark = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  c.header('etag', mark)
  if (isKnown(c.req.header('if-none-match'), mark)) return c.body(null, 304)
  c.header('content-type', `${type}; charset=utf-8`)
  return c.body(body)
}

function isKnown(sent: string | undefined, mark: string): boolean {
  const marks = (sent ?? '').slice(0, 4000).split(',')
  return marks.some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === mark)
}
