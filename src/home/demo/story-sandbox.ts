import {
  confirmRoles,
  decideRelease,
  getWorkspace,
  listQueries,
  listTables,
  openWorkspace,
  removeTable,
  requestRelease,
  runQuery,
  uploadTable,
} from '../../sandbox/service.ts'
import type { ConfirmRoles } from '../../sandbox/schema.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import type { ModelTown } from './registers.ts'
import type { Stage, Step } from './stage.ts'
import { childrenTable, heatTable, occupancyTable, schoolTable, toCsv, type RegisterTable } from './tables.ts'

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
  dimension('alter', 'Alter in Jahren'),
  dimension('geschlecht', 'w oder m'),
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

type TablePart = {
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

const tables: readonly TablePart[] = [
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
]

const roomSteps: readonly Step[] = [
  ['hitze', '2026-05-11T09:00'],
  ['kita', '2026-10-06T09:00'],
].map(([key, at]) => ({
  name: `room-${key}`,
  at: at as string,
  run: async (stage) => ({
    [`room:${key}`]: (await openWorkspace(stage.as('lotsin'), { agreementId: stage.id(`agreement:${key}`) }))
      .id,
  }),
}))

const tableSteps: readonly Step[] = tables.flatMap((part): Step[] => [
  { name: `upload-${part.key}`, at: part.at, slow: true, run: (stage) => upload(stage, part) },
  ...(part.confirm
    ? [
        {
          name: `roles-${part.key}`,
          at: part.confirm.at,
          slow: true,
          run: (stage: Stage) => confirm(stage, part),
        },
      ]
    : []),
])

async function existing(stage: Stage, part: TablePart) {
  const ctx = stage.as(part.by)
  const room = await getWorkspace(ctx, stage.id(`room:${part.room}`))
  const { name } = part.table(stage.town())
  const found = await listTables(ctx, room)
  return found.find((each) => each.name === name)
}

async function upload(stage: Stage, part: TablePart): Promise<Record<string, string>> {
  const table = part.table(stage.town())
  const left = await existing(stage, part)
  // An upload that a crash left half-read keeps the name taken.
  if (left?.state === 'loading') await removeTable(stage.as(part.by), left.id)
  const known = left?.state === 'loading' ? undefined : left
  const made =
    known ??
    (await uploadTable(stage.as(part.by), {
      workspaceId: stage.id(`room:${part.room}`),
      name: table.name,
      organisationId: stage.organisation(part.organisation),
      entryId: stage.id(`entry:${part.entry}`),
      description: part.description,
      file: new File([toCsv(table)], `${table.name}.csv`, { type: 'text/csv' }),
    }))
  return { [`table:${part.key}`]: made.id }
}

async function confirm(stage: Stage, part: TablePart): Promise<void> {
  const known = await existing(stage, part)
  if (known?.state === 'confirmed') return
  const columns = part.confirm?.columns(stage.town()) ?? []
  await confirmRoles(stage.as(part.by), { tableId: stage.id(`table:${part.key}`), columns })
}

const heatSql = `WITH alle AS (
  SELECT stadtteil, COUNT(*) AS kinder
  FROM kinder
  GROUP BY stadtteil
), heisse AS (
  SELECT kinder.stadtteil, COUNT(*) AS in_heisser_strasse
  FROM kinder JOIN waermekarte ON kinder.block = waermekarte.block
  WHERE waermekarte.heiss = TRUE
  GROUP BY kinder.stadtteil
)
SELECT alle.stadtteil, alle.kinder, heisse.in_heisser_strasse,
       ROUND(100.0 * heisse.in_heisser_strasse / alle.kinder) AS anteil
FROM alle LEFT JOIN heisse ON alle.stadtteil = heisse.stadtteil
ORDER BY anteil DESC NULLS LAST`

const kitaSql = `WITH bedarf AS (
  SELECT stadtteil, COUNT(*) AS kinder_mit_bedarf
  FROM kinder
  WHERE bedarf = TRUE
  GROUP BY stadtteil
), ohne AS (
  SELECT stadtteil, COUNT(*) AS ohne_platz
  FROM kinder
  WHERE bedarf = TRUE AND platz = FALSE
  GROUP BY stadtteil
)
SELECT bedarf.stadtteil, bedarf.kinder_mit_bedarf, ohne.ohne_platz,
       ROUND(100.0 * ohne.ohne_platz / bedarf.kinder_mit_bedarf) AS anteil
FROM bedarf LEFT JOIN ohne ON bedarf.stadtteil = ohne.stadtteil
ORDER BY anteil DESC NULLS LAST`

const questions: readonly (readonly [key: string, room: string, at: string, sql: string])[] = [
  [
    'hitze-einzeln',
    'hitze',
    '2026-05-20T10:00',
    "SELECT kind, block, alter FROM kinder WHERE stadtteil = 'Steinbruch'",
  ],
  ['hitze-block', 'hitze', '2026-05-20T10:10', 'SELECT block, COUNT(*) AS kinder FROM kinder GROUP BY block'],
  ['hitze-anteil', 'hitze', '2026-06-05T14:00', heatSql],
  [
    'hitze-alter',
    'hitze',
    '2026-06-05T15:00',
    'SELECT stadtteil, alter, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil, alter',
  ],
  ['kita-bedarf', 'kita', '2026-10-20T10:00', kitaSql],
  [
    'kita-stunden',
    'kita',
    '2026-10-20T11:00',
    'SELECT stadtteil, AVG(stunden) AS stunden, COUNT(*) AS kinder FROM kinder WHERE platz = TRUE GROUP BY stadtteil',
  ],
]

const querySteps: readonly Step[] = questions.map(([key, room, at, sql]) => ({
  name: `query-${key}`,
  at,
  slow: true,
  run: async (stage) => {
    const workspaceId = stage.id(`room:${room}`)
    const asked = await listQueries(stage.as('uni'), { workspaceId, limit: 100 })
    const known = asked.find(
      (each) => each.sql === sql && (each.state === 'answered' || each.state === 'refused'),
    )
    return { [`query:${key}`]: (known ?? (await runQuery(stage.as('uni'), { workspaceId, sql }))).id }
  },
}))

const releases: readonly (readonly [key: string, query: string, at: string, context: string])[] = [
  [
    'hitze',
    'hitze-anteil',
    '2026-06-10T10:00',
    'Anteil kleiner Kinder in heißen Straßen je Stadtteil, für die Antwort auf die Frage und die Vorlage im Rat.',
  ],
  [
    'hitze-alter',
    'hitze-alter',
    '2026-06-19T10:00',
    'Kinder je Stadtteil und Lebensjahr, um zu sehen, ob die Jüngsten anders wohnen.',
  ],
  [
    'kita',
    'kita-bedarf',
    '2026-11-16T10:00',
    'Anteil der Kinder mit Bedarf ohne Platz je Stadtteil, für den Jugendhilfeausschuss im Dezember.',
  ],
]

const releaseSteps: readonly Step[] = releases.map(([key, query, at, context]) => ({
  name: `release-${key}`,
  at,
  run: async (stage) => ({
    [`release:${key}`]: (
      await requestRelease(stage.as('uni'), { queryId: stage.id(`query:${query}`), context })
    ).id,
  }),
}))

type Decided = {
  key: string
  at: string
  by: PersonKey
  organisation: OrganisationKey
  decision: 'approve' | 'reject'
  reason: string
}

const decisions: readonly Decided[] = [
  {
    key: 'hitze',
    at: '2026-06-12T09:00',
    by: 'pruefung',
    organisation: 'jugendamt',
    decision: 'approve',
    reason: 'Zwölf Zeilen, zwei davon geschützt. Nichts daran zeigt auf eine Familie.',
  },
  {
    key: 'hitze',
    at: '2026-06-15T09:00',
    by: 'pruefungUni',
    organisation: 'uni',
    decision: 'approve',
    reason: 'Entspricht dem vereinbarten Zweck.',
  },
  {
    key: 'hitze-alter',
    at: '2026-06-23T09:00',
    by: 'pruefung',
    organisation: 'jugendamt',
    decision: 'reject',
    reason:
      'Einzelne Lebensjahre braucht die Frage nicht. In kleinen Stadtteilen käme man damit einzelnen Familien nahe. Bitte in zwei Gruppen: unter drei, drei bis fünf.',
  },
]

const decisionSteps: readonly Step[] = decisions.map(({ key, at, by, ...decision }) => ({
  name: `decide-${key}-${decision.organisation}`,
  at,
  run: async (stage) => {
    await decideRelease(stage.as(by), {
      ...decision,
      releaseId: stage.id(`release:${key}`),
      organisationId: stage.organisation(decision.organisation),
    })
  },
}))

/** Two locked rooms: the heat room with a refused question, a released and a rejected table; the kita room still at work. */
export const sandboxSteps: readonly Step[] = [
  ...roomSteps,
  ...tableSteps,
  ...querySteps,
  ...releaseSteps,
  ...decisionSteps,
]
