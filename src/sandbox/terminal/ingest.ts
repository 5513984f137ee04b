import { basename } from 'node:path'
import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Finding } from '../../platform/finding.ts'
import { proposeRoles } from '../ingest/propose.ts'
import { readSource, readSourceFile } from '../ingest/source.ts'
import { bytesOf, stop, tableNameOf } from './arguments.ts'

/**
 * `ingest FILE`: how it was read, rows, columns with types, proposed roles, bounds and generalisations, findings in both
 * languages; nothing is stored. A file that cannot be a table ends with exit code 1 and the findings that say why.
 */
export async function runIngest(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [path = stop('Name a file: sandbox ingest FILE'), ...more] = args.words
  if (more.length > 0) stop('One file at a time: sandbox ingest FILE')
  const file = basename(path)
  const source = await readSourceFile(path, file).catch(async () => readSource(await bytesOf(path), file))
  if ('refused' in source) {
    if (io.json) io.out(JSON.stringify({ file, refused: true, findings: source.findings }, null, 2))
    say(source.findings, io)
    return 1
  }
  const roles = proposeRoles(source, tableNameOf(path))
  const columns = roles.columns.map((proposed, i) => {
    const { values: _values, ...seen } = { values: [], missing: 0, ...source.columns[i] }
    return { ...seen, ...proposed }
  })
  const { form, rows, findings } = source
  if (io.json) io.out(JSON.stringify({ file, form, rows, columns, roles, findings }, null, 2))
  else {
    io.out(`${rows} rows, ${columns.length} columns`)
    for (const c of columns) io.out(`${c.name}\t${c.type}\t${c.role}\t${c.missing} missing`)
    say(findings, io)
  }
  return 0
}

function say(findings: readonly Finding[], io: CommandIo): void {
  for (const f of findings) io.note(f.text.en)
}
