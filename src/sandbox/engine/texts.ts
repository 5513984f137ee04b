import type { Locale } from '../../platform/i18n.ts'
import type { Refusal } from './refusal.ts'
import { english } from './texts-english.ts'
import { german, type RefusalTexts } from './texts-german.ts'

/** What a person reads of a refusal: what it is, why, and how to ask instead (empty where there is no other way). */
export type RefusalText = { readonly title: string; readonly detail: string; readonly instead: string }

/** The words for a refusal. They name constructs, tables and columns as written, shortened; never a value. */
export function refusalText(refusal: Refusal, locale: Locale): RefusalText {
  const short = (text: string | undefined) => (text ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 60)
  const safe: Refusal = {
    ...refusal,
    construct: short(refusal.construct),
    column: short(refusal.column),
    table: short(refusal.table),
    instead: (refusal.instead ?? []).slice(0, 8).map(short),
  }
  const [title, detail, instead] = texts[locale][refusal.code](safe)
  return { title, detail, instead }
}

const texts: Record<Locale, RefusalTexts> = { de: german, en: english }
