import type { Db } from '../../platform/db.ts'
import type { Log } from '../../platform/log.ts'
import { errorFields } from '../../platform/log.ts'
import type { Collection } from '../engine/collection.ts'
import { countLive, dueMerge, withMerged } from '../engine/collection.ts'
import { unpack } from '../engine/packing.ts'
import { buildIndex } from './building.ts'
import { countEntries } from './documents.ts'
import type { Followed } from './following.ts'
import { LINES, takeIn } from './following.ts'
import { isBeforeFloor } from './log.ts'
import { loadSnapshot, saveSnapshot } from './snapshot.ts'
import type { Workshop } from './workshop.ts'
import { createWorkshop, rememberPacked } from './workshop.ts'

declare module '../../platform/context.ts' {
  interface Resources {
    catalogueIndex: LiveIndex
  }
}

/** The search index of this process: loaded or built when first asked for, and kept up with the log from then on. */
export type LiveIndex = {
  /** The index with all that is committed; undefined while that of a large catalogue is still being loaded or built. */
  readonly current: () => Promise<Collection | undefined>
  /** Waits until the index is there. */
  readonly ready: () => Promise<Collection>
  /** Builds the index from the entries anew and puts it in the place of the old; answers with how many they are. */
  readonly rebuild: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Where an index lives: its database, its file, its thread. */
type Place = { readonly db: Db; readonly path: string; readonly log: Log; readonly workshop: Workshop }

/** One change of the index at a time; searches that arrive together wait for the same one. */
type Turns = <T>(work: () => Promise<T>) => Promise<T>

const FOLLOW_MS = 1500
const SAVE_MS = 300_000
/** Up to this size the first search waits for the index; above it the database answers meanwhile. */
const QUICK = 1500

function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** The index of a database with its file in `dir`. Nothing is read before the first call. */
export function createLiveIndex(given: {
  readonly db: Db
  readonly dir: string
  readonly log: Log
}): LiveIndex {
  const place: Place = {
    db: given.db,
    log: given.log,
    path: `${given.dir}/catalogue-index.bin`,
    workshop: createWorkshop(),
  }
  const inTurn = createTurns()
  let opening: Promise<Followed> | undefined
  let followed: Followed | undefined
  let stop: () => Promise<void> = async () => {}
  const open = async () => {
    followed = await openIndex(place)
    stop = keepUp(place, followed, inTurn)
    return followed
  }
  const opened = () => (opening ??= open().catch(forgetFailure))
  const forgetFailure = (error: unknown): never => {
    opening = undefined
    throw error
  }
  const caughtUp = async (index: Followed) => {
    await inTurn(() => takeIn(place.db, index, place.workshop, 'search'))
    return index.collection
  }
  return {
    current: async () => {
      if (followed) return caughtUp(followed)
      if (!(await isQuick(place.db))) {
        opened().catch((error: unknown) => place.log.error(errorFields(error), 'search index'))
        return undefined
      }
      return caughtUp(await opened())
    },
    ready: async () => caughtUp(await opened()),
    rebuild: async () => {
      const index = await opened()
      await renew(place, index, inTurn)
      return countLive(index.collection)
    },
    close: async () => {
      await opening?.catch(() => undefined)
      await stop()
      await place.workshop.close()
    },
  }
}

const isQuick = async (db: Db) => (await countEntries(db, QUICK + 1)) <= QUICK

/** The index from its file where that is of use, else built from the entries (and then written). */
async function openIndex(place: Place): Promise<Followed> {
  const saved = await loadSnapshot(place.path)
  if (saved && !(await isBeforeFloor(place.db, saved.position))) {
    const followed: Followed = { ...saved, ahead: new Set() }
    while ((await takeIn(place.db, followed, place.workshop, 'all')) === LINES);
    const live = countLive(followed.collection)
    // A file of another database, or of one that was set back, does not fit.
    if ((await countEntries(place.db, live + 2)) === live) return followed
  }
  return build(place)
}

async function build(place: Place): Promise<Followed> {
  const built = await buildIndex(place.db, place.workshop)
  if (built.learned > QUICK) await saveSnapshot(place.path, built)
  return { ...built, ahead: new Set() }
}

/** Builds anew beside the old index, which answers until then. */
async function renew(place: Place, followed: Followed, inTurn: Turns): Promise<void> {
  const built = await build(place)
  await inTurn(async () => void Object.assign(followed, built))
}

/** True once the catalogue has so outgrown its lexicon that words should be learned again. */
function isOutgrown({ collection, learned }: Followed): boolean {
  return countLive(collection) > 3 * learned + 500
}

/** Follows the log until stopped: takes in what came, merges layers in the thread, writes the file now and then. */
function keepUp(place: Place, followed: Followed, inTurn: Turns): () => Promise<void> {
  let stopped = false
  let saved = { revision: followed.collection.revision, at: Date.now() }
  let running: Promise<void> = Promise.resolve()
  const step = async () => {
    const read = await inTurn(() => takeIn(place.db, followed, place.workshop, 'all'))
    await mergeIfDue(place, followed, inTurn)
    if (read < LINES && ((await isBeforeFloor(place.db, followed.position)) || isOutgrown(followed)))
      await renew(place, followed, inTurn)
    const { revision } = followed.collection
    if (revision !== saved.revision && Date.now() - saved.at > SAVE_MS && followed.learned > QUICK) {
      saved = { revision, at: Date.now() }
      await saveSnapshot(place.path, followed)
    }
    return read
  }
  const round = async () => {
    try {
      while (!stopped && (await step()) === LINES);
    } catch (error) {
      if (!stopped) place.log.warn(errorFields(error), 'search index')
    }
    if (!stopped) plan()
  }
  let timer: NodeJS.Timeout | undefined
  const plan = () => {
    timer = setTimeout(() => (running = round()), FOLLOW_MS)
    timer.unref()
  }
  plan()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}

async function mergeIfDue(place: Place, followed: Followed, inTurn: Turns): Promise<void> {
  const due = dueMerge(followed.collection)
  if (!due) return
  const packed = await place.workshop.merge(due.layers)
  const segment = rememberPacked(unpack(packed), packed)
  await inTurn(async () => {
    followed.collection = withMerged(followed.collection, { ...due, segment })
  })
}
