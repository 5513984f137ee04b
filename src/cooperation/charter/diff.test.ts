import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffWords } from './diff.ts'

const join = (parts: ReturnType<typeof diffWords>, without: 'ins' | 'del') =>
  parts
    .filter((part) => part.kind !== without)
    .map((part) => part.text)
    .join('')

it('gives back both texts from any difference', () => {
  const text = fc
    .array(fc.constantFrom('die', 'Frist', 'endet', 'am', '30.', 'September', ',', ' ', '\n', '§', 'ß'), {
      maxLength: 40,
    })
    .map((words) => words.join(' '))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after)
      expect(join(parts, 'ins')).toBe(before)
      expect(join(parts, 'del')).toBe(after)
    }),
  )
})

it('marks nothing in equal texts and everything in texts without a common word', () => {
  expect(diffWords('gleich und gleich', 'gleich und gleich')).toEqual([
    { kind: 'same', text: 'gleich und gleich' },
  ])
  expect(diffWords('alt', 'neu')).toEqual([
    { kind: 'del', text: 'alt' },
    { kind: 'ins', text: 'neu' },
  ])
})

it('shows a replaced date as one deletion and one insertion', () => {
  expect(
    diffWords(
      'Die Bereitstellung endet am 31. Dezember 2027. Ende.',
      'Die Bereitstellung endet am 30. September 2026. Ende.',
    ),
  ).toEqual([
    { kind: 'same', text: 'Die Bereitstellung endet am ' },
    { kind: 'del', text: '31' },
    { kind: 'ins', text: '30' },
    { kind: 'same', text: '. ' },
    { kind: 'del', text: 'Dezember 2027' },
    { kind: 'ins', text: 'September 2026' },
    { kind: 'same', text: '. Ende.' },
  ])
})
