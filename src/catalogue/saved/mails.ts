import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { errorFields } from '../../platform/log.ts'
import { sendMail } from '../../platform/mail.ts'
import { emailsOf, wishesOf } from '../../identity/service.ts'
import { holderLine } from '../entries/holder-line.ts'
import type { EntrySummary } from '../entries/model.ts'
import { signLink } from './links.ts'
import { messages } from './messages.ts'
import { isDue } from './model.ts'
import type { SavedSearch } from './model.ts'
import { publicNews } from './service.ts'
import { deleteRemoved, claimNews, listWriting } from './store.ts'

type News = { readonly search: SavedSearch; readonly entries: readonly EntrySummary[] }

const SHOWN = 10
const DAY = 86_400_000

/** Writes to everybody whose saved searches are due and have news; answers with how many mails. One mail per person. */
export async function tellSavedSearches(ctx: Ctx): Promise<number> {
  await deleteRemoved(ctx.db, new Date(ctx.now.getTime() - DAY))
  const due = (await listWriting(ctx.db)).filter((search) => isDue(search, ctx.now))
  const people = Map.groupBy(due, (search) => search.personId)
  const wishes = await wishesOf(ctx, [...people.keys()])
  let sent = 0
  for (const [personId, searches] of people) {
    // Who has said in her account that she wants no collected mail gets none, whatever she has saved.
    if (wishes.get(personId)?.digest === 'never') continue
    // One search that can not be answered must not keep the mails of all others back.
    sent += await tellPerson(ctx, personId, searches).catch((error: unknown) => {
      ctx.log.error(errorFields(error), 'saved searches of one person')
      return 0
    })
  }
  return sent
}

async function tellPerson(ctx: Ctx, personId: string, searches: readonly SavedSearch[]): Promise<number> {
  const news: News[] = []
  for (const search of searches)
    news.push({ search, entries: await publicNews(ctx, search.query, search.toldAt) })
  return transact(ctx, async (ctx) => {
    const fresh: News[] = []
    for (const each of news)
      if ((await claimNews(ctx.db, each.search, ctx.now)) && each.entries.length > 0) fresh.push(each)
    const to = fresh.length > 0 ? (await emailsOf(ctx, [personId])).get(personId) : undefined
    if (!to) return 0
    await sendMail(ctx, { to: to.email, ...compose(ctx, personId, fresh) })
    return 1
  })
}

function compose(ctx: Ctx, personId: string, news: readonly News[]) {
  const { locale } = news[0]!.search
  const text = messages[locale]
  const link = (path: string) => `${ctx.config.url}${locale === 'en' ? '/en' : ''}${path}`
  const parts = news.map(({ search, entries }) =>
    [
      text.mailHeading({ name: search.name, n: entries.length }),
      ...entries
        .slice(0, SHOWN)
        .map(
          (entry) =>
            `- ${entry.title} (${holderLine(locale, entry)})\n  ${link(`/catalogue/datasets/${entry.id}`)}`,
        ),
      ...(entries.length > SHOWN ? [text.mailMore({ n: entries.length - SHOWN })] : []),
      text.mailStop({ url: link(`/catalogue/saved/stop/${signLink(ctx.config.secret, 'stop', search.id)}`) }),
    ].join('\n'),
  )
  return {
    subject:
      news.length === 1
        ? text.mailSubject({ name: news[0]!.search.name })
        : text.mailSubjects({ n: news.length }),
    text: [text.mailHello, ...parts, text.mailAll({ url: link('/catalogue/saved') })].join('\n\n'),
    unsubscribe: `${ctx.config.url}/api/v1/catalogue/saved/stop/${signLink(ctx.config.secret, 'stop-all', personId)}`,
  }
}
