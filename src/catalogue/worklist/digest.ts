import type { Ctx } from '../../platform/context.ts'
import { defineMessages } from '../../platform/i18n.ts'
import type { Locale } from '../../platform/i18n.ts'
import { fixText } from './fix-texts.ts'
import type { Worklist } from './service.ts'

const messages = defineMessages({
  de: {
    subject: (p: { house: string }) => `Datensätze, die Pflege brauchen: ${p.house}`,
    hello: 'Guten Tag,',
    lead: 'diese Einträge Ihres Hauses brauchen Pflege. Was am meisten bringt, steht oben.',
    overdue: 'Aktualisierung überfällig',
    gain: (p: { what: string; n: number }) => `${p.what} (${p.n} Punkte)`,
    all: 'Die ganze Liste:',
    wishes: 'Sie möchten diese Nachricht nicht mehr? Hier stellen Sie es ein:',
  },
  en: {
    subject: (p: { house: string }) => `Datasets that need care: ${p.house}`,
    hello: 'Hello,',
    lead: 'these entries of your house need care. What brings most comes first.',
    overdue: 'update overdue',
    gain: (p: { what: string; n: number }) => `${p.what} (${p.n} points)`,
    all: 'The whole list:',
    wishes: 'You do not want this message any more? Set it here:',
  },
})

/** The weekly mail to a house's holders. */
export function composeDigest(
  ctx: Pick<Ctx, 'config'>,
  list: Pick<Worklist, 'house' | 'items'>,
  locale: Locale,
): { subject: string; text: string } {
  const text = messages[locale]
  const base = ctx.config.url + (locale === 'en' ? '/en' : '')
  const lines = list.items.map((item) => {
    const first = item.fixes[0]
    const notes = [
      ...(item.staleness === 'overdue' ? [text.overdue] : []),
      ...(first ? [text.gain({ what: fixText(first.id)[locale], n: first.gain })] : []),
    ]
    return `- ${item.title}: ${notes.join('; ')}\n  ${base}/catalogue/datasets/${item.id}`
  })
  return {
    subject: text.subject({ house: list.house.name }),
    text: [
      text.hello,
      '',
      text.lead,
      '',
      ...lines,
      '',
      text.all,
      `${base}/catalogue/quality/${list.house.id}`,
      '',
      text.wishes,
      `${base}/identity/account`,
    ].join('\n'),
  }
}
