import type { DatasetRecord } from '../model.ts'
import type { Concept } from './taxonomy.ts'
import { conceptAddress, conceptAt } from './taxonomy.ts'

/** The record with exactly this model dataset among its references (at most one, DCAT-AP.de 1.10.1); null takes it out. */
export function withConcept(base: DatasetRecord, concept: Concept | null): DatasetRecord {
  const others = base.references.filter((each) => conceptAt(each) === undefined)
  return { ...base, references: concept ? [...others, conceptAddress(concept.id)] : others }
}

/** The model dataset a record names. */
export function statedIn(record: DatasetRecord): Concept | undefined {
  for (const address of record.references) {
    const concept = conceptAt(address)
    if (concept) return concept
  }
  return undefined
}
