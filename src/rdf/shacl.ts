import { DataFactory, Store } from 'n3'
import { Validator } from 'shacl-engine'
import type { Quad } from './terms.ts'

/** One broken rule of a shape. `path` is the predicate IRI where the shape names a single one. */
export type ShaclResult = {
  severity: 'violation' | 'warning' | 'info'
  focus: string
  path: string | null
  value: string | null
  message: string
  shape: string
}

/**
 * Validates statements against shapes. Beware: shapes without a target check nothing, so test each shape set with a
 * file known to be bad.
 */
export async function validateShacl(data: Quad[], shapes: Quad[]): Promise<ShaclResult[]> {
  const validator = new Validator(new Store(shapes), { factory: DataFactory })
  const report = await validator.validate({ dataset: new Store(data) })
  return report.results.map((result) => ({
    severity: severityOf(result.severity.value),
    focus: result.focusNode?.term?.value ?? '',
    path: result.path?.[0]?.predicates?.[0]?.value ?? null,
    value: result.value?.term?.value ?? null,
    message: result.message[0]?.value ?? '',
    shape: result.shape?.ptr?.term?.value ?? '',
  }))
}

function severityOf(iri: string): ShaclResult['severity'] {
  if (iri.endsWith('#Warning')) return 'warning'
  return iri.endsWith('#Info') ? 'info' : 'violation'
}
