declare module 'shacl-engine' {
  import type { DataFactory, DatasetCore, NamedNode, Literal, Term } from '@rdfjs/types'
  type Step = { predicates: NamedNode[] }
  type ValidationResult = {
    focusNode: { term: Term | null }
    path: Step[] | null
    value: { term: Term | null } | null
    message: Literal[]
    severity: NamedNode
    shape: { ptr: { term: Term | null } }
  }
  export class Validator {
    constructor(shapes: DatasetCore, options: { factory: DataFactory })
    validate(data: { dataset: DatasetCore }): Promise<{ conforms: boolean; results: ValidationResult[] }>
  }
}
