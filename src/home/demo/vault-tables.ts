import type { ConfirmRoles } from '../../sandbox/schema.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { ModelTown } from './registers.ts'
import { childrenTable, heatTable, occupancyTable, schoolTable, type RegisterTable } from './tables.ts'

type Column = ConfirmRoles['columns'][number]

const districtNames = (town: ModelTown): string[] => town.ground.districts.map((district) => district.name)
const dimension = (name: string, meaning: string): Column => ({ name, role: 'dimension', meaning })
const district = (town: ModelTown): Column => ({
  name: 'stadtteil',
  role: 'dimension',
  meaning: 'Stadtteil',
  domain: districtNames(town),
})
const block: Column = { name: 'block', role: 'key', key: 'block', meaning: 'Baublock, nur zum Verbinden' }

const childColumns = (town: ModelTown): Column[] => [
  { name: 'kind', role: 'unit', unitType: 'person', meaning: 'das Kind, das geschützt wird' },
  { name: 'haushalt', role: 'unit', unitType: 'household', meaning: 'seine Familie' },
  block,
  district(town),
  { ...dimension('alter', 'Alter in Jahren'), domain: ['0', '1', '2', '3', '4', '5'] },
  { ...dimension('geschlecht', 'w oder m'), domain: ['m', 'w'] },
  dimension('alleinerziehend', 'ein Elternteil allein'),
  dimension('bedarf', 'alle Eltern arbeiten'),
  dimension('platz', 'hat einen Platz'),
  dimension('warteliste', 'steht auf einer Warteliste'),
  {
    name: 'stunden',
    role: 'measure',
    meaning: 'vereinbarte Stunden je Woche',
    lower: 0,
    upper: 45,
    decimals: 0,
    bins: 5,
    unit: 'Stunden',
  },
]

const heatColumns = (town: ModelTown): Column[] => [
  block,
  { name: 'stadtteil', role: 'hidden', meaning: 'steht schon bei den Kindern' },
  dimension('heiss', 'heiße Straße'),
  dimension('hitzeklasse', `1 kühl bis 5 sehr heiß, ${town.ground.blocks.length} Baublöcke`),
]

const occupancyColumns = (town: ModelTown): Column[] => [
  { name: 'kita', role: 'unit', unitType: 'site', meaning: 'das Haus' },
  district(town),
  {
    name: 'plaetze',
    role: 'measure',
    meaning: 'genehmigte Plätze',
    lower: 0,
    upper: 160,
    decimals: 0,
    unit: 'Plätze',
  },
  {
    name: 'belegt',
    role: 'measure',
    meaning: 'belegte Plätze',
    lower: 0,
    upper: 160,
    decimals: 0,
    unit: 'Plätze',
  },
  {
    name: 'schliesst',
    role: 'measure',
    meaning: 'letzte Abholzeit',
    lower: 12,
    upper: 20,
    decimals: 0,
    unit: 'Uhr',
  },
]

const schoolColumns = (town: ModelTown): Column[] => [
  { name: 'kind', role: 'unit', unitType: 'person', meaning: 'das Kind, das geschützt wird' },
  { name: 'jahr', role: 'dimension', meaning: 'Jahr der Untersuchung', domain: ['2023', '2024', '2025'] },
  { name: 'block', role: 'hidden', meaning: 'wird hier nicht gebraucht' },
  district(town),
  { name: 'geschlecht', role: 'dimension', meaning: 'w oder m', domain: ['m', 'w'] },
  {
    name: 'kita_jahre',
    role: 'dimension',
    meaning: 'so viele Jahre in der Kita',
    domain: ['0', '1', '2', '3', '4', '5'],
  },
  {
    name: 'sprache',
    role: 'dimension',
    meaning: 'Befund zur Sprache',
    domain: ['Förderbedarf', 'unauffällig'],
  },
  {
    name: 'motorik',
    role: 'dimension',
    meaning: 'Befund zur Bewegung',
    domain: ['Förderbedarf', 'unauffällig'],
  },
  dimension('geimpft', 'Impfungen vollständig'),
]

/** A table that a house brings into a locked room, with the roles it gives the columns. */
export type VaultTablePart = {
  key: string
  room: string
  at: string
  by: PersonKey
  organisation: OrganisationKey
  entry: string
  description: string
  table: (town: ModelTown) => RegisterTable
  confirm?: { at: string; columns: (town: ModelTown) => Column[] }
}

/** What lies in the locked rooms of the story. */
export const vaultTables: readonly VaultTablePart[] = [
  {
    key: 'hitze-kinder',
    room: 'hitze',
    at: '2026-05-12T09:00',
    by: 'jugendamt',
    organisation: 'jugendamt',
    entry: 'kinder',
    description: 'Alle Kinder unter sechs Jahren am 1. Januar 2026.',
    table: childrenTable,
    confirm: { at: '2026-05-13T09:00', columns: childColumns },
  },
  {
    key: 'hitze-waermekarte',
    room: 'hitze',
    at: '2026-05-12T11:00',
    by: 'uni',
    organisation: 'uni',
    entry: 'waermekarte',
    description: 'Hitze je Baublock im Sommer 2025.',
    table: heatTable,
    confirm: { at: '2026-05-13T11:00', columns: heatColumns },
  },
  {
    key: 'kita-kinder',
    room: 'kita',
    at: '2026-10-07T09:00',
    by: 'jugendamt',
    organisation: 'jugendamt',
    entry: 'kinder',
    description: 'Alle Kinder unter sechs Jahren am 1. Januar 2026.',
    table: childrenTable,
    confirm: { at: '2026-10-08T09:00', columns: childColumns },
  },
  {
    key: 'kita-belegung',
    room: 'kita',
    at: '2026-10-07T10:00',
    by: 'jugendamt',
    organisation: 'jugendamt',
    entry: 'belegung',
    description: 'Plätze und Kinder je Haus, September 2026.',
    table: occupancyTable,
    confirm: { at: '2026-10-08T10:00', columns: occupancyColumns },
  },
  {
    key: 'kita-einschulung',
    room: 'kita',
    at: '2026-11-12T09:00',
    by: 'gesundheit',
    organisation: 'gesundheitsamt',
    entry: 'einschulung',
    description: 'Untersuchungen vor der Einschulung, drei Jahrgänge.',
    table: schoolTable,
  },
  {
    key: 'sprache-einschulung',
    room: 'sprache',
    at: '2026-11-04T09:00',
    by: 'gesundheit',
    organisation: 'gesundheitsamt',
    entry: 'einschulung',
    description: 'Untersuchungen vor der Einschulung, drei Jahrgänge.',
    table: schoolTable,
    confirm: { at: '2026-11-05T09:00', columns: schoolColumns },
  },
]

/** Children who need help with language, by years in day care: asked with differential privacy. */
export const speechSql = `SELECT kita_jahre, sprache, COUNT(*) AS kinder
FROM einschulung
GROUP BY kita_jahre, sprache
ORDER BY kita_jahre, sprache`

/** Share of small children in hot blocks by district. */
export const heatSql = `WITH alle AS (
  SELECT stadtteil, COUNT(*) AS kinder
  FROM kinder
  GROUP BY stadtteil
), heisse AS (
  SELECT kinder.stadtteil, COUNT(*) AS betroffen
  FROM kinder JOIN waermekarte ON kinder.block = waermekarte.block
  WHERE waermekarte.heiss = TRUE
  GROUP BY kinder.stadtteil
)
SELECT alle.stadtteil, alle.kinder, heisse.betroffen,
       ROUND(100.0 * heisse.betroffen / alle.kinder) AS anteil
FROM alle LEFT JOIN heisse ON alle.stadtteil = heisse.stadtteil
ORDER BY anteil DESC NULLS LAST`

/** Share of children who need a place and have none, by district. */
export const kitaSql = `WITH bedarf AS (
  SELECT stadtteil, COUNT(*) AS kinder
  FROM kinder
  WHERE bedarf = TRUE
  GROUP BY stadtteil
), ohne AS (
  SELECT stadtteil, COUNT(*) AS unversorgt
  FROM kinder
  WHERE bedarf = TRUE AND platz = FALSE
  GROUP BY stadtteil
)
SELECT bedarf.stadtteil, bedarf.kinder, ohne.unversorgt,
       ROUND(100.0 * ohne.unversorgt / bedarf.kinder) AS anteil
FROM bedarf LEFT JOIN ohne ON bedarf.stadtteil = ohne.stadtteil
ORDER BY anteil DESC NULLS LAST`
