/** A reason not to start that whoever runs the hub can mend; shown as it is, without a stack. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart'
}

// Of the system, and 53100 of PostgreSQL: disk full.
const refusals = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENOTDIR', '53100']

/** The words for an error that ends the program, where it is the machine or the operator that stands in the way; else undefined. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof CannotStart) return error.message
  if (!(error instanceof Error) || !refusals.includes(String((error as NodeJS.ErrnoException).code)))
    return undefined
  return `The system refuses: ${error.message}`
}
