import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CommandArgs } from '../../platform/command.ts'
import { safeFetch } from '../../platform/fetch.ts'
import { finding, type Finding } from '../../platform/finding.ts'
import { isProblem } from '../../platform/problem.ts'
import { fileContext, getPage, type PageContext, type PageRequest } from './format.ts'

/** A document to be read, and what is known of it. */
export type Input = { bytes: Uint8Array; filename: string; context: PageContext }

/** A document that can not be had, and why. */
export type NoInput = { reason: Finding }

const ACCEPT =
  'application/rdf+xml, text/turtle, application/ld+json, application/json, application/xml, text/html;q=0.5, */*;q=0.1'
/** Larger documents are not loaded: every form of catalogues pages. */
const MAX_FILE = 256 * 1024 * 1024
const MAX_ANSWER = 128 * 1024 * 1024

/** The document the command line names, a file or an address, or the reason why it can not be had. */
export async function inputOf(args: CommandArgs): Promise<Input | NoInput> {
  const named = args.words[0]
  if (!named) return no('no-name', 'Nennen Sie eine Datei oder eine Adresse.', 'Name a file or an address.')
  return /^https?:\/\//i.test(named) ? fetched(getPage(named, ACCEPT), named) : fromFile(named)
}

async function fromFile(path: string): Promise<Input | NoInput> {
  try {
    const about = await stat(path)
    if (about.isDirectory())
      return no('is-folder', `${path} ist ein Ordner, keine Datei.`, `${path} is a folder, not a file.`)
    if (about.size > MAX_FILE) return tooLarge(path)
    const name = basename(path)
    return { bytes: await readFile(path), filename: name, context: fileContext(name) }
  } catch (error) {
    return unreadableFile(path, error)
  }
}

function unreadableFile(path: string, error: unknown): NoInput {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path))
    return no(
      'unavailable',
      `Gelesen werden Dateien und Adressen mit http oder https, nicht ${path}.`,
      `Files and addresses with http or https are read, not ${path}.`,
    )
  if (code === 'ENOENT') return no('missing', `Die Datei ${path} gibt es nicht.`, `There is no file ${path}.`)
  return no(
    'unavailable',
    `Die Datei ${path} lässt sich nicht lesen (${code}).`,
    `The file ${path} can not be read (${code}).`,
  )
}

function tooLarge(path: string): NoInput {
  const mib = MAX_FILE / 1024 / 1024
  return no(
    'too-large',
    `Die Datei ${path} ist größer als ${mib} MiB. Bitte teilen Sie sie auf.`,
    `The file ${path} is larger than ${mib} MiB. Please split it.`,
  )
}

/**
 * One page of a source. Whoever types an address (`typed`) allows its host, also in the house; redirects and further pages
 * elsewhere stay guarded.
 */
export async function fetched(request: PageRequest, typed: string): Promise<Input | NoInput> {
  const { url: address } = request
  if (!URL.canParse(address) || !URL.canParse(typed))
    return no('unavailable', `${address} ist keine Adresse.`, `${address} is no address.`)
  try {
    const url = new URL(address)
    const answer = await safeFetch({ fetchAllow: [new URL(typed).host] }, address, {
      method: request.method,
      accept: request.accept,
      maxBytes: MAX_ANSWER,
      ...(request.body === null ? {} : { body: request.body }),
      ...(request.contentType === null ? {} : { headers: { 'content-type': request.contentType } }),
    })
    if (answer.status < 200 || answer.status >= 300) return answered(address, answer.status)
    const filename = basename(url.pathname) || url.host
    const context = { request: { ...request, url: answer.url }, contentType: answer.contentType, filename }
    return { bytes: answer.body, filename, context }
  } catch (error) {
    if (!isProblem(error)) throw error
    return no('unavailable', error.spec.de.detail, error.spec.en.detail)
  }
}

function answered(address: string, status: number): NoInput {
  return no(
    'unavailable',
    `${address} antwortet mit dem Status ${status}.`,
    `${address} answered with status ${status}.`,
  )
}

function no(code: string, de: string, en: string): NoInput {
  return { reason: finding('error', code, { de, en }) }
}
