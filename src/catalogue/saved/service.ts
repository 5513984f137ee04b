import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Localised } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { EntrySummary } from '../entries/model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { searchEntries } from '../search/service.ts'
import { readLink } from './links.ts'
import type { KeptQuery, SavedSearch } from './model.ts'
import type { ChangeSearch, SaveSearch } from './schema.ts'
import { changeInput, readQuery, saveInput } from './schema.ts'
import * as store from './store.ts'

/** More than anyone reads mails about. */
const MAX_PER_PERSON = 50

const sentences: Readonly<Record<'saved' | 'changed' | 'removed' | 'restored', Localised>> = {
  saved: { de: 'Eine Suche im Verzeichnis wurde gemerkt.', en: 'A search of the catalogue was saved.' },
  changed: { de: 'Eine gemerkte Suche wurde geändert.', en: 'A saved search was changed.' },
  removed: { de: 'Eine gemerkte Suche wurde entfernt.', en: 'A saved search was removed.' },
  restored: { de: 'Eine entfernte Suche wurde zurückgeholt.', en: 'A removed search was brought back.' },
}

function personOf(ctx: Ctx): string {
  if (ctx.actor.kind !== 'person') throw general.signIn()
  return ctx.actor.personId
}

async function note(ctx: Ctx, what: keyof typeof sentences, id: string): Promise<void> {
  await record(ctx, {
    event: `catalogue.search-${what}`,
    object: { type: 'search', id },
    summary: sentences[what],
  })
}

/** Keeps a search for the signed-in person. Refuses more than 50. */
export async function saveSearch(ctx: Ctx, input: SaveSearch): Promise<string> {
  requirePermission(ctx, policy, 'saveSearch')
  const { name, mail, query } = saveInput.parse(input)
  const personId = personOf(ctx)
  return transact(ctx, async (ctx) => {
    if ((await store.listSearchesOf(ctx.db, personId)).length >= MAX_PER_PERSON)
      throw problems.tooManySearches({ most: MAX_PER_PERSON })
    const id = newId(ctx.now.getTime())
    const kept = JSON.parse(JSON.stringify(readQuery(query))) as KeptQuery
    const { now, locale } = ctx
    await store.insertSearch(ctx.db, {
      id,
      personId,
      name,
      mail,
      query: kept,
      locale,
      createdAt: now,
      toldAt: now,
    })
    await note(ctx, 'saved', id)
    return id
  })
}

/** The saved searches of the signed-in person. */
export async function listSavedSearches(ctx: Ctx): Promise<SavedSearch[]> {
  requirePermission(ctx, policy, 'saveSearch')
  return store.listSearchesOf(ctx.db, personOf(ctx))
}

/** Changes name or mail of one's own saved search. */
export async function changeSearch(ctx: Ctx, input: ChangeSearch): Promise<void> {
  requirePermission(ctx, policy, 'saveSearch')
  const { id, name, mail } = changeInput.parse(input)
  await changeOwn(ctx, { id, change: { name, mail }, what: 'changed' })
}

/** Removes one's own saved search; until tomorrow it can be brought back. */
export async function removeSearch(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, policy, 'saveSearch')
  await changeOwn(ctx, { id, change: { removed_at: ctx.now }, what: 'removed' })
}

/** Brings a removed search of one's own back. */
export async function restoreSearch(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, policy, 'saveSearch')
  await changeOwn(ctx, { id, change: { removed_at: null }, what: 'restored' })
}

type OwnChange = {
  readonly id: string
  readonly change: Parameters<typeof store.updateSearch>[2]
  readonly what: keyof typeof sentences
}

async function changeOwn(ctx: Ctx, { id, change, what }: OwnChange): Promise<void> {
  const personId = personOf(ctx)
  await transact(ctx, async (ctx) => {
    if (!(await store.updateSearch(ctx.db, { id, personId }, change))) throw problems.notFound()
    await note(ctx, what, id)
  })
}

/** A search as everybody sees it, newest first: what feeds and mails tell of, since both leave the house. */
export async function publicNews(ctx: Ctx, query: KeptQuery, since?: Date): Promise<readonly EntrySummary[]> {
  const stranger: Ctx = { ...ctx, actor: { kind: 'anonymous' } }
  const { hits } = await searchEntries(stranger, {
    ...query,
    sort: 'newest',
    limit: 50,
    ...(since ? { modifiedSince: since.toISOString() } : {}),
  })
  return hits
}

/** The saved search behind the private address of its feed. Refuses with not found when it was removed. */
export async function searchOfFeed(ctx: Ctx, token: string): Promise<SavedSearch> {
  const id = readLink(ctx.config.secret, 'feed', token)
  const search = id && (await store.findSearch(ctx.db, id))
  if (!search) throw general.notFound()
  return search
}

/** Ends the mails of one search, or with a link for all of them of all of a person's; works without signing in. */
export async function stopByLink(ctx: Ctx, token: string): Promise<void> {
  const { search, personId } = await readStopLink(ctx, token)
  await transact(ctx, async (ctx) => {
    if (search) await store.updateSearch(ctx.db, search, { mail: 'never' })
    else await store.stopMailsOf(ctx.db, personId)
  })
}

/** What a stop link is about. Refuses links that are not ours. */
export async function readStopLink(
  ctx: Ctx,
  token: string,
): Promise<{ search: SavedSearch | undefined; personId: string }> {
  const all = readLink(ctx.config.secret, 'stop-all', token)
  if (all) return { search: undefined, personId: all }
  const id = readLink(ctx.config.secret, 'stop', token)
  const search = id && (await store.findSearch(ctx.db, id))
  if (!search) throw general.notFound()
  return { search, personId: search.personId }
}
