import type { View } from '../platform/view.ts'
import { messages } from './messages.ts'

type PaginationProps = {
  view: View
  path: string
  query?: Record<string, string | string[] | undefined>
  next?: string | null | undefined
  /** True on the first page. */
  first?: boolean
}

/** Links through a list by cursor: on, and back to the beginning. Draws nothing where one page holds all. */
export function Pagination(props: PaginationProps) {
  const { view } = props
  const text = messages[view.locale]
  const isFirst = props.first ?? !/[?&]cursor=/.test(view.path)
  if (!props.next && isFirst) return null
  return (
    <nav class="al-pages al-btns" aria-label={text.pages}>
      {isFirst ? null : (
        <a class="kern-btn kern-btn--tertiary" href={view.href(address(props.path, props.query))}>
          <span class="kern-label">{text.toFirst}</span>
        </a>
      )}
      {props.next ? (
        <a
          class="kern-btn kern-btn--secondary"
          rel="next"
          href={view.href(address(props.path, { ...props.query, cursor: props.next }))}
        >
          <span class="kern-label">{text.more}</span>
        </a>
      ) : null}
    </nav>
  )
}

/** A path with its query; empty values are left out, lists repeat the name. */
export function address(path: string, query: Record<string, string | string[] | undefined> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item) search.append(name, item)
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}
