import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { rooms } from '../src/rooms.ts'

/** A place where the house is not kept, with what to do about it. */
export type Breach = { readonly file: string; readonly says: string }

const layers = [
  'model',
  'schema',
  'policy',
  'problems',
  'store',
  'service',
  'jobs',
  'pages',
  'views',
  'panels',
  'api',
  'commands',
  'messages',
] as const
const toolboxes = ['platform', 'rdf', 'web']
const entries = [
  'main',
  'serve',
  'app',
  'app-rooms',
  'cli',
  'hub',
  'resources',
  'work',
  'backup',
  'demo',
  'rooms',
]
const forbidden = /^(index|utils?|helpers?|types?|common|manager|misc|shared|lib)$/
/** Sub-rooms that are pure engines: they import no database and no room. */
const engines = ['sandbox/engine', 'sandbox/dp', 'questions/similarity', 'catalogue/engine']
/** What a layer may import of its own room, as in docs/architecture.md; layers not named are free. */
const mayImport: Partial<Record<string, readonly string[]>> = {
  model: ['model'],
  schema: ['model', 'schema'],
  policy: ['model', 'policy'],
  problems: ['problems', 'model'],
  messages: ['messages', 'model'],
  store: ['model', 'store', 'schema'],
  service: ['model', 'schema', 'policy', 'problems', 'store', 'service', 'messages'],
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every breach in the sources below `root`. The caps count lines of a file. */
export function findBreaches(root: string): readonly Breach[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file))
  const breaches = files.flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8')))
  return [...breaches, ...findCycles(root, files)]
}

function checkFile(file: string, text: string): readonly Breach[] {
  const says = [
    ...nameBreaches(file),
    ...textBreaches(file, text),
    ...importsOf(file, text).flatMap((to) => importBreaches(file, to)),
  ]
  return says.map((each) => ({ file, says: each }))
}

function nameBreaches(file: string): string[] {
  const name = file.replace(/^.*\//, '').replace(/\.tsx?$/, '')
  const room = roomOf(file)
  if (forbidden.test(name))
    return [`“${name}” says nothing. Name the file after what it is (a layer, or the noun it is about).`]
  if (!/^[a-z0-9-]+(\.d)?$/.test(name)) return ['File names are kebab-case.']
  if (!room && file.split('/').length === 2 && !entries.includes(name))
    return ['src/ holds only the entry files; this belongs in a room or a toolbox.']
  if (
    room &&
    file.split('/').length === 3 &&
    !(layers as readonly string[]).includes(name) &&
    name !== 'auth'
  ) {
    return [
      `“${name}” is no layer of a room (${layers.join(', ')}). Open a sub-room for it: src/${room}/<noun>/.`,
    ]
  }
  return []
}

function textBreaches(file: string, text: string): string[] {
  const found: string[] = []
  const lines = text.split('\n').length
  if (lines > 400) found.push(`${lines} lines; the cap is 400. Cut it by noun into sub-rooms.`)
  if (/process\.env/.test(text) && file !== 'src/platform/config.ts')
    found.push('Only platform/config.ts reads the environment; take it from ctx.config.')
  if (/^export default /m.test(text))
    found.push('No default exports; a name is searched for, a default is guessed.')
  if (/(:|as|<)\s*any\b(?!\w)/.test(withoutComments(text)))
    found.push('“any” switches the checking off; say the type, or unknown.')
  const room = roomOf(file)
  for (const [, table] of text.matchAll(
    /\b(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\(\s*'([a-z]+)_/g,
  )) {
    if (room && table !== room && (rooms as readonly string[]).includes(table!))
      found.push(`reads table ${table}_…; ask ${table}/service instead.`)
    if (room && table === 'platform')
      found.push('platform_ tables belong to the platform; use its functions.')
  }
  return found
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")
}

/** The project files that a file imports, as paths below the project's root. */
function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(importPattern)]
    .map(([, from, dynamic]) => from ?? dynamic ?? '')
    .filter((from) => from.startsWith('.'))
    .map((from) => relative('.', join(dirname(file), from)))
}

function importBreaches(file: string, to: string): string[] {
  const from = { box: boxOf(file), room: roomOf(file), layer: layerOf(file) }
  const target = { box: boxOf(to), room: roomOf(to), layer: layerOf(to) }
  if (from.box && target.room) return [`a toolbox imports no room (${to}); hand in what it needs.`]
  if (from.box === 'platform' && target.box && target.box !== 'platform')
    return [`platform imports no other toolbox (${to}).`]
  if (!from.room) return []
  if (!target.room && !target.box && to.startsWith('src/') && to !== 'src/rooms.ts')
    return [`a room imports no entry file (${to}).`]
  if (target.room && target.room !== from.room) return acrossRooms(from, target, to)
  if (engines.some((engine) => file.startsWith(`src/${engine}/`)) && /platform\/(db|context)\.ts$/.test(to)) {
    return ['a pure engine knows no database and no context; hand in values.']
  }
  const allowed = from.layer && mayImport[from.layer]
  if (allowed && target.room === from.room && isLayer(target.layer) && !allowed.includes(target.layer)) {
    return [`${from.layer} imports ${target.layer} (${to}); it may import ${allowed.join(', ')}.`]
  }
  return []
}

function acrossRooms(
  from: { room: string | undefined },
  target: { room: string | undefined; layer: string },
  to: string,
): string[] {
  const order = rooms as readonly string[]
  if (order.indexOf(target.room!) > order.indexOf(from.room!)) {
    return [
      `imports go left only: ${from.room} stands left of ${target.room}. Send news by emit(), or offer a panel from ${target.room}.`,
    ]
  }
  if (['model', 'schema', 'service'].includes(target.layer)) return []
  return [`of ${target.room} only model, schema and service may be imported (${to}).`]
}

const isLayer = (name: string) => (layers as readonly string[]).includes(name)
const layerOf = (file: string) => file.replace(/^.*\//, '').replace(/\.tsx?$/, '')
const boxOf = (file: string) => toolboxes.find((box) => file.startsWith(`src/${box}/`))
const roomOf = (file: string) => rooms.find((room) => file.startsWith(`src/${room}/`))

function findCycles(root: string, files: readonly string[]): readonly Breach[] {
  const graph = new Map(
    files.map((file) => [file, valueImports(file, readFileSync(join(root, file), 'utf8'))]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const breaches: Breach[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      breaches.push({
        file,
        says: `imports run in a circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`,
      })
      return
    }
    state.set(file, 'open')
    for (const to of graph.get(file) ?? []) visit(to, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  return breaches
}

// Types vanish before anything runs, so a circle of types harms nobody.
function valueImports(file: string, text: string): readonly string[] {
  return importsOf(file, text.replace(/(?:^|\n)\s*(?:import|export) type [^'"]*from\s*['"][^'"]+['"]/g, ''))
}

if (import.meta.main) {
  const breaches = findBreaches(process.cwd())
  for (const { file, says } of breaches) process.stdout.write(`${file}: ${says}\n`)
  process.stdout.write(`check-rooms: ${breaches.length} breaches\n`)
  process.exitCode = breaches.length ? 1 : 0
}
