import type { Specification } from './operation.ts'

type Parameter = { name: string; in: string; description?: string; schema?: { description?: string } }
type Described = { parameters?: Parameter[]; responses?: Record<string, unknown> }

/** What the id in an address is of, by the part of the path before it. */
const things: Readonly<Record<string, string>> = {
  agreements: 'an agreement',
  answers: 'an answer; its number does as well',
  datasets: 'a dataset',
  gone: 'an entry gone at its source',
  maps: 'a map of the workspace',
  notebooks: 'a page of steps',
  organisations: 'an organisation',
  queries: 'a question to the sandbox',
  releases: 'a release',
  rules: 'the organisation whose rule it is',
  runs: 'a run of a source',
  saved: 'a kept question',
  sources: 'a source',
  tables: 'a table of a workspace',
  workspaces: 'a workspace',
}

/** Words for parameters that say nothing of themselves: by the part of the path before them and name, or by name alone. */
const words: Readonly<Record<string, string>> = {
  'entries room': 'First part of the events wanted: the name of a room',
  'entries cursor': 'Number of the last entry of the page before',
  'questions number': 'Number of a question, such as 2026-017',
  'snapshots number': 'Number of a snapshot, from 1',
  'entries seq': 'Number of a register entry, from 1',
  'action action': 'Name of an action of CKAN',
  'model-datasets place': 'First digits of a municipality key: what is held there counts',
  'gone source': 'Only entries of this source, by its id',
  access: 'Only with this way of access; may be repeated',
  bbox: 'Only what touches this box: west, south, east, north in degrees',
  before: 'Id of the last one of the page before',
  cursor: '`next` of the page before; without it the first page',
  format: 'Only with files of this format; may be repeated',
  from: 'First day, YYYY-MM-DD',
  holder: 'Only of this house; may be repeated',
  kind: 'Only of this kind; may be repeated',
  licence: 'Only under this licence; may be repeated',
  limit: 'How many at most on a page',
  match: 'Whether all words must be found, or some are enough',
  modifiedSince: 'Only what changed since this moment',
  organisation: 'Only of this organisation, by its id',
  period: 'Only with data about this year, or `older`; may be repeated',
  place: 'Only about this place; may be repeated',
  q: 'Words to search for',
  quality: 'Only of this grade of description; may be repeated',
  questionId: 'Only about this question, by its id',
  region: 'Only about this district, by its key; may be repeated',
  removed: 'Those already removed instead of those that wait',
  sort: 'In which order',
  source: 'Only from this source; may be repeated',
  state: 'Only in this state',
  step: 'Only at this step of the seven, from 1',
  tag: 'Only with this keyword; may be repeated',
  title: 'Title of a dataset',
  to: 'Last day, YYYY-MM-DD',
  topic: 'Only of this theme; may be repeated',
}

const refusal = {
  description: 'Refused, with the reason and where there is one the next step (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/**
 * The specification with what holds for every call of the house, so that no room has to say it: words for parameters that
 * have none, and the form of a refusal. CKAN's actions refuse in CKAN's own envelope and are left alone.
 */
export function complete(specification: Specification): Specification {
  for (const [path, methods] of Object.entries(specification.paths ?? {}))
    for (const operation of Object.values(methods) as Described[]) {
      for (const each of operation.parameters ?? []) each.description ??= wordsFor(path, each)
      if (path.startsWith('/api/v1/')) operation.responses = { ...operation.responses, default: refusal }
    }
  return specification
}

function wordsFor(path: string, { name, in: where, schema }: Parameter): string {
  const parts = path.split('/')
  const before = parts[(where === 'path' ? parts.indexOf(`{${name}}`) : parts.length) - 1] ?? ''
  const thing = where === 'path' ? things[before] : undefined
  return schema?.description ?? words[`${before} ${name}`] ?? (thing ? `Id of ${thing}` : (words[name] ?? ''))
}
