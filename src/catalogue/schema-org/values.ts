import { asText, isObject } from '../ckan/fields.ts'
import { looseDate } from '../formats/dates.ts'
import { plainText } from '../formats/plain-text.ts'
import type { LangText } from '../model.ts'
import { plain } from './find.ts'

/** A value as list; text objects with `@value` and lists of JSON-LD are taken apart. */
export function listOf(value: unknown): unknown[] {
  const list = isObject(value) && Array.isArray(value['@list']) ? value['@list'] : value
  const all = Array.isArray(list) ? list : list === undefined || list === null ? [] : [list]
  return all
    .slice(0, 5000)
    .map((each: unknown) => (isObject(each) && '@value' in each ? each['@value'] : each))
}

/** The name of a thing: its own text, or its `name`. */
export function nameOf(value: unknown): string {
  if (!isObject(value)) return asText(value)
  const json = plain(value)
  return asText(listOf(json['name'])[0]) || asText(json['alternateName'])
}

/** The tag of the first language named. */
export function tagOf(value: unknown): string {
  const code =
    listOf(value).map((each) =>
      isObject(each) ? asText(plain(each)['alternateName']) || nameOf(each) : asText(each),
    )[0] ?? ''
  return /^[a-z]{2}(?=$|[-_])/i.exec(code)?.[0].toLowerCase() ?? ''
}

/** A text in the languages it is given in; `language` where it has none. */
export function worded(value: unknown, language: string): LangText {
  const texts: LangText = {}
  const given = Array.isArray(value) ? value : [value]
  for (const each of given.slice(0, 20) as unknown[]) {
    const text = plainText(isObject(each) ? asText(each['@value']) : asText(each))
    const tag = isObject(each) ? asText(each['@language']).toLowerCase() : language
    if (text !== '') texts[tag] ??= text
  }
  return texts
}

/** The first date of a value. */
export function dateOf(value: unknown): string | null {
  return looseDate(asText(listOf(value)[0]))
}
