import { Readable, type Transform } from 'node:stream'
import { setImmediate as pause } from 'node:timers/promises'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { StreamParser } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { excerpt, finding, type Finding } from '../platform/finding.ts'
import { cleanQuad, cleaningFindings, repairJsonLd, type Cleaning } from './clean.ts'
import { knownContext } from './context.ts'
import { decodeRdf } from './decode.ts'
import { formatOf, type RdfFormat } from './formats.ts'
import { declaresBomb, MAX_NESTING, nestedDeeper } from './hostile.ts'
import { readPlainJsonLd, type PlainJsonLd } from './read-jsonld.ts'
import type { Quad } from './terms.ts'

/** Bounds for one document: bytes, statements, characters of one literal, milliseconds. */
export type RdfLimits = { maxBytes: number; maxQuads: number; maxLiteral: number; maxMillis: number }

/** 64 MiB, two million statements, 200 000 characters per literal, two minutes. */
const defaultRdfLimits: RdfLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxQuads: 2_000_000,
  maxLiteral: 200_000,
  maxMillis: 120_000,
}

/** What a document said: its statements (those before the first error, if there is one), and what was wrong. */
export type ParsedRdf = { quads: Quad[]; format: RdfFormat | null; findings: Finding[] }

/** How to read a document: what is known of its form, the IRI it came from, and the bounds. */
export type ParseOptions = {
  contentType?: string
  filename?: string
  baseIri?: string
  limits?: Partial<RdfLimits>
}

/**
 * Reads Turtle, N-Triples, N-Quads, RDF/XML or JSON-LD. Never fetches anything and never throws: broken input gives the
 * statements read so far and a finding of severity `error`.
 */
export async function parseRdf(bytes: Uint8Array, options: ParseOptions = {}): Promise<ParsedRdf> {
  const limits = { ...defaultRdfLimits, ...options.limits }
  const decoded = decodeRdf(bytes, limits.maxBytes)
  if (decoded.text === null) return { quads: [], format: null, findings: decoded.findings }
  const format = formatOf(decoded.text, options)
  if (!format) return { quads: [], format: null, findings: [...decoded.findings, unknownFormat()] }
  const collected = await collect(decoded.text, format, options.baseIri ?? 'urn:document:', limits)
  return { quads: collected.quads, format, findings: [...decoded.findings, ...collected.findings] }
}

async function collect(
  text: string,
  format: RdfFormat,
  baseIri: string,
  limits: RdfLimits,
): Promise<{ quads: Quad[]; findings: Finding[] }> {
  const quads: Quad[] = []
  const cleaning: Cleaning = { badIris: [], longLiterals: 0, controls: 0 }
  const take = (quad: Quad): void => void quads.push(cleanQuad(quad, limits.maxLiteral, cleaning))
  const readable = format === 'jsonld' ? repairJsonLd(text, cleaning) : text
  const refused = refusal(readable, format)
  const plain =
    format === 'jsonld' && !refused ? await readPlainJsonLd(readable, baseIri, limits.maxQuads) : null
  if (plain) plain.quads.slice(0, limits.maxQuads).forEach(take)
  const stopped =
    refused ??
    (plain
      ? endOf(plain, limits)
      : await drain(readable, parserFor(format, baseIri), take, { limits, count: () => quads.length }))
  return {
    quads,
    findings: [...(stopped ? [stopped] : []), ...cleaningFindings(cleaning, limits.maxLiteral)],
  }
}

/** What speaks against reading a text at all: documents made to exhaust whoever reads them. */
function refusal(text: string, format: RdfFormat): Finding | null {
  if (format === 'rdfxml') return declaresBomb(text) ? entities() : null
  return format === 'jsonld' && nestedDeeper(text, MAX_NESTING) ? tooDeep() : null
}

function endOf(plain: NonNullable<PlainJsonLd>, limits: RdfLimits): Finding | null {
  if (plain.refused !== null) return syntaxFinding(new Error(plain.refused), plain.quads.length)
  return plain.more ? tooMany(limits.maxQuads) : null
}

type Watch = { limits: RdfLimits; count: () => number }

/** Feeds the parser piece by piece; gives the finding that ended it early, or null. */
async function drain(
  text: string,
  parser: Transform,
  take: (quad: Quad) => void,
  watch: Watch,
): Promise<Finding | null> {
  const deadline = Date.now() + watch.limits.maxMillis
  const source = Readable.from(pieces(text, parser))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const quad of parser as AsyncIterable<Quad>) {
      take(quad)
      if (watch.count() >= watch.limits.maxQuads) return tooMany(watch.limits.maxQuads)
      if (watch.count() % 1000 === 0 && Date.now() > deadline) return tooSlow()
    }
    return null
  } catch (error) {
    return syntaxFinding(error, watch.count())
  } finally {
    source.destroy()
    parser.destroy()
  }
}

/** Small pieces with a pause between them, so that the server goes on answering, and no deeper than any catalogue is. */
async function* pieces(text: string, parser: Transform): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PIECE) {
    yield text.slice(at, at + PIECE)
    await pause()
    if (depthOf(parser) > MAX_NESTING) throw new Error(TOO_DEEP)
  }
}

const PIECE = 16 * 1024
const TOO_DEEP = 'nested too deep'

/** Open elements of RDF/XML; other parsers end by themselves. */
function depthOf(parser: Transform): number {
  return 'activeTagStack' in parser && Array.isArray(parser.activeTagStack) ? parser.activeTagStack.length : 0
}

function parserFor(format: RdfFormat, baseIRI: string): Transform {
  if (format === 'rdfxml')
    return new RdfXmlParser({
      baseIRI,
      allowDuplicateRdfIds: true,
      validateUri: false,
    }) as unknown as Transform
  if (format === 'jsonld') return jsonLdParser(baseIRI)
  return new StreamParser({ format: format === 'turtle' ? 'Turtle' : 'N-Quads', baseIRI })
}

function jsonLdParser(baseIRI: string): Transform {
  const documentLoader = {
    load: (url: string): Promise<{ '@context': never }> => {
      const context = knownContext(url)
      if (!context) return Promise.reject(new Error(`remote context ${url}`))
      return Promise.resolve(context as { '@context': never })
    },
  }
  return new JsonLdParser({ baseIRI, documentLoader, skipContextValidation: true }) as unknown as Transform
}

function syntaxFinding(error: unknown, read: number): Finding {
  const message = error instanceof Error ? error.message : String(error)
  if (message.includes('remote context')) return remoteFinding(message)
  if (message === TOO_DEEP) return tooDeep()
  const line = /line (\d+)/i.exec(message)?.[1] ?? /^(\d+):\d+/.exec(message)?.[1]
  return finding(
    'error',
    'rdf-syntax',
    {
      de: `Die Datei ist fehlerhaft${line ? ` (Zeile ${line})` : ''}: ${excerpt(message, 160)}. Bis dahin wurden ${read} Aussagen gelesen.`,
      en: `The file is faulty${line ? ` (line ${line})` : ''}: ${excerpt(message, 160)}. Up to there ${read} statements were read.`,
    },
    line && `line ${line}`,
  )
}

function remoteFinding(message: string): Finding {
  const url = excerpt(/remote context (\S+)/.exec(message)?.[1] ?? '', 200)
  return finding('error', 'jsonld-remote-context', {
    de: `Die Datei verweist auf einen fremden JSON-LD-Kontext (${url}). Er wird nicht geladen; bitte betten Sie ihn ein.`,
    en: `The file refers to a foreign JSON-LD context (${url}). It is not loaded; please embed it.`,
  })
}

function tooMany(max: number): Finding {
  return finding('error', 'rdf-too-many', {
    de: `Die Datei hat mehr als ${max} Aussagen; der Rest wurde nicht gelesen. Bitte liefern Sie sie in Seiten.`,
    en: `The file has more than ${max} statements; the rest was not read. Please deliver it in pages.`,
  })
}

function tooSlow(): Finding {
  return finding('error', 'rdf-too-slow', {
    de: 'Das Lesen dauerte zu lange und wurde abgebrochen. Bitte liefern Sie den Katalog in Seiten.',
    en: 'Reading took too long and was stopped. Please deliver the catalogue in pages.',
  })
}

function tooDeep(): Finding {
  return finding('error', 'rdf-too-deep', {
    de: `Die Datei ist tiefer als ${MAX_NESTING} Ebenen geschachtelt und wurde nicht weiter gelesen.`,
    en: `The file is nested deeper than ${MAX_NESTING} levels and was not read further.`,
  })
}

function entities(): Finding {
  return finding('error', 'rdf-entities', {
    de: 'Die Datei definiert XML-Entitäten, die aufeinander oder auf andere Dateien verweisen oder sich vervielfachen. Sie werden nicht aufgelöst, die Datei wurde nicht gelesen.',
    en: 'The file defines XML entities that refer to each other or to other files, or that multiply. They are not expanded, the file was not read.',
  })
}

function unknownFormat(): Finding {
  return finding('error', 'rdf-format', {
    de: 'Die Datei ist kein RDF. Lesbar sind Turtle, N-Triples, RDF/XML und JSON-LD.',
    en: 'The file is not RDF. Turtle, N-Triples, RDF/XML and JSON-LD can be read.',
  })
}
