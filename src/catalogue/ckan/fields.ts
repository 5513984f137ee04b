import { cleanText } from '../formats/plain-text.ts'

/** A JSON object of a source. */
export type Json = Record<string, unknown>

/** True for objects that are no lists. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A scalar as cleaned text; '' for everything else. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The fields of a package with its extras, and which of them were read. Fields of the package come before extras. */
export type Fields = { values: Map<string, unknown>; taken: Set<string> }

/** Fields of an object; `extras` may be a list of key and value, or an object (before CKAN 2). At most 2 000 are looked at. */
export function fieldsOf(json: Json): Fields {
  const values = new Map<string, unknown>()
  for (const [key, value] of Object.entries(json).slice(0, MAX_FIELDS))
    if (key !== 'extras' && !isBlank(value)) values.set(key, value)
  for (const [key, value] of extrasOf(json['extras']))
    if (!values.has(key) && !isBlank(value) && values.size < MAX_FIELDS) values.set(key, value)
  return { values, taken: new Set() }
}

const MAX_FIELDS = 2000

function extrasOf(extras: unknown): [string, unknown][] {
  if (isObject(extras)) return Object.entries(extras)
  if (!Array.isArray(extras)) return []
  return extras.slice(0, MAX_FIELDS).flatMap((extra: unknown): [string, unknown][] => {
    if (!isObject(extra) || typeof extra['key'] !== 'string' || extra['state'] === 'deleted') return []
    return [[extra['key'], extra['value']]]
  })
}

function isBlank(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    value === '[]' ||
    value === '{}'
  )
}

/** The first of these fields that is there, marked as read; text that holds JSON is given as JSON. */
export function value(fields: Fields, ...keys: string[]): unknown {
  for (const key of keys) {
    if (!fields.values.has(key)) continue
    fields.taken.add(key)
    return parsed(fields.values.get(key))
  }
  return undefined
}

/** The first of these fields as text; a list gives its first member. */
export function text(fields: Fields, ...keys: string[]): string | null {
  for (const key of keys) {
    const found = value(fields, key)
    const plain = asText(Array.isArray(found) ? found[0] : found)
    if (plain !== '') return plain
    if (found !== undefined) fields.taken.delete(key)
  }
  return null
}

/** The first of these fields that `parse` understands; what it does not understand stays unread and is kept. */
export function understood<T>(fields: Fields, keys: string[], parse: (text: string) => T | null): T | null {
  for (const key of keys) {
    const found = parsed(fields.values.get(key))
    const result = parse(asText(Array.isArray(found) ? found[0] : found))
    if (result === null) continue
    fields.taken.add(key)
    return result
  }
  return null
}

/** The first of these fields as texts: a list, JSON of a list, or one text cut at commas when `cut`. */
export function texts(fields: Fields, keys: string[], cut = false): string[] {
  const found = value(fields, ...keys)
  const list = Array.isArray(found) ? found : cut && typeof found === 'string' ? found.split(',') : [found]
  return list
    .slice(0, MAX_LIST)
    .flatMap((item) => asText(isObject(item) ? (item['uri'] ?? item['name']) : item) || [])
}

const MAX_LIST = 5000

/** The first of these fields as objects; one object counts as a list of one. */
export function objects(fields: Fields, ...keys: string[]): Json[] {
  const found = value(fields, ...keys)
  const list = Array.isArray(found) ? found : [found]
  return list.slice(0, MAX_LIST).filter(isObject)
}

function parsed(found: unknown): unknown {
  if (typeof found !== 'string' || !/^\s*[[{]/.test(found) || found.length > 1_000_000) return found
  try {
    return JSON.parse(found) as unknown
  } catch {
    return found
  }
}

/** Fields nobody read, as `key=value`; `house`: names that say nothing about the data. */
export function untaken(fields: Fields, house: ReadonlySet<string>): string[] {
  const rest: string[] = []
  for (const [key, found] of fields.values) {
    if (fields.taken.has(key) || house.has(key) || rest.length >= MAX_KEPT) continue
    const shown = typeof found === 'string' ? cleanText(found) : stringified(found)
    if (shown !== '') rest.push(`${cleanText(key)}=${shown}`)
  }
  return rest
}

const MAX_KEPT = 300

function stringified(found: unknown): string {
  try {
    return cleanText(JSON.stringify(found) ?? '')
  } catch {
    return ''
  }
}
