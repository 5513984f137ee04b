/** A field of a request or answer, as the page lists it. */
export type Field = {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly description: string
  readonly options: readonly string[]
}

/** A parameter of a call; `place` says where it stands. */
export type Parameter = Field & { readonly place: 'path' | 'query' }

/** One call of the REST interface, read from its OpenAPI description. */
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly room: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly body: readonly Field[]
  readonly answers: readonly {
    readonly status: string
    readonly description: string
    readonly fields: readonly Field[]
  }[]
}

type Schema = {
  $ref?: string
  type?: string
  format?: string
  enum?: readonly unknown[]
  items?: Schema
  anyOf?: readonly Schema[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  description?: string
}
type Content = Record<string, { schema?: Schema }>
type Described = {
  operationId?: string
  tags?: readonly string[]
  summary?: string
  description?: string
  parameters?: readonly {
    name: string
    in: string
    required?: boolean
    schema?: Schema
    description?: string
  }[]
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}

/** The part of an OpenAPI 3.1 document that is read here. */
export type Specification = {
  paths?: Record<string, Record<string, unknown>>
  components?: { schemas?: Record<string, unknown> }
}

/** All calls of a specification, by room and path. */
export function operationsOf(specification: Specification): readonly Operation[] {
  const known = (specification.components?.schemas ?? {}) as Record<string, Schema>
  return Object.entries(specification.paths ?? {})
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, given]) =>
        operationOf({ path, method, given: given as Described, known }),
      ),
    )
    .sort(
      (a, b) =>
        a.room.localeCompare(b.room) || a.path.localeCompare(b.path) || a.method.localeCompare(b.method),
    )
}

function operationOf(of: {
  path: string
  method: string
  given: Described
  known: Record<string, Schema>
}): Operation {
  const { path, method, given, known } = of
  return {
    id: given.operationId ?? `${method}${path.replace(/\W+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    room: given.tags?.[0] ?? path.split('/')[3] ?? '',
    summary: given.summary ?? '',
    description: given.description ?? '',
    parameters: (given.parameters ?? [])
      .filter((each) => each.in === 'path' || each.in === 'query')
      .map((each) => ({
        ...fieldOf(each.name, { description: each.description ?? '', ...each.schema }, known),
        required: each.required ?? false,
        place: each.in as Parameter['place'],
      })),
    body: fieldsOf(schemaIn(given.requestBody?.content), known),
    answers: Object.entries(given.responses ?? {}).map(([status, answer]) => ({
      status,
      description: answer.description ?? '',
      fields: fieldsOf(schemaIn(answer.content), known),
    })),
  }
}

function schemaIn(content: Content | undefined): Schema | undefined {
  return Object.values(content ?? {})[0]?.schema
}

function resolve(schema: Schema, known: Record<string, Schema>): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return (name === undefined ? undefined : known[name]) ?? schema
}

function fieldsOf(schema: Schema | undefined, known: Record<string, Schema>): Field[] {
  if (!schema) return []
  const whole = resolve(schema, known)
  const of = whole.items ? resolve(whole.items, known) : whole
  const required = new Set(of.required ?? [])
  return Object.entries(of.properties ?? {}).map(([name, each]) => ({
    ...fieldOf(name, each, known),
    required: required.has(name),
  }))
}

function fieldOf(name: string, given: Schema, known: Record<string, Schema>): Field {
  const schema = resolve(given, known)
  const options = schema.enum ?? schema.items?.enum ?? []
  return {
    name,
    type: typeOf(given),
    required: false,
    description: given.description ?? schema.description ?? '',
    options: options.map(String),
  }
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each)).join(' | ')
  if (schema.items) return `${typeOf(schema.items)}[]`
  return schema.format ?? schema.type ?? 'any'
}

/** The address of a call with the given values put in; path parameters that were left out stay as they are. */
export function addressOf(operation: Operation, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams()
  let path = operation.path
  for (const { name, place } of operation.parameters) {
    const value = values[name]?.trim()
    if (!value) continue
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value))
    else query.append(name, value)
  }
  return query.size > 0 ? `${path}?${query}` : path
}
