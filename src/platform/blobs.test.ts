import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFileBlobs } from './blobs.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmende-blobs-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('keeps the same bytes once and nothing of too many', async () => {
  const blobs = createFileBlobs(join(folder, 'a'))
  const { sha256, size } = await blobs.put(Buffer.from('tree'))
  expect(await blobs.put(Buffer.from('tree'))).toEqual({ sha256, size: 4 })
  await expect(blobs.put(Buffer.from('forest'), 5)).rejects.toMatchObject({ name: 'BlobTooLarge' })
  expect(size).toBe(4)
  expect(await readdir(join(folder, 'a'))).toEqual([sha256.slice(0, 2)])
  expect((await blobs.read(sha256)).toString()).toBe('tree')
})

it('sweeps away what a killed process left half written, not what is arriving', async () => {
  const blobs = createFileBlobs(folder)
  const then = new Date('2026-03-01T00:00:00Z')
  for (const name of ['incoming-old', 'incoming-new']) await writeFile(join(folder, name), 'x')
  await utimes(join(folder, 'incoming-old'), then, then)
  await blobs.sweep(new Date('2026-03-02T00:00:00Z'))
  expect((await readdir(folder)).filter((name) => name.startsWith('incoming'))).toEqual(['incoming-new'])
  await createFileBlobs(join(folder, 'none')).sweep(then)
})
