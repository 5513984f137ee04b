import type { Locale } from '../../platform/i18n.ts'
import { words } from '../messages.ts'
import type { EntrySummary } from './model.ts'

/** Whose an entry is, as one line beside its title; before a service it says that it is one. */
export function holderLine(
  locale: Locale,
  { kind, holderName }: Pick<EntrySummary, 'kind' | 'holderName'>,
): string {
  return kind === 'service' ? `${words[locale].kinds.service} · ${holderName}` : holderName
}
