import type { Severity } from '../../platform/finding.ts'
import { frequencies } from '../dcat/vocabulary.ts'
import { licenceOf } from '../dcat/licences.ts'
import type { DatasetRecord, Distribution } from '../model.ts'

/**
 * A rule about a record. `source` names where it comes from (DCAT-AP.de 3.0, its handbook's K rules, the European quality
 * dashboard). `weight` counts for the score. Rules that do not apply count neither way.
 */
export type QualityRule = {
  id: string
  source: string
  severity: Severity
  weight: number
  applies: (record: DatasetRecord) => boolean
  passes: (record: DatasetRecord, now: Date) => boolean
  text: { de: string; en: string }
}

/** For rules that apply to every record. */
export const always = (): boolean => true
/** Open data. */
export const open = (record: DatasetRecord): boolean => record.access.type === 'open'
/** Entries that are data: a service has no period, no pace and no files of its own. */
export const isData = (record: DatasetRecord): boolean => record.service === undefined
/** Entries that are a service. */
export const serves = (record: DatasetRecord): boolean => record.service !== undefined
/** Data that are not open. */
export const protectedData = (record: DatasetRecord): boolean => record.access.type !== 'open'
/** Records with distributions. */
export const hasFiles = (record: DatasetRecord): boolean => record.distributions.length > 0
/** All distributions pass. */
export const every =
  (test: (d: Distribution) => boolean) =>
  (record: DatasetRecord): boolean =>
    record.distributions.every(test)
/** One distribution passes. */
export const some =
  (test: (d: Distribution) => boolean) =>
  (record: DatasetRecord): boolean =>
    record.distributions.some(test)
/** True when the text says something. */
export const has = (text: string): boolean => text.trim() !== ''

/** A rule in one line: id, source, severity, weight, when it applies, when it passes, German and English text. */
export type Row = [
  id: string,
  source: string,
  severity: Severity,
  weight: number,
  applies: QualityRule['applies'],
  passes: QualityRule['passes'],
  de: string,
  en: string,
]

/** True when the licence asks for attribution. */
export function needsName(d: Distribution): boolean {
  return d.licence !== null && licenceOf(d.licence)?.by === true
}

/** True for services: they are asked, not downloaded. */
export function isService(d: Distribution): boolean {
  return /_SRVC$|^REST$|^SPARQLQ$/.test(d.format ?? '')
}

/** All dates of a record. */
export function datesOf(r: DatasetRecord): string[] {
  const own = [r.issued, r.modified, ...r.periods.flatMap((p) => [p.start, p.end])]
  return [...own, ...r.distributions.flatMap((d) => [d.issued, d.modified])].filter((d) => d !== null)
}

/** True when it can be told whether the data are current. */
export function isDatable(r: DatasetRecord): boolean {
  return r.modified !== null && (frequencies[r.frequency ?? '']?.days ?? null) !== null
}

/** Due is the last change plus the promised interval, with half an interval (at least a week) of patience. */
export function isCurrent(r: DatasetRecord, now: Date): boolean {
  const days = frequencies[r.frequency ?? '']?.days ?? 0
  const changed = Date.parse(`${(r.modified ?? '').slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(changed)) return true
  const patience = Math.max(7, days / 2)
  return (now.getTime() - changed) / 86_400_000 <= days + patience
}
