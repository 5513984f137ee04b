import { globSync, readFileSync } from 'node:fs'

/** One top-level or nested function with a block body. */
export type FunctionSize = { readonly file: string; readonly line: number; readonly lines: number }

/** The value below which nine of ten lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

const starts =
  /(?:^|\s)(?:export )?(?:async )?function\*? ?[\w$]*\s*(?:<[^>]*>)?\(|(?:\)|\w)\s*(?::[^=;]+)?=>\s*\{\s*$/

/** Block-bodied functions of a formatted file: from the line that opens one to the line that closes it at the same indent. */
export function functionsOf(file: string, text: string): readonly FunctionSize[] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    if (!starts.test(line)) return []
    const indent = line.search(/\S/)
    const close = lines.findIndex(
      (other, k) => k > i && other.search(/\S/) === indent && /^\s*\}/.test(other) && !/\{\s*$/.test(other),
    )
    return close < 0 ? [] : [{ file, line: i + 1, lines: close - i + 1 }]
  })
}

/** Share of exported declarations that a docstring precedes. */
export function documentedShare(texts: readonly string[]): number {
  let all = 0
  let documented = 0
  for (const text of texts) {
    const lines = text.split('\n')
    lines.forEach((line, i) => {
      if (!/^export (async )?(function|const|type|interface|class)/.test(line)) return
      all++
      if (/\*\/\s*$/.test(lines[i - 1] ?? '')) documented++
    })
  }
  return all ? documented / all : 1
}

if (import.meta.main) {
  const files = globSync('src/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file))
  const texts = files.map((file) => readFileSync(file, 'utf8'))
  const isText = (file: string) => /messages\.ts$|demo\//.test(file)
  const functions = files.flatMap((file, i) => functionsOf(file, texts[i]!))
  const fileP90 = percentile(
    texts.map((text) => text.split('\n').length),
    0.9,
  )
  const functionP90 = percentile(
    functions.map((f) => f.lines),
    0.9,
  )
  const share = documentedShare(texts)
  const long = functions.filter((f) => f.lines > 60 && !isText(f.file))
  for (const f of long)
    process.stdout.write(`${f.file}:${f.line}: ${f.lines} lines; the cap for a function is 60\n`)
  process.stdout.write(
    `check-sizes: ${files.length} files, file p90 ${fileP90}, ${functions.length} functions, p90 ${functionP90}, exports documented ${Math.round(share * 100)} %\n`,
  )
  if (long.length || fileP90 > 250 || functionP90 > 25 || share < 0.8) process.exitCode = 1
}
