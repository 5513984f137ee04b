import { z } from 'zod'
import { bilingual } from '../platform/form-errors.ts'
import { columnRoles, unitTypes } from './model.ts'

const id = z.uuid()
// Ids of other rooms have 36 characters; more is never one of ours.
const foreignId = z.string().trim().min(1).max(64)
const identifier = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9_]{0,59}$/,
    bilingual(
      'Nur kleine Buchstaben, Ziffern und Unterstrich, zuerst ein Buchstabe.',
      'Small letters, digits and underscore only, a letter first.',
    ),
  )

/** Opens the workspace of an agreement in force. */
export const openWorkspaceSchema = z.object({ agreementId: foreignId })

/** A holder's file for a workspace. The size cap is the installation's, checked while the bytes arrive. */
export const uploadTableSchema = z.object({
  name: identifier,
  organisationId: foreignId.optional(),
  entryId: foreignId.optional(),
  /** Long enough for two sentences; shown to analysts beside the table. */
  description: z.string().trim().max(600).default(''),
})

/** A file that was sealed while it arrived; its size is the installation's to cap, where the bytes pass by. */
export const receivedFile = z.object(
  { name: z.string().max(400), size: z.number().int().min(0), kept: z.string().max(80) },
  bilingual('Bitte eine Datei wählen.', 'Please choose a file.'),
)

/** A number as people type it, with comma or point; empty means: not given. */
const typedNumber = z
  .union([z.number(), z.string().trim().max(20)])
  .optional()
  .transform((value, ctx) => {
    if (value === undefined || value === '') return undefined
    const number = typeof value === 'number' ? value : Number(value.replace(',', '.'))
    if (Number.isFinite(number)) return number
    ctx.addIssue({ code: 'custom', message: bilingual('Bitte eine Zahl angeben.', 'Please give a number.') })
    return z.NEVER
  })

const boundsMissing = bilingual(
  'Eine Messgröße braucht eine untere und eine obere Grenze, die untere zuerst.',
  'A measure needs a lower and an upper bound, the lower one first.',
)

const binsMessage = bilingual(
  'Die Breite der Klassen ist eine Zahl über null.',
  'The width of the classes is a number above zero.',
)

const boundsTooLarge = bilingual(
  'Mit so vielen Nachkommastellen kann diese Grenze nicht genau gezählt werden.',
  'With so many decimals this bound cannot be counted exactly.',
)

/** Values are kept as whole numbers of their last decimal; beyond this they would not be exact. */
function areExact(c: {
  lower?: number | undefined
  upper?: number | undefined
  decimals?: number | undefined
}) {
  return Math.max(Math.abs(c.lower ?? 0), Math.abs(c.upper ?? 0)) * 10 ** (c.decimals ?? 2) <= 2 ** 53
}

/** What the holder says about one column. Bounds are public and clamp every value before it is added up. */
const columnChoiceSchema = z
  .object({
    name: z.string().min(1).max(200),
    role: z.enum(columnRoles),
    /** Shown beside the column; one line. */
    meaning: z.string().trim().max(200).default(''),
    unitType: z.enum(unitTypes).optional(),
    /** Name under which columns of two tables belong together. */
    key: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z][a-z0-9_]{0,62}$|^$/)
      .optional(),
    /** Width of the bands by which a number may also be split up, such as five years. */
    bands: typedNumber,
    /** False: only the coarser readings may be asked for. */
    exact: z.boolean().optional(),
    /** Registered values, one per line; they are public. Ten thousand are the most one question may split into. */
    domain: z.array(z.string().trim().min(1).max(200)).max(10_000).optional(),
    lower: typedNumber,
    upper: typedNumber,
    decimals: typedNumber,
    /** Width of the classes from which medians are made; empty: no medians of this measure. */
    bins: typedNumber,
    unit: z.string().trim().max(20).optional(),
  })
  .refine((c) => c.bins === undefined || c.bins > 0, { path: ['bins'], message: binsMessage })
  .refine(
    (c) => c.role !== 'measure' || (c.lower !== undefined && c.upper !== undefined && c.lower < c.upper),
    {
      path: ['lower'],
      message: boundsMissing,
    },
  )
  .refine((c) => c.role !== 'measure' || areExact(c), { path: ['upper'], message: boundsTooLarge })

/** The holder's confirmation of a whole table. At most 500 columns, as many as ingest accepts. */
export const confirmRolesSchema = z.object({
  tableId: id,
  /** What one row is, where no column names the unit; empty: a table to look things up in. */
  rowUnit: z.enum(unitTypes).optional(),
  columns: z.array(columnChoiceSchema).min(1).max(500),
})

const oneOf = <const T extends readonly string[]>(values: T, value: string): T[number] | undefined =>
  values.includes(value) ? value : undefined

/** The roles form: fields `c0.role`, `c0.meaning`, … per column, in the order of the file. */
export const rolesFormSchema = z.record(z.string(), z.unknown()).transform((flat, ctx) => {
  const text = (name: string) => (typeof flat[name] === 'string' ? flat[name] : '')
  const columns: z.output<typeof columnChoiceSchema>[] = []
  for (let i = 0; i < 500 && text(`c${i}.name`); i += 1) {
    const unitType = oneOf(unitTypes, text(`c${i}.unitType`))
    const domain = text(`c${i}.domain`)
    const parsed = columnChoiceSchema.safeParse({
      ...Object.fromEntries(
        ['name', 'role', 'meaning', 'key', 'bands', 'bins', 'lower', 'upper', 'decimals', 'unit'].map((f) => [
          f,
          text(`c${i}.${f}`),
        ]),
      ),
      ...(unitType ? { unitType } : {}),
      exact: text(`c${i}.exact`) !== '',
      ...(domain
        ? {
            domain: domain
              .split(/\r?\n/)
              .map((v) => v.trim())
              .filter(Boolean),
          }
        : {}),
    })
    if (parsed.success) columns.push(parsed.data)
    else
      for (const issue of parsed.error.issues) {
        ctx.addIssue({
          code: 'custom',
          path: [`c${i}.${String(issue.path[0] ?? 'role')}`],
          message: issue.message,
        })
      }
  }
  if (!text('c0.name')) {
    const message = bilingual(
      'Bitte für jede Spalte eine Rolle wählen.',
      'Please choose a role for each column.',
    )
    ctx.addIssue({ code: 'custom', path: ['c0.role'], message })
  }
  return { rowUnit: oneOf(unitTypes, text('rowUnit')), columns }
})

/** The fields of the query form for people without SQL. Columns are written `table.column`. */
const queryFields = z.object({
  /** `count:table`, `units:table:person`, `sum:table:table.column` (avg, median, stddev, distinct), `corr:table:a~b`. */
  measure: z
    .string()
    .max(400)
    .regex(
      /^(count:[^:]+|units:[^:]+:[a-z]+|(sum|avg|median|stddev|distinct):[^:]+:.+|corr:[^:]+:[^~]+~[^~]+)$/,
    ),
  by: z.string().max(300).default(''),
  by2: z.string().max(300).default(''),
  /** `table.column`, or with a registered value `table.column=value`. */
  only: z.string().max(600).default(''),
  /** `5`, `0 bis 5` or `Nord, Süd`; as long as fifty short values. */
  value: z.string().trim().max(2_000).default(''),
})
const needsValue = (form: { only: string; value: string }) =>
  !form.only || form.only.includes('=') || form.value.length > 0
const valueMissing = {
  path: ['value'],
  message: bilingual('Bitte einen Wert für „Nur wenn“ angeben.', 'Please give a value for “Only if”.'),
}

/** The query form: a restriction comes with its value. */
const queryFormSchema = queryFields.refine(needsValue, valueMissing)

/** What the person wants done with a form: compute, check only, or see it as SQL. */
export const purposeSchema = z.enum(['run', 'preview', 'sql']).catch('run')

const queryTitle = z.string().trim().max(120)
/** How an answer is shown. */
const showSchema = z.enum(['table', 'bars', 'line', 'map']).catch('table')

/** The query form as it is sent. */
export const askSchema = queryFields
  .extend({
    do: purposeSchema,
    show: showSchema.default('table'),
    title: queryTitle.default(''),
    precision: z.string().max(20).default(''),
  })
  .refine(needsValue, valueMissing)

/** A question in SQL or from the form. 20 000 characters are far more than one block of grouping needs. */
export const runQuerySchema = z.object({
  workspaceId: id,
  sql: z.string().trim().min(1).max(20_000),
  form: queryFormSchema.optional(),
  /** Differential privacy only: how precisely to ask; unknown words are the usual precision. */
  precision: z.string().max(20).optional(),
  /** What the question is called; empty: named after what it shows. */
  title: queryTitle.default(''),
})

/** Gives a question another name. */
export const renameQuerySchema = z.object({ title: queryTitle })

/** Parsed inputs of the use cases. */
export type OpenWorkspace = z.input<typeof openWorkspaceSchema>
/** Input of `uploadTable` without the file. */
export type UploadTable = z.input<typeof uploadTableSchema>
/** Input of `confirmRoles`. */
export type ConfirmRoles = z.input<typeof confirmRolesSchema>
/** Input of `runQuery`. */
export type RunQuery = z.input<typeof runQuerySchema>
