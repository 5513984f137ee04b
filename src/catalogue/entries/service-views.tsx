import type { View } from '../../platform/view.ts'
import { Card, Note } from '../../web/parts.tsx'
import { safeHref } from './access-views.tsx'
import type { Entry } from './model.ts'
import { serviceTexts } from './service-texts.ts'
import type { Pointed } from './serving.ts'

/** As many addresses as help; a service with more lists them in its own description. */
const SHOWN = 5

/** Says that an entry is a service and no dataset, with the addresses at which programs ask it and the data it gives access to. */
export function ServiceNote({ view, entry, data }: { view: View; entry: Entry; data: readonly Pointed[] }) {
  const text = serviceTexts[view.locale]
  const { service } = entry.record
  if (!service) return null
  const addresses = [...new Set([...service.descriptions, ...service.endpoints])].slice(0, SHOWN)
  return (
    <Note title={text.title}>
      <p>{text.text}</p>
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
      {data.length > 0 ? (
        <>
          <p>{text.serves}</p>
          <PointedList view={view} entries={data} />
        </>
      ) : null}
    </Note>
  )
}

function PointedList({ view, entries }: { view: View; entries: readonly Pointed[] }) {
  return (
    <ul class="al-list al-small">
      {entries.map(({ id, title }) => (
        <li>
          <a href={view.href(`/catalogue/datasets/${id}`)}>{title}</a>
        </li>
      ))}
    </ul>
  )
}

/** The services that give access to data; nothing where there are none. */
export function ServedBy({ view, services }: { view: View; services: readonly Pointed[] }) {
  if (services.length === 0) return null
  return (
    <Card title={serviceTexts[view.locale].servedBy}>
      <PointedList view={view} entries={services} />
    </Card>
  )
}
