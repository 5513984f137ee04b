import { finding, type Finding } from '../../platform/finding.ts'
import { asText, type Json } from '../ckan/fields.ts'
import { looseDate } from '../formats/dates.ts'
import {
  getPage,
  type PageContext,
  type SourceFormat,
  type SourceItem,
  type SourcePage,
} from '../formats/format.ts'
import { readJson } from '../formats/json.ts'
import { webPage } from '../formats/refusal.ts'
import { blocksOfHtml, datasetsIn } from './find.ts'
import { readSchemaOrg } from './read.ts'

/** Dataset of schema.org as JSON-LD, in a file of its own or inside a web page. */
export const schemaOrgFormat: SourceFormat = {
  name: 'schema-org',
  label: { de: 'schema.org in Webseiten', en: 'schema.org in web pages' },
  incremental: false,
  detect,
  readPage,
  firstPage: ({ base }) => getPage(base, 'application/ld+json, text/html;q=0.9'),
}

const HTML = /^\s*(<!--[\s\S]{0,2000}?-->\s*)?<(!doctype html|html|head|body)\b/i

function detect(start: string): number {
  if (HTML.test(start)) return 0.6
  if (!/^\s*[[{]/.test(start)) return 0
  const named = /"@context"[\s\S]{0,4000}schema\.org/.test(start) && !/www\.w3\.org\/ns\/dcat#/.test(start)
  return named ||
    /"@type"\s*:\s*\[?\s*"(schema:|sc:|https?:\/\/schema\.org\/)(Dataset|DataCatalog)"/.test(start)
    ? 0.9
    : 0
}

async function readPage(bytes: Uint8Array, _context: PageContext): Promise<SourcePage> {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  const html = HTML.test(start.replace(/^\u00ef\u00bb\u00bf/, ''))
  const { values, findings } = html ? pageValues(bytes) : await fileValues(bytes)
  const datasets = values.flatMap(datasetsIn)
  const silent = datasets.length === 0 && !findings.some((f) => f.severity === 'error')
  return {
    items: datasets.map(itemOf),
    next: null,
    total: null,
    gone: [],
    findings: silent ? [...findings, html ? webPage(titleOf(bytes)) : noDataset()] : findings,
    detail: html ? 'html' : 'jsonld',
  }
}

function titleOf(bytes: Uint8Array): string {
  return /<title[^>]*>([^<]{0,300})/i.exec(Buffer.from(bytes.subarray(0, 65_536)).toString('utf8'))?.[1] ?? ''
}

function pageValues(bytes: Uint8Array): { values: unknown[]; findings: Finding[] } {
  const { blocks, findings } = blocksOfHtml(bytes)
  return { values: blocks, findings }
}

async function fileValues(bytes: Uint8Array): Promise<{ values: unknown[]; findings: Finding[] }> {
  const { value, findings } = await readJson(bytes)
  return { values: [value], findings }
}

function itemOf(json: Json): SourceItem {
  return {
    remoteId:
      asText(json['@id']) ||
      asText(json['url']) ||
      asText(json['identifier']) ||
      asText(json['name']) ||
      null,
    modified: looseDate(asText(json['dateModified'])),
    raw: () => JSON.stringify(json),
    read: () => readSchemaOrg(json),
  }
}

function noDataset(): Finding {
  return finding('warning', 'no-dataset', {
    de: 'Die Datei beschreibt keinen Datensatz nach schema.org.',
    en: 'The file describes no dataset of schema.org.',
  })
}
