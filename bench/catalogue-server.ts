import { createReadStream, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { writeCkanPackage } from '../src/catalogue/ckan/write.ts'
import { writeDcatCatalogue } from '../src/catalogue/dcat/write.ts'
import { serialise } from '../src/rdf/serialise.ts'
import { govdataLikeEntry } from './govdata-like.ts'

/** A catalogue on a port of this machine, as CKAN (`/api/3/action/package_search`) or DCAT with Hydra pages (`/catalog.ttl`). */
export type CatalogueServer = {
  readonly url: string
  readonly host: string
  /** Entries from this number on are listed with a changed description. */
  readonly change: (from: number) => void
  readonly close: () => Promise<void>
}

const DCAT_PAGE = 100

/**
 * Serves so many entries; pages are made once and kept in a folder, so that the server costs little processor time and
 * memory while others are measured beside it.
 */
export async function serveCatalogue(size: number, folder: string): Promise<CatalogueServer> {
  const state = { changedFrom: size }
  mkdirSync(folder, { recursive: true })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const path = join(folder, encodeURIComponent(`${state.changedFrom} ${request.url}`))
    if (!existsSync(path)) writeFileSync(path, pageOf(url, size, state.changedFrom))
    const type = url.pathname.startsWith('/api') ? 'application/json' : 'text/turtle'
    response.writeHead(200, { 'content-type': type, 'content-length': statSync(path).size })
    createReadStream(path).pipe(response)
  })
  await listen(server)
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}`,
    host,
    change: (from) => {
      state.changedFrom = from
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((ready) => server.listen(0, '127.0.0.1', ready))
}

function pageOf(url: URL, size: number, changedFrom: number): string {
  const entry = (index: number) => {
    const record = govdataLikeEntry(index, 1)
    if (index >= changedFrom) record.description = { de: `${record.description['de']} Fortgeschrieben.` }
    return record
  }
  return url.pathname.startsWith('/api')
    ? ckanPage(url, { size, changedFrom }, entry)
    : dcatPage(url, size, entry)
}

type Entry = (index: number) => ReturnType<typeof govdataLikeEntry>

function ckanPage(
  url: URL,
  { size, changedFrom }: { size: number; changedFrom: number },
  entry: Entry,
): string {
  const start = Number(url.searchParams.get('start') ?? 0)
  const rows = Math.min(1000, Number(url.searchParams.get('rows') ?? 10))
  const results = []
  for (let index = start; index < Math.min(size, start + rows); index++) {
    const record = entry(index)
    const at = new Date(`${record.modified}T00:00:00Z`)
    results.push(
      writeCkanPackage(record, {
        id: record.identifier!,
        url: record.uri!,
        created: at,
        modified: at,
        organization: null,
      }),
    )
  }
  // After a change every page differs, as with catalogues that stamp each answer; most records on it do not.
  const result = { count: size, sort: 'id asc', facets: {}, stamp: changedFrom, results }
  return JSON.stringify({ success: true, result })
}

function dcatPage(url: URL, size: number, entry: Entry): string {
  const page = Number(url.searchParams.get('page') ?? 1)
  const last = Math.ceil(size / DCAT_PAGE)
  const from = (page - 1) * DCAT_PAGE
  const records = Array.from({ length: Math.min(DCAT_PAGE, size - from) }, (_, n) => entry(from + n))
  const address = (n: number) => `http://${url.host}${url.pathname}?page=${n}`
  const info = {
    uri: 'https://daten.example.org/catalog',
    title: { de: 'Katalog' },
    description: { de: 'Erfundene Einträge' },
    publisher: null,
    homepage: null,
    issued: null,
    modified: null,
  }
  const paging = {
    self: address(page),
    first: address(1),
    previous: page > 1 ? address(page - 1) : null,
    next: page < last ? address(page + 1) : null,
    last: address(last),
    total: size,
    size: DCAT_PAGE,
  }
  const listed = records.map((record) => ({ record, uri: record.uri! }))
  return serialise(writeDcatCatalogue(info, listed, { page: paging }), 'turtle')
}

// As a process of its own (size, folder for the pages): prints its address, takes `change N` lines.
if (import.meta.main) {
  const server = await serveCatalogue(Number(process.argv[2]), process.argv[3]!)
  process.stdout.write(`${server.url}\n`)
  process.stdin.on('data', (chunk: Buffer) => {
    const from = /^change (\d+)/.exec(chunk.toString())?.[1]
    if (from) server.change(Number(from))
    process.stdout.write('ok\n')
  })
}
