import { blank, iri, literal, triple, type NodeTerm } from '../../rdf/terms.ts'
import { CSVW, DCT, RDF, XSD, prefixes } from '../../rdf/vocabularies.ts'
import type { Column } from '../model.ts'
import { isOfType, objectsOf, statements, take, type GraphReader } from './graph.ts'
import { node, type Writer } from './writer.ts'

const TYPES: Record<Column['type'], string | null> = {
  integer: XSD.integer.value,
  decimal: XSD.decimal.value,
  boolean: XSD.boolean.value,
  date: XSD.date.value,
  datetime: XSD.dateTime.value,
  time: XSD.time.value,
  year: XSD.gYear.value,
  text: XSD.string.value,
  empty: null,
}

const UNIT = iri(`${prefixes.schema}unitText`)

/** States the columns as a CSV-on-the-Web schema the dataset conforms to; whether a column is personal stays in the house. */
export function writeColumns(writer: Writer, self: NodeTerm, columns: Column[]): void {
  if (columns.length === 0) return
  const schema = node(writer, null)
  writer.quads.push(
    triple(self, DCT.conformsTo, schema),
    triple(schema, RDF.type, DCT.Standard),
    triple(schema, RDF.type, CSVW.Schema),
  )
  let from: NodeTerm = schema
  let link = CSVW.column
  for (const column of columns) {
    const cell = node(writer, null)
    writer.quads.push(triple(from, link, cell), triple(cell, RDF.first, writeColumn(writer, column)))
    from = cell
    link = RDF.rest
  }
  writer.quads.push(triple(from, link, RDF.nil))
}

function writeColumn(writer: Writer, column: Column): NodeTerm {
  const self = node(writer, null)
  const type = TYPES[column.type]
  writer.quads.push(triple(self, RDF.type, CSVW.Column), triple(self, CSVW.name, literal(column.name)))
  if (column.meaning) writer.quads.push(triple(self, DCT.description, literal(column.meaning, 'de')))
  if (type) writer.quads.push(triple(self, CSVW.datatype, iri(type)))
  if (column.unit) writer.quads.push(triple(self, UNIT, literal(column.unit)))
  return self
}

/** Columns of a schema written as above; foreign schemas stay unknown. */
export function takeColumns(reader: GraphReader, from: NodeTerm): Column[] {
  const columns: Column[] = []
  for (const { quad, node: schema } of objectsOf(reader, from, DCT.conformsTo)) {
    if (schema?.termType !== 'BlankNode' || !isOfType(reader, schema, CSVW.Schema)) continue
    take(reader, quad)
    for (const inner of statements(reader, schema, RDF.type)) take(reader, inner)
    takeList(reader, schema, columns)
  }
  return columns
}

function takeList(reader: GraphReader, schema: NodeTerm, columns: Column[]): void {
  let quad = statements(reader, schema, CSVW.column)[0]
  // A list can bite its own tail: the number of steps is bounded.
  while (quad && columns.length < 5000) {
    take(reader, quad)
    if (quad.object.termType !== 'BlankNode') return
    const cell = blank(quad.object.value)
    const first = statements(reader, cell, RDF.first)[0]
    if (first?.object.termType === 'BlankNode') {
      take(reader, first)
      columns.push(takeColumn(reader, blank(first.object.value)))
    }
    quad = statements(reader, cell, RDF.rest)[0]
  }
}

function takeColumn(reader: GraphReader, self: NodeTerm): Column {
  const value = (predicate: typeof CSVW.name): string | null => {
    const quad = statements(reader, self, predicate)[0]
    if (quad) take(reader, quad)
    return quad?.object.value ?? null
  }
  value(RDF.type)
  const type = value(CSVW.datatype)
  const known = (Object.keys(TYPES) as Column['type'][]).find((t) => TYPES[t] === type)
  return {
    name: value(CSVW.name) ?? '',
    meaning: value(DCT.description) ?? '',
    type: known ?? 'text',
    unit: value(UNIT),
    personal: false,
  }
}
