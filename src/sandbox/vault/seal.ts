import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { randomBytes } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { VaultKeys } from './contract.ts'

/** Seals a file for a recipient in the age format; the sealed file appears whole or not at all. */
export function sealFile(plain: string, sealed: string, recipient: string): Promise<void> {
  return sealStream(createReadStream(plain), sealed, recipient)
}

/** Seals bytes as they arrive; the sealed file appears whole or not at all. */
export async function sealStream(
  content: AsyncIterable<Uint8Array>,
  sealed: string,
  recipient: string,
): Promise<void> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const source = Readable.toWeb(Readable.from(content, { objectMode: false }))
  const stream = await encrypter.encrypt(source as unknown as ReadableStream<Uint8Array>)
  await pipeline(
    Readable.fromWeb(stream as unknown as WebStream),
    createWriteStream(`${sealed}.part`, { mode: 0o600 }),
  )
  await rename(`${sealed}.part`, sealed)
}

/** Opens a sealed file into another file. Throws if the identity is not the right one or a bit was changed. */
export async function openFile(sealed: string, plain: string, identity: string): Promise<void> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const source = Readable.toWeb(createReadStream(sealed)) as unknown as ReadableStream<Uint8Array>
  const stream = await decrypter.decrypt(source)
  await pipeline(Readable.fromWeb(stream as unknown as WebStream), createWriteStream(plain, { mode: 0o600 }))
}

/** Seals bytes into a file. */
export async function sealBytes(bytes: Uint8Array, sealed: string, recipient: string): Promise<void> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  await writeFile(`${sealed}.part`, await encrypter.encrypt(bytes), { mode: 0o600 })
  await rename(`${sealed}.part`, sealed)
}

/** Opens a sealed file into memory. */
export async function openBytes(sealed: string, identity: string): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(await readFile(sealed))
}

/** The identity of a room: made on first use, kept only sealed to the installation. */
export async function roomIdentity(
  file: string,
  keys: Pick<VaultKeys, 'recipient' | 'identity'>,
): Promise<string> {
  if (existsSync(file)) return new TextDecoder().decode(await openBytes(file, keys.identity))
  const identity = await generateX25519Identity()
  await sealBytes(new TextEncoder().encode(identity), file, keys.recipient)
  return identity
}

/** Overwrites a key file and removes it. What was sealed to the key cannot be opened any more. */
export async function shredFile(file: string): Promise<void> {
  if (!existsSync(file)) return
  const { size } = await stat(file)
  const handle = await open(file, 'r+')
  await handle.write(randomBytes(size), 0, size, 0)
  await handle.sync()
  await handle.close()
  await rm(file, { force: true })
}

/** The recipient of an identity. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity)
}

type KeptKeys = { identity: string; unit: string; record: string; cell: string }

/**
 * The keys of an installation, read from a file that only the hub may read; made on first use. Losing the file makes
 * every sealed room unreadable, so it belongs into the backup of secrets, apart from the data.
 */
export async function installationKeys(file: string): Promise<VaultKeys> {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify(await freshKeys())}\n`, { mode: 0o600, flag: 'wx' })
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as KeptKeys
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  const { identity } = kept
  return {
    identity,
    recipient: await recipientOf(identity),
    unit: bytes(kept.unit),
    record: bytes(kept.record),
    cell: bytes(kept.cell),
  }
}

async function freshKeys(): Promise<KeptKeys> {
  const key = () => randomBytes(32).toString('base64url')
  return { identity: await generateX25519Identity(), unit: key(), record: key(), cell: key() }
}

/** Keys for one run that are never written anywhere: the command line and tests. */
export async function ephemeralKeys(): Promise<VaultKeys> {
  const identity = await generateX25519Identity()
  const key = () => new Uint8Array(randomBytes(32))
  return { identity, recipient: await recipientOf(identity), unit: key(), record: key(), cell: key() }
}
