import type { ModelTown } from './registers.ts'
import { consumption, deviceCounts, readingsOf, schoolChecks } from './registers.ts'
import type { Block } from './town.ts'

/** A register as a table: column names and rows of text, numbers or nothing. */
export interface RegisterTable {
  name: string
  columns: readonly string[]
  rows: Iterable<readonly Value[]>
}

type Value = string | number | null

/** Writes a register as CSV: UTF-8, comma, decimal point, LF; what needs quotes gets them. */
export function toCsv(table: RegisterTable): string {
  const lines = [table.columns.join(',')]
  for (const row of table.rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\n')}\n`
}

function cell(value: Value): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const yes = (value: boolean): string => (value ? 'ja' : 'nein')
const where = (block: Block): [string, string] => [block.code, block.district.name]
const key = (letter: string, id: number): string => `${letter}${String(id).padStart(6, '0')}`
const round2 = (value: number): number => Math.round(value * 100) / 100

/** Youth office: one line per child under six. Confidential. */
export function childrenTable({ care }: ModelTown): RegisterTable {
  return {
    name: 'kinder',
    columns: [
      'kind',
      'haushalt',
      'block',
      'stadtteil',
      'alter',
      'geschlecht',
      'alleinerziehend',
      'bedarf',
      'platz',
      'warteliste',
      'stunden',
    ],
    rows: care.records.map(({ child, needs, kita, hours, waiting }) => [
      key('K', child.id),
      key('H', child.household.id),
      ...where(child.household.block),
      child.age,
      child.sex,
      yes(child.household.kind === 'single-parent'),
      yes(needs),
      yes(kita !== undefined),
      yes(waiting),
      hours,
    ]),
  }
}

/** University: one line per block. */
export function heatTable({ climate }: ModelTown): RegisterTable {
  return {
    name: 'waermekarte',
    columns: ['block', 'stadtteil', 'heiss', 'hitzeklasse', 'versiegelt', 'beschattet', 'ueberwaermung'],
    rows: climate.map((each) => [
      ...where(each.block),
      yes(each.hot),
      each.heatClass,
      round2(each.sealed),
      round2(each.shaded),
      each.excess,
    ]),
  }
}

/** Utility: hourly readings of the summer by measuring point; about 92 000 lines. */
export function readingsTable(town: ModelTown): RegisterTable {
  const rows = function* () {
    for (const { sensor, at, temperature, humidity, fineDust } of readingsOf(town)) {
      yield [
        sensor.code,
        sensor.climate.block.district.name,
        at.toISOString().slice(0, 16),
        temperature,
        humidity,
        fineDust,
      ]
    }
  }
  return {
    name: 'messnetz',
    columns: ['messpunkt', 'stadtteil', 'zeit_utc', 'temperatur', 'feuchte', 'feinstaub'],
    rows: rows(),
  }
}

/** Utility, open: the warmest hour of each day as the mean of all points. */
export function dailyHeatTable(town: ModelTown): RegisterTable {
  const days = new Map<
    string,
    { sum: number; count: number; hour: Map<number, { sum: number; count: number }> }
  >()
  for (const { at, temperature } of readingsOf(town)) {
    if (temperature === null) continue
    const day = at.toISOString().slice(0, 10)
    const entry = days.get(day) ?? { sum: 0, count: 0, hour: new Map() }
    days.set(day, entry)
    const hour = entry.hour.get(at.getUTCHours()) ?? { sum: 0, count: 0 }
    entry.hour.set(at.getUTCHours(), { sum: hour.sum + temperature, count: hour.count + 1 })
    entry.sum += temperature
    entry.count += 1
  }
  const rows = [...days].map(([day, entry]) => {
    const warmest = Math.max(...[...entry.hour.values()].map((hour) => hour.sum / hour.count))
    return [day, round2(entry.sum / entry.count), round2(warmest)]
  })
  return { name: 'tageswerte', columns: ['tag', 'mittel', 'hoechstwert'], rows }
}

/** Parks office, open: every tree. */
export function treesTable({ trees }: ModelTown): RegisterTable {
  return {
    name: 'baeume',
    columns: ['baum', 'block', 'stadtteil', 'art', 'pflanzjahr', 'krone_m', 'lon', 'lat'],
    rows: trees.map((tree) => [
      tree.id,
      ...where(tree.block),
      tree.species,
      tree.planted,
      tree.crown,
      ...tree.place,
    ]),
  }
}

/** Youth office, open: the houses of day care. */
export function kitasTable({ care }: ModelTown): RegisterTable {
  return {
    name: 'kitas',
    columns: ['kita', 'name', 'traeger', 'block', 'stadtteil', 'plaetze', 'schliesst', 'lon', 'lat'],
    rows: care.kitas.map((kita) => [
      kita.code,
      kita.name,
      kita.carrier,
      ...where(kita.block),
      kita.places,
      kita.closes,
      ...kita.place,
    ]),
  }
}

/** Youth office: places and children per house. */
export function occupancyTable({ care }: ModelTown): RegisterTable {
  return {
    name: 'belegung',
    columns: ['kita', 'stadtteil', 'plaetze', 'belegt', 'schliesst'],
    rows: care.kitas.map((kita) => [
      kita.code,
      kita.block.district.name,
      kita.places,
      kita.children,
      kita.closes,
    ]),
  }
}

/** Health office: one line per check before school. Confidential. */
export function schoolTable(town: ModelTown): RegisterTable {
  return {
    name: 'einschulung',
    columns: [
      'kind',
      'jahr',
      'block',
      'stadtteil',
      'geschlecht',
      'kita_jahre',
      'sprache',
      'motorik',
      'geimpft',
    ],
    rows: schoolChecks(town).map((check) => [
      key('K', check.child.id),
      check.year,
      ...where(check.child.household.block),
      check.child.sex,
      check.kitaYears,
      check.language,
      check.motor,
      yes(check.vaccinated),
    ]),
  }
}

/** Utility: one line per household. Confidential. */
export function consumptionTable(town: ModelTown): RegisterTable {
  return {
    name: 'verbrauch',
    columns: ['haushalt', 'block', 'stadtteil', 'personen', 'strom_kwh', 'waerme_kwh', 'wasser_m3'],
    rows: consumption(town).map(({ household, electricity, heat, water }) => [
      key('H', household.id),
      ...where(household.block),
      household.people.length,
      electricity,
      heat,
      water,
    ]),
  }
}

/** Company: devices per block and hour of a usual week. Confidential. */
export function devicesTable(town: ModelTown): RegisterTable {
  const rows = function* () {
    for (const { block, weekday, hour, devices } of deviceCounts(town))
      yield [...where(block), weekday, hour, devices]
  }
  return { name: 'geraete', columns: ['block', 'stadtteil', 'wochentag', 'stunde', 'geraete'], rows: rows() }
}

/** Statistics office, open: inhabitants by district and age group. */
export function agesTable({ population, ground }: ModelTown): RegisterTable {
  const groups = [0, 3, 6, 15, 18, 30, 45, 65, 80, 130]
  const rows = ground.districts.flatMap((district) => {
    const own = population.people.filter((person) => person.household.block.district === district)
    return groups.slice(0, -1).map((from, index) => {
      const to = groups[index + 1] as number
      const count = own.filter((person) => person.age >= from && person.age < to).length
      return [district.name, from, to > 120 ? null : to - 1, count] as const
    })
  })
  return { name: 'altersgruppen', columns: ['stadtteil', 'alter_von', 'alter_bis', 'personen'], rows }
}
