import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ColumnSpec } from '../engine/roles.ts'
import { proposeRoles } from './propose.ts'
import { readSource } from './source.ts'

const shared = join(import.meta.dirname, '../../../../shared/fixtures')

/** What a file was read as, in a few lines: form, rows, columns with types and proposed roles, findings. */
async function described(root: string, file: string): Promise<string> {
  const read = await readSource(readFileSync(join(root, file)), basename(file))
  if ('refused' in read)
    return [file, `  refused: ${read.findings.map((f) => f.code).join(' ')}`, ''].join('\n')
  const { form } = read
  const how = [
    form.format,
    form.packed,
    form.encoding,
    form.delimiter && `“${form.delimiter}”`,
    form.headerRow !== null && `header ${form.headerRow}`,
    `${read.rows} rows`,
  ]
  const spec = proposeRoles(read, 't')
  const columns = spec.columns.map((c) => `${c.source.replaceAll(/\s+/g, ' ')} ${c.type} ${roleWords(c)}`)
  const findings = read.findings
    .filter((f) => f.code !== 'read-as')
    .map((f) => (f.where ? `${f.code}(${f.where})` : f.code))
  return [
    file,
    `  ${how.filter(Boolean).join(', ')}`,
    `  ${columns.join(' | ')}`,
    ...(findings.length > 0 ? [`  found: ${findings.join(' ')}`] : []),
    '',
  ].join('\n')
}

function roleWords(column: ColumnSpec): string {
  if (column.role === 'measure') return `measure ${column.lower}..${column.upper}`
  if (column.role === 'unit') return `unit ${column.unitType}`
  const coarser = column.role === 'dimension' ? column.generalisations.map((g) => g.name) : []
  return coarser.length > 0 ? `dimension (${coarser.join(' ')})` : column.role
}

describe.skipIf(!existsSync(shared))(
  `files of German towns${existsSync(shared) ? '' : ' (skipped: ../shared/fixtures is missing)'}`,
  () => {
    test.each([
      ['cities', /./],
      ['disclosure', /\.csv(\.gz)?$/],
    ])(
      'every file of %s is read as the table says, or refused with the true reason',
      async (folder, which) => {
        const root = join(shared, folder)
        const files = readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((e) => e.isFile() && which.test(e.name))
          .map((e) => join(e.parentPath, e.name).slice(root.length + 1))
          .sort()
        const parts: string[] = []
        for (const file of files) parts.push(await described(root, file))
        expect(files.length).toBeGreaterThan(40)
        await expect(parts.join('\n')).toMatchFileSnapshot(`./${folder}.golden`)
      },
      180_000,
    )
  },
)
