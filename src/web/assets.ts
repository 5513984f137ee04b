import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const here = fileURLToPath(new URL('.', import.meta.url))
const defaultDir = fileURLToPath(new URL('../../dist/assets/', import.meta.url))

/** Built files of the pages: their addresses, and the answer to a request for one. */
export interface Assets {
  /** `/assets/site-ABC123.css` for `site.css`; the plain name where nothing of that name was built. */
  url: (name: string) => string
  /** Serves `/assets/<file>` for ever (the name carries the content), compressed where the client can. 404 otherwise. */
  handle: (c: { req: { raw: Request } }) => Promise<Response>
}

type Manifest = Record<string, string>

/** Finds the built assets, or builds them once when they are missing or older than their sources. */
export async function loadAssets(dir = defaultDir): Promise<Assets> {
  if (!isFresh(dir)) await buildAssets(dir)
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as Manifest
  const known = new Set(await readdir(dir))
  return {
    url: (name) => `/assets/${manifest[name] ?? name}`,
    handle: (c) => serveAsset(dir, known, c.req.raw),
  }
}

/** Bundles styles, fonts, icons and islands into `dir` under hashed names and writes `manifest.json` last. */
export async function buildAssets(dir = defaultDir): Promise<void> {
  const { build, stop } = await import('esbuild')
  const temporary = `${dir.replace(/\/$/, '')}.${process.pid}`
  const result = await build({
    entryPoints: entryPoints(),
    outdir: temporary,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    target: ['es2022'],
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    plugins: [drawingsAsFiles],
    metafile: true,
    logLevel: 'error',
    supported: { nesting: true },
  }).finally(stop) // its process would stay, with 130 MB
  const manifest: Manifest = {}
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint) manifest[logicalName(output.entryPoint, path)] = basename(path)
  }
  const mark = await copyHashed(join(here, 'styles/mark.svg'), temporary)
  manifest['mark.svg'] = mark
  await compressAll(temporary)
  await writeFile(join(temporary, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await publish(temporary, dir)
}

// The design system carries its icons as data: addresses, which our content policy does not load; they become files.
const drawingsAsFiles: Plugin = {
  name: 'drawings-as-files',
  setup(build) {
    build.onResolve({ filter: /^data:image\/svg\+xml/ }, ({ path }) => {
      const name = createHash('sha256').update(path).digest('hex').slice(0, 8)
      return { path: `icon-${name}.svg`, namespace: 'drawing', pluginData: path }
    })
    build.onLoad({ filter: /.*/, namespace: 'drawing' }, ({ pluginData }) => {
      const path = String(pluginData)
      const comma = path.indexOf(',')
      const text = path.slice(comma + 1)
      const isBase64 = path.slice(0, comma).endsWith(';base64')
      const contents = isBase64 ? Buffer.from(text, 'base64') : decodeURIComponent(text)
      return { contents, loader: 'file' }
    })
  },
}

function entryPoints(): string[] {
  const islands = readdirSync(join(here, 'islands'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(here, 'islands', name))
  const worker = fileURLToPath(import.meta.resolve('maplibre-gl/dist/maplibre-gl-worker.mjs'))
  return [join(here, 'styles/site.css'), join(here, 'styles/map.css'), ...islands, worker]
}

function logicalName(entry: string, output: string): string {
  const name = basename(entry)
  if (name.includes('maplibre-gl-worker')) return 'map-worker.js'
  return name.slice(0, -extname(name).length) + extname(output)
}

async function copyHashed(file: string, dir: string): Promise<string> {
  const bytes = await readFile(file)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase()
  const name = `${basename(file, extname(file))}-${hash}${extname(file)}`
  await writeFile(join(dir, name), bytes)
  return name
}

const gzipBytes = promisify(gzip)
const brotliBytes = promisify(brotliCompress)

async function compressAll(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!/\.(js|css|svg)$/.test(name)) continue
    const bytes = await readFile(join(dir, name))
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }
    await writeFile(join(dir, `${name}.gz`), await gzipBytes(bytes, { level: 8 }))
    await writeFile(join(dir, `${name}.br`), await brotliBytes(bytes, brotli))
  }
}

// Two processes may build at once: files carry their content in the name, so only the manifest must come last.
async function publish(temporary: string, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const names = (await readdir(temporary)).filter((name) => name !== 'manifest.json')
  for (const name of [...names, 'manifest.json']) await rename(join(temporary, name), join(dir, name))
  await rm(temporary, { recursive: true, force: true })
  await forgetOld(dir, new Set(names))
}

// A server that started before this build may still hand out the former files: they stay for an hour.
async function forgetOld(dir: string, current: Set<string>): Promise<void> {
  for (const name of await readdir(dir)) {
    if (name === 'manifest.json' || current.has(name)) continue
    const { mtimeMs } = await stat(join(dir, name)).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(dir, name), { force: true })
  }
}

function isFresh(dir: string): boolean {
  const manifest = join(dir, 'manifest.json')
  if (!existsSync(manifest)) return false
  const built = statSync(manifest).mtimeMs
  const sources = [...files(join(here, 'styles')), ...files(join(here, 'islands')), join(here, 'assets.ts')]
  return sources.every((file) => !existsSync(file) || statSync(file).mtimeMs <= built)
}

function files(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : []
}

const mediaTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

async function serveAsset(dir: string, known: Set<string>, request: Request): Promise<Response> {
  const name = basename(new URL(request.url).pathname)
  const type = mediaTypes[extname(name)]
  if (!known.has(name) || !type) return new Response('Not found', { status: 404 })
  const accepted = request.headers.get('accept-encoding') ?? ''
  const packed = [
    { ending: '.br', encoding: 'br' },
    { ending: '.gz', encoding: 'gzip' },
  ].find(({ ending, encoding }) => accepted.includes(encoding) && known.has(name + ending))
  const bytes = await readFile(join(dir, name + (packed?.ending ?? '')))
  const headers = new Headers({
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  })
  if (packed) headers.set('content-encoding', packed.encoding)
  return new Response(new Uint8Array(bytes), { headers })
}
