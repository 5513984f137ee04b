import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bilingual, fieldErrors, parseIn } from './form-errors.ts'
import { defineProblems, isProblem, problemJson } from './problem.ts'
import { isUuid, newId } from './ids.ts'
import { may } from './permission.ts'
import type { Actor } from './context.ts'
import { splitLocale } from './i18n.ts'

const schema = z.object({
  title: z.string().min(10).max(20),
  email: z.email(),
  day: z.iso.date(),
  kind: z.enum(['a', 'b']),
  n: z.coerce.number().min(3),
  end: z
    .string()
    .refine((text) => text > '2026', bilingual('Das Ende liegt zu früh.', 'The end is too early.')),
})

describe('messages of a form', () => {
  const input = { title: 'kurz', email: 'x', day: 'morgen', kind: 'c', n: '1', end: '2025' }
  const read = (locale: 'de' | 'en') => {
    const result = parseIn(schema, input, locale)
    return result.success ? {} : fieldErrors(result.error, locale)
  }

  it('say in German what to do', () => {
    expect(read('de')).toEqual({
      title: 'Bitte mindestens 10 Zeichen.',
      email: 'Bitte eine E-Mail-Adresse wie name@example.org angeben.',
      day: 'Bitte ein Datum wie 2026-05-31 angeben.',
      kind: 'Bitte eine der Möglichkeiten wählen.',
      n: 'Der kleinste mögliche Wert ist 3.',
      end: 'Das Ende liegt zu früh.',
    })
  })

  it('say it in English', () => {
    expect(read('en')).toMatchObject({
      title: 'At least 10 characters, please.',
      end: 'The end is too early.',
    })
  })

  it('ask to fill in what is missing', () => {
    const result = parseIn(schema, { title: '' }, 'de')
    expect(result.success ? {} : fieldErrors(result.error, 'de')).toMatchObject({
      title: 'Bitte ausfüllen.',
      email: 'Bitte ausfüllen.',
    })
  })
})

describe('problems', () => {
  const problems = defineProblems('cooperation', {
    alreadySigned: (p: { by: string }) => ({
      status: 409,
      de: { title: 'Schon unterschrieben', detail: `${p.by} hat schon unterschrieben.` },
      en: { title: 'Already signed', detail: `${p.by} has already signed.` },
    }),
  })

  it('carry room, code, status and words of the reader', () => {
    const problem = problems.alreadySigned({ by: 'Stadtwerke' })
    expect(isProblem(problem)).toBe(true)
    expect(problemJson(problem, 'en')).toEqual({
      type: '/problems/cooperation/already-signed',
      title: 'Already signed',
      status: 409,
      detail: 'Stadtwerke has already signed.',
    })
  })
})

describe('permission', () => {
  const policy = { edit: ['author', 'steward@own'], read: ['anyone'], close: [] } as const
  const steward: Actor = {
    kind: 'person',
    personId: 'p',
    name: 'n',
    email: 'e',
    memberships: [{ organisationId: 'o', role: 'steward' }],
  }

  it('follows author, role and organisation', () => {
    expect(may(steward, policy, 'edit', { organisationIds: ['o'] })).toBe(true)
    expect(may(steward, policy, 'edit', { organisationIds: ['other'] })).toBe(false)
    expect(may(steward, policy, 'edit', { authorId: 'p' })).toBe(true)
    expect(may({ kind: 'anonymous' }, policy, 'edit', { authorId: undefined })).toBe(false)
    expect(may(steward, policy, 'close')).toBe(false)
    expect(may({ kind: 'system', name: 'job' }, policy, 'close')).toBe(true)
  })
})

describe('ids and paths', () => {
  it('makes sortable UUIDv7', () => {
    const [a, b] = [newId(1000), newId(2000)]
    expect(isUuid(a) && isUuid(b)).toBe(true)
    expect(a < b).toBe(true)
    expect(a[14]).toBe('7')
  })

  it('reads the language off the path', () => {
    expect(splitLocale('/en/questions')).toEqual({ locale: 'en', path: '/questions' })
    expect(splitLocale('/en')).toEqual({ locale: 'en', path: '/' })
    expect(splitLocale('/energy')).toEqual({ locale: 'de', path: '/energy' })
  })
})
