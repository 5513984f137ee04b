/** The languages of the product; German is the source. */
const locales = ['de', 'en'] as const

/** One language of the product. */
export type Locale = (typeof locales)[number]

/** The same text in every language. */
export type Localised = Readonly<Record<Locale, string>>

type Shape<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Shape<T[K]>
}

/** A room's texts: English must have exactly the keys and parameters of German, or it does not compile. */
export function defineMessages<const D>(texts: {
  readonly de: D
  readonly en: Shape<D>
}): Readonly<Record<Locale, Shape<D>>> {
  return texts as Readonly<Record<Locale, Shape<D>>>
}

/** Picks the text of a language; German where the other is empty. */
export function localise(text: Localised, locale: Locale): string {
  return text[locale] || text.de
}

/** A number and the word that goes with it: `1 Eintrag`, `0 Einträge`. The number may already be written out for a reader. */
export function counted(n: number | string, one: string, many: string): string {
  return `${n} ${String(n) === '1' ? one : many}`
}

/** The language a path asks for: English under `/en`, else German. Also gives the path without that prefix. */
export function splitLocale(path: string): { locale: Locale; path: string } {
  if (path === '/en') return { locale: 'en', path: '/' }
  if (path.startsWith('/en/')) return { locale: 'en', path: path.slice(3) }
  return { locale: 'de', path }
}
