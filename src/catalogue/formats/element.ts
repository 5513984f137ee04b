/** An element of an XML record: names without prefix, its own text without that of its children. */
export type Element = {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** Children with a local name. */
export function children(element: Element | null, name: string): Element[] {
  return element === null ? [] : element.children.filter((child) => child.name === name)
}

/** All elements at the end of a path of local names; `*` stands for any name. */
export function elements(element: Element | null, path: string): Element[] {
  let found = element === null ? [] : [element]
  for (const name of path.split('/')) {
    const next: Element[] = []
    for (const each of found)
      for (const child of each.children) if (name === '*' || child.name === name) next.push(child)
    found = next
  }
  return found
}

/** The first element at the end of one of these paths. */
export function element(from: Element | null, ...paths: string[]): Element | null {
  for (const path of paths) {
    const found = elements(from, path)[0]
    if (found) return found
  }
  return null
}

/** Descendants with a local name, in the order of the document; not looked for inside a found one. */
export function descendants(from: Element | null, name: string): Element[] {
  const found: Element[] = []
  const queue = from === null ? [] : from.children.toReversed()
  for (let at = queue.pop(); at; at = queue.pop()) {
    if (at.name === name) found.push(at)
    else for (const child of at.children.toReversed()) queue.push(child)
  }
  return found
}

/** The attribute with a local name, whatever its prefix; '' without it. */
export function attribute(element: Element | null, name: string): string {
  if (element === null) return ''
  const found = element.attributes[name]
  if (found !== undefined) return found.trim()
  const key = Object.keys(element.attributes).find((each) => each.endsWith(`:${name}`))
  return key === undefined ? '' : (element.attributes[key] ?? '').trim()
}
