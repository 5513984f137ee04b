import { z } from 'zod'

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower case letters, digits and underscores')
const value = z.union([z.string(), z.number(), z.boolean()], 'text, a number, true or false')
const unitType = z.enum(['person', 'household', 'company', 'site'])
const label = z.string().optional()

const generalisation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('bands'),
    name,
    label,
    width: z.number().positive(),
    origin: z.number().default(0),
  }),
  z.object({ kind: z.literal('prefix'), name, label, length: z.number().int().positive() }),
  z.object({ kind: z.literal('groups'), name, label, groups: z.record(z.string(), z.string()) }),
  z.object({
    kind: z.literal('calendar'),
    name,
    label,
    to: z.enum(['year', 'quarter', 'month', 'day', 'hour']),
  }),
])

const steps = z.object({ origin: z.number().default(0), width: z.number().positive() })

const base = {
  name: name.optional(),
  source: z.string().optional(),
  type: z.enum(['text', 'integer', 'decimal', 'boolean', 'date', 'datetime']).optional(),
  label,
  meaning: z.string().optional(),
}

const hidden = z.object({ ...base, role: z.literal('hidden') })
const unit = z.object({ ...base, role: z.literal('unit'), unitType: unitType.default('person') })
const key = z.object({ ...base, role: z.literal('key'), key: z.string().optional() })
const dimension = z.object({
  ...base,
  role: z.literal('dimension'),
  exact: z.boolean().default(true),
  domain: z.array(value).optional(),
  edges: steps.optional(),
  generalisations: z.array(generalisation).default([]),
  key: z.string().optional(),
})
const measure = z.object({
  ...base,
  role: z.literal('measure'),
  lower: z.number(),
  upper: z.number(),
  decimals: z.number().int().min(0).max(6).default(0),
  bins: steps.optional(),
  unit: z.string().optional(),
})

/** A column of a roles file. What is left out (header, type) comes from the file's own proposal. */
export const columnSchema = z
  .discriminatedUnion('role', [hidden, unit, key, dimension, measure])
  .superRefine((column, ctx) => {
    const say = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    if (column.role === 'dimension' && new Set(column.domain).size < (column.domain?.length ?? 0))
      say(['domain'], 'names a value twice')
    if (column.role !== 'measure') return
    const { lower, upper, decimals, bins } = column
    if (lower >= upper) say(['lower'], 'must be below upper')
    if (Math.max(-lower, upper) * 10 ** decimals > Number.MAX_SAFE_INTEGER)
      say(['upper'], 'is too large to be counted exactly with so many decimals')
    if (bins && bins.origin > lower) say(['bins', 'origin'], 'must not be above lower')
  })

/** A table of a roles file but for its columns. */
export const tableSchema = z.object({ name: name.optional(), label, rowUnit: unitType.optional() })

/** The roles a column may have. */
export const roleNames: readonly string[] = ['hidden', 'unit', 'key', 'dimension', 'measure']

/** Fields of any role: a column whose role was changed by hand keeps those of the old one, but a slip of the pen is told. */
export const columnFields: ReadonlySet<string> = new Set(
  [hidden, unit, key, dimension, measure].flatMap((s) => Object.keys(s.shape)),
)

/** What is wrong with a value, one line per field, each with the way to it: `kinder.minuten.lower: is missing`. */
export function problemsIn(schema: z.ZodType, given: unknown, way: string): string[] {
  const parsed = schema.safeParse(given)
  return parsed.success
    ? []
    : parsed.error.issues.map(
        (issue) => `${[way, ...issue.path.map(String)].join('.')}: ${said(issue, given)}`,
      )
}

function said(issue: z.core.$ZodIssue, given: unknown): string {
  const at = issue.path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    given,
  )
  if (at === undefined && issue.code !== 'custom') return 'is missing'
  return issue.message.replace(/^Invalid input: /, '').replace(/^Invalid option: /, '')
}
