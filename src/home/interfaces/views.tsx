import type { View } from '../../platform/view.ts'
import { Select } from '../../web/choices.tsx'
import { TextField } from '../../web/fields.tsx'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import { Code, LinkArrow } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages } from './messages.ts'
import type { Field, Operation, Parameter } from './operation.ts'

/** The calls of each room as a table; each leads to its own page. */
export function Operations({ view, operations }: { view: View; operations: readonly Operation[] }) {
  const m = messages[view.locale]
  const rooms = [...new Set(operations.map((each) => each.room))]
  return (
    <div class="al-stack--l al-gap-4">
      {rooms.map((room) => (
        <section aria-labelledby={`room-${room}`}>
          <h3 class="kern-heading-medium" id={`room-${room}`}>
            {room}
          </h3>
          <DataTable
            view={view}
            caption={m.caption({ room })}
            quietCaption
            stack
            rows={operations.filter((each) => each.room === room)}
            columns={[
              {
                label: m.method,
                header: true,
                cell: (o) => (
                  <a class="al-mono" href={view.href(`/api/calls/${o.id}`)}>{`${o.method} ${o.path}`}</a>
                ),
              },
              { label: m.does, cell: (o) => <span lang="en">{o.summary}</span> },
            ]}
          />
        </section>
      ))}
    </div>
  )
}

/** One call: what it takes, a form to try it, an example for the command line, what it answers. */
export function OperationView({ view, operation, base }: { view: View; operation: Operation; base: string }) {
  const m = messages[view.locale]
  return (
    <div class="al-stack--l">
      {operation.description ? (
        <p class="al-w-prose" lang="en">
          {operation.description}
        </p>
      ) : null}
      {operation.method === 'GET' ? <TryForm view={view} operation={operation} /> : null}
      <FieldTable view={view} title={m.parameters} fields={operation.parameters} />
      <FieldTable view={view} title={m.body} fields={operation.body} />
      <section aria-labelledby="example">
        <h2 class="kern-heading-medium" id="example">
          {m.example}
        </h2>
        <Code label={m.example}>{exampleOf(operation, base)}</Code>
        {operation.method === 'GET' ? null : (
          <p class="al-small al-muted al-gap-2 al-w-prose">{m.signedIn}</p>
        )}
      </section>
      {operation.answers.map((answer) => (
        <section aria-labelledby={`answer-${answer.status}`}>
          <h2 class="kern-heading-medium" id={`answer-${answer.status}`}>
            {m.answer({ status: answer.status })}
          </h2>
          <p lang="en">{answer.description}</p>
          <FieldTable
            view={view}
            title={m.fieldsOf({ status: answer.status })}
            fields={answer.fields}
            inner
          />
        </section>
      ))}
      <LinkArrow href={view.href('/api')}>{m.allCalls}</LinkArrow>
    </div>
  )
}

function TryForm({ view, operation }: { view: View; operation: Operation }) {
  const m = messages[view.locale]
  return (
    <section aria-labelledby="try">
      <h2 class="kern-heading-medium" id="try">
        {m.try}
      </h2>
      <Form view={view} action={`/api/calls/${operation.id}/try`} method="get">
        {operation.parameters.map((each) => (
          <TryField parameter={each} any={m.any} />
        ))}
        <Buttons>
          <Submit>{m.call}</Submit>
        </Buttons>
      </Form>
    </section>
  )
}

function TryField({ parameter, any }: { parameter: Parameter; any: string }) {
  const { name, options, required, type } = parameter
  if (options.length === 0) return <TextField name={name} label={name} hint={type} required={required} />
  const choices = options.map((value) => ({ value, label: value }))
  return <Select name={name} label={name} required={required} empty={any} options={choices} />
}

function FieldTable(of: { view: View; title: string; fields: readonly Field[]; inner?: boolean }) {
  const m = messages[of.view.locale]
  if (of.fields.length === 0) return null
  const table = (
    <DataTable
      view={of.view}
      caption={of.title}
      quietCaption={!of.inner}
      stack
      rows={of.fields}
      columns={[
        { label: m.name, header: true, cell: (field) => <code class="al-mono">{field.name}</code> },
        { label: m.type, cell: (field) => <code class="al-mono">{field.type}</code> },
        { label: m.required, cell: (field) => (field.required ? m.yes : m.no) },
        { label: m.means, cell: (field) => <span lang="en">{meaningOf(field)}</span> },
      ]}
    />
  )
  if (of.inner) return table
  return (
    <section aria-label={of.title}>
      <h2 class="kern-heading-medium">{of.title}</h2>
      {table}
    </section>
  )
}

function meaningOf(field: Field): string {
  const options = field.options.length > 0 ? field.options.slice(0, 12).join(', ') : ''
  return [field.description, options].filter(Boolean).join(': ')
}

function exampleOf(operation: Operation, base: string): string {
  const address = `${base}${operation.path}`
  if (operation.method === 'GET') return `curl -H 'accept: application/json' '${address}'`
  const fields = operation.body.filter((field) => field.required).map((field) => `"${field.name}": …`)
  return `curl -X ${operation.method} -H 'content-type: application/json' -b cookies.txt \\\n  -d '{ ${fields.join(', ')} }' '${address}'`
}
