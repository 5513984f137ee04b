import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CommandArgs, CommandIo } from '../../platform/command.ts'
import { safeFetch } from '../../platform/fetch.ts'
import { isProblem } from '../../platform/problem.ts'
import { fileContext, getPage, type PageContext, type PageRequest } from './format.ts'

/** A document to be read, and what is known of it. */
export type Input = { bytes: Uint8Array; filename: string; context: PageContext }

const ACCEPT =
  'application/rdf+xml, text/turtle, application/ld+json, application/json, application/xml, text/html;q=0.5, */*;q=0.1'

/** The document the command line names: a file, or an address. Null after a word why it can not be had. */
export async function inputOf(args: CommandArgs, io: CommandIo): Promise<Input | null> {
  const named = args.words[0]
  if (named === undefined) {
    io.note('Name a file or an address.')
    return null
  }
  if (/^https?:\/\//i.test(named)) return fetched(getPage(named, ACCEPT), io)
  try {
    return { bytes: await readFile(named), filename: basename(named), context: fileContext(basename(named)) }
  } catch {
    io.note(`The file ${named} can not be read.`)
    return null
  }
}

/** One page of a source. Whoever types an address allows its host, also in the house; redirects elsewhere stay guarded. */
export async function fetched(request: PageRequest, io: CommandIo): Promise<Input | null> {
  try {
    const url = new URL(request.url)
    const answer = await safeFetch({ fetchAllow: [url.host] }, request.url, {
      method: request.method,
      accept: request.accept,
      maxBytes: 128 * 1024 * 1024,
      ...(request.body === null ? {} : { body: request.body }),
      ...(request.contentType === null ? {} : { headers: { 'content-type': request.contentType } }),
    })
    if (answer.status >= 400) {
      io.note(`${request.url} answered ${answer.status}.`)
      return null
    }
    const filename = basename(url.pathname) || url.host
    const context = { request: { ...request, url: answer.url }, contentType: answer.contentType, filename }
    return { bytes: answer.body, filename, context }
  } catch (error) {
    io.note(isProblem(error) ? error.spec.en.detail : `The address ${request.url} can not be read.`)
    return null
  }
}
