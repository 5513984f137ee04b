import type { Locale } from '../../platform/i18n.ts'
import type { View } from '../../platform/view.ts'
import { resultTitle } from '../results/text.ts'
import type { QueryRecord } from './model.ts'

const words = {
  de: { ask: 'Abfrage', to: 'an', by: 'nach', and: ' und ' },
  en: { ask: 'Question', to: 'about', by: 'by', and: ' and ' },
}

/** What a question is called: as the person named it, else after what it shows, else after the tables it asks. Never raw SQL. */
export function queryTitle(view: View, query: Pick<QueryRecord, 'title' | 'columns' | 'sql'>): string {
  if (query.title) return query.title
  if (query.columns.length) return resultTitle(view, query.columns)
  return titleOfSql(query.sql, view.locale)
}

/** A few words about an unanswered question, from the tables and the split its SQL names. Understands no SQL beyond that. */
export function titleOfSql(sql: string, locale: Locale): string {
  const t = words[locale]
  const flat = sql
    .replace(/--[^\n]*/g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/\s+/g, ' ')
  const own = new Set([...flat.matchAll(/\b([a-z_]\w*)\s+AS\s*\(/gi)].map((m) => m[1]!.toLowerCase()))
  const named = [...flat.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]\w*)/gi)].map((m) => m[1]!)
  const tables = [...new Set(named)].filter((name) => !own.has(name.toLowerCase())).slice(0, 3)
  const split = /\bGROUP BY\s+([\w., ]+?)(?=\s+(?:ORDER|HAVING|LIMIT|UNION)\b|[);]|$)/i.exec(flat)?.[1]
  const by = (split ?? '')
    .split(',')
    .map((name) => name.trim().split('.').at(-1) ?? '')
    .filter((name) => /^[a-z_]\w*$/i.test(name))
    .slice(0, 3)
  const parts = [t.ask]
  if (tables.length) parts.push(t.to, tables.join(t.and))
  if (by.length) parts.push(t.by, by.join(t.and))
  return parts.join(' ')
}
