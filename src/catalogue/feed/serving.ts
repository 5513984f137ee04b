import type { Ctx } from '../../platform/context.ts'
import { iri, isIri, triple, type Quad } from '../../rdf/terms.ts'
import { DCAT } from '../../rdf/vocabularies.ts'
import { listServing } from '../entries/serving.ts'
import { nameOf, type DatasetRecord } from '../model.ts'

/** An entry of a feed with the address it is written under. */
export type Addressed = { readonly id: string; readonly record: DatasetRecord; readonly uri: string }

/** More services than that serve no page of a real feed. */
const MOST = 1000

/**
 * `dcat:servesDataset` from the side of the data: the German shapes want it to lead to a dataset of the same document, so it
 * stands where the dataset is described, for the public services that are not described there themselves.
 */
export async function servingQuads(ctx: Ctx, entries: readonly Addressed[]): Promise<Quad[]> {
  const named = datasetsByName(entries)
  if (named.size === 0) return []
  const own = new Set(entries.map((each) => each.id))
  // Whoever reads a feed may know of public services; of others this would be the first word.
  const services = await listServing({ ...ctx, actor: { kind: 'anonymous' } }, [...named.keys()], MOST)
  return services
    .filter((service) => !own.has(service.id))
    .flatMap(({ id, uri, serves }) => {
      const self = uri ?? `${ctx.config.url}/catalogue/datasets/${id}`
      if (!isIri(self)) return []
      const datasets = new Set(serves.flatMap((name) => named.get(name) ?? []))
      return [...datasets].map((dataset) => triple(iri(self), DCAT.servesDataset, iri(dataset)))
    })
}

function datasetsByName(entries: readonly Addressed[]): Map<string, string> {
  const named = new Map<string, string>()
  for (const { record, uri } of entries) {
    const own = record.uri ?? uri
    if (record.service || !isIri(own)) continue
    for (const name of [own, record.identifier, ...record.otherIdentifiers])
      if (name) named.set(nameOf(name), own)
  }
  return named
}
