/** A part with a file as it arrives; `content` must be read to its end before the next part comes. */
export type IncomingPart = {
  readonly field: string
  readonly filename: string
  readonly content: AsyncIterable<Uint8Array>
}

/** A multipart body that breaks its own rules, ends too early or has too much text. */
export class MultipartError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'MultipartError'
  }
}

/** What a form may hold beside its files: 1 MiB of text in 2 000 fields, 16 KiB of headers per part. */
const most = { text: 1024 * 1024, parts: 2_000, headers: 16 * 1024 }

/** The boundary of a multipart form's content type; undefined for other types. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!/^multipart\/form-data\b/i.test(contentType ?? '')) return undefined
  const found = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;]{1,70}))/i.exec(contentType ?? '')
  return found?.[1] ?? found?.[2]
}

/**
 * Reads a multipart form as it arrives: texts are collected, each file is handed to `take` as a stream and what `take` makes
 * of it stands in its place. Never holds more than one piece of a file. Throws `MultipartError` for a malformed body.
 */
export async function readMultipart<T>(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  take: (part: IncomingPart) => Promise<T>,
): Promise<{ field: string; value: string | T }[]> {
  const input = inputOf(body)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const fields: { field: string; value: string | T }[] = []
  let text = 0
  await drain(input.until(delimiter, true))
  while (await input.another()) {
    if (fields.length >= most.parts) throw new MultipartError('too many parts')
    const { field, filename } = partOf(await input.headers(most.headers))
    const content = input.until(delimiter)
    if (filename === undefined) {
      const value = await textOf(content, most.text - text)
      text += value.length
      fields.push({ field, value })
    } else {
      fields.push({ field, value: await take({ field, filename, content }) })
      await drain(content)
    }
  }
  return fields
}

type Input = {
  /** The bytes up to a delimiter, which is taken off. `first`: the body may begin with it, without its line break. */
  readonly until: (delimiter: Buffer, first?: boolean) => AsyncGenerator<Uint8Array>
  /** After a delimiter: true if a part follows, false at the end. */
  readonly another: () => Promise<boolean>
  readonly headers: (limit: number) => Promise<string>
}

function inputOf(body: AsyncIterable<Uint8Array>): Input {
  const source = body[Symbol.asyncIterator]()
  let buffer: Buffer = Buffer.alloc(0)
  const fill = async (): Promise<void> => {
    const next = await source.next()
    if (next.done) throw new MultipartError('ended too early')
    buffer = buffer.length === 0 ? Buffer.from(next.value) : Buffer.concat([buffer, next.value])
  }
  async function* until(delimiter: Buffer, first = false): AsyncGenerator<Uint8Array> {
    if (first) buffer = Buffer.concat([Buffer.from('\r\n'), buffer])
    for (;;) {
      const at = buffer.indexOf(delimiter)
      if (at >= 0) {
        const rest = buffer.subarray(0, at)
        buffer = buffer.subarray(at + delimiter.length)
        if (rest.length > 0) yield rest
        return
      }
      const sure = buffer.length - delimiter.length + 1
      if (sure > 0) {
        const rest = buffer.subarray(0, sure)
        buffer = buffer.subarray(sure)
        yield rest
      }
      await fill()
    }
  }
  const another = async (): Promise<boolean> => {
    while (buffer.length < 2) await fill()
    if (buffer[0] === 0x2d && buffer[1] === 0x2d) return false
    return true
  }
  const headers = async (limit: number): Promise<string> => {
    let end = buffer.indexOf('\r\n\r\n')
    for (; end < 0; end = buffer.indexOf('\r\n\r\n')) {
      if (buffer.length > limit) throw new MultipartError('headers too long')
      await fill()
    }
    const text = buffer.subarray(0, end).toString('utf8')
    buffer = buffer.subarray(end + 4)
    return text
  }
  return { until, another, headers }
}

function partOf(headers: string): { field: string; filename: string | undefined } {
  const line = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? ''
  const value = (name: string) =>
    // Browsers write a quotation mark inside a name as %22.
    new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(line)?.[1]?.replaceAll('%22', '"')
  const field = value('name')
  if (field === undefined) throw new MultipartError('a part without a name')
  return { field, filename: value('filename') }
}

async function textOf(content: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of content) {
    length += piece.length
    if (length > limit) throw new MultipartError('too much text')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of content) void piece
}
