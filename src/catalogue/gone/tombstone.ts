import type { Ctx } from '../../platform/context.ts'
import { TIME_ZONE } from '../../platform/days.ts'
import type { Locale } from '../../platform/i18n.ts'
import { isUuid } from '../../platform/ids.ts'
import type { Problem } from '../../platform/problem.ts'
import { problems } from '../problems.ts'
import { findTombstone } from './store.ts'

/** Why nobody can be shown this entry: removed (410, with its name and a way forward) or unknown (404). */
export async function whyNotHere(ctx: Pick<Ctx, 'db'>, id: string): Promise<Problem> {
  const stone = isUuid(id) ? await findTombstone(ctx.db, id) : undefined
  if (!stone) return problems.notFound()
  const day = (at: Date, locale: Locale) =>
    new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', {
      dateStyle: 'long',
      timeZone: TIME_ZONE,
    }).format(at)
  const { title, identifier, again } = stone
  const dates = (locale: Locale) => ({
    gone: day(stone.goneAt, locale),
    removed: day(stone.removedAt, locale),
  })
  return problems.removed({ title, identifier, again, de: dates('de'), en: dates('en') })
}
