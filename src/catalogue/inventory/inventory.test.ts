import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { licenceIri } from '../dcat/licences.ts'
import { headings, inventoryFields } from './fields.ts'
import { service } from '../dcat/examples.ts'
import { readInventory } from './read.ts'
import { templateCsv, templateXlsx } from './template.ts'
import { writeInventory } from './write.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))
const codes = (findings: { code: string }[]): string[] => findings.map((f) => f.code)

describe('inventory', () => {
  it('says in its column what is a service, and keeps one without address as a dataset', async () => {
    const written = writeInventory([service])
    expect(written.split('\r\n')[1]).toContain(';Dienst;')
    const [again] = (await readInventory(bytes(written))).records
    expect(again!.record.service).toMatchObject({
      endpoints: service.service!.endpoints,
      licence: licenceIri('dl-by-de/2.0'),
    })
    const bare = await readInventory(bytes('Titel;Typ\nKarten;Dienst\n'))
    expect(bare.records[0]!.record.service).toBeUndefined()
    expect(codes(bare.records[0]!.findings)).toContain('service-without-address')
  })

  it('reads the German form row by row', async () => {
    const text = [
      'Thema;Typ;Titel;Beschreibung;Räumlicher Bezug;Verantwortlichkeit;Ansprechperson;Datenhoheit bei;IT-Fachverfahren;Dateiformat;Verfügbarkeit;Aktualisierungsprozess;Aktualisierungsfrequenz;zuletzt aktualisiert;Ressource-Link;Kommentar;Tags;für Open Data identifiziert (Ja/Nein/mit Einschränkungen);Personenbezug;Zeitraum;Lizenz',
      'Umwelt;Datensatz;Baumkataster;Alle Bäume;Gesamtstadt;Grünflächenamt;Erika Muster;Stadt;GRIS;CSV;veröffentlicht;automatisiert;jährlich;01.03.2026;https://daten.example/baum.csv;gut;"Bäume, Grün";Ja;Nein;2019 bis 2025;dl-by-de/2.0',
      'Gesundheit;Sammlung;Einschulung;;;Gesundheitsamt;;;;Access;intern;manuell;alle Jubeljahre;;\\\\fs01\\esu.mdb;;;Nein;Ja;;',
    ].join('\n')
    const { records, findings } = await readInventory(bytes(text))
    expect(findings.filter((f) => f.severity !== 'info')).toEqual([])
    expect(records[0]?.record).toMatchObject({
      title: { de: 'Baumkataster' },
      themes: ['ENVI'],
      frequency: 'ANNUAL',
      modified: '2026-03-01',
      access: { type: 'open' },
      periods: [{ start: '2019', end: '2025' }],
      keywords: [{ text: 'Bäume' }, { text: 'Grün' }],
      distributions: [
        { accessUrl: 'https://daten.example/baum.csv', format: 'CSV', licence: licenceIri('dl-by-de/2.0') },
      ],
      inventory: {
        contactPerson: 'Erika Muster',
        sourceSystem: 'GRIS',
        updateProcess: 'automatic',
        openDecision: 'yes',
        personalData: false,
      },
    })
    expect(records[1]).toMatchObject({
      row: 2,
      record: {
        access: { type: 'sandbox', reasons: ['f'] },
        distributions: [],
        frequency: null,
        inventory: { kind: 'collection', location: '\\\\fs01\\esu.mdb' },
      },
    })
    expect(records[1]?.record.inventory.note).toContain('alle Jubeljahre')
    expect(codes(records[1]?.findings ?? [])).toEqual(['inventory-unreadable'])
  })

  it('reads English headings, commas and Latin-1, and keeps unknown columns', async () => {
    const { records, findings, fields } = await readInventory(
      latin('Title,Update frequency,Stra\xdfe\nB\xe4ume,monthly,Am Ring\nKitas,daily,Weg\n'),
    )
    expect(fields.map((f) => f.field)).toEqual(['title', 'frequency', null])
    expect(records[0]?.record).toMatchObject({
      title: { de: 'Bäume' },
      frequency: 'MONTHLY',
      inventory: { note: 'Straße: Am Ring' },
    })
    expect(codes(findings)).toContain('inventory-unknown-columns')
  })

  it('names rows without a title and titles that come twice', async () => {
    const { records, findings } = await readInventory(bytes('Titel;Thema\nA;Umwelt\n;Verkehr\na;Umwelt\n'))
    expect(records.map((r) => r.row)).toEqual([1, 3])
    expect(codes(findings)).toEqual(['inventory-untitled', 'inventory-doubles'])
  })

  it('says when no column holds titles', async () => {
    expect(codes((await readInventory(bytes('x;y\n1;2\n'))).findings)).toContain('inventory-no-title')
  })

  it('reads back its own templates', async () => {
    for (const file of [
      bytes(`${templateCsv()}${inventoryFields.map((f) => (f === 'title' ? 'Probe' : '')).join(';')}\r\n`),
      await templateXlsx(),
    ]) {
      const { fields } = await readInventory(file)
      expect(fields.map((f) => f.field)).toEqual([...inventoryFields])
    }
    expect(Object.keys(headings)).toEqual([...inventoryFields])
  })

  it('never throws, whatever is in the cells', async () => {
    const cell = fc.string({ maxLength: 20 }).map((s) => `"${s.replaceAll('"', '""')}"`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 25, maxLength: 25 }), { maxLength: 5 }),
        async (rows) => {
          const { records } = await readInventory(
            bytes(templateCsv() + rows.map((r) => r.join(';')).join('\r\n')),
          )
          for (const { record } of records) expect(record.title['de']).not.toBe('')
        },
      ),
      { numRuns: 100 },
    )
  })
})
