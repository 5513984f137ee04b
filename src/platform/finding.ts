/** How much a finding matters: an error stops the thing it is about, a warning asks for a look, info only explains. */
export type Severity = 'error' | 'warning' | 'info'

/** One remark about an input: a stable code, where it was seen, and its text in both languages. */
export type Finding = {
  code: string
  severity: Severity
  where?: string
  text: { de: string; en: string }
}

/** Builds a finding; `where` names a line, a column or a subject and is left out when unknown. */
export function finding(
  severity: Severity,
  code: string,
  text: { de: string; en: string },
  where?: string,
): Finding {
  return where === undefined ? { code, severity, text } : { code, severity, where, text }
}

/** True when a finding of severity `error` is among them. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.severity === 'error')
}

/** Shortens foreign text for use inside a finding, so that a monster value stays readable. */
export function excerpt(value: string, length = 80): string {
  const flat = value
    .slice(0, length * 4)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat
}
