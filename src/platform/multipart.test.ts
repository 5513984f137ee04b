import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundaryOf, MultipartError, readMultipart } from './multipart.ts'

/** A form's body in pieces of the given size, as a network brings it. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function read(form: FormData, size: number) {
  const sent = new Request('http://a.b/', { method: 'POST', body: form })
  const boundary = boundaryOf(sent.headers.get('content-type') ?? undefined) ?? ''
  return readMultipart(pieces(new Uint8Array(await sent.arrayBuffer()), size), boundary, async (part) => {
    const got: Uint8Array[] = []
    for await (const piece of part.content) got.push(piece)
    return { filename: part.filename, bytes: Buffer.concat(got) }
  })
}

test('texts and files arrive as they were sent, whatever the pieces', async () => {
  const sizes = fc.integer({ min: 1, max: 300 })
  const contents = fc.uint8Array({ maxLength: 400 })
  await fc.assert(
    fc.asyncProperty(
      sizes,
      contents,
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      async (size, bytes, text) => {
        const form = new FormData()
        form.append('text', text)
        form.append('file', new File([bytes], 'ä "b".csv'))
        form.append('after', 'ende')
        const [first, file, after] = await read(form, size)
        // Forms write line breaks as CR LF.
        expect(first).toEqual({ field: 'text', value: text.replaceAll(/\r\n|\r|\n/g, '\r\n') })
        expect(file).toEqual({ field: 'file', value: { filename: 'ä "b".csv', bytes: Buffer.from(bytes) } })
        expect(after).toEqual({ field: 'after', value: 'ende' })
      },
    ),
    { numRuns: 150, seed: 3 },
  )
})

test('a file with the beginning of the boundary inside is read whole', async () => {
  const form = new FormData()
  form.append('file', new File(['\r\n--\r\n----x\r\n--'], 'x'))
  const [file] = await read(form, 3)
  expect(file?.value).toEqual({ filename: 'x', bytes: Buffer.from('\r\n--\r\n----x\r\n--') })
})

test('a file that nobody reads to its end does not stop the fields after it', async () => {
  const form = new FormData()
  form.append('file', new File(['x'.repeat(5_000)], 'x'))
  form.append('after', '1')
  const sent = new Request('http://a.b/', { method: 'POST', body: form })
  const boundary = boundaryOf(sent.headers.get('content-type') ?? undefined) ?? ''
  const fields = await readMultipart(
    pieces(new Uint8Array(await sent.arrayBuffer()), 64),
    boundary,
    async () => 0,
  )
  expect(fields).toEqual([
    { field: 'file', value: 0 },
    { field: 'after', value: '1' },
  ])
})

test.each([
  ['cut in the middle', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nhalf'],
  ['a part without a name', '--b\r\ncontent-type: text/plain\r\n\r\nx\r\n--b--'],
  ['no boundary at all', 'nothing'],
  ['endless headers', `--b\r\n${'x'.repeat(20_000)}`],
  [
    'too much text',
    `--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n${'x'.repeat(1_100_000)}\r\n--b--`,
  ],
  ['too many parts', `${'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(2_100)}--b--`],
])('%s is refused', async (_name, body) => {
  const reading = readMultipart(pieces(Buffer.from(body), 1_000), 'b', async () => null)
  await expect(reading).rejects.toBeInstanceOf(MultipartError)
})

test('the boundary is read from the content type of a form only', () => {
  expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc')
  expect(boundaryOf('multipart/form-data; charset=x; boundary="a b"')).toBe('a b')
  expect([boundaryOf('text/plain; boundary=abc'), boundaryOf(undefined)]).toEqual([undefined, undefined])
})
