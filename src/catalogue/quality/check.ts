import type { Finding } from '../../platform/finding.ts'
import { finding } from '../../platform/finding.ts'
import type { DatasetRecord } from '../model.ts'

/** What is missing for a findable, usable entry, and a score from 0 to 100. */
export type Quality = { readonly score: number; readonly findings: readonly Finding[] }

/** Checks the fields DCAT-AP.de 3.0 asks for: title, description, publisher mandatory; theme, keywords, distribution expected. */
export function checkRecord(record: DatasetRecord): Quality {
  const findings: Finding[] = []
  const expect = (holds: boolean, severity: 'error' | 'warning', code: string, de: string, en: string) => {
    if (!holds) findings.push(finding(severity, code, { de, en }))
  }
  expect(Object.keys(record.title).length > 0, 'error', 'title', 'Der Titel fehlt.', 'The title is missing.')
  expect(Object.keys(record.description).length > 0, 'error', 'description', 'Die Beschreibung fehlt.', 'The description is missing.')
  expect(record.publisher !== null, 'warning', 'publisher', 'Wer die Daten führt, fehlt.', 'Who keeps the data is missing.')
  expect(record.themes.length > 0, 'warning', 'theme', 'Kein Thema ist angegeben.', 'No theme is given.')
  expect(record.keywords.length > 0, 'warning', 'keyword', 'Kein Schlagwort ist angegeben.', 'No keyword is given.')
  const lost = findings.reduce((sum, each) => sum + (each.severity === 'error' ? 30 : 10), 0)
  return { score: Math.max(0, 100 - lost), findings }
}
