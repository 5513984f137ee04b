import { z } from 'zod'
import type { Locale } from './i18n.ts'

const SEPARATOR = '\u0001'

/** One message in both languages for a rule of a schema: `z.string().refine(…, bilingual('…', '…'))`. */
export function bilingual(de: string, en: string): string {
  return `${de}${SEPARATOR}${en}`
}

type Issue = z.core.$ZodRawIssue

const texts = {
  de: {
    missing: 'Bitte ausfüllen.',
    choose: 'Bitte eine der Möglichkeiten wählen.',
    check: 'Bitte prüfen Sie diese Angabe.',
    email: 'Bitte eine E-Mail-Adresse wie name@example.org angeben.',
    url: 'Bitte eine vollständige Adresse angeben, die mit https:// beginnt.',
    date: 'Bitte ein Datum wie 2026-05-31 angeben.',
    number: 'Bitte eine Zahl angeben.',
    short: (n: string) => `Bitte mindestens ${n} Zeichen.`,
    long: (n: string) => `Höchstens ${n} Zeichen sind möglich.`,
    few: (n: string) => `Bitte mindestens ${n} wählen.`,
    many: (n: string) => `Höchstens ${n} sind möglich.`,
    least: (n: string) => `Der kleinste mögliche Wert ist ${n}.`,
    most: (n: string) => `Der größte mögliche Wert ist ${n}.`,
  },
  en: {
    missing: 'Please fill this in.',
    choose: 'Please choose one of the options.',
    check: 'Please check this.',
    email: 'Please give an e-mail address such as name@example.org.',
    url: 'Please give a full address that starts with https://.',
    date: 'Please give a date such as 2026-05-31.',
    number: 'Please give a number.',
    short: (n: string) => `At least ${n} characters, please.`,
    long: (n: string) => `At most ${n} characters are possible.`,
    few: (n: string) => `Please choose at least ${n}.`,
    many: (n: string) => `At most ${n} are possible.`,
    least: (n: string) => `The smallest possible value is ${n}.`,
    most: (n: string) => `The largest possible value is ${n}.`,
  },
} as const

function message(issue: Issue, locale: Locale): string {
  const t = texts[locale]
  if (issue.code === 'too_small') return tooSmall(issue, t)
  if (issue.code === 'too_big') {
    const n = String(issue.maximum)
    return issue.origin === 'string' ? t.long(n) : issue.origin === 'array' ? t.many(n) : t.most(n)
  }
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined || issue.input === '') return t.missing
    return issue.expected === 'number' || issue.expected === 'int'
      ? t.number
      : issue.expected === 'date'
        ? t.date
        : t.check
  }
  if (issue.code === 'invalid_value') return t.choose
  if (issue.code === 'invalid_format') {
    if (issue.input === '') return t.missing
    const byFormat: Record<string, string> = { email: t.email, url: t.url, date: t.date }
    return byFormat[issue.format] ?? t.check
  }
  return t.check
}

function tooSmall(issue: Issue & { code: 'too_small' }, t: (typeof texts)[Locale]): string {
  const n = String(issue.minimum)
  if (issue.origin === 'string') return n === '1' || issue.input === '' ? t.missing : t.short(n)
  return issue.origin === 'array' ? t.few(n) : t.least(n)
}

/** Parses with messages in the reader's language. */
export function parseIn<S extends z.ZodType>(
  schema: S,
  input: unknown,
  locale: Locale,
): z.ZodSafeParseResult<z.output<S>> {
  return schema.safeParse(input, {
    error: (issue) => message(issue as Issue, locale),
  }) as z.ZodSafeParseResult<z.output<S>>
}

/** The first message per field, for showing at the field; messages of the whole form stand under `form`. */
export function fieldErrors(error: z.ZodError, locale: Locale): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) {
    const field = issue.path.length ? String(issue.path[0]) : 'form'
    const [de, en] = issue.message.split(SEPARATOR)
    errors[field] ??= (locale === 'en' ? en : de) ?? de ?? ''
  }
  return errors
}
