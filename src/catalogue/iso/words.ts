import { attribute, children, descendants, element, elements, type Element } from '../formats/element.ts'
import { plainText } from '../formats/plain-text.ts'
import type { LangText } from '../model.ts'

/** Language tags by the codes ISO records use. */
const tags: Record<string, string> = {
  ger: 'de',
  deu: 'de',
  eng: 'en',
  fre: 'fr',
  fra: 'fr',
  dut: 'nl',
  nld: 'nl',
  ita: 'it',
  roh: 'rm',
  pol: 'pl',
  dan: 'da',
  cze: 'cs',
  ces: 'cs',
  spa: 'es',
}

/** The tag of a three- or two-letter language code; '' when unknown. */
export function languageTag(code: string): string {
  const plain = code.trim().toLowerCase().slice(0, 3)
  return tags[plain] ?? (/^[a-z]{2}$/.test(code.trim().toLowerCase()) ? code.trim().toLowerCase() : '')
}

/** The languages of a record: of its texts, and of translations by the id their locale has. */
export type Languages = { main: string; locales: Map<string, string> }

/** Reads the languages a record announces. */
export function languagesOf(record: Element): Languages {
  const own = element(record, 'language', 'defaultLocale/PT_Locale/language')
  const locales = new Map<string, string>()
  for (const locale of [
    ...elements(record, 'locale/PT_Locale'),
    ...elements(record, 'otherLocale/PT_Locale'),
  ]) {
    const tag = languageTag(codeOf(element(locale, 'languageCode', 'language')))
    if (tag !== '') locales.set(`#${attribute(locale, 'id')}`, tag)
  }
  return { main: languageTag(codeOf(own)), locales }
}

/** A code out of a list: `codeListValue`, else the text, of the element or of the one inside. */
export function codeOf(holder: Element | null): string {
  if (holder === null) return ''
  const inner = holder.children[0]
  for (const each of inner ? [inner, holder] : [holder]) {
    const value = attribute(each, 'codeListValue') || each.text.trim()
    if (value !== '') return value
  }
  return ''
}

/** The text of a property: character string, anchor, date, address or number inside it. */
export function wordOf(holder: Element | null): string {
  if (holder === null) return ''
  const own = holder.text.trim()
  if (own !== '') return plainText(own)
  for (const child of holder.children) {
    if (child.name === 'PT_FreeText') continue
    const text = child.text.trim()
    if (text !== '') return plainText(text)
  }
  const free = descendants(holder, 'LocalisedCharacterString')[0] ?? descendants(holder, 'LocalisedURL')[0]
  return free ? plainText(free.text) : ''
}

/** The address an anchor of a property points to; '' without one. */
export function anchorOf(holder: Element | null): string {
  const anchor = children(holder, 'Anchor')[0]
  return anchor ? attribute(anchor, 'href') : attribute(holder, 'href')
}

/** The text of a property in every language it is given in. */
export function textsOf(holder: Element | null, languages: Languages): LangText {
  if (holder === null) return {}
  const texts: LangText = {}
  for (const each of descendants(holder, 'LocalisedCharacterString')) {
    const tag = languages.locales.get(attribute(each, 'locale'))
    const text = plainText(each.text)
    if (tag !== undefined && text !== '') texts[tag] ??= text
  }
  const own = wordOf(holder)
  if (own !== '' && !Object.values(texts).includes(own)) texts[languages.main] ??= own
  return texts
}
