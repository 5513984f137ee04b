/** The names CKAN gives its errors (`error.__type`), with the status it answers them with; a query Solr can not read is a `Search Error`. */
const statuses = {
  'Not Found Error': 404,
  'Validation Error': 409,
  'Search Error': 409,
  'Search Query Error': 400,
  'Bad Request': 400,
} as const

/** A refusal in CKAN's own words, so that its clients understand it. */
export class ActionError extends Error {
  readonly type: keyof typeof statuses
  /** Field name → what is wrong with it. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  constructor(type: keyof typeof statuses, message: string, fields: Record<string, string[]> = {}) {
    super(message)
    this.type = type
    this.fields = fields
  }
  get status(): 400 | 404 | 409 {
    return statuses[this.type]
  }
  /** The `error` part of the envelope. */
  body(): Record<string, unknown> {
    return { ...this.fields, ...(this.message ? { message: this.message } : {}), __type: this.type }
  }
}

/** There is no such thing, or it is not public. */
export function notFound(): ActionError {
  return new ActionError('Not Found Error', 'Not found')
}

/** A parameter that is missing or cannot be used. */
export function invalid(field: string, says: string): ActionError {
  return new ActionError('Validation Error', '', { [field]: [says] })
}
