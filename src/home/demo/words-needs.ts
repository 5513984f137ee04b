import type { AddNeed } from '../../catalogue/schema.ts'

/** One line of what a question needs; `entry` names the dataset the story finds for it. */
export type NeedPart = Omit<AddNeed, 'questionId'> & { key: string; entry?: string }

/** What each question needs to know. */
export const needs: Record<string, { at: string; found: string; list: readonly NeedPart[] }> = {
  hitze: {
    at: '2026-04-08T09:00',
    found: '2026-04-10T09:00',
    list: [
      {
        key: 'kinder',
        what: 'Wo kleine Kinder wohnen',
        space: 'Kind',
        granularity: 'block',
        frequency: 'yearly',
        topic: 'SOCI',
        entry: 'kinder',
      },
      {
        key: 'kita',
        what: 'Wo sie tagsüber sind',
        space: 'Kita',
        granularity: 'address',
        frequency: 'monthly',
        topic: 'EDUC',
        entry: 'belegung',
      },
      {
        key: 'messnetz',
        what: 'Wie heiß es wird',
        unit: '°C',
        granularity: 'district',
        frequency: 'hourly',
        starts: '2025-06-01',
        ends: '2025-08-31',
        topic: 'ENVI',
        entry: 'messnetz',
      },
      {
        key: 'waerme',
        what: 'Wo sich Wärme staut',
        granularity: 'block',
        topic: 'ENVI',
        entry: 'waermekarte',
      },
      {
        key: 'baeume',
        what: 'Wo Schatten ist',
        space: 'Baum',
        granularity: 'address',
        topic: 'ENVI',
        entry: 'baeume',
      },
      {
        key: 'haeuser',
        what: 'Welche Kitas kühl bleiben',
        space: 'Kita',
        granularity: 'address',
        topic: 'EDUC',
      },
    ],
  },
  kita: {
    at: '2026-05-12T09:00',
    found: '2026-05-13T09:00',
    list: [
      {
        key: 'kinder',
        what: 'Welche Kinder einen Platz brauchen',
        space: 'Kind',
        granularity: 'block',
        frequency: 'yearly',
        topic: 'SOCI',
        entry: 'kinder',
      },
      {
        key: 'belegung',
        what: 'Wo Plätze sind und wann die Häuser schließen',
        space: 'Kita',
        granularity: 'address',
        topic: 'EDUC',
        entry: 'belegung',
      },
      {
        key: 'standorte',
        what: 'Wo die Kitas liegen',
        space: 'Kita',
        granularity: 'address',
        topic: 'EDUC',
        entry: 'kitas',
      },
      {
        key: 'sprache',
        what: 'Was der Platz für die Kinder bewirkt',
        space: 'Kind',
        granularity: 'district',
        frequency: 'yearly',
        topic: 'HEAL',
        entry: 'einschulung',
      },
    ],
  },
  grundwasser: {
    at: '2026-05-20T09:00',
    found: '2026-05-21T09:00',
    list: [
      {
        key: 'pegel',
        what: 'Wie hoch das Grundwasser steht',
        unit: 'm',
        granularity: 'address',
        frequency: 'daily',
        topic: 'ENVI',
        entry: 'grundwasser',
      },
      {
        key: 'verbrauch',
        what: 'Wie viel Wasser gebraucht wird',
        unit: 'm³',
        granularity: 'district',
        topic: 'ENER',
        entry: 'verbrauch',
      },
      {
        key: 'brunnen',
        what: 'Was private Brunnen fördern',
        unit: 'm³',
        granularity: 'street',
        topic: 'ENVI',
      },
    ],
  },
  linie12: {
    at: '2026-07-13T09:00',
    found: '2026-07-14T09:00',
    list: [
      {
        key: 'fahrten',
        what: 'Welche Fahrten ausfallen',
        space: 'Fahrt',
        granularity: 'street',
        frequency: 'daily',
        topic: 'TRAN',
        entry: 'fahrten',
      },
      {
        key: 'menschen',
        what: 'Wie viele Menschen abends unterwegs sind',
        granularity: 'block',
        frequency: 'hourly',
        topic: 'TRAN',
        entry: 'geraete',
      },
    ],
  },
}
