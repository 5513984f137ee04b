import { messages } from '../messages.ts'

/** „Tabelle“, or „Tabelle 2“ where there are several. */
export function tableTitle(locale: 'de' | 'en', count: number, index: number): string {
  const t = messages[locale]
  return count === 1 ? t.table : t.tableTitle({ n: index + 1 })
}
