import type { FormState } from '../../platform/form.ts'
import type { View } from '../../platform/view.ts'
import { FileField, TextField } from '../../web/fields.tsx'
import { ActionForm, Buttons, ConfirmButton, Form, Submit } from '../../web/forms.tsx'
import { SearchForm } from '../../web/search-forms.tsx'
import type { TableSpec } from '../engine/roles.ts'
import type { OutlineFile } from './catalogue-service.ts'
import { messages } from './messages.ts'
import { columnsOn } from './model.ts'
import { maxMapBytes } from './service.ts'
import type { RoomMap } from './store.ts'

type MapsProps = {
  view: View
  /** Address of the page of maps. */
  action: string
  maps: readonly RoomMap[]
  tables: readonly TableSpec[]
}

/** The outlines of a room, each with the columns it fits and the way to put it away. */
export function MapList({ view, action, maps, tables }: MapsProps) {
  const t = messages[view.locale]
  if (maps.length === 0) return <p class="al-muted">{t.none}</p>
  return (
    <div class="al-stack">
      {maps.map((map) => (
        <div class="al-row al-row--between">
          <span>
            <b>{map.title}</b>, {t.areas({ n: view.number(map.geo.features.length) })}
            <br />
            <span class="al-small al-muted">{fitText(view, map, tables)}</span>
          </span>
          <ConfirmButton
            view={view}
            action={`${action}/${map.id}/remove`}
            label={t.remove}
            question={t.removeQuestion}
            confirm={t.remove}
          />
        </div>
      ))}
    </div>
  )
}

function fitText(view: View, map: RoomMap, tables: readonly TableSpec[]): string {
  const t = messages[view.locale]
  const columns = columnsOn(map.geo, tables)
  return columns.length > 0 ? t.fits({ columns: view.list(columns) }) : t.fitsNone
}

type FoundProps = { view: View; action: string; typed: string; found: readonly OutlineFile[] }

/** Open area datasets of the catalogue, to be searched and taken over. */
export function CatalogueOutlines({ view, action, typed, found }: FoundProps) {
  const t = messages[view.locale]
  return (
    <section aria-labelledby="catalogue">
      <h2 class="kern-heading-medium" id="catalogue">
        {t.fromCatalogue}
      </h2>
      <p class="al-muted">{t.fromCatalogueLead}</p>
      <SearchForm view={view} action={action} name="q" label={t.search} value={typed} submit={t.searchDo} />
      {found.length === 0 ? <p class="al-gap-2">{t.foundNone}</p> : null}
      <div class="al-stack al-gap-3">
        {found.map((each) => (
          <div class="al-row al-row--between">
            <span>
              <b>{each.title}</b>: {each.file}
              <br />
              <span class="al-small al-muted">
                {each.holder}, <a href={view.href(`/catalogue/datasets/${each.entryId}`)}>{t.toDataset}</a>
              </span>
            </span>
            <ActionForm
              view={view}
              action={`${action}/take`}
              label={t.take({ file: each.file })}
              fields={{ entryId: each.entryId, position: String(each.position) }}
            />
          </div>
        ))}
      </div>
    </section>
  )
}

/** Outlines from a file of one's own. */
export function OwnOutlines(props: { view: View; action: string; form?: FormState | undefined }) {
  const { view, action, form } = props
  const t = messages[view.locale]
  return (
    <section aria-labelledby="file">
      <h2 class="kern-heading-medium" id="file">
        {t.ownFile}
      </h2>
      <Form view={view} action={action} form={form} files>
        <TextField name="title" label={t.name} hint={t.nameHint} maxlength={120} required />
        <FileField
          name="file"
          label={t.file}
          hint={t.fileHint({ limit: view.bytes(maxMapBytes) })}
          accept=".geojson,.json"
          required
        />
        <Buttons>
          <Submit variant="secondary">{t.add}</Submit>
        </Buttons>
      </Form>
    </section>
  )
}
