import type { Db } from '../../platform/db.ts'
import { createBuilder } from '../engine/build.ts'
import type { Collection } from '../engine/collection.ts'
import { countLive, withChange } from '../engine/collection.ts'
import { unpack } from '../engine/packing.ts'
import type { SearchDocument, Segment } from '../engine/segment.ts'
import { readDocuments } from './documents.ts'
import type { LogLine, Position } from './log.ts'
import { listHidden, readLog } from './log.ts'
import type { Workshop } from './workshop.ts'
import { rememberPacked } from './workshop.ts'

/** An index on its way along the log. */
export type Followed = {
  collection: Collection
  position: Position
  /** Numbers of lines already taken in that lie beyond the position because an older transaction was open. */
  ahead: ReadonlySet<string>
  /** How many entries the lexicon's words were learned from. */
  learned: number
}

/** Lines read at once. */
export const LINES = 2000
/** Changes that a search takes in by itself; more wait for the thread. */
const AT_ONCE = 60
/** In a small catalogue a search waits for everything, so that what was just written is found. */
const SMALL = 5000

/** How far taking in goes: `search` only what is quick, `all` everything there is. */
export type Reach = 'search' | 'all'

/** Takes what has changed into the index; answers with how many lines were read. What has to be hidden is hidden at once. */
export async function takeIn(db: Db, followed: Followed, workshop: Workshop, reach: Reach): Promise<number> {
  const lines = await readLog(db, followed.position, LINES)
  const fresh = lines.filter((line) => !followed.ahead.has(line.seq))
  const ids = [...new Set(fresh.map((line) => line.entryId))]
  if (reach === 'search' && ids.length > AT_ONCE && countLive(followed.collection) + ids.length > SMALL) {
    await hide(db, followed, lines)
    return lines.length
  }
  if (ids.length > 0) {
    const segment = await sealDocuments(await readDocuments(db, { ids }), followed.collection, workshop)
    followed.collection = withChange(followed.collection, { gone: ids, segment })
  }
  moveOn(followed, lines)
  return lines.length
}

async function hide(db: Db, followed: Followed, lines: readonly LogLine[]): Promise<void> {
  const hidden = lines.filter((line) => line.hide).map((line) => line.entryId)
  const further = lines.length === LINES ? await listHidden(db, followed.position) : []
  const gone = [...new Set([...hidden, ...further])]
  if (gone.length > 0) followed.collection = withChange(followed.collection, { gone })
}

async function sealDocuments(
  documents: readonly SearchDocument[],
  collection: Collection,
  workshop: Workshop,
): Promise<Segment | undefined> {
  if (documents.length === 0) return undefined
  if (documents.length > 4 * AT_ONCE) {
    await workshop.add(documents)
    const { packed } = await workshop.seal(collection.lexicon.own)
    return rememberPacked(unpack(packed), packed)
  }
  const builder = createBuilder()
  for (const document of documents) builder.add(document)
  return builder.seal(collection.analyse)
}

function moveOn(followed: Followed, lines: readonly LogLine[]): void {
  // In order of transactions, so what is settled comes first.
  const settled = lines.filter((line) => line.settled)
  const last = settled.at(-1)
  if (last) followed.position = { xid: last.xid, seq: last.seq }
  followed.ahead = new Set(lines.filter((line) => !line.settled).map((line) => line.seq))
}
