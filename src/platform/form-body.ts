import type { Context } from 'hono'
import { boundaryOf, MultipartError, readMultipart, type IncomingPart } from './multipart.ts'
import { general, isProblem } from './problem.ts'

/** A file that was taken while it arrived; `forget` removes it where the form is not accepted. */
export type ReceivedFile = {
  readonly name: string
  readonly size: number
  readonly forget: () => Promise<void>
}

/** Takes one file of a form as a stream. */
export type Receive = (file: IncomingPart) => Promise<ReceivedFile>

/** Removes files that were taken for a form that is not accepted. */
export async function forgetAll(received: readonly ReceivedFile[]): Promise<void> {
  await Promise.allSettled(received.map((file) => file.forget()))
}

type FormBody = {
  readonly once: string | undefined
  readonly values: Record<string, string | string[]>
  readonly input: Record<string, unknown>
  /** Files taken while they arrived. */
  readonly received: readonly ReceivedFile[]
}

/** Reads a form body: `input` for the schema (files included), `values` for showing it again (texts only). */
export async function readForm(c: Pick<Context, 'req'>, receive?: Receive): Promise<FormBody> {
  const { fields, received } = await readFields(c, receive)
  const values: Record<string, string | string[]> = {}
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === '_once' || name === '__proto__') continue
    const plain = withoutEmptyFiles(value)
    if (plain === undefined) continue
    input[name] = plain
    const text = Array.isArray(plain) ? plain.filter((item) => typeof item === 'string') : plain
    if (typeof text === 'string' || Array.isArray(text)) values[name] = text
  }
  const { _once: once } = fields
  return {
    once: typeof once === 'string' && once.length <= 64 ? once : undefined,
    values,
    input,
    received,
  }
}

type Field = string | File | ReceivedFile
type Fields = Record<string, Field | Field[]>

async function readFields(
  c: Pick<Context, 'req'>,
  receive?: Receive,
): Promise<{ fields: Fields; received: ReceivedFile[] }> {
  const boundary = boundaryOf(c.req.header('content-type'))
  const { body } = c.req.raw
  const received: ReceivedFile[] = []
  try {
    if (!receive || !boundary || !body) return { fields: await c.req.parseBody({ all: true }), received }
    const parts = await readMultipart(body, boundary, async (part) => {
      const file = await receive(part)
      received.push(file)
      return file
    })
    return { fields: grouped(parts), received }
  } catch (error) {
    await forgetAll(received)
    const problem = [error, error instanceof Error ? error.cause : undefined].find(isProblem)
    if (problem) throw problem
    if (receive && !(error instanceof MultipartError)) throw error
    throw general.invalid({ where: 'Formular / form' })
  }
}

/** Fields that come several times are lists. */
function grouped(parts: readonly { field: string; value: string | ReceivedFile }[]): Fields {
  const fields: Fields = {}
  for (const { field, value } of parts) {
    const before = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (field === '__proto__') continue
    fields[field] = before === undefined ? value : [before, value].flat()
  }
  return fields
}

// Browsers send an empty, nameless file for a file field that was left alone.
function withoutEmptyFiles(value: Field | Field[]): unknown {
  const keep = (item: Field) => typeof item === 'string' || item.size > 0 || item.name !== ''
  if (Array.isArray(value)) return value.filter(keep)
  return keep(value) ? value : undefined
}
