import { dirname } from 'node:path'
import { proposeRoles } from '../ingest/propose.ts'
import { batchesInOrder, readSourceFile } from '../ingest/source.ts'
import type { Source } from '../ingest/column.ts'
import type { SourceRow } from './contract.ts'
import { state } from './engine.ts'
import type { Reply, Request } from './protocol.ts'

const reading: { source?: Source; rows?: AsyncGenerator<SourceRow[]> } = {}

/** Reads an uploaded file: what may be said of it without its rows, and the roles proposed. */
export async function read(request: Extract<Request, { op: 'read' }>): Promise<Reply['read']> {
  // The opened upload goes when the hub goes.
  state.folder = dirname(request.file)
  const source = await readSourceFile(request.file, request.filename)
  if ('refused' in source) return source
  reading.source = source
  const { form, columns, rows, findings } = source
  return { facts: { form, columns, rows, findings }, spec: proposeRoles(source, request.table) }
}

/** The next rows of the file that was read, in the order of a table's columns; null after the last. */
export async function rows(request: Extract<Request, { op: 'rows' }>): Promise<Reply['rows']> {
  if (!reading.source) throw new Error('nothing was read')
  reading.rows ??= batchesInOrder(reading.source, request.spec)
  const next = await reading.rows.next()
  return next.done ? null : next.value
}
