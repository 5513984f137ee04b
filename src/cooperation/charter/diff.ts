/** A run of words that stands in both texts, only in the old one or only in the new one. */
export type DiffPart = { kind: 'same' | 'del' | 'ins'; text: string }

/**
 * Word by word difference of two texts by their longest common subsequence. Joining `same` and `del` gives the old
 * text, joining `same` and `ins` the new one. Within a change the deletion comes first. Quadratic: for single clauses.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  const a = words(before)
  const b = words(after)
  const start = commonStart(a, b)
  const end = commonEnd(a, b, start)
  const middle = walk(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const same = (tokens: string[]): DiffPart[] => tokens.map((text) => ({ kind: 'same', text }))
  return merge([...same(a.slice(0, start)), ...middle, ...same(a.slice(a.length - end))])
}

// A token is a word or a run of white space or one sign, so that a changed comma does not colour the word before it.
function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
}

function commonStart(a: string[], b: string[]): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

function commonEnd(a: string[], b: string[], start: number): number {
  let n = 0
  while (n < a.length - start && n < b.length - start && a[a.length - 1 - n] === b[b.length - 1 - n]) n++
  return n
}

function lengths(a: string[], b: string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i] as Uint16Array
    const below = table[i + 1] as Uint16Array
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] =
        a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number)
    }
  }
  return table
}

function walk(a: string[], b: string[]): DiffPart[] {
  const table = lengths(a, b)
  const parts: DiffPart[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      parts.push({ kind: 'same', text: a[i++] as string })
      j++
    } else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
      parts.push({ kind: 'del', text: a[i++] as string })
    else parts.push({ kind: 'ins', text: b[j++] as string })
  }
  for (; i < a.length; i++) parts.push({ kind: 'del', text: a[i] as string })
  for (; j < b.length; j++) parts.push({ kind: 'ins', text: b[j] as string })
  return parts
}

// Between two changes a lone space is no resting point for the eye: it joins both sides, so that a replaced phrase reads as one.
function merge(parts: DiffPart[]): DiffPart[] {
  const result: DiffPart[] = []
  let run = { del: '', ins: '' }
  const flush = () => {
    if (run.del) result.push({ kind: 'del', text: run.del })
    if (run.ins) result.push({ kind: 'ins', text: run.ins })
    run = { del: '', ins: '' }
  }
  parts.forEach((part, index) => {
    if (part.kind !== 'same') run[part.kind] += part.text
    else if (/^\s+$/.test(part.text) && run.del && run.ins && isChange(parts[index + 1])) {
      run.del += part.text
      run.ins += part.text
    } else {
      flush()
      const last = result.at(-1)
      if (last?.kind === 'same') last.text += part.text
      else result.push({ ...part })
    }
  })
  flush()
  return result
}

function isChange(part: DiffPart | undefined): boolean {
  return part !== undefined && part.kind !== 'same'
}
