import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { isIri } from '../../rdf/terms.ts'
import { fileTypeCode, frequencyCode } from '../dcat/codes.ts'
import { dateOf } from '../dcat/graph.ts'
import { licenceByName } from '../dcat/licences.ts'
import {
  emptyDistribution,
  emptyInventory,
  emptyRecord,
  type Access,
  type DatasetRecord,
  type Distribution,
  type Period,
} from '../model.ts'
import { themes } from '../dcat/vocabulary.ts'
import { plainName } from '../profile/dictionary.ts'
import { proposeThemes } from '../profile/topics.ts'
import { headings, type InventoryField } from './fields.ts'

/** The filled cells of a row by field, and cells of unknown columns as 'heading: text'. */
export type Row = { values: Partial<Record<InventoryField, string>>; rest: string[] }

/** The record of a row. What can not be understood is kept in the note and named in a finding. */
export function recordOfRow(row: Row): { record: DatasetRecord; findings: Finding[] } {
  const findings: Finding[] = []
  const v = row.values
  const unread: string[] = [...row.rest]
  const read = <T>(field: InventoryField, parse: (text: string) => T | null): T | null => {
    const text = v[field]
    if (text === undefined) return null
    const value = parse(text)
    if (value === null) {
      unread.push(`${headings[field].de}: ${text}`)
      findings.push(unreadable(field, text))
    }
    return value
  }
  const frequency = read('frequency', frequencyCode)
  const modified = read('modified', dateOf)
  const edited = read('edited', dateOf)
  const licence = read('licence', licenceByName)
  const period = read('period', periodOf)
  const personal = read('personal', yesNo)
  const access = accessOf(v, personal === true)
  const record: DatasetRecord = {
    ...emptyRecord(),
    title: { de: v.title ?? '' },
    description: v.description ? { de: v.description } : {},
    keywords: listOf(v.keywords).map((text) => ({ text, lang: 'de' })),
    themes: themesOf(v.topic, v.title ?? ''),
    languages: ['DEU'],
    access,
    legalBasis: v.legalBasis ? { de: v.legalBasis } : {},
    places: v.place ? [{ id: null, label: { de: v.place }, bbox: null, derived: false }] : [],
    periods: period ? [period] : [],
    frequency,
    modified,
    publisher: v.owner ? { id: null, name: { de: v.owner }, type: null, url: null, email: null } : null,
    columns: listOf(v.columns).map((name) => ({
      name,
      meaning: '',
      type: 'text',
      unit: null,
      personal: false,
    })),
    distributions: distributionsOf(v, access, licence),
    inventory: { ...inventoryOf(v), personalData: personal, lastEdited: edited },
  }
  if (isServiceRow(v))
    if (v.link && isWeb(v.link))
      record.service = { endpoints: [v.link], descriptions: [], serves: [], licence }
    else findings.push(withoutAddress())
  record.inventory.note = [v.note, ...unread].filter(Boolean).join('\n') || null
  return { record, findings }
}

function isServiceRow(v: Row['values']): boolean {
  return /dienst|service|schnittstelle|\bapi\b/i.test(v.kind ?? '')
}

function withoutAddress(): Finding {
  return finding('warning', 'service-without-address', {
    de: 'Die Zeile nennt einen Dienst, aber keine Adresse im Netz; er steht als Datensatz im Katalog.',
    en: 'The row names a service but no web address; it stands in the catalogue as a dataset.',
  })
}

function inventoryOf(v: Row['values']): DatasetRecord['inventory'] {
  const link = v.link ?? null
  return {
    ...emptyInventory(),
    kind: /sammlung|collection/i.test(v.kind ?? '') ? 'collection' : 'dataset',
    responsible: v.responsible ?? null,
    contactPerson: v.contact ?? null,
    dataOwner: v.owner ?? null,
    sourceSystem: v.system ?? null,
    location: link,
    updateProcess: /auto/i.test(v.process ?? '') ? 'automatic' : v.process ? 'manual' : null,
    openDecision: openDecision(v.open),
    granularity: v.place ?? null,
    retention: v.retention ?? null,
  }
}

function openDecision(text: string | undefined): 'yes' | 'no' | 'limited' | null {
  if (text === undefined) return null
  if (/einschr|teilweise|bedingt|limited|partly|unter/i.test(text)) return 'limited'
  const yes = yesNo(text)
  return yes === null ? null : yes ? 'yes' : 'no'
}

function yesNo(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  if (/^(ja|j|yes|y|x|true|wahr|vorhanden)\b/.test(word)) return true
  return /^(nein|n|no|keine?|false|falsch|ohne|-)/.test(word) ? false : null
}

/** Published means open; internal data are on request, or for the data room only when they point to persons. */
function accessOf(v: Row['values'], personal: boolean): Access {
  const said = (v.availability ?? '').toLowerCase()
  const blank = emptyRecord().access
  if (personal) return { ...blank, type: 'sandbox', reasons: ['f'], grounds: ['personal'] }
  if (/intern|nicht|gesperrt|geheim|closed|internal/.test(said))
    return { ...blank, type: openDecision(v.open) === 'no' ? 'closed' : 'on-request' }
  if (/anfrage|request|eingeschr/.test(said)) return { ...blank, type: 'on-request' }
  if (/partner/.test(said)) return { ...blank, type: 'partner' }
  if (/veröffentlicht|offen|open|public|öffentlich/.test(said)) return blank
  return {
    ...blank,
    type: openDecision(v.open) === 'yes' && v.link && isWeb(v.link) ? 'open' : 'on-request',
    assumed: true,
  }
}

/** A published address becomes a distribution; a path in the house stays in the inventory. */
function distributionsOf(v: Row['values'], access: Access, licence: string | null): Distribution[] {
  const format =
    listOf(v.format)
      .map((name) => fileTypeCode(name))
      .find((code) => code !== null) ?? null
  if (!v.link || !isWeb(v.link) || access.type === 'closed') return []
  return [{ ...emptyDistribution(), title: { de: v.title ?? '' }, accessUrl: v.link, format, licence }]
}

function isWeb(link: string): boolean {
  return /^https?:\/\//i.test(link) && isIri(link)
}

function themesOf(topic: string | undefined, title: string): string[] {
  const plain = plainName(topic ?? '')
  if (plain === '') return []
  const code = topic?.trim().toUpperCase() ?? ''
  if (themes[code]) return [code]
  const named = Object.keys(themes).filter((t) =>
    plainName(themes[t]?.de ?? '')
      .split(' ')
      .some((word) => word.length > 4 && plain.includes(word)),
  )
  return named.length > 0 ? named.slice(0, 2) : proposeThemes(`${topic} ${title}`, [])
}

function listOf(text: string | undefined): string[] {
  const items = (text ?? '').split(/[,;|\n]/).map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))].slice(0, 200)
}

function periodOf(text: string): Period | null {
  const ends = text.split(/\s*(?:bis|–|—|to|-(?=\s*\d{4}))\s*/i).map((part) => part.trim())
  const start = dateOf((ends[0] ?? '').replace(/^(seit|ab|since|from)\s+/i, ''))
  const last = ends[1] ? dateOf(ends[1]) : null
  if (start === null) return null
  if (/^(seit|ab|since|from)/i.test(text) || /heute|laufend|now/i.test(ends[1] ?? ''))
    return { id: null, start, end: null }
  if (ends.length > 1 && last === null) return null
  return { id: null, start, end: last ?? start }
}

function unreadable(field: InventoryField, text: string): Finding {
  const name = headings[field].de
  return finding(
    'warning',
    'inventory-unreadable',
    {
      de: `„${excerpt(text, 60)}“ bei ${name} ist nicht verständlich und steht jetzt im Kommentar.`,
      en: `“${excerpt(text, 60)}” at ${name} was not understood and is now in the note.`,
    },
    name,
  )
}
