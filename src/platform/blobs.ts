import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A store of immutable bytes addressed by their SHA-256. */
export type Blobs = {
  /** Stores bytes; the same bytes are stored once. Rejects with `BlobTooLarge` past `limit` and leaves nothing. */
  readonly put: (
    data: Uint8Array | Readable | ReadableStream<Uint8Array>,
    limit?: number,
  ) => Promise<{ readonly sha256: string; readonly size: number }>
  readonly open: (sha256: string) => Readable
  readonly read: (sha256: string) => Promise<Buffer>
  readonly remove: (sha256: string) => Promise<void>
  /** Removes what a process that was killed left half written before that moment. */
  readonly sweep: (before: Date) => Promise<void>
}

/** Thrown by `put` when more bytes come than allowed. */
class BlobTooLarge extends Error {
  override readonly name = 'BlobTooLarge'
}

const INCOMING = 'incoming-'

/** Blobs in a folder, written to a temporary name and renamed, so that a crash leaves no half file. */
export function createFileBlobs(folder: string): Blobs {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256')
    return join(folder, sha256.slice(0, 2), sha256)
  }
  return {
    put: async (data, limit = Number.POSITIVE_INFINITY) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const temporary = join(folder, `${INCOMING}${randomBytes(8).toString('hex')}`)
      try {
        const { sha256, size } = await writeHashed(toReadable(data), temporary, limit)
        const target = pathOf(sha256)
        await mkdir(dirname(target), { recursive: true, mode: 0o700 })
        await rename(temporary, target)
        return { sha256, size }
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    open: (sha256) => createReadStream(pathOf(sha256)),
    read: (sha256) => readFile(pathOf(sha256)),
    remove: async (sha256) => {
      if (await stat(pathOf(sha256)).catch(() => undefined)) await rm(pathOf(sha256))
    },
    sweep: async (before) => {
      for (const name of await readdir(folder).catch(() => [])) {
        const half = join(folder, name)
        if (name.startsWith(INCOMING) && (await stat(half)).mtime < before) await rm(half, { force: true })
      }
    },
  }
}

function toReadable(data: Uint8Array | Readable | ReadableStream<Uint8Array>): Readable {
  if (data instanceof Uint8Array) return Readable.from([data])
  if (data instanceof Readable) return data
  return Readable.fromWeb(data as Parameters<typeof Readable.fromWeb>[0])
}

async function writeHashed(
  from: Readable,
  path: string,
  limit: number,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) return done(new BlobTooLarge('too many bytes'))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(from, meter, createWriteStream(path, { mode: 0o600, flush: true }))
  return { sha256: hash.digest('hex'), size }
}
