import { basename } from 'node:path'
import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { proposeRoles } from '../ingest/propose.ts'
import { load, stop } from './arguments.ts'

/** `ingest FILE`: rows, columns with types and proposed roles, findings; nothing is stored. */
export async function runIngest(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [path = stop('Name a file: sandbox ingest FILE')] = args.words
  const { name, source } = await load(path)
  const roles = proposeRoles(source, name)
  const columns = source.columns.map(({ values: _values, ...column }, i) => ({
    ...column,
    name: roles.columns[i]?.name,
    role: roles.columns[i]?.role,
  }))
  if (io.json)
    io.out(
      JSON.stringify(
        { file: basename(path), rows: source.rows, columns, roles, findings: source.findings },
        null,
        2,
      ),
    )
  else {
    io.out(`${source.rows} rows, ${columns.length} columns`)
    for (const c of columns) io.out(`${c.name}\t${c.type}\t${c.role}\t${c.missing} missing`)
    for (const f of source.findings) io.note(f.text.en)
  }
  return 0
}
