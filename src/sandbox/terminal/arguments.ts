import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { TableSpec } from '../engine/roles.ts'
import { identifierOf } from '../ingest/propose.ts'
import { readRoles } from '../ingest/roles-file.ts'
import { readSource, type Source } from '../ingest/source.ts'

/** Ends a command with exit code 2 and a sentence. */
class Unusable extends Error {}

type Option = CommandArgs['options'][string]

/** All values of an option that may be repeated; none for a flag or a missing one. */
export function texts(option: Option | undefined): string[] {
  return option === undefined || option === true ? [] : typeof option === 'string' ? [option] : [...option]
}

/** The first value of an option, undefined where it is not there; ends the command where it stands without a value. */
export function optional(args: CommandArgs, name: string): string | undefined {
  return args.options[name] === true ? stop(`--${name} needs a value`) : texts(args.options[name])[0]
}

/** The first value of an option; ends the command without one. */
export function need(args: CommandArgs, name: string): string {
  return optional(args, name) ?? stop(`--${name} is missing`)
}

/** A finite number; ends the command where the text is none or nothing is given and there is no fallback. */
export function numberOf(args: CommandArgs, name: string, fallback?: number): number {
  const text = optional(args, name)
  const value = text === undefined ? fallback : text.trim() === '' ? Number.NaN : Number(text)
  if (value === undefined) return stop(`--${name} is missing`)
  return Number.isFinite(value) ? value : stop(`--${name} must be a number`)
}

/** Ends the command as unusable. */
export function stop(reason: string): never {
  throw new Unusable(reason)
}

/** Turns unusable input into exit code 2 with one line, with `--json` also into a problem; other errors are faults. */
export function usable(run: (args: CommandArgs, io: CommandIo) => Promise<ExitCode>) {
  return async (args: CommandArgs, io: CommandIo): Promise<ExitCode> => {
    try {
      return await run(args, io)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      if (io.json) io.out(JSON.stringify(unusableProblem(error.message)))
      io.note(error.message.replaceAll(/\s+/g, ' '))
      return 2
    }
  }
}

function unusableProblem(detail: string): Record<string, unknown> {
  return { type: '/problems/sandbox/unusable', title: 'The input cannot be used', status: 422, detail }
}

/** A file of the command line, read as a table. */
export type Loaded = { readonly name: string; readonly bytes: Uint8Array; readonly source: Source }

/** The bytes of a file; ends the command with the reason where there are none to be had. */
export async function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) =>
    stop(`${path || 'the file'} ${whyNot(error)}`),
  )
}

function whyNot({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'does not exist'
  if (code === 'EISDIR') return 'is a folder'
  return code === 'EACCES' || code === 'EPERM' ? 'may not be read' : 'cannot be read'
}

/** Reads a file; ends the command where it cannot be read, with the findings that say why. */
export async function load(path: string): Promise<Loaded> {
  const bytes = await bytesOf(path)
  const source = await readSource(bytes, basename(path))
  if ('refused' in source) stop(`${path}: ${source.findings.map((f) => f.text.en).join(' ')}`)
  return {
    name: tableNameOf(path),
    bytes,
    source,
  }
}

/** What a file's table is called in questions: the file's name without its endings. */
export function tableNameOf(path: string): string {
  return identifierOf(basename(path).replace(/(\.[a-z]{2,7})+$/i, ''))
}

/** The tables of `--roles`, filled up from what the files propose. */
export async function rolesFor(args: CommandArgs, proposed: readonly TableSpec[]): Promise<TableSpec[]> {
  const path = need(args, 'roles')
  const specs = readRoles(new TextDecoder().decode(await bytesOf(path)), proposed)
  return 'unusable' in specs ? stop(`${path}: ${specs.unusable.join('; ')}`) : specs
}
