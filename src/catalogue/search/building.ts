import type { Db } from '../../platform/db.ts'
import { createBuilder } from '../engine/build.ts'
import type { Collection } from '../engine/collection.ts'
import { countLive, layerOf } from '../engine/collection.ts'
import { analyserOf } from '../engine/analyse.ts'
import { learnWords, lexiconOf } from '../engine/lexicon.ts'
import type { Layer } from '../engine/merge.ts'
import { unpack } from '../engine/packing.ts'
import { countEntries, readDocuments } from './documents.ts'
import { positionNow } from './log.ts'
import type { Saved } from './snapshot.ts'
import type { Workshop } from './workshop.ts'
import { rememberPacked } from './workshop.ts'

/** Catalogues up to this size are indexed in this thread: starting another one would take longer. */
const SMALL = 1500
const BATCH = 400
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Builds the index from the entries: read in batches, so that pages get their turn on the database in between. What changes
 * meanwhile is found in the log after the position the result carries.
 */
export async function buildIndex(db: Db, workshop: Workshop): Promise<Saved> {
  const position = await positionNow(db)
  const small = (await countEntries(db, SMALL + 1)) <= SMALL
  const collection = small ? await buildHere(db) : await buildThere(db, workshop)
  return { collection, position, learned: countLive(collection) }
}

async function buildHere(db: Db): Promise<Collection> {
  const builder = createBuilder()
  for await (const documents of batches(db)) for (const document of documents) builder.add(document)
  const words = learnWords(builder.wordCounts())
  const lexicon = lexiconOf(words)
  const analyse = analyserOf(lexicon)
  const layers = builder.size() > 0 ? [layerOf(builder.seal(analyse))] : []
  return { layers, lexicon, analyse, revision: 1 }
}

/** As many entries as are sealed at once: what the thread holds of them meanwhile stays below a hundred megabytes. */
const PART = 30_000

// Words are learned from the first part: what is frequent stands there too.
async function buildThere(db: Db, workshop: Workshop): Promise<Collection> {
  const layers: Layer[] = []
  let words: readonly string[] | undefined
  let waiting = 0
  // The next batch is read while the thread takes this one.
  let taken: Promise<void> = Promise.resolve()
  const seal = async () => {
    await taken
    const sealed = await workshop.seal(words)
    words = sealed.words
    layers.push(layerOf(rememberPacked(unpack(sealed.packed), sealed.packed)))
    waiting = 0
  }
  for await (const documents of batches(db)) {
    await taken
    taken = workshop.add(documents)
    waiting += documents.length
    if (waiting >= PART) await seal()
  }
  if (waiting > 0 || !words) await seal()
  const lexicon = lexiconOf(words)
  return { layers, lexicon, analyse: analyserOf(lexicon), revision: 1 }
}

async function* batches(db: Db) {
  let after = FIRST
  for (;;) {
    const documents = await readDocuments(db, { after, limit: BATCH })
    if (documents.length === 0) return
    yield documents
    after = documents.at(-1)!.id
    await new Promise((resume) => setImmediate(resume))
  }
}
