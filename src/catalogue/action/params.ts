import { invalid } from './errors.ts'

/** What a client sent, by query string or JSON. */
export type Params = Readonly<Record<string, unknown>>

/** A text; undefined if it was not sent or is empty. Numbers are taken as their digits. */
export function textOf(params: Params, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw invalid(name, 'Must be a string')
}

/** A text that must be there. */
export function needText(params: Params, ...names: readonly string[]): string {
  for (const name of names) {
    const value = textOf(params, name)
    if (value !== undefined) return value
  }
  throw invalid(names[0]!, 'Missing value')
}

/** A whole number of at least 0, cut at `most`; `otherwise` if it was not sent. */
export function wholeOf(params: Params, name: string, range: { most: number; otherwise: number }): number {
  const value = textOf(params, name)
  if (value === undefined) return range.otherwise
  if (!/^\d{1,9}$/.test(value)) throw invalid(name, 'Must be a natural number')
  return Math.min(Number(value), range.most)
}

/** A yes or no; no if it was not sent. */
export function flagOf(params: Params, name: string): boolean {
  const value = params[name]
  if (typeof value === 'boolean') return value
  return ['true', '1', 'yes', 'on', 't'].includes((textOf(params, name) ?? '').toLowerCase())
}

/** A list of texts, sent as JSON list, as one text, or several times. */
export function listOf(params: Params, name: string): string[] {
  const value = params[name]
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.flatMap((each) => listOf({ [name]: each }, name))
  const text = textOf(params, name)!
  return text.startsWith('[') ? readList(text, name) : [text]
}

function readList(text: string, name: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed) && parsed.every((each) => typeof each === 'string')) return parsed
  } catch {
    // Not JSON: a Solr range begins with the same bracket.
    return [text]
  }
  throw invalid(name, 'Must be a list of strings')
}
