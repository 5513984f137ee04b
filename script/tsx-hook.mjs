// Lets Node run .tsx: types are stripped by Node itself, JSX is turned into calls of hono/jsx here. What was turned or
// compiled once is kept in .node/, so that a later start finds it; where that folder cannot be written, nothing is kept.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)
const esbuildVersion = require('esbuild/package.json').version
const kept = join(root, '.node', 'jsx')
enableCompileCache(join(root, '.node', 'compile-cache'))

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context)
    const file = fileURLToPath(url)
    return { format: 'module', shortCircuit: true, source: turned(file, readFileSync(file, 'utf8')) }
  },
})

function turned(file, text) {
  const name = createHash('sha256').update(`${esbuildVersion}\n${file}\n${text}`).digest('hex')
  const copy = join(kept, `${name}.js`)
  try {
    return readFileSync(copy, 'utf8')
  } catch {
    const code = transform(file, text)
    keep(copy, code)
    return code
  }
}

function transform(sourcefile, text) {
  const options = {
    loader: 'tsx',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'inline',
    sourcesContent: false,
  }
  // Loaded here and not above: it starts a process of its own, which a start with everything kept does not need.
  return require('esbuild').transformSync(text, { ...options, sourcefile }).code
}

/** Under another name first: another process may be reading. */
function keep(copy, code) {
  try {
    mkdirSync(kept, { recursive: true })
    const fresh = `${copy}.${process.pid}`
    writeFileSync(fresh, code)
    renameSync(fresh, copy)
  } catch {}
}
