import { readFile } from 'node:fs/promises'
import { haveFixtures, readCorpus } from '../test/search-quality/corpus.ts'
import type { Judged } from '../test/search-quality/measure.ts'
import { indexEngine, measure, postgresEngine } from '../test/search-quality/measure.ts'

const figure = (value: number) => value.toFixed(3).padStart(7)

/** The judged queries answered by the index and by PostgreSQL's full text: nDCG@10 and recall, as a whole and by kind. */
export async function bench(say: (line: string) => void): Promise<void> {
  if (!haveFixtures) return say('no fixture catalogues here: nothing measured')
  const judged = JSON.parse(await readFile('test/search-quality/judged.json', 'utf8')) as Judged[]
  const entries = await readCorpus()
  say(`${judged.length} judged queries over ${entries.length} entries`)
  const postgres = await postgresEngine(entries)
  const ours = await measure(indexEngine(entries), judged)
  const plain = await measure(postgres, judged)
  say('kind          n   nDCG@10 index  PostgreSQL   recall index  PostgreSQL')
  for (const [kind, own] of ours) {
    const other = plain.get(kind)!
    say(
      `${kind.padEnd(12)}${String(own.n).padStart(4)}  ${figure(own.ndcg)}  ${figure(other.ndcg)}      ${figure(own.recall)}  ${figure(other.recall)}`,
    )
  }
  await postgres.close()
}
