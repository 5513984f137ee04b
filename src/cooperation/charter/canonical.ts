import { canonicalJson, sha256Hex, type Json } from '../../platform/canonical.ts'
import type { Overrides, Terms } from '../model.ts'
import { readClauses } from './text.ts'

/** What a signature binds: which agreement, which version of it, its values and its words. */
export type SignedText = {
  agreementId: string
  questionId: string
  title: string
  version: number
  charter: string
  terms: Terms
  overrides: Overrides
}

/** The canonical form (RFC 8785) of the text in the binding language, German. The version number is part of it. */
export function canonicalText(text: SignedText): string {
  const clauses = readClauses(text, 'de').map(({ key, number, title, plain, legal }) => ({
    key,
    number,
    title,
    plain,
    legal,
  }))
  const document = {
    agreement: text.agreementId,
    question: text.questionId,
    title: text.title,
    version: text.version,
    charter: text.charter,
    terms: text.terms,
    clauses,
  }
  return canonicalJson(document as unknown as Json)
}

/** SHA-256 of the canonical text: the checksum that parties sign. */
export function hashText(text: SignedText): string {
  return sha256Hex(canonicalText(text))
}
