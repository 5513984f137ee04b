import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from './canonical.ts'
import { canonicalJson, sha256Hex } from './canonical.ts'

it('writes numbers, escapes and key order as RFC 8785 shows', () => {
  const value: Json = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  }
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

it('sorts keys by UTF-16 code units, not by code points', () => {
  expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': 2, '\u20ac': 3, '1': 4, '\r': 5 })).toBe(
    '{"\\r":5,"1":4,"€":3,"\u{1f600}":1,"\ufb33":2}',
  )
})

it('gives the same text for the same content in any key order, and reads back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      const text = canonicalJson(value as Json)
      expect(canonicalJson(turned as Json)).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('refuses what JSON cannot carry', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(TypeError)
  expect(() => canonicalJson('\ud800')).toThrow(TypeError)
})

it('hashes as SHA-256 does', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
