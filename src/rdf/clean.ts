import { excerpt, finding, type Finding } from '../platform/finding.ts'
import { encodeIri, iri, isIri, literal, triple, type NamedNode, type Quad, type Term } from './terms.ts'

/** What had to be repaired while reading. */
export type Cleaning = { badIris: string[]; longLiterals: number; controls: number }

// Characters XML can not hold.
const CONTROL = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu

/** A statement every format can write: forbidden characters encoded in IRIs, control characters out, monsters cut. */
export function cleanQuad(quad: Quad, maxLiteral: number, seen: Cleaning): Quad {
  const subject = cleanTerm(quad.subject, maxLiteral, seen)
  const predicate = cleanTerm(quad.predicate, maxLiteral, seen)
  const object = cleanTerm(quad.object, maxLiteral, seen)
  return triple(subject as Quad['subject'], predicate as Quad['predicate'], object as Quad['object'])
}

function cleanTerm(term: Term, maxLiteral: number, seen: Cleaning): Term {
  if (term.termType === 'NamedNode') return cleanIri(term, seen)
  if (term.termType !== 'Literal') return term
  let text = term.value
  if (text.length > maxLiteral) {
    seen.longLiterals += 1
    text = text.slice(0, maxLiteral)
  }
  if (text.search(CONTROL) >= 0 || !text.isWellFormed()) {
    seen.controls += 1
    text = text.replace(CONTROL, '').toWellFormed()
  }
  return text === term.value ? term : literal(text, term.language || term.datatype)
}

function cleanIri(term: NamedNode, seen: Cleaning): NamedNode {
  if (isIri(term.value)) return term
  if (seen.badIris.length < 1000) seen.badIris.push(term.value)
  return iri(encodeIri(term.value))
}

/** Encodes faulty addresses in JSON-LD text beforehand: the parser would leave out their statements silently. */
export function repairJsonLd(text: string, seen: Cleaning): string {
  return text.replace(
    /(?<="@id"\s*:\s*")[a-z]+:[^"\\]{1,4000}(?=")|(?<=")https?:[^"\\\s]{1,4000}(?=")/g,
    (address) => {
      if (isIri(address)) return address
      if (seen.badIris.length < 1000) seen.badIris.push(address)
      return encodeIri(address)
    },
  )
}

/** Findings for what was repaired. */
export function cleaningFindings(seen: Cleaning, maxLiteral: number): Finding[] {
  const findings: Finding[] = []
  const [first] = seen.badIris
  if (first !== undefined)
    findings.push(
      finding('warning', 'rdf-iri', {
        de: `${seen.badIris.length} Adressen sind keine gültigen IRIs und wurden kodiert, zum Beispiel „${excerpt(first)}“.`,
        en: `${seen.badIris.length} addresses are no valid IRIs and were encoded, for example “${excerpt(first)}”.`,
      }),
    )
  if (seen.longLiterals > 0)
    findings.push(
      finding('warning', 'rdf-long-text', {
        de: `${seen.longLiterals} Texte sind länger als ${maxLiteral} Zeichen und wurden gekürzt.`,
        en: `${seen.longLiterals} texts are longer than ${maxLiteral} characters and were cut.`,
      }),
    )
  if (seen.controls > 0)
    findings.push(
      finding('warning', 'rdf-control-characters', {
        de: `Aus ${seen.controls} Texten wurden unzulässige Steuerzeichen entfernt.`,
        en: `Forbidden control characters were removed from ${seen.controls} texts.`,
      }),
    )
  return findings
}
