import type { View } from '../../platform/view.ts'
import { Note } from '../../web/parts.tsx'
import { safeHref } from './access-views.tsx'
import { messages } from './messages.ts'
import type { Entry } from './model.ts'

/** As many addresses as help; a service with more lists them in its own description. */
const SHOWN = 5

/** Says that an entry is a service and no dataset, with the addresses at which programs ask it. */
export function ServiceNote({ view, entry }: { view: View; entry: Entry }) {
  const text = messages[view.locale]
  const { service } = entry.record
  if (!service) return null
  const addresses = [...new Set([...service.descriptions, ...service.endpoints])].slice(0, SHOWN)
  return (
    <Note title={text.service}>
      <p>{text.serviceText}</p>
      <ul class="al-list al-small">
        {addresses.map((address) => {
          const href = safeHref(address)
          return (
            <li class="al-break">
              {href ? (
                <a href={href} rel="nofollow">
                  {address}
                </a>
              ) : (
                address
              )}
            </li>
          )
        })}
      </ul>
    </Note>
  )
}
