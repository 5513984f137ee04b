import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CannotStart, reasonOf } from './cannot-start.ts'
import { readConfig } from './config.ts'
import { DatabaseInUse } from './db.ts'

const folder = mkdtempSync(join(tmpdir(), 'allmende-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the configuration', () => {
  it('names each wrong variable', () => {
    const wrong = () => readConfig({ PORT: 'abc', ALLMENDE_ROLE: 'vault', ALLMENDE_DATA: folder })
    expect(wrong).toThrow(/PORT: .*\n {2}ALLMENDE_ROLE: /)
    expect(wrong).toThrow(CannotStart)
  })

  it('keeps the secret it made, and signs with nothing shorter', () => {
    const { secret } = readConfig({ ALLMENDE_DATA: folder })
    expect(readConfig({ ALLMENDE_DATA: folder }).secret).toBe(secret)
    expect(readFileSync(join(folder, 'secret'), 'utf8').trim()).toBe(secret)
    for (const cut of ['', secret.slice(0, 31)]) {
      writeFileSync(join(folder, 'secret'), cut)
      expect(() => readConfig({ ALLMENDE_DATA: folder })).toThrow(/is cut off/)
    }
  })
})

it('tells what whoever runs the hub can mend from faults of the program', () => {
  const refused = (code: string) => Object.assign(new Error('mkdir /data'), { code })
  expect(reasonOf(new DatabaseInUse('in use'))).toBe('in use')
  expect(['EACCES', 'ENOSPC', '53100'].map((code) => reasonOf(refused(code)))).toEqual(
    Array(3).fill('The system refuses: mkdir /data'),
  )
  expect([new TypeError('x is not a function'), refused('ENOENT'), 'text'].map(reasonOf)).toEqual(
    Array(3).fill(undefined),
  )
})
