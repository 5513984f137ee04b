import { createHash, hkdfSync } from 'node:crypto'
import type { CommandArgs } from '../../platform/command.ts'
import type { VaultKeys } from '../vault/contract.ts'
import { ephemeralKeys, installationKeys } from '../vault/seal.ts'
import { optional, stop, type Loaded } from './arguments.ts'

/**
 * Keys of a run: from `--key FILE`, else derived from what stands in the files, so that the same question has the same answer,
 * in whatever order rows and files are given. Whoever holds the files learns nothing from such keys.
 */
export async function keysFor(args: CommandArgs, files: readonly Loaded[]): Promise<VaultKeys> {
  const file = optional(args, 'key')
  if (file) return Promise.resolve(installationKeys(file)).catch(() => stop(`--key: ${file} holds no keys`))
  // What the promise speaks of must not depend on the very rows it hides: keys of chance then.
  if (args.options['dp']) return ephemeralKeys()
  const digests = await Promise.all(files.map(digestOf))
  const digest = createHash('sha256')
  for (const one of digests.sort()) digest.update(one)
  const seed = digest.digest()
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', seed, 'allmende-cli', purpose, 32))
  return { ...(await ephemeralKeys()), unit: derive('unit'), record: derive('record'), cell: derive('cell') }
}

/** Beyond so many rows the file's bytes are taken, in their order: reading each row once more would take too long. */
const mostRows = 2_000_000

/** A digest of a file's rows that does not depend on their order: the digests of all rows, added up word by word. */
async function digestOf({ source, bytes }: Loaded): Promise<string> {
  if (source.rows > mostRows) return createHash('sha256').update(bytes).digest('hex')
  const sums = new Uint32Array(8)
  for await (const batch of source.batches())
    for (const row of batch) {
      const one = createHash('sha256').update(JSON.stringify(row)).digest()
      for (let word = 0; word < 8; word++) sums[word] = (sums[word] ?? 0) + one.readUInt32LE(4 * word)
    }
  const names = source.columns.map((c) => c.source)
  return createHash('sha256').update(JSON.stringify(names)).update(sums).digest('hex')
}
