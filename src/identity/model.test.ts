import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { roles } from '../platform/context.ts'
import { browserOf, displayName, givableRoles, safeReturn } from './model.ts'

it('never lets those who only manage an organisation give a role that counts for the whole hub', () => {
  const given = givableRoles({ operator: false, manages: true }, roles)
  expect(given).toEqual(['citizen', 'holder', 'analyst'])
  expect(givableRoles({ operator: false, manages: false }, roles)).toEqual([])
  expect(givableRoles({ operator: true, manages: false }, roles)).toEqual(roles)
})

it('returns only to paths of this hub, whatever is asked for', () => {
  assert(
    property(string(), (to) => {
      const url = new URL(safeReturn(to, '/x'), 'https://hub.example')
      return url.origin === 'https://hub.example'
    }),
  )
  for (const to of ['//a.example', '/\\a.example', 'https://a.example', '/api/auth/x', '/a b', '/a\nb', '']) {
    expect(safeReturn(to, '/x')).toBe('/x')
  }
  expect(safeReturn('/questions?q=1#a', '/x')).toBe('/questions?q=1#a')
})

it('names browser and system, or says that it does not know', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  expect(browserOf(firefox)).toEqual({ browser: 'Firefox', system: 'Linux' })
  const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0'
  expect(browserOf(edge)).toEqual({ browser: 'Edge', system: 'Windows' })
  expect(browserOf('curl/8')).toBeUndefined()
  expect(browserOf(null)).toBeUndefined()
})

it('has a word for people without a name', () => {
  expect(displayName('  ', 'de')).toBe('Ohne Namen')
  expect(displayName(undefined, 'en')).toBe('No name given')
  expect(displayName('Mira', 'en')).toBe('Mira')
})
